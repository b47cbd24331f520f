"""The evidence as data, checked on load: `data/evidence.toml` and its `data/sources.toml`.

An entry that does not fit (a missing or unknown key, an interval that does not bracket its
central value, a source key that leads nowhere) raises `EvidenceError`, which names the entry.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from crampnb.model.entries import (
    Baseline,
    Cause,
    Condition,
    Factor,
    Hypothesis,
    LookAlike,
    Mechanism,
    Needs,
    NeedsNote,
    OddsRatio,
    Outcome,
    Quantity,
    RedFlag,
    Relief,
    Stop,
    Summary,
    Tip,
)
from crampnb.model.inputs import AnyInput, NumberInput
from crampnb.model.schema import EvidenceError, expect, read
from crampnb.model.sources import Source

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
    "look_alikes",
)
#: groups whose entries need a source
SOURCED = ("factors", "conditions", "medicines", "red_flags", "look_alikes")
#: groups whose entries may name sources
MAY_CITE = ("quantities", "hypotheses", "mechanisms", "tips", "stops")
#: the data files that make up the evidence
FILES = ("evidence.toml", "sources.toml")


@dataclass(frozen=True)
class Evidence:
    """All that the product knows."""

    outcome: Outcome
    baseline: Baseline
    quantities: dict[str, Quantity]
    needs: dict[str, Needs]
    needs_note: NeedsNote
    inputs: dict[str, AnyInput]
    causes: dict[str, Cause]
    summaries: dict[str, Summary]
    factors: dict[str, Factor]
    conditions: dict[str, Condition]
    medicines: dict[str, Condition]
    hypotheses: dict[str, Hypothesis]
    mechanisms: dict[str, Mechanism]
    tips: dict[str, Tip]
    red_flags: dict[str, RedFlag]
    look_alikes: dict[str, LookAlike]
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

    @property
    def citing(self) -> dict[str, Any]:
        """{place in the file: entry} of everything that names sources."""
        found = {name: getattr(self, name) for name in ("baseline", "relief", "needs_note")}
        for group in (*SOURCED, *MAY_CITE):
            table = getattr(self, group)
            found |= {f"{group}.{key}": entry for key, entry in table.items()}
        return found

    @property
    def numeric_inputs(self) -> tuple[NumberInput, ...]:
        """The inputs that a curve can run along."""
        return tuple(one for one in self.inputs.values() if isinstance(one, NumberInput))

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
    return parse(shipped())


def shipped() -> str:
    """The text of the shipped files, one after the other."""
    folder = files("crampnb") / "data"
    return "\n".join((folder / name).read_text("utf-8") for name in FILES)


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
    for where, entry in data.citing.items():
        for key in entry.sources:
            expect(key in data.sources, where, f"source {key!r} is not in [sources]")
        needed = where.partition(".")[0] in ("baseline", *SOURCED)
        expect(bool(entry.sources) or not needed, where, "needs at least one source")


def _check_names(data: Evidence) -> None:
    """Every name of a factor, a cause or a condition leads somewhere."""
    for key, factor in data.factors.items():
        expect(factor.cause in data.causes, f"factors.{key}", f"no cause {factor.cause!r}")
    for key, hypothesis in data.hypotheses.items():
        kept = () if hypothesis.standard == "all" else hypothesis.standard
        for name in (*hypothesis.odds_ratio, *kept):
            expect(name in data.factors, f"hypotheses.{key}", f"no factor {name!r}")
        for name in hypothesis.lights:
            expect(name in data.mechanisms, f"hypotheses.{key}", f"no mechanism {name!r}")
    for key, tip in data.tips.items():
        for name in tip.withheld_for:
            expect(name in data.ailments, f"tips.{key}", f"no condition {name!r}")
    told = sorted(name for entry in data.summaries.values() for name in entry.causes)
    numbered = sorted(key for key, cause in data.causes.items() if cause.number)
    expect(told == numbered, "summaries", "must hold each of the article's causes once")
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
