"""Published groups of people as data: who they are, how they are entered, what was seen of them.

A group is entered as a profile, and each finding changes it into the two people that a paper
compares. Nothing of the model is fitted to them. An entry that does not fit raises `EvidenceError`,
which names it.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile
from crampnb.model.schema import EvidenceError, expect, read

Kind = Literal["odds ratio", "hazard ratio", "no difference", "risk"]
Inputs = dict[str, bool | float | str | tuple[str, ...]]


class Estimate(NamedTuple):
    """A value with the ends of its interval; no value where only a range was seen."""

    value: float | None
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies within the interval."""
        return self.low <= value <= self.high

    def overlaps(self, other: "Estimate") -> bool:
        """Whether the two intervals share any ground."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Finding:
    """One figure that a paper reports of a group."""

    #: who was compared with whom, or what was counted
    what: str
    outcome: str
    kind: Kind
    basis: Literal["measured", "derived"]
    sources: tuple[str, ...]
    value: float | None = None
    #: 95 % confidence or credible interval, or a range of reports
    interval: tuple[float, float] | None = None
    #: inputs in which the two who are compared differ from the group's profile
    exposed: Inputs = field(default_factory=dict)
    unexposed: Inputs = field(default_factory=dict)

    def __post_init__(self) -> None:
        figures = self.value is not None or self.interval is not None
        if figures == (self.kind == "no difference"):
            raise EvidenceError(f"has no figure that fits {self.kind!r}")
        low, high = self.seen.low, self.seen.high
        if not 0 < low <= (self.value or low) <= high:
            raise EvidenceError(f"{low} / {self.value} / {high} is not in order")

    @property
    def seen(self) -> Estimate:
        """What the paper saw: a ratio, or a probability for a risk."""
        value = 1.0 if self.kind == "no difference" else self.value
        if self.interval is None:
            assert value is not None  # checked when the finding was read
            return Estimate(value, value, value)
        return Estimate(value, *self.interval)


@dataclass(frozen=True)
class Group:
    """People whom papers describe, entered as a profile."""

    key: str
    name: str
    people: str
    #: what the papers report of a typical member, and what had to be made up
    reported: str
    assumed: str
    #: how the outcomes differ, and what else keeps the two figures apart
    differs: str
    findings: tuple[Finding, ...]
    looked_at: date
    profile: Inputs = field(default_factory=dict)

    def exposed(self, finding: Finding) -> Profile:
        """The person whose risk is given, or whose odds are compared."""
        return Profile(**{**self.profile, **finding.exposed})

    def unexposed(self, finding: Finding) -> Profile:
        """The person compared with; the reference where a risk was seen."""
        if finding.kind == "risk":
            return Profile()
        return Profile(**{**self.profile, **finding.unexposed})


@dataclass(frozen=True)
class Groups:
    """All of `data/groups.toml`."""

    groups: dict[str, Group]

    def __post_init__(self) -> None:
        for key, group in self.groups.items():
            for number, finding in enumerate(group.findings):
                _check(f"groups.{key}.findings.{number}", group, finding)


@cache
def groups() -> dict[str, Group]:
    """The shipped groups, read and checked once."""
    return parse((files("crampnb") / "data" / "groups.toml").read_text("utf-8"))


def parse(text: str) -> dict[str, Group]:
    """The groups in a TOML text; `EvidenceError` names the entry that does not fit."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"groups is not TOML: {error}") from None
    for key, entry in raw.get("groups", {}).items():
        entry["key"] = key
    return read(raw, Groups).groups


def _check(where: str, group: Group, finding: Finding) -> None:
    """Raise `EvidenceError` unless both people are profiles that the model can compare."""
    for key in finding.sources:
        expect(key in evidence().sources, where, f"source {key!r} is not in [sources]")
    try:
        exposed, unexposed = group.exposed(finding), group.unexposed(finding)
    except InputError as error:
        raise EvidenceError(f"[{where}] {error}") from None
    if finding.kind == "risk":
        return
    healthy = not unexposed.conditions | unexposed.medicines
    expect(healthy, where, "compares with someone who has a condition or takes a medicine")
    expect(exposed.age == unexposed.age, where, "compares people of different ages")
