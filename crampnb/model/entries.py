"""The kinds of entry in the evidence: each checks its own figures when it is read."""

import math
import typing
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from crampnb.model.schema import EvidenceError, expect

Basis = Literal["measured", "judged"]
Certainty = Literal["high", "moderate", "low", "very low"]
Effort = Literal["small", "moderate", "large"]
Urgency = Literal["now", "today", "soon"]

#: GRADE certainty, best first; a step that rests on several factors takes the worst of them
CERTAINTIES: tuple[Certainty, ...] = typing.get_args(Certainty)


@dataclass(frozen=True)
class OddsRatio:
    """Odds ratio at full dose: 5 % point, central value, 95 % point."""

    low: float
    central: float
    high: float
    #: log odds at full dose
    slope: float = field(init=False, repr=False)
    #: half the width of the 90 % interval of the slope (log odds)
    spread: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.central <= self.high:
            raise EvidenceError(f"{self.low} / {self.central} / {self.high} is not in order")
        object.__setattr__(self, "slope", math.log(self.central))
        object.__setattr__(self, "spread", math.log(self.high / self.low) / 2)

    def shared_by(self, count: int) -> "OddsRatio":
        """One of `count` equal parts on the log scale; together they multiply to this one."""
        return OddsRatio(
            self.low ** (1 / count), self.central ** (1 / count), self.high ** (1 / count)
        )


@dataclass(frozen=True)
class Outcome:
    """What the risk is a risk of."""

    name: str
    horizon_days: int
    #: denominator of every natural frequency (people)
    people: int
    #: 95 % point of the standard normal distribution
    quantile: float


@dataclass(frozen=True)
class Baseline:
    """Risk over the horizon at the reference settings: 5 % point, central value, 95 % point."""

    risk: tuple[float, float, float]
    certainty: Certainty
    basis: Basis
    measured: str
    judged: str
    sources: tuple[str, ...]
    looked_at: date

    def __post_init__(self) -> None:
        low, central, high = self.risk
        if not 0 < low <= central <= high < 1:
            raise EvidenceError(f"{low} / {central} / {high} is not in order")


@dataclass(frozen=True)
class Quantity:
    """A single figure of the physiology."""

    value: float
    unit: str
    basis: Basis
    note: str
    sources: tuple[str, ...]
    looked_at: date


@dataclass(frozen=True)
class Cause:
    """One of the article's six causes (number 1–6), or what a person brings along (0)."""

    key: str
    label: str
    number: int
    claim: str
    verdict: str
    #: the verdict in a few words, to stand behind the cause's name
    brief: str
    looked_at: date
    separating_study: str = ""


@dataclass(frozen=True)
class Summary:
    """What the verdicts on some of the causes come to, in a sentence or two."""

    label: str
    text: str
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Weight:
    """What scales a dose: `start` below the ramp, `end` above it, straight between."""

    measure: str
    ramp: tuple[float, float]
    start: float
    end: float


@dataclass(frozen=True)
class Band:
    """An odds ratio that holds from an age (years) on, until the next band."""

    from_age: float
    odds_ratio: OddsRatio


@dataclass(frozen=True)
class Factor:
    """Something associated with cramps, its dose and its odds ratio at full dose."""

    key: str
    cause: str
    label: str
    direction: str
    certainty: Certainty
    basis: Basis
    measured: str
    judged: str
    sources: tuple[str, ...]
    looked_at: date
    #: name of the input or exposure that the dose is read from
    measure: str = ""
    #: where the dose is 0 and where it is 1, in units of the measure
    ramp: tuple[float, float] = (0, 1)
    scale: Literal["linear", "log2"] = "linear"
    unit: str = ""
    weight: Weight | None = None
    odds_ratio: OddsRatio | None = None
    bands: tuple[Band, ...] = ()
    protective: bool = False
    #: the lay article names it
    article: bool = False
    #: a few words for the picture of the mechanism
    short: str = ""
    #: whether a link with cramps was measured in people (in any muscle), or only judged
    link: Basis = "judged"

    def __post_init__(self) -> None:
        here, (start, end) = f"factors.{self.key}", self.ramp
        expect(start != end, here, f"ramp {start} to {end} has no width")
        expect(self.scale == "linear" or start > 0, here, f"a {self.scale} ramp starts above 0")
        sized = bool(self.odds_ratio or self.bands)
        expect(sized == bool(self.measure), here, "needs an odds ratio for its measure")


@dataclass(frozen=True)
class Mechanism:
    """A part of the picture of how a cramp might happen, and the factors that act there."""

    #: "/" where it may break
    label: str
    about: str
    factors: tuple[str, ...]
    looked_at: date
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A medical condition or a medicine."""

    key: str
    label: str
    odds_ratio: OddsRatio
    certainty: Certainty
    basis: Basis
    measured: str
    judged: str
    sources: tuple[str, ...]
    looked_at: date
    article: bool = False
    #: what whoever ticks it should know
    caution: str = ""


@dataclass(frozen=True)
class Hypothesis:
    """A story of why muscles cramp: odds ratios for the factors; one left out has no effect."""

    key: str
    name: str
    short: str
    about: str
    looked_at: date
    #: mechanisms in which this story sees the cause of a cramp
    lights: tuple[str, ...]
    #: how a cramp happens in this story, in a sentence
    pose: str
    sources: tuple[str, ...] = ()
    #: "all", or the factors that keep their standard odds ratios
    standard: Literal["all"] | tuple[str, ...] = ()
    #: what each cause of the article does at its worst, shared by its factors
    per_cause: OddsRatio | None = None
    odds_ratio: dict[str, OddsRatio] = field(default_factory=dict)

    def keeps(self, factor: str) -> bool:
        """Whether the factor keeps its standard odds ratio in this story."""
        return self.standard == "all" or factor in self.standard


@dataclass(frozen=True)
class Tip:
    """A single change, from the article (`article` 1–5) or ours (0)."""

    key: str
    article: int
    label: str
    claim: str
    verdict: str
    effort: Effort
    effort_note: str
    looked_at: date
    sources: tuple[str, ...] = ()
    input: str = ""
    to: float | bool | str = ""
    #: offered where the input is above, below or simply not at the target
    when: Literal["above", "below", "differs"] = "differs"
    #: conditions and medicines for which the change is not suggested
    withheld_for: tuple[str, ...] = ()
    withheld_note: str = ""


@dataclass(frozen=True)
class RedFlag:
    """A warning sign that replaces the number."""

    key: str
    sign: str
    act: str
    urgency: Urgency
    sources: tuple[str, ...]
    looked_at: date


@dataclass(frozen=True)
class LookAlike:
    """Something else that hurts like a cramp: how it shows itself, and what to do."""

    key: str
    label: str
    signs: str
    act: str
    sources: tuple[str, ...]
    looked_at: date


@dataclass(frozen=True)
class Stop:
    """A card that stands before or beside the number."""

    title: str
    text: str
    looked_at: date
    act: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relief:
    """What to do about a cramp right now."""

    title: str
    grade: str
    steps: tuple[str, ...]
    avoid: str
    alarm_minutes: int
    alarm: str
    sources: tuple[str, ...]
    looked_at: date


@dataclass(frozen=True)
class Needs:
    """Reference intakes of one sex: drinks (L/day), minerals (mg/day, from an age in years on)."""

    fluid: float
    sodium: tuple[tuple[float, float], ...]
    potassium: tuple[tuple[float, float], ...]
    calcium: tuple[tuple[float, float], ...]
    magnesium: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class NeedsNote:
    """Where the reference intakes come from."""

    note: str
    sources: tuple[str, ...]
    looked_at: date
