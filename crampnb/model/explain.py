"""Answers for people: the risk in words, what adds to it, what would help."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

from crampnb.model.arithmetic import Number
from crampnb.model.attribution import by_cause
from crampnb.model.evidence import evidence
from crampnb.model.frequency import (
    People,
    change_range,
    denominator,
    more_or_fewer,
    natural_frequency,
)
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling, baseline_risk, hypothesis_of
from crampnb.model.safety import StopCard, checked_flags, due_water_card, stop_card
from crampnb.model.settings import USUAL, Settings
from crampnb.model.steps import Step, rank_steps

ADULT = 18  # years; the sources are about adults
#: conditions that the sources leave out
NOT_STUDIED = frozenset({"pregnancy"})
ADULTS_ONLY = "adults_only"
ILLUSTRATION = "Illustration, not a prediction."


@dataclass(frozen=True, repr=False)
class Explanation(Telling):
    """The answer for one profile under one hypothesis.

    For a profile of arrays `risk`, `interval`, `terms` and `causes` are arrays; the steps, the stop
    card and the sentence are for one person.
    """

    #: keys of the red flags that are ticked
    red_flags: tuple[str, ...] = ()
    #: {MIME type: the answer as such}, for notebooks; lent by `crampnb`, which knows the views
    _repr_mimebundle_: ClassVar[Callable[..., dict[str, str]]]

    def __repr__(self) -> str:
        flags = f", red_flags={self.red_flags!r}" if self.red_flags else ""
        return f"Explanation({self.profile!r}, {self.hypothesis!r}{flags})"

    @property
    def hypothesis(self) -> str:
        """Key of the story."""
        return self.story.key

    @property
    def settings(self) -> Settings:
        """The question that this answers, without the red flags."""
        return Settings(self.profile, self.hypothesis)

    @property
    def baseline(self) -> float:
        """Risk at the reference settings."""
        return baseline_risk()

    @cached_property
    def causes(self) -> dict[str, Number]:
        """{cause: log odds}: the terms, summed by the article's six causes and "you"."""
        return by_cause(self.terms)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Single changes, ranked by absolute risk reduction."""
        return rank_steps(self)

    @cached_property
    def stop(self) -> StopCard | None:
        """The stop card, if any."""
        return stop_card(self.profile, self.red_flags)

    @property
    def is_stopped(self) -> bool:
        """Whether a red flag has taken the number's place."""
        return bool(self.red_flags)

    @property
    def stop_key(self) -> str:
        """Which card about water is due; "" for none, and while a red flag comes first."""
        return "" if self.is_stopped else due_water_card(self.profile)

    @property
    def note(self) -> str:
        """What to bear in mind with this person; "" if nothing."""
        return " ".join(words for key, words in notes_of_all().items() if key in self.notes)

    @property
    def notes(self) -> frozenset[str]:
        """Which of `notes_of_all` are for this person."""
        ticked = self.profile.conditions | self.profile.medicines
        for_adults = self.profile.age < ADULT or bool(ticked & NOT_STUDIED)
        about = {ADULTS_ONLY} if for_adults else set()
        return frozenset(about | ticked) & notes_of_all().keys()

    @property
    def people(self) -> People:
        """The answer in whole people of the usual denominator."""
        low, high = self.interval
        return People(*map(natural_frequency, (low, self.risk, high, self.baseline)))

    @property
    def sentence(self) -> str:
        """The one sentence; where to get help, if a red flag is ticked."""
        return " ".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentence in its parts; the first holds the answer, the others follow it."""
        if self.stop and self.is_stopped:
            return (self.stop.said,)
        told = {name: f"{number:,}" for name, number in self.people._asdict().items()}
        parts = "".join(statement()), at_the_reference(), ILLUSTRATION
        return tuple(part.format(**told) for part in parts)


@cache
def notes_of_all() -> dict[str, str]:
    """{what it is about: what to bear in mind}: that sources are about adults, some conditions."""
    cautions = {key: entry.caution for key, entry in evidence().ailments.items() if entry.caution}
    return {ADULTS_ONLY: evidence().stops[ADULTS_ONLY].text} | cautions


@cache
def statement() -> tuple[str, str, str]:
    """The first of the sentences: what stands before the figure, the figure, and the rest.

    A template, for whoever shows the figures in a way of its own.
    """
    return (
        "About ",
        f"{{risk}} of {denominator()}",
        f" people living like this would have a buttock cramp in the next"
        f" {evidence().outcome.horizon_days} days (could be {{low}} to {{high}}).",
    )


@cache
def at_the_reference() -> str:
    """The second of the sentences, a template too."""
    return f"At the reference settings: {{baseline}} of {denominator()}."


def explain(
    profile: Profile | Mapping[str, object],
    hypothesis: str = USUAL,
    red_flags: Iterable[str] = (),
) -> Explanation:
    """The answer for a profile, or a mapping of inputs; `InputError` for bad input."""
    story = hypothesis_of(hypothesis)
    return Explanation(Profile.of(profile), story, checked_flags(red_flags))


def compare(before: Explanation, after: Explanation) -> str:
    """The difference between two answers in one sentence, with its range where there is one."""
    first, second = before.people.risk, after.people.risk
    if first == second:
        change = "No difference that whole people can show"
    else:
        change = more_or_fewer(second - first)
    ends = difference(before, after)
    reach = f" ({change_range(*ends)})" if ends and any(ends) else ""
    people = denominator()
    return f"A: {first} of {people}. Now: {second} of {people}. {change}{reach}."


def difference(before: Explanation, after: Explanation) -> tuple[Number, Number] | None:
    """5 % and 95 % points of the change in risk, with the risk before it held at its centre.

    None where the model has no range for the change: from one story to another, or from one person
    to another, of another age or health.
    """
    if before.story != after.story or _person(before.profile) != _person(after.profile):
        return None
    low, _, high = before.risks_after(before.change_to(after.profile))
    return low - before.risk, high - before.risk


def _person(profile: Profile) -> tuple[object, ...]:
    """What has no dose, so that the model tells no range for a change of it."""
    return profile.age, profile.conditions, profile.medicines
