"""The model: exposures -> doses -> terms -> log odds -> risk, and its 90 % interval.

    log odds(p) = log odds(p0) + sum of slope_i * dose_i        slope = ln(odds ratio at full dose)

Each slope is normal around the log of its central odds ratio, independent of the others, and so
is the baseline's log odds. The log odds of the risk are then exactly normal and the interval has
a closed form: every 90 % half-width scales with its dose and they add in squares.
An additive, literature-based illustration, not fitted to people.
"""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from crampnb.errors import InputError
from crampnb.model.arithmetic import Number, log2, logistic, logit, positive, ramp
from crampnb.model.entries import Factor, Hypothesis, OddsRatio
from crampnb.model.evidence import evidence
from crampnb.model.exposures import exposures
from crampnb.model.profile import Profile
from crampnb.model.settings import USUAL


class Change(NamedTuple):
    """How the log odds move when one day becomes another, as one story tells it."""

    shift: Number
    #: half the width of the 90 % interval of the shift, squared
    variance: Number
    #: the factors whose dose moves
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Telling:
    """One day as one story tells it; its numbers are arrays for a profile of arrays."""

    profile: Profile
    story: Hypothesis

    @cached_property
    def doses(self) -> dict[str, Number]:
        """{factor that has a ramp: dose}; 0 is no effect, 1 is full effect."""
        return doses(self.profile)

    @cached_property
    def terms(self) -> dict[str, Number]:
        """{factor: log odds that it adds}, in the order of the evidence."""
        terms: dict[str, Number] = dict.fromkeys(evidence().factors, 0.0)
        for factor, odds_ratio in slopes(self.story.key).items():
            terms[factor] = odds_ratio.slope * self.doses[factor]
        (terms["conditions"], _), (terms["age"], _) = self._of_the_person
        return terms

    @cached_property
    def shift(self) -> Number:
        """How far the log odds lie from those of the baseline: the sum of the terms."""
        return sum(self.terms.values())

    @cached_property
    def variance(self) -> Number:
        """Half the width of the 90 % interval of the shift, squared."""
        squares = [
            (odds_ratio.spread * self.doses[factor]) ** 2
            for factor, odds_ratio in slopes(self.story.key).items()
        ]
        return sum([*squares, *(square for _, square in self._of_the_person)])

    @cached_property
    def _of_the_person(self) -> tuple[tuple[Number, Number], ...]:
        """Term and squared half-width of the conditions, and of the age."""
        return _conditions(self.profile, self.story), _age(self.profile, self.story)

    @cached_property
    def measures(self) -> dict[str, Number]:
        """Everything that a dose may be read from: inputs and exposures by name."""
        return measures(self.profile)

    @property
    def risk(self) -> Number:
        """Probability of the outcome over the horizon; 0.01 is 10 in 1,000."""
        return risk_after(self.shift)

    @property
    def interval(self) -> tuple[Number, Number]:
        """5 % and 95 % points of the risk."""
        centre = logit(baseline_risk()) + self.shift
        spread = (baseline_spread() ** 2 + self.variance) ** 0.5
        return logistic(centre - spread), logistic(centre + spread)

    def told_by(self, story: Hypothesis) -> "Telling":
        """The same day as another story tells it; doses are the day's and are not read again."""
        other = Telling(self.profile, story)
        vars(other)["doses"] = self.doses
        return other

    def change_to(self, profile: Profile) -> Change:
        """What another day would change, for one person.

        Only what moves counts: a factor that stays as it is adds no uncertainty to the change.
        """
        before, after = self.measures, measures(profile)
        slopes_here = slopes(self.story.key)
        shift = variance = 0.0
        moved = []
        differs = {name for name in _measured() if before[name] != after[name]}
        for factor in _ramped():
            if factor.measure not in differs and not (
                factor.weight and factor.weight.measure in differs
            ):
                continue  # most do not; to read their doses again takes half the time of a step
            step = dose(factor, after) - self.doses[factor.key]
            if step == 0:
                continue
            moved.append(factor)
            if odds_ratio := slopes_here.get(factor.key):
                shift += odds_ratio.slope * step
                variance += (odds_ratio.spread * step) ** 2
        return Change(shift, variance, tuple(moved))

    def risks_after(self, change: Change) -> tuple[Number, Number, Number]:
        """5 % point, centre and 95 % point of the risk after a change.

        The risk before it is held at its centre.
        """
        centre, spread = self.shift + change.shift, change.variance**0.5
        return risk_after(centre - spread), risk_after(centre), risk_after(centre + spread)


def risk_after(shift: Number) -> Number:
    """Risk when the log odds lie `shift` above the baseline's; exactly the baseline at 0."""
    odds_ratio = math.e**shift
    baseline = baseline_risk()
    return baseline * odds_ratio / (1 - baseline + baseline * odds_ratio)


