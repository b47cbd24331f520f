"""What would help: every tip as a single change, with what it would do to the risk."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any, NamedTuple

from crampnb.model.entries import CERTAINTIES, Certainty, Effort, Tip
from crampnb.model.evidence import evidence
from crampnb.model.exposures import accustomed_load, exposures
from crampnb.model.profile import MINERALS, Profile, mineral_needs, reference
from crampnb.model.risk import Telling

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

    @property
    def change(self) -> tuple[float, float]:
        """5 % and 95 % points of the change in risk; below 0 is fewer."""
        worst, best = self.interval
        return -best, -worst


def rank_steps(today: Telling) -> tuple[Step, ...]:
    """Every tip that would move a dose, as a step; largest absolute risk reduction first."""
    steps = (
        _step(tip, today)
        for tip in evidence().tips.values()
        if tip.input and not is_withheld(tip, today.profile)
    )
    return tuple(sorted((step for step in steps if step), key=lambda step: -step.risk_reduction))


def is_withheld(tip: Tip, profile: Profile) -> bool:
    """Whether a condition or a medicine makes the tip one for a professional to give."""
    return not (profile.conditions | profile.medicines).isdisjoint(tip.withheld_for)


def _step(tip: Tip, today: Telling) -> Step | None:
    """What one tip would do, or None where there is nothing to change."""
    changed = _changed(tip, today.profile)
    if changed is None:
        return None
    change = today.change_to(changed)
    if not change.factors:
        return None
    best, central, worst = (today.risk - risk for risk in today.risks_after(change))
    return Step(
        key=tip.key,
        name=tip.label,
        changes=_differences(today.profile, changed),
        risk=today.risk - central,
        risk_reduction=central,
        interval=(worst, best),
        probability_helps=_probability_below_zero(change.shift, change.variance**0.5),
        certainty=max((factor.certainty for factor in change.factors), key=CERTAINTIES.index),
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
    if spread == 0:  # the story holds none of what moves
        return 0.0
    return STANDARD.cdf(-centre / spread * evidence().outcome.quantile)
