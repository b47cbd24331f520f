"""A lesson in a notebook: each of its cards is one line of a cell.

A `Lesson` keeps what a learner has done for as long as the kernel runs, so that a cell may be run
again; the learner's own browser keeps it longer (`card.js`). Nothing is sent anywhere and no name
is asked for; a learner may save the answers as a file.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from crampnb.errors import InputError
from crampnb.lessons.cards.card import Card
from crampnb.lessons.cards.head import HeadCard
from crampnb.lessons.cards.questions import GradeCard, QuestionCard, WritingCard
from crampnb.lessons.cards.reading import ArticleCard, LaterCard, OrdinaryDayCard, WayCard
from crampnb.lessons.cards.sliders import ExploreCard, GuessesCard, PredictCard
from crampnb.lessons.cards.whole_class import class_overview
from crampnb.lessons.plans import Plan, lesson
from crampnb.lessons.progress import Progress, progress_of
from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile

__all__ = ["Lesson", "Told", "class_overview"]

Entry = TypeVar("Entry")


class Told(str):
    """A sentence that a notebook shows as text."""

    def __repr__(self) -> str:
        return str(self)


class Lesson:
    """One lesson; as the last line of a cell it shows the progress."""

    def __init__(self, key: str, progress: Progress | None = None) -> None:
        """The lesson of this key, and how far one is (the kernel's); `InputError` if none."""
        self.plan: Plan = lesson(key)
        self.progress = progress or progress_of(key)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.overview()._repr_mimebundle_(**options)

    def overview(self) -> Card:
        """Title, progress, and the answers: to save, to open, to forget."""
        return HeadCard(self.progress)

    @property
    def saved(self) -> str:
        """The answers as a file's text."""
        return self.progress.saved

    def open(self, content: bytes) -> str:
        """Take over the answers of a file; what became of it in a sentence."""
        return self.progress.take_over(content)

    def ordinary_day(self) -> Card:
        """The day with which all others are compared, and what "of 1,000" looks like."""
        return OrdinaryDayCard(self.plan.ordinary)

    def article(self) -> Card:
        """The lay article that all this started from, in our own words."""
        return ArticleCard()

    def later(self, key: str) -> Card:
        """A text that would give something away: it opens when one has guessed."""
        return LaterCard(_found(self.plan.later, key, "text"), self.progress)

    def way(self, key: str) -> Card:
        """How to come to a value that the learner's own code is to make, on request."""
        return WayCard(_found(self.plan.ways, key, "value"))

    def predict(self, name: str) -> Card:
        """Guess what one input does; only then see the answer and move the slider."""
        return PredictCard(_found(self.plan.situations, name, "situation"), self.progress)

    def guesses(self) -> Card:
        """All guesses beside what the model says."""
        return GuessesCard(self.plan.situations.values(), self.progress)

    def ask(self, key: str) -> Card:
        """A question that checks itself: a hint first, the worked solution on request."""
        return QuestionCard(_found(self.plan.questions, key, "question"), self.progress)

    def solution(self, key: str) -> str:
        """Question, answer and worked solution as text, for the answer notebooks."""
        question = _found(self.plan.questions, key, "question")
        return f"{question.prompt}\n{question.explained}"

    def write(self, key: str) -> Card:
        """A few words of one's own; they are kept, not marked."""
        return WritingCard(key, _found(self.plan.writing, key, "text"), self.progress)

    def explore(self, *names: str, story: bool = False, day: Profile | None = None) -> Card:
        """Sliders that begin at a day, with the answer, and tasks that tick themselves."""
        inputs = [_found(evidence().inputs, name, "input") for name in names]
        tasks = self.plan.tasks.values()
        return ExploreCard(inputs, tasks, self.progress, story, day)

    def grade(self) -> Card:
        """A grade for each claim of the article; then the evidence's beside it."""
        return GradeCard(self.progress)

    def verify(self, key: str, value: object) -> Told:
        """Whether a value that the learner's own code made is the model's, to six digits."""
        wanted = _found(self.plan.values, key, "value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return Told(f"That is {type(value).__name__}, not a number.")
        if not math.isfinite(value):
            return Told(f"{value} is no probability. Look for a division or a power gone wrong.")
        if _is_same(value, self.plan.unmended.get(key, math.nan)):
            return Told(f"{value:.6f} is what the cell gives as it came. Now mend it.")
        right = _is_same(value, wanted)
        slips = self.plan.slips.get(key, ())
        slip = next((one for one in slips if _is_same(value, one.value)), None)
        self.progress.keep(key, "number", float(value), right, slip.name if slip else "")
        if right:
            return Told(f"Yes: {value:.6f} is the model's number to six digits.")
        if slip:
            return Told(f"Nearly! {slip.hint}")
        if _is_same(value, evidence().outcome.people * wanted):
            return Told("Nearly: that is people of 1,000. The model's risk lies between 0 and 1.")
        if value == round(wanted, 6):
            return Told(f"Nearly: {value:.6f} is right, but rounded. Let the cell work it out.")
        return Told(f"Not yet: the model gives another number than {value:.6f}.")


def _is_same(value: float, wanted: float) -> bool:
    """Whether two numbers agree to six digits."""
    return abs(value - wanted) <= abs(wanted) * 5e-7


def _found(entries: Mapping[str, Entry], key: object, what: str) -> Entry:
    """The entry of this key; `InputError` names those that there are."""
    if not isinstance(key, str) or key not in entries:
        raise InputError(what, key, f"allowed is one of {', '.join(entries)}")
    return entries[key]
