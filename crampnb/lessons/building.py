"""What a learner builds the model's number from: odds ratios, and doses that explain themselves.

"To the power of" is written `**` in Python and `^` on a calculator. Who writes the latter, or
leaves out which dose is meant, is told so in one line.
"""

import crampnb.model.risk as model
from crampnb.lessons.figures import DAY
from crampnb.model.profile import Profile


class SlipError(Exception):
    """A slip in a learner's own code; a notebook shows it as one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Dose(float):
    """How much of an effect counts, 0 to 1."""

    def __rxor__(self, other: object) -> float:
        raise SlipError(
            "Nearly! The sign ^ is for calculators. In Python “to the power of” is written"
            " with two stars: ratio[name] ** dose[name]"
        )


class Doses(dict[str, Dose]):
    """{factor: its dose}."""

    def __rpow__(self, other: object) -> float:
        raise SlipError("Nearly! `dose` holds all doses. Say which one: dose[name]")

    __rxor__ = __rmul__ = __rpow__

    def __call__(self, *_: object) -> Dose:
        """Tell that round brackets are for something else."""
        raise SlipError("Nearly! What is in `dose` is named in square brackets: dose[name]")


def building_blocks() -> tuple[Doses, dict[str, float]]:
    """Doses of the day with four sliders moved, and the odds ratios at the full dose."""
    held = model.doses(Profile.of(DAY))
    doses = Doses({name: Dose(value) for name, value in held.items() if value > 0})
    slopes = model.slopes("evidence")
    return doses, {name: slopes[name].central for name in doses}
