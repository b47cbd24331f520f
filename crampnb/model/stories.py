"""The four stories side by side on one day, and what drives them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from crampnb.model.attribution import by_cause
from crampnb.model.evidence import evidence
from crampnb.model.frequency import denominator, natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling


@dataclass(frozen=True)
class Disagreement:
    """How far the stories are apart on the same settings."""

    #: {hypothesis: risk}
    risks: Mapping[str, float]
    #: the input that, put back to its reference, brings the stories closest together; "" if none
    driver: str
    #: the cause through which that input acts
    cause: str

    @property
    def spread(self) -> float:
        """Largest minus smallest risk over the stories; 0.037 is 37 in 1,000."""
        return max(self.risks.values()) - min(self.risks.values())

    @property
    def sentence(self) -> str:
        """The disagreement in one sentence of natural frequencies."""
        low, high = (natural_frequency(end(self.risks.values())) for end in (min, max))
        if low == high:
            return f"On these settings the four stories agree: {low} of {denominator()}."
        return f"These settings split the stories: {low} v {high} of {denominator()}."


def tellings(profile: Profile) -> dict[str, Telling]:
    """{hypothesis: the day as it tells it}."""
    first, *others = evidence().hypotheses.items()
    day = Telling(profile, first[1])
    return {first[0]: day} | {key: day.told_by(story) for key, story in others}


def disagreement(profile: Profile) -> Disagreement:
    """The stories side by side on one profile, and the input that drives them apart."""
    together = _risks(profile)
    spreads = {
        name: _spread(_risks(profile.without(name))) - _spread(together) for name in profile.given
    }
    driver = min(spreads, key=lambda name: spreads[name], default="")
    if not driver or spreads[driver] > -1e-9:
        return Disagreement(together, "", "")
    return Disagreement(together, driver, _cause_of(profile, driver))


def _risks(profile: Profile) -> dict[str, float]:
    """{hypothesis: risk} of one profile."""
    return {key: day.risk for key, day in tellings(profile).items()}


def _spread(risks: Mapping[str, float]) -> float:
    return max(risks.values()) - min(risks.values())


def _cause_of(profile: Profile, name: str) -> str:
    """The cause whose terms differ most between the stories because of one input."""
    before, after = (
        {key: by_cause(day.terms) for key, day in tellings(one).items()}
        for one in (profile.without(name), profile)
    )

    def spread(cause: str) -> float:
        shifts = [after[key][cause] - before[key][cause] for key in after]
        return float(max(shifts) - min(shifts))

    return max(evidence().causes, key=spread)
