"""What is on the page: an answer, and what the visitor has opened beside it."""

from dataclasses import dataclass, field

from crampnb.explain import Explanation, explain


@dataclass(frozen=True)
class Screen:
    """Everything that the views need; the first screen is the reference day."""

    answer: Explanation = field(default_factory=lambda: explain({}))
    #: the pinned answer "A"
    pinned: Explanation | None = None
    #: the input along which the curve runs
    along: str = "activity_load"
    #: the two inputs of the map, across and up
    over: tuple[str, str] = ("activity_load", "fluid_intake")
    #: friendly sentences about links and input that could not be used
    notices: tuple[str, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a warning sign has taken the number's place."""
        return bool(self.answer.stop and self.answer.stop.replaces_number)
