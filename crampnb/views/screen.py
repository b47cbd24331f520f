"""What is on the page: an answer, and what the visitor has opened beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.typed import Refusal


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
    #: {input: why what was typed for it was not taken}
    refused: Mapping[str, Refusal] = field(default_factory=dict)

    @property
    def stopped(self) -> bool:
        """Whether a warning sign has taken the number's place."""
        return self.answer.is_stopped

    @cached_property
    def tellings(self) -> tuple[Explanation, ...]:
        """The same settings under each hypothesis, in the order of the evidence."""
        shown = self.answer
        return tuple(
            shown if key == shown.hypothesis else explain(shown.profile, key)
            for key in evidence().hypotheses
        )
