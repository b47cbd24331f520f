"""What the model gives for published groups, beside what was seen of them.

    odds ratio = e ^ (terms of the exposed - terms of the unexposed)

The verdict follows from the two intervals alone:

    disagrees   they do not overlap
    agrees      the value seen lies within the model's interval (or, where only a range was seen,
                the model's value lies within the range)
    overlaps    neither: they share some ground, no more
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from crampnb.model.entries import Hypothesis
from crampnb.model.evidence import evidence
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling, doses, hypothesis_of
from crampnb.model.settings import USUAL
from crampnb.modelcard.groups import Estimate, Finding, Group, groups

Verdict = Literal["agrees", "overlaps", "disagrees"]


@dataclass(frozen=True)
class Comparison:
    """A finding beside what one story of the model gives for the same people."""

    group: Group
    finding: Finding
    story: Hypothesis

    @property
    def exposed(self) -> Profile:
        """The person whose risk is given, or whose odds are compared."""
        return self.group.exposed(self.finding)

    @property
    def unexposed(self) -> Profile:
        """The person compared with; the reference where a risk was seen."""
        return self.group.unexposed(self.finding)

    @property
    def seen(self) -> Estimate:
        """What the paper saw."""
        return self.finding.seen

    @cached_property
    def computed(self) -> Estimate:
        """What the model gives: a probability for a risk, else an odds ratio; 90 % interval."""
        if self.finding.kind != "risk":
            return odds_ratio(self.exposed, self.unexposed, self.story)
        exposed = Telling(self.exposed, self.story)
        return Estimate(exposed.risk, *exposed.interval)

    @property
    def verdict(self) -> Verdict:
        """Whether the two agree, by the rule of this module alone."""
        seen, computed = self.seen, self.computed
        if not seen.overlaps(computed):
            return "disagrees"
        inside = computed.holds(seen.value) if seen.value else seen.holds(computed.value or 0)
        return "agrees" if inside else "overlaps"

    @property
    def seen_text(self) -> str:
        """What was seen, in words and figures: "odds ratio 1.63 (1.49 to 1.78)"."""
        kind = self.finding.kind
        if kind == "no difference":
            return kind
        return _people(self.seen) if kind == "risk" else f"{kind} {_ratio(self.seen, 'g')}"

    @property
    def computed_value(self) -> str:
        """What the model gives, without its interval: "1.20", "20 of 1,000"."""
        value = self.computed.value or 0.0  # a model always gives one
        alone = Estimate(value, value, value)
        return _people(alone) if self.finding.kind == "risk" else _ratio(alone, ".2f")

    @property
    def computed_text(self) -> str:
        """What the model gives, in words and figures: "odds ratio 1.20 (0.85 to 1.70)"."""
        if self.finding.kind == "risk":
            return _people(self.computed)
        return f"odds ratio {_ratio(self.computed, '.2f')}"

    @property
    def sentence(self) -> str:
        """Whether the two agree, in one sentence."""
        meaning = {
            "agrees": "the two are compatible",
            "overlaps": "they share some ground, no more",
            "disagrees": "they are not compatible",
        }[self.verdict]
        figures = f"{self.seen_text} seen, {self.computed_text} computed"
        return f"{self.verdict.capitalize()}: {figures}; {meaning}."

    @property
    def leans(self) -> bool:
        """Whether the model leans on the same paper here; then agreement is no test of it."""
        return not _leant_on(self).isdisjoint(self.finding.sources)


def comparisons(hypothesis: str = USUAL) -> tuple[Comparison, ...]:
    """Every finding of every group beside what one story gives for it."""
    story = hypothesis_of(hypothesis)
    return tuple(
        Comparison(group, finding, story)
        for group in groups().values()
        for finding in group.findings
    )


def odds_ratio(exposed: Profile, unexposed: Profile, story: Hypothesis) -> Estimate:
    """Odds of the exposed over those of the unexposed, with the 90 % interval.

    Both are of the same age, and the unexposed has no condition. Only what differs counts, so the
    baseline's uncertainty drops out.
    """
    shift, variance, _ = Telling(unexposed, story).change_to(exposed)
    if exposed.conditions | exposed.medicines != unexposed.conditions | unexposed.medicines:
        health = Profile(conditions=exposed.conditions, medicines=exposed.medicines)
        added = Telling(health, story)
        shift, variance = shift + added.shift, variance + added.variance
    spread = math.sqrt(variance)
    return Estimate(*(math.exp(shift + side * spread) for side in (0, -1, 1)))


def _leant_on(comparison: Comparison) -> set[str]:
    """Sources of every number of the model that sets the two people apart."""
    return {key for entry in _entries(comparison) for key in entry.sources}


def _entries(comparison: Comparison) -> Iterator[Any]:
    """Entries of the evidence that set the two people apart: factors, conditions, the baseline."""
    there, back = (doses(one) for one in (comparison.exposed, comparison.unexposed))
    yield from (evidence().factors[key] for key in there if there[key] != back[key])
    present = comparison.exposed.conditions | comparison.exposed.medicines
    yield from (evidence().ailments[key] for key in present)
    if comparison.finding.kind == "risk":
        yield evidence().baseline


def _people(risk: Estimate) -> str:
    """A risk in natural frequencies: "200 of 1,000 (195 to 206)", "330 to 860 of 1,000"."""
    value, low, high = (end if end is None else natural_frequency(end) for end in risk)
    people = f"of {evidence().outcome.people:,}"
    if value is None:
        return f"{low} to {high} {people}"
    return f"{value} {people}" if low == high else f"{value} {people} ({low} to {high})"


def _ratio(ratio: Estimate, form: str) -> str:
    """A ratio in figures of the format `form`: "1.20 (0.85 to 1.70)", "0.8 to 10", "0.34"."""
    span = f"{ratio.low:{form}} to {ratio.high:{form}}"
    if ratio.value is None:
        return span
    return f"{ratio.value:{form}}" + ("" if ratio.low == ratio.high else f" ({span})")
