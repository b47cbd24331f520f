"""The evidence as data: every number, text and source of `data/evidence.toml`, checked on load.

An entry that does not fit (a missing or unknown key, an interval that does not bracket its
central value, a source key that leads nowhere) raises `EvidenceError`, which names the entry.
"""

import math
import tomllib
import typing
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from crampnb.reader import EvidenceError, expect, read

Basis = Literal["measured", "judged"]
Certainty = Literal["high", "moderate", "low", "very low"]
Effort = Literal["small", "moderate", "large"]
Urgency = Literal["now", "today", "soon"]

#: groups of tables whose entries know their own key
KEYED = (
    "inputs",
    "causes",
    "factors",
    "conditions",
    "medicines",
    "hypotheses",
    "tips",
    "red_flags",
)
#: groups whose entries need a source
SOURCED = ("baseline", "factors", "conditions", "medicines", "red_flags")
#: references that follow from other inputs
WORDS = ("need", "usual_load")
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
class Source:
    """A publication, as far as it was read."""

    reference: str
    read: Literal["publication", "secondary"]
    finding: str
    population: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""


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


@dataclass(frozen=True)
class Input:
    """One thing that a person can tell about a typical day."""

    name: str
    label: str
    unit: str
    short_unit: str
    kind: Literal["number", "switch", "choice", "set"]
    group: Literal["main", "activity", "sitting", "food", "health", "about"]
    help: str
    reference: float | bool | str | tuple[str, ...]
    range: tuple[float, float] = (0, 0)
    step: float = 1
    decimals: int = 0
    options: tuple[str, ...] = ()
    option_labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        low, high = self.range
        here = f"inputs.{self.name}"
        expect(len(self.options) == len(self.option_labels), here, "needs a label for each option")
        if self.kind == "number":
            expect(low < high, here, f"range {low} to {high} is not in order")
            usual = self.reference
            within = low <= usual <= high if isinstance(usual, float | int) else usual in WORDS
            expect(within, here, f"reference {usual} is out of range")
        if self.kind == "choice":
            expect(self.reference in self.options, here, f"{self.reference!r} is no option")

    def speak(self, value: float) -> str:
        """The value with its unit, as a person says it: "1.2 litres a day"."""
        return f"{value:,.{self.decimals}f} {self.unit}"

    def label_of(self, option: str) -> str:
        """The words for one of the `options`."""
        return self.option_labels[self.options.index(option)]


@dataclass(frozen=True)
class Cause:
    """One of the article's six causes (number 1–6), or what a person brings along (0)."""

    key: str
    label: str
    number: int
    claim: str
    verdict: str
    separating_study: str = ""


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
    """What might happen in muscle and nerve, and the factors that act through it."""

    label: str
    about: str
    factors: tuple[str, ...]


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
    article: bool = False


@dataclass(frozen=True)
class Hypothesis:
    """A story of why muscles cramp: odds ratios for the factors; one left out has no effect."""

    key: str
    name: str
    short: str
    about: str
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


@dataclass(frozen=True)
class Stop:
    """A card that stands before or beside the number."""

    title: str
    text: str
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


@dataclass(frozen=True)
class Evidence:
    """All that the product knows."""

    outcome: Outcome
    baseline: Baseline
    quantities: dict[str, Quantity]
    needs: dict[str, Needs]
    needs_note: NeedsNote
    inputs: dict[str, Input]
    causes: dict[str, Cause]
    factors: dict[str, Factor]
    conditions: dict[str, Condition]
    medicines: dict[str, Condition]
    hypotheses: dict[str, Hypothesis]
    mechanisms: dict[str, Mechanism]
    tips: dict[str, Tip]
    red_flags: dict[str, RedFlag]
    stops: dict[str, Stop]
    relief: Relief
    sources: dict[str, Source]

    def __post_init__(self) -> None:
        expect(self.needs.keys() == {"female", "male"}, "needs", "must be for female and male")
        _check_sources(self)
        _check_names(self)
        _check_targets(self)

    @property
    def ailments(self) -> dict[str, Condition]:
        """Conditions and medicines together: they overlap and make up one term."""
        return self.conditions | self.medicines

    def factors_of(self, cause: str) -> tuple[Factor, ...]:
        """The factors of one cause, in the order of the data file."""
        return tuple(factor for factor in self.factors.values() if factor.cause == cause)

    def odds_ratio(self, hypothesis: Hypothesis, factor: Factor) -> OddsRatio | None:
        """What a story holds of a factor at full dose; None where it sees no effect."""
        if factor.key in hypothesis.odds_ratio:
            return hypothesis.odds_ratio[factor.key]
        if hypothesis.keeps(factor.key):
            return factor.odds_ratio
        if hypothesis.per_cause and factor.article:
            named = [other for other in self.factors_of(factor.cause) if other.article]
            return hypothesis.per_cause.shared_by(len(named))
        return None


