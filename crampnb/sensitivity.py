"""Which single judgement moves the answer most: each one taken at its low and at its high end."""

from typing import NamedTuple

import crampnb.model as model
from crampnb.evidence import evidence
from crampnb.profile import Profile


class Judgement(NamedTuple):
    """The baseline or one odds ratio, and what the risk would be at the ends of its range."""

    #: key of the factor, or "baseline"
    key: str
    label: str
    #: risk with this one at its low end, all others at their centres (probability over the horizon)
    low: float
    #: the same at its high end
    high: float

    @property
    def width(self) -> float:
        """How far it moves the risk (probability over the horizon)."""
        return abs(self.high - self.low)


def sensitivity(profile: Profile, hypothesis: str = "evidence") -> tuple[Judgement, ...]:
    """The baseline and every odds ratio with a dose above 0; what moves the risk most first."""
    story = model.hypothesis_of(hypothesis)
    doses = model.doses(profile)
    shift = model.outcome(profile, doses, story).shift

    def judgement(key: str, label: str, spread: float) -> Judgement:
        low, high = (model.risk_after(shift + side * spread) for side in (-1, 1))
        return Judgement(key, label, low, high)

    judgements = [
        judgement("baseline", "how common such cramps are at all", model.baseline_spread())
    ]
    for key, odds_ratio in model.slopes(story.key).items():
        if doses[key] > 0:
            label = evidence().factors[key].label
            judgements.append(judgement(key, label, odds_ratio.spread * doses[key]))
    return tuple(sorted(judgements, key=lambda one: -one.width))
