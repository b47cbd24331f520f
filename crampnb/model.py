"""The model: exposures -> doses -> terms -> log odds -> risk, and its 90 % interval.

    log odds(p) = log odds(p0) + sum of slope_i * dose_i        slope = ln(odds ratio at full dose)

Each slope is normal around the log of its central odds ratio, independent of the others, and so
is the baseline's log odds. The log odds of the risk are then exactly normal and the interval has
a closed form: every 90 % half-width scales with its dose and they add in squares.
An additive, literature-based illustration, not fitted to people.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from crampnb.arithmetic import Number, log2, logistic, logit, ramp
from crampnb.evidence import Factor, Hypothesis, OddsRatio, evidence
from crampnb.exposures import exposures
from crampnb.profile import InputError, Profile


class Outcome(NamedTuple):
    """The risk as a normal distribution of its log odds; floats, or arrays."""

    #: sum of the terms: how far the log odds lie from the baseline's
    shift: Number
    #: half the width of the 90 % interval of the log odds, squared
    variance: Number

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


def risk(profile: Profile, hypothesis: str = "evidence") -> Number:
    """Probability of the outcome over the horizon; an array for a profile of arrays."""
    return outcome(profile, doses(profile), hypothesis_of(hypothesis)).risk


def doses(profile: Profile) -> dict[str, Number]:
    """Dose of every factor that has a ramp: 0 is no effect, 1 is full effect."""
    there = measures(profile)
    return {factor.key: dose(factor, there) for factor in _ramped()}


def measures(profile: Profile) -> dict[str, Number]:
    """Everything that a dose may be read from: inputs and exposures by name."""
    return {**vars(profile), **exposures(profile)._asdict()}


def moved(before: Mapping[str, Number], after: Mapping[str, Number]) -> dict[str, Number]:
    """Doses of the factors whose measures differ between two days (each from `measures`)."""
    changed = {name for name in _watched() if before[name] != after[name]}
    return {
        factor.key: dose(factor, after)
        for factor in _ramped()
        if factor.measure in changed or (factor.weight and factor.weight.measure in changed)
    }


def dose(factor: Factor, measures: Mapping[str, Number]) -> Number:
    """Dose of one factor: a ramp of its measure, scaled by its weight if it has one."""
    start, end = factor.ramp
    value = measures[factor.measure]
    if factor.scale == "log2":
        return ramp(log2(value / start), 0.0, math.log2(end / start))
    full = ramp(value, start, end)
    weight = factor.weight
    if weight is None:
        return full
    along = ramp(measures[weight.measure], *weight.ramp)
    return full * (weight.start + (weight.end - weight.start) * along)


@cache
def _watched() -> frozenset[str]:
    """Names of the measures that doses are read from."""
    weights = (factor.weight.measure for factor in _ramped() if factor.weight)
    return frozenset(factor.measure for factor in _ramped()) | frozenset(weights)


@cache
def _ramped() -> tuple[Factor, ...]:
    """The factors that have a ramp; conditions and age have terms of their own."""
    return tuple(
        factor for factor in evidence().factors.values() if factor.measure and not factor.bands
    )


def outcome(profile: Profile, dose: Mapping[str, Number], story: Hypothesis) -> Outcome:
    """The distribution of the risk, from doses already known."""
    return added(profile, dose, story)[1]


def change(
    before: Mapping[str, Number], after: Mapping[str, Number], story: Hypothesis
) -> tuple[Number, Number]:
    """Shift of the log odds when some doses move, and its half-width squared.

    Only what moves counts: a factor that stays as it is adds no uncertainty to the change.
    """
    held = slopes(story.key)
    shift: Number = 0.0
    variance: Number = 0.0
    for factor, dose_after in after.items():
        if odds_ratio := held.get(factor):
            step = dose_after - before[factor]
            shift = shift + odds_ratio.slope * step
            variance = variance + (odds_ratio.spread * step) ** 2
    return shift, variance


@cache
def slopes(hypothesis: str) -> Mapping[str, OddsRatio]:
    """Odds ratios of the factors with a ramp, as one story holds them."""
    story = evidence().hypotheses[hypothesis]
    held = ((factor.key, evidence().odds_ratio(story, factor)) for factor in _ramped())
    return {key: odds_ratio for key, odds_ratio in held if odds_ratio}


def added(
    profile: Profile, dose: Mapping[str, Number], story: Hypothesis
) -> tuple[dict[str, Number], Outcome]:
    """{factor: log odds that it adds}, in the order of the evidence, and what they sum to."""
    terms: dict[str, Number] = dict.fromkeys(evidence().factors, 0.0)
    variance: Number = 0.0
    for factor, odds_ratio in slopes(story.key).items():
        amount = dose[factor]
        terms[factor] = odds_ratio.slope * amount
        variance = variance + (odds_ratio.spread * amount) ** 2
    terms["conditions"], of_conditions = _conditions(profile, story)
    terms["age"], of_age = _age(profile, story)
    return terms, Outcome(sum(terms.values()), variance + of_conditions + of_age)


def _conditions(profile: Profile, story: Hypothesis) -> tuple[float, float]:
    """Term and squared half-width of all conditions and medicines together.

    They overlap: the two largest count fully, each further one adds a fixed amount.
    """
    if story.per_cause:
        any_condition = story.per_cause.slope, story.per_cause.spread**2
        return any_condition if profile.conditions else (0.0, 0.0)
    present = profile.conditions | profile.medicines
    if not present or not story.keeps("conditions"):
        return 0.0, 0.0
    held = [entry.odds_ratio for key, entry in evidence().ailments.items() if key in present]
    held.sort(key=lambda odds_ratio: odds_ratio.central, reverse=True)
    largest, further = held[:2], held[2:]
    each_further = math.log(evidence().quantities["further_condition"].value)
    term = sum(odds_ratio.slope for odds_ratio in largest) + each_further * len(further)
    return term, sum(odds_ratio.spread**2 for odds_ratio in largest)


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