@cache
def baseline_risk() -> float:
    """Risk at the reference settings (probability over the horizon)."""
    return evidence().baseline.risk[1]


def hypothesis_of(key: str) -> Hypothesis:
    """The story of this key; `InputError` if there is none."""
    stories = evidence().hypotheses
    if not isinstance(key, str) or key not in stories:
        raise InputError("hypothesis", key, f"allowed is one of {', '.join(stories)}")
    return stories[key]


def risk(profile: Profile, hypothesis: str = USUAL) -> Number:
    """Probability of the outcome over the horizon; an array for a profile of arrays."""
    return Telling(profile, hypothesis_of(hypothesis)).risk


def doses(profile: Profile) -> dict[str, Number]:
    """{factor that has a ramp: dose}; 0 is no effect, 1 is full effect."""
    there = measures(profile)
    return {factor.key: dose(factor, there) for factor in _ramped()}


def measures(profile: Profile) -> dict[str, Number]:
    """Everything that a dose may be read from: inputs and exposures by name."""
    return vars(profile) | exposures(profile)._asdict()


def dose(factor: Factor, measures: Mapping[str, Number]) -> Number:
    """Dose of one factor: a ramp of its measure, scaled by its weight if it has one."""
    start, end = factor.ramp
    value = measures[factor.measure]
    if factor.scale == "log2":
        full = ramp(log2(value / start), 0.0, math.log2(end / start))
    else:
        full = ramp(value, start, end)
    weight = factor.weight
    if weight is None:
        return full
    along = ramp(measures[weight.measure], *weight.ramp)
    return full * (weight.start + (weight.end - weight.start) * along)


@cache
def _measured() -> tuple[str, ...]:
    """Names of the inputs and exposures that doses are read from."""
    weights = [factor.weight.measure for factor in _ramped() if factor.weight]
    return tuple({factor.measure for factor in _ramped()} | set(weights))


@cache
def _ramped() -> tuple[Factor, ...]:
    """The factors that have a ramp; conditions and age have terms of their own."""
    return tuple(
        factor for factor in evidence().factors.values() if factor.measure and not factor.bands
    )


@cache
def slopes(hypothesis: str) -> Mapping[str, OddsRatio]:
    """Odds ratios of the factors with a ramp, as one story holds them."""
    story = evidence().hypotheses[hypothesis]
    held = ((factor.key, evidence().odds_ratio(story, factor)) for factor in _ramped())
    return {key: odds_ratio for key, odds_ratio in held if odds_ratio}


def _conditions(profile: Profile, story: Hypothesis) -> tuple[Number, Number]:
    """Term and squared half-width of all conditions and medicines together.

    They overlap: the two largest count fully, each further one adds a fixed amount.
    """
    conditions, medicines = _present(profile.conditions), _present(profile.medicines)
    if story.per_cause:
        there = sum(conditions.values()) >= 1
        return there * story.per_cause.slope, there * story.per_cause.spread**2
    present = {**conditions, **medicines}
    if not present or not story.keeps("conditions"):
        return 0.0, 0.0
    term: Number = 0.0
    variance: Number = 0.0
    count: Number = 0.0
    for key, odds_ratio in _largest_first():
        if key in present:
            fully = present[key] * (count < 2)
            term = term + fully * odds_ratio.slope
            variance = variance + fully * odds_ratio.spread**2
            count = count + present[key]
    each_further = math.log(evidence().quantities["further_condition"].value)
    return term + each_further * positive(count - 2), variance


def _present(members: Set[str] | Mapping[str, Number]) -> Mapping[str, Number]:
    """{member: whether it is there}; one left out is not. A set has its members and no others."""
    return members if isinstance(members, Mapping) else dict.fromkeys(members, True)


@cache
def _largest_first() -> tuple[tuple[str, OddsRatio], ...]:
    """Conditions and medicines, the largest odds ratio first; of equals, the first in the data."""
    held = [(key, entry.odds_ratio) for key, entry in evidence().ailments.items()]
    return tuple(sorted(held, key=lambda one: one[1].central, reverse=True))


def _age(profile: Profile, story: Hypothesis) -> tuple[Number, Number]:
    """Term and squared half-width of the age band."""
    if not story.keeps("age"):
        return 0.0, 0.0
    term: Number = 0.0
    variance: Number = 0.0
    bands = evidence().factors["age"].bands
    ends = [band.from_age for band in bands[1:]] + [math.inf]
    for band, end in zip(bands, ends, strict=True):
        within = (profile.age >= band.from_age) * (profile.age < end)
        term = term + within * band.odds_ratio.slope
        variance = variance + within * band.odds_ratio.spread**2
    return term, variance


@cache
def baseline_spread() -> float:
    """Half the width of the 90 % interval of the baseline's log odds."""
    low, _, high = evidence().baseline.risk
    return (logit(high) - logit(low)) / 2
