"""Why am I having butt cramps? An honest, transparent explainer of what might move the risk.

`explain` answers for one person (or for arrays of people), `inputs` and `hypotheses` say what
there is to set, and `InputError` is the one error that bad input raises. In a notebook an answer
shows itself. The package's core imports the standard library only; the dashboard needs the extra
`crampnb[dashboard]`.
"""

import sys

# `python -m crampnb.cli` looks for modules in the reader's folder first, where a pupil may have a
# json.py of their own; while Python looks for what to run, its name is not known yet but "-m".
if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:
    del sys.path[0]

from crampnb.errors import InputError
from crampnb.model.entries import Hypothesis
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile

__version__ = "0.1.0"
__all__ = ["Explanation", "InputError", "Profile", "explain", "hypotheses", "inputs"]


def inputs() -> tuple[Input, ...]:
    """Everything a profile can hold, in the order of the page, with label, unit and range."""
    return tuple(evidence().inputs.values())


def hypotheses() -> tuple[Hypothesis, ...]:
    """The four stories of why muscles cramp; each is another column of odds ratios."""
    return tuple(evidence().hypotheses.values())


def _shown(answer: Explanation, **_: object) -> dict[str, str]:
    """An answer as a notebook shows it; what draws it is imported only then."""
    from crampnb.notebook.display import mimebundle

    return mimebundle(answer)


# The model knows nothing of pictures; the package's root, which stands above all its folders, lends
# it them.
Explanation._repr_mimebundle_ = _shown