@cache
def evidence() -> Evidence:
    """The shipped evidence, read and checked once."""
    return parse((files("crampnb") / "data" / "evidence.toml").read_text("utf-8"))


def parse(text: str) -> Evidence:
    """The evidence in a TOML text; `EvidenceError` names the entry that does not fit."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"evidence is not TOML: {error}") from None
    return read(_completed(raw), Evidence)


def _completed(raw: dict[str, Any]) -> dict[str, Any]:
    """The tables with what follows from others filled in: keys as names, options of the sets.

    What is no table is left as it is: reading it says so.
    """
    if "needs" in raw and isinstance(raw["needs"], dict):
        needs = dict(raw["needs"])
        raw = raw | {"needs_note": needs.pop("meta", {}), "needs": needs}
    for group in KEYED:
        for key, entry in _entries(raw, group):
            entry["name" if group == "inputs" else "key"] = key
    for name, entry in _entries(raw, "inputs"):
        if entry.get("kind") == "set":
            options = _entries(raw, name)
            entry["options"] = [key for key, _ in options]
            entry["option_labels"] = [option.get("label", "") for _, option in options]
    return raw


def _entries(raw: dict[str, Any], group: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a group, with their keys."""
    table = raw.get(group)
    if not isinstance(table, dict):
        return []
    return [(key, entry) for key, entry in table.items() if isinstance(entry, dict)]


def _check_sources(data: Evidence) -> None:
    """Every source key resolves; whatever states a size or a danger has at least one."""
    for where, entry in _cited(data):
        for key in entry.sources:
            expect(key in data.sources, where, f"source {key!r} is not in [sources]")
        group = where.partition(".")[0]
        expect(bool(entry.sources) or group not in SOURCED, where, "needs at least one source")


def _cited(data: Evidence) -> list[tuple[str, Any]]:
    """Every entry that names sources, with its place in the file."""
    groups = (*SOURCED, "quantities", "hypotheses", "tips", "stops")
    singles = ("baseline", "relief", "needs_note")
    return [(name, getattr(data, name)) for name in singles] + [
        (f"{group}.{key}", entry)
        for group in groups
        if group not in singles
        for key, entry in getattr(data, group).items()
    ]


def _check_names(data: Evidence) -> None:
    """Every name of a factor, a cause or a condition leads somewhere."""
    for key, factor in data.factors.items():
        expect(factor.cause in data.causes, f"factors.{key}", f"no cause {factor.cause!r}")
    for key, hypothesis in data.hypotheses.items():
        kept = () if hypothesis.standard == "all" else hypothesis.standard
        for name in (*hypothesis.odds_ratio, *kept):
            expect(name in data.factors, f"hypotheses.{key}", f"no factor {name!r}")
    for key, tip in data.tips.items():
        for name in tip.withheld_for:
            expect(name in data.ailments, f"tips.{key}", f"no condition {name!r}")
    drawn = sorted(name for entry in data.mechanisms.values() for name in entry.factors)
    expect(drawn == sorted(data.factors), "mechanisms", "must hold every factor once")


def _check_targets(data: Evidence) -> None:
    """Every tip leads to a value that its input can have."""
    for key, tip in data.tips.items():
        if not tip.input:
            continue
        expect(tip.input in data.inputs, f"tips.{key}", f"no input {tip.input!r}")
        low, high = data.inputs[tip.input].range
        if isinstance(tip.to, int | float) and not isinstance(tip.to, bool):
            expect(low <= tip.to <= high, f"tips.{key}", f"{tip.to} is not within {low} and {high}")
