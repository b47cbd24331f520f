"""What would help: every tip as a single change, with what it would do to the risk."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any, NamedTuple

import crampnb.model as model
from crampnb.evidence import CERTAINTIES, Certainty, Effort, Hypothesis, Tip, evidence
from crampnb.exposures import accustomed_load, exposures
from crampnb.profile import MINERALS, Profile, mineral_needs, reference

STANDARD = NormalDist()


class Step(NamedTuple):
    """A single change and what it would do to the risk."""

    key: str
    #: what to do, in words
    name: str
    #: inputs to set
    changes: Mapping[str, Any]
    #: risk after the change (probability over the horizon)
    risk: float
    #: absolute risk reduction; 0.005 is 5 in 1,000 fewer
    risk_reduction: float
    #: 5 % and 95 % points of the reduction, with the risk before the change held at its centre
    interval: tuple[float, float]
    #: probability that the change lowers the risk at all; 0 where the story sees no effect
    probability_helps: float
    #: GRADE certainty: the worst of the factors that the change moves
    certainty: Certainty
    effort: Effort
    effort_note: str


class Today(NamedTuple):
    """The day that a step starts from."""

    profile: Profile
    measures: Mapping[str, float]
    doses: Mapping[str, float]
    story: Hypothesis
    #: distance of the log odds from the baseline's
    shift: float
    risk: float


def rank_steps(
    profile: Profile, doses: Mapping[str, float], story: Hypothesis, shift: float
) -> tuple[Step, ...]:
    """Every tip that would move a dose, as a step; largest absolute risk reduction first.

    `shift` is how far today's log odds lie from the baseline's.
    """
    today = Today(profile, model.measures(profile), doses, story, shift, model.risk_after(shift))
    steps = (
        _step(tip, today)
        for tip in evidence().tips.values()
        if tip.input and not is_withheld(tip, profile)
    )
    return tuple(sorted((step for step in steps if step), key=lambda step: -step.risk_reduction))


def is_withheld(tip: Tip, profile: Profile) -> bool:
    """Whether a condition or a medicine makes the tip one for a professional to give."""
    return not (profile.conditions | profile.medicines).isdisjoint(tip.withheld_for)


def _step(tip: Tip, today: Today) -> Step | None:
    """What one tip would do, or None where there is nothing to change."""
    changed = _changed(tip, today.profile)
    if changed is None:
        return None
    after = model.moved(today.measures, model.measures(changed))
    moved = [factor for factor, dose in after.items() if dose != today.doses[factor]]
    if not moved:
        return None
    move, variance = model.change(today.doses, after, today.story)
    spread = variance**0.5
    worst, central, best = (
        today.risk - model.risk_after(today.shift + move + side * spread) for side in (1, 0, -1)
    )
    return Step(
        key=tip.key,
        name=tip.label,
        changes=_differences(today.profile, changed),
        risk=today.risk - central,
        risk_reduction=central,
        interval=(worst, best),
        probability_helps=_probability_below_zero(move, spread),
        certainty=max((evidence().factors[key].certainty for key in moved), key=CERTAINTIES.index),
        effort=tip.effort,
        effort_note=tip.effort_note,
    )


def _changed(tip: Tip, profile: Profile) -> Profile | None:
    """The profile with the tip followed; None where it is followed already."""
    if tip.input == "electrolyte_intake":
        return _minerals_at_reference(profile)
    now, target = getattr(profile, tip.input), _target(tip, profile)
    away = {"above": now > target, "below": now < target, "differs": now != target}
    return profile.but(**{tip.input: target}) if away[tip.when] else None


def _target(tip: Tip, profile: Profile) -> Any:
    """Where the tip wants its input to be, in the input's unit."""
    if tip.to == "reference":
        return reference(profile, tip.input)
    if tip.to == "balance":
        body = exposures(profile)
        return min(body.fluid_need + body.sweat, evidence().inputs[tip.input].range[1])
    if tip.to == "ramp start":
        return evidence().factors["load_spike"].ramp[0] * accustomed_load(profile)
    return tip.to


def _minerals_at_reference(profile: Profile) -> Profile | None:
    """The profile with every mineral that falls short at its reference; None where none does."""
    needs = mineral_needs(profile)
    short = [mineral for mineral in MINERALS if getattr(profile, mineral) < needs[mineral]]
    if not short:
        return None
    raised = {mineral: needs[mineral] for mineral in short if mineral in profile.given}
    if raised.keys() != set(short):  # the others follow the electrolyte intake
        raised["electrolyte_intake"] = 100.0
    return profile.but(**raised)


def _differences(before: Profile, after: Profile) -> dict[str, Any]:
    """{input: value} that a step sets."""
    was = vars(before)
    return {name: value for name, value in after.given.items() if was[name] != value}


def _probability_below_zero(centre: float, spread: float) -> float:
    """Probability that a normal quantity with this 90 % half-width is negative."""
    if spread == 0:
        return float(centre < 0)
    return STANDARD.cdf(-centre / spread * evidence().outcome.quantile)
