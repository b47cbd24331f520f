"""A lesson that a teacher writes in a notebook: every block is a line or two, in any order.

    lesson = OwnLesson("Sitting still", minutes=20)
    lesson.guess("Someone sits for 12 hours a day.", sitting=12)
    lesson.ask("How many hours make half a day?", 12, hint="A day has 24.")
    lesson.ask("Is the figure a prediction?", "no", wrong={"yes": "Read its last sentence."})
    lesson.write("What surprised you?")

The cards are those of the six lessons: a guess is locked before the answer is seen, a wrong answer
gets its hint, and the learner's browser keeps all of it. Texts are shown as they are written.
"""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from crampnb.errors import InputError
from crampnb.lessons.cards.card import Card
from crampnb.lessons.cards.head import HeadCard
from crampnb.lessons.cards.questions import QuestionCard, WritingCard
from crampnb.lessons.cards.sliders import ExploreCard, GuessesCard, PredictCard
from crampnb.lessons.plans import Plan, Situation
from crampnb.lessons.progress import Progress
from crampnb.lessons.quiz import ChoiceQuestion, NumberQuestion, Question
from crampnb.lessons.study import whole_number
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input, NumberInput
from crampnb.model.profile import checked

LONGEST = 500  # characters of a text; an answer's file holds no more
DIGITS = 6  # decimals of a right answer that are shown
#: share by which an answer may be off that is no whole number
TOLERANCE = 0.02
MOST_PEOPLE = 10**9


class OwnProgress(Progress):
    """What has been done in a lesson whose cells may not have been run yet."""

    def _knows(self, key: str) -> bool:
        return True


class OwnLesson:
    """A lesson of one's own; as the last line of a cell it shows the progress.

    Each block is a card for a cell's last line, and is known by its words: to run its cell again
    changes nothing. `InputError` names the text or number that cannot be used, and what can.
    """

    def __init__(self, title: str, about: str = "", minutes: int = 30) -> None:
        """A lesson without blocks; `minutes` are 1 to 600."""
        key = _key("title", title)
        self.progress = _progress(key)
        self.progress.plan = Plan(
            key,
            number=0,
            title=title,
            minutes=whole_number("minutes", minutes, 1, 600),
            about=about and _text("about", about),
            asked=(),
        )

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return HeadCard(self.progress)._repr_mimebundle_(**options)

    def guess(self, story: str, **day: float) -> Card:
        """Guess how many of 1,000 on a day; only then see the answer and move its sliders.

        `day` names numeric inputs with their values; all else is at the reference.
        """
        if not day:
            raise InputError("day", day, "must have an input that differs, such as sitting=10")
        values = {
            _numeric(name, value).name: float(checked(name, value)) for name, value in day.items()
        }
        situation = Situation(_key("story", story), values, story)
        self._add("situations", situation.key, situation)
        return PredictCard(situation, self.progress)

    def guesses(self) -> Card:
        """All guesses so far beside what the model says."""
        return GuessesCard(self.progress.plan.situations.values(), self.progress)

    def ask(
        self,
        prompt: str,
        right: float | str,
        *,
        wrong: Mapping[str, str] | None = None,
        hint: str = "Not yet. Try it another way.",
        solution: str = "{answer}.",
        of: int = 0,
    ) -> Card:
        """A question that checks itself: by a number, or by a choice if there are `wrong` answers.

        `wrong` are {answer: what is said to whoever chooses it}; `hint` is for wrong numbers. A
        whole number is asked for exactly, any other to 2 %; `of` says of how many people it counts.
        `solution` is shown in the end and may name {answer}.
        """
        key = _key("prompt", prompt)
        _solution(solution)
        question: Question
        if wrong is None:
            question = _number(key, prompt, right, _text("hint", hint), solution, of)
            self._add("numbers", key, question)
        else:
            question = _choice(key, prompt, right, wrong, solution)
            self._add("choices", key, question)
        return QuestionCard(question, self.progress)

    def write(self, prompt: str) -> Card:
        """A few words of one's own; they are kept, not marked."""
        key = _key("prompt", prompt)
        self._add("writing", key, prompt)
        return WritingCard(key, prompt, self.progress)

    def explore(self, *names: str, story: bool = False) -> Card:
        """Sliders of numeric inputs with the answer, and with the choice of story if wanted."""
        inputs = [_numeric(name) for name in names]
        return ExploreCard(inputs, (), self.progress, story)

    def _add(self, group: str, key: str, block: object) -> None:
        """Let the lesson have the block, once."""
        plan = self.progress.plan
        is_asked = group in ("numbers", "choices") and key not in plan.asked
        asked = (*plan.asked, key) if is_asked else plan.asked
        held: dict[str, Any] = {group: {**getattr(plan, group), key: block}, "asked": asked}
        self.progress.plan = replace(plan, **held)


@cache
def _progress(key: str) -> OwnProgress:
    """The progress for as long as the kernel runs, so that a cell may be run again."""
    return OwnProgress(Plan(key, 0, "", 1, "", ()))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST:
        raise InputError(name, value, f"must be a text of 1 to {LONGEST} characters")
    return value


def _key(name: str, value: object) -> str:
    """A name for what is told so: the first words, and what tells it from the like (33 signs)."""
    text = _text(name, value)
    words = re.sub(r"[^a-z0-9]+", "-", text.lower())[:26].strip("-")
    return f"{words}-{hashlib.sha256(text.encode()).hexdigest()[:6]}".lstrip("-")


def _numeric(name: str, value: object = "") -> Input:
    entry = evidence().inputs.get(name) if isinstance(name, str) else None
    if not isinstance(entry, NumberInput):
        known = ", ".join(entry.name for entry in evidence().numeric_inputs)
        raise InputError("input", name, f"allowed is one of {known}")
    return entry


def _solution(text: str) -> None:
    """Raise `InputError` unless the text names nothing but {answer}."""
    try:
        _text("solution", text).format(answer="")
    except (AttributeError, IndexError, KeyError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("solution", text, "may name {answer} in braces and nothing else") from None


def _number(
    key: str, prompt: str, right: object, hint: str, solution: str, of: int
) -> NumberQuestion:
    if isinstance(right, bool) or not isinstance(right, int | float) or not math.isfinite(right):
        raise InputError("right", right, "must be a number; a text needs `wrong` answers beside it")
    people = whole_number("of", of, 0, MOST_PEOPLE)
    whole = float(right).is_integer()
    return NumberQuestion(
        key,
        prompt,
        right=float(right),
        hint=hint,
        solution=solution,
        unit=f"of {people:,}" if people else "",
        of=float(people),
        tolerance=0.0 if whole else TOLERANCE,
        decimals=len(f"{right:.{DIGITS}f}".rstrip("0").partition(".")[2]),
    )


def _choice(
    key: str, prompt: str, right: object, wrong: Mapping[str, str], solution: str
) -> ChoiceQuestion:
    answer = _text("right", right)
    if not isinstance(wrong, Mapping) or not wrong:
        raise InputError("wrong", wrong, "must have {answer: what is said to it}, one or more")
    hints = {_text("wrong", text): _text("hint", said) for text, said in wrong.items()}
    if answer in hints:
        raise InputError("wrong", answer, "is the right answer too")
    # In the order of the alphabet: the right one has no place of its own.
    options = {text: text for text in sorted((answer, *hints), key=str.casefold)}
    return ChoiceQuestion(key, prompt, options, answer, solution, hints=hints)
