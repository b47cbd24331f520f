"""Why am I having butt cramps? An honest, transparent explainer of what might move the risk.

`explain` answers for one person (or for arrays of people), `inputs` and `hypotheses` say what
there is to set, and `InputError` is the one error that bad input raises. The package's core
imports the standard library only; the dashboard needs the extra `crampnb[dashboard]`.
"""

from crampnb.evidence import Hypothesis, Input, evidence
from crampnb.explain import Explanation, explain
from crampnb.profile import InputError, Profile

__version__ = "0.1.0"
__all__ = ["Explanation", "InputError", "Profile", "explain", "hypotheses", "inputs"]


def inputs() -> tuple[Input, ...]:
    """Everything a profile can hold, in the order of the page, with label, unit and range."""
    return tuple(evidence().inputs.values())


def hypotheses() -> tuple[Hypothesis, ...]:
    """The four stories of why muscles cramp; each is another column of odds ratios."""
    return tuple(evidence().hypotheses.values())
