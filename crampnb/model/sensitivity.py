"""Which single judgement moves the answer most: each one taken at its low and at its high end."""

from typing import NamedTuple

from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling, baseline_spread, hypothesis_of, risk_after, slopes
from crampnb.model.settings import USUAL


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


def sensitivity(profile: Profile, hypothesis: str = USUAL) -> tuple[Judgement, ...]:
    """The baseline and every odds ratio with a dose above 0; what moves the risk most first."""
    day = Telling(profile, hypothesis_of(hypothesis))

    def judgement(key: str, label: str, spread: float) -> Judgement:
        low, high = (risk_after(day.shift + side * spread) for side in (-1, 1))
        return Judgement(key, label, low, high)

    judgements = [judgement("baseline", "how common such cramps are at all", baseline_spread())]
    for key, odds_ratio in slopes(day.story.key).items():
        if day.doses[key] > 0:
            label = evidence().factors[key].label
            judgements.append(judgement(key, label, odds_ratio.spread * day.doses[key]))
    return tuple(sorted(judgements, key=lambda one: -one.width))
