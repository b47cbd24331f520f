"""Answers for people: the risk in words, what adds to it, what would help, where stories differ."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import crampnb.model as model
from crampnb.arithmetic import Number
from crampnb.evidence import Hypothesis, RedFlag, evidence
from crampnb.exposures import exposures
from crampnb.profile import InputError, Profile
from crampnb.steps import Step, rank_steps

ADULT = 18  # years; the sources are about adults
ILLUSTRATION = "Illustration, not a prediction."


@dataclass(frozen=True)
class StopCard:
    """Words that come before any number: where to get help, or what to beware of."""

    title: str
    text: str
    act: str
    #: the card takes the number's place (red flags); otherwise it stands beside it
    replaces_number: bool


class Point(NamedTuple):
    """One place on a curve: the input's value, the risk there, and its 90 % interval."""

    value: float
    risk: float
    low: float
    high: float


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
            return f"On these settings the four stories agree: {low} of {_people()}."
        return f"These settings split the stories: {low} v {high} of {_people()}."


@dataclass(frozen=True)
class Explanation:
    """The answer for one profile under one hypothesis.

    For a profile of arrays `risk`, `interval`, `terms` and `causes` are arrays; the steps, the stop
    card and the sentence are for one person.
    """

    profile: Profile
    #: key of the hypothesis
    hypothesis: str
    #: keys of the red flags that are ticked
    red_flags: tuple[str, ...] = ()

    @cached_property
    def doses(self) -> dict[str, Number]:
        """{factor: dose from 0 to 1}."""
        return model.doses(self.profile)

    @cached_property
    def _added(self) -> tuple[dict[str, Number], model.Outcome]:
        return model.added(self.profile, self.doses, self.story)

    @property
    def outcome(self) -> model.Outcome:
        """The risk as a normal distribution of its log odds."""
        return self._added[1]

    @property
    def story(self) -> Hypothesis:
        """The hypothesis with its odds ratios."""
        return evidence().hypotheses[self.hypothesis]

    @property
    def risk(self) -> Number:
        """Probability of the outcome over the horizon; 0.01 is 10 in 1,000."""
        return self.outcome.risk

    @property
    def interval(self) -> tuple[Number, Number]:
        """5 % and 95 % points of the risk."""
        return self.outcome.interval

    @property
    def baseline(self) -> float:
        """Risk at the reference settings."""
        return model.baseline_risk()

    @property
    def terms(self) -> dict[str, Number]:
        """{factor: log odds}; they sum to the log odds of the risk minus those of the baseline."""
        return self._added[0]

    @cached_property
    def causes(self) -> dict[str, Number]:
        """{cause: log odds}: the terms, summed by the article's six causes and "you"."""
        sums: dict[str, Number] = dict.fromkeys(evidence().causes, 0.0)
        for factor, term in self.terms.items():
            cause = evidence().factors[factor].cause
            sums[cause] = sums[cause] + term
        return sums

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Single changes, ranked by absolute risk reduction."""
        return rank_steps(self.profile, self.doses, self.story, self.outcome.shift)

    @cached_property
    def stop(self) -> StopCard | None:
        """The stop card, if any."""
        return stop_card(self.profile, self.red_flags)

    @property
    def note(self) -> str:
        """What to bear in mind with this person; "" if nothing."""
        young, pregnant = self.profile.age < ADULT, "pregnancy" in self.profile.conditions
        return evidence().stops["adults_only"].text if young or pregnant else ""

    @cached_property
    def sentence(self) -> str:
        """The one sentence; where to get help, if a red flag is ticked."""
        if self.stop and self.stop.replaces_number:
            return f"{self.stop.title} {self.stop.act}"
        low, high = map(natural_frequency, self.interval)
        return (
            f"About {_count(self.risk)} of {_people()} people living like this would have"
            f" a buttock cramp in the next {evidence().outcome.horizon_days} days"
            f" (could be {low:,} to {high:,})."
            f" At the reference settings: {natural_frequency(self.baseline)} of {_people()}."
            f" {ILLUSTRATION}"
        )


def explain(
    profile: Profile | Mapping[str, object],
    hypothesis: str = "evidence",
    red_flags: Iterable[str] = (),
) -> Explanation:
    """The answer for a profile, or a mapping of inputs; `InputError` for bad input."""
    story = model.hypothesis_of(hypothesis)
    return Explanation(Profile.of(profile), story.key, _checked_flags(red_flags))


def natural_frequency(risk: float) -> int:
    """People out of the usual denominator (1,000)."""
    return round(risk * evidence().outcome.people)


def shares(explanation: Explanation) -> dict[str, float]:
    """{factor: people of 1,000 it adds}; they sum to the risk minus the baseline.

    The difference is shared out in proportion to the terms. That is the exact attribution along
    the straight line from the baseline to the profile (every term growing in step), and stays
    finite when terms cancel.
    """
    shift = sum(explanation.terms.values())
    added = explanation.risk - explanation.baseline
    slope = (
        added / shift if abs(shift) > 1e-9 else explanation.baseline * (1 - explanation.baseline)
    )
    people = evidence().outcome.people
    return {factor: people * slope * term for factor, term in explanation.terms.items()}


def people_by_cause(explanation: Explanation) -> dict[str, int]:
    """{cause: whole people of 1,000 it adds}; they sum to `added_people`."""
    by_factor = shares(explanation)
    by_cause = {
        cause: sum(by_factor[factor.key] for factor in evidence().factors_of(cause))
        for cause in evidence().causes
    }
    return whole_people(by_cause, added_people(explanation))


def added_people(explanation: Explanation) -> int:
    """People of 1,000 beyond the baseline, both rounded as the sentence rounds them."""
    return natural_frequency(explanation.risk) - natural_frequency(explanation.baseline)


def whole_people(amounts: Mapping[str, float], total: int) -> dict[str, int]:
    """Whole numbers that sum to `total`, each less than one off its amount (largest remainder)."""
    floors = {key: math.floor(amount) for key, amount in amounts.items()}
    by_remainder = sorted(amounts, key=lambda key: floors[key] - amounts[key])
    short = total - sum(floors.values())
    return {key: floors[key] + (key in by_remainder[:short]) for key in amounts}


def sweep(
    profile: Profile, hypothesis: str, name: str, values: Sequence[float]
) -> tuple[Point, ...]:
    """Risk along one input, everything else as it is."""
    story = model.hypothesis_of(hypothesis)
    points = []
    for value in values:
        there = profile.but(**{name: value})
        outcome = model.outcome(there, model.doses(there), story)
        points.append(Point(value, outcome.risk, *outcome.interval))
    return tuple(points)


def grid(
    profile: Profile,
    hypothesis: str,
    across: tuple[str, Sequence[float]],
    up: tuple[str, Sequence[float]],
) -> list[list[float]]:
    """Risk over two inputs: one row for each value of `up`, one column for each of `across`."""
    story = model.hypothesis_of(hypothesis)
    (x, x_values), (y, y_values) = across, up

    def risk(**changes: float) -> float:
        there = profile.but(**changes)
        value: float = model.outcome(there, model.doses(there), story).risk
        return value

    return [[risk(**{x: x_value, y: y_value}) for x_value in x_values] for y_value in y_values]


def compare(before: Explanation, after: Explanation) -> str:
    """The difference between two answers in one sentence."""
    first, second = natural_frequency(before.risk), natural_frequency(after.risk)
    if first == second:
        change = "no difference that whole people can show"
    else:
        change = f"{abs(second - first)} {'more' if second > first else 'fewer'}"
    return f"A: {first} of {_people()}. Now: {second} of {_people()}. {change.capitalize()}."


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
    doses = model.doses(profile)
    stories = evidence().hypotheses
    return {key: model.outcome(profile, doses, story).risk for key, story in stories.items()}


def _spread(risks: Mapping[str, float]) -> float:
    return max(risks.values()) - min(risks.values())


def _cause_of(profile: Profile, name: str) -> str:
    """The cause whose terms differ most between the stories because of one input."""
    before = {key: explain(profile.without(name), key).causes for key in evidence().hypotheses}
    after = {key: explain(profile, key).causes for key in evidence().hypotheses}

    def spread(cause: str) -> float:
        shifts = [after[key][cause] - before[key][cause] for key in after]
        return float(max(shifts) - min(shifts))

    return max(evidence().causes, key=spread)


def stop_card(profile: Profile, red_flags: Sequence[str] = ()) -> StopCard | None:
    """Where to get help for the most urgent red flag; else the card for too much plain water."""
    if red_flags:
        flag = min((evidence().red_flags[key] for key in red_flags), key=_urgency)
        return StopCard("Please get help first.", flag.sign, flag.act, replaces_number=True)
    alarm = evidence().quantities["plain_water_alarm"].value
    if exposures(profile).water_excess >= alarm:
        card = evidence().stops["hyponatraemia"]
        return StopCard(card.title, card.text, card.act, replaces_number=False)
    return None


def _urgency(flag: RedFlag) -> int:
    return ("now", "today", "soon").index(flag.urgency)


def _checked_flags(red_flags: Iterable[str]) -> tuple[str, ...]:
    known = evidence().red_flags
    allowed = f"allowed is any of {', '.join(known)}"
    try:
        flags = tuple(red_flags)
    except TypeError:
        raise InputError("red_flags", red_flags, allowed) from None
    for key in flags:
        if not isinstance(key, str) or key not in known:
            raise InputError("red_flags", key, allowed)
    return flags


def _people() -> str:
    return f"{evidence().outcome.people:,}"


def _count(risk: float) -> str:
    """A natural frequency in words; never "0", because the risk is never nothing."""
    return f"{natural_frequency(risk):,}" if natural_frequency(risk) else "fewer than 1"
