"""The six lessons, read from `data/lessons.toml`: what is predicted, asked, tried and graded."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from textwrap import shorten
from typing import Any

from crampnb.errors import InputError
from crampnb.lessons.claims import Claim
from crampnb.lessons.figures import CRAMPED, DAY, ENDS, SITTER
from crampnb.lessons.fill import fill
from crampnb.lessons.quiz import ChoiceQuestion, NumberQuestion, Question, Trap
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.inputs import Input
from crampnb.model.schema import EvidenceError, read

__all__ = ["CRAMPED", "DAY", "SITTER", "Claim", "Later", "Plan", "Situation", "Task", "lesson"]
__all__ += ["lessons", "parse"]

#: characters by which a step is called
MOST_NAMED = 40
#: groups of a lesson whose entries know their own name
KEYED = ("situations", "choices", "numbers", "tasks", "claims", "later")


@dataclass(frozen=True)
class Situation:
    """A day to predict: all at the reference but a numeric input or two."""

    key: str
    day: dict[str, float]  #: {input: value in its unit}
    story: str  #: the day in a sentence
    why: str = ""  #: what the answer rests on

    @property
    def answer(self) -> Explanation:
        """What the model says."""
        return explain(self.day)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What differs from the reference."""
        return tuple(evidence().inputs[name] for name in self.day)

    @property
    def label(self) -> str:
        """The same in a few words."""
        return ", ".join(entry.label for entry in self.inputs)


@dataclass(frozen=True)
class Task:
    """Something to reach with the sliders; it ticks itself."""

    key: str
    goal: str
    #: name of what tells whether it is reached
    end: str

    def __post_init__(self) -> None:
        if self.end not in ENDS:
            raise EvidenceError(f"ends with {self.end!r}; allowed: {', '.join(ENDS)}")

    def done(self, answer: Explanation) -> bool:
        """Whether the sliders are where the task wants them."""
        return ENDS[self.end](answer)


@dataclass(frozen=True)
class Later:
    """A text that would give something away: it opens when one has guessed."""

    key: str
    title: str
    #: steps of the lesson that come first; any answer to them will do
    after: tuple[str, ...]
    #: paragraphs
    text: tuple[str, ...] = ()
    #: lines of a list
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """One lesson."""

    key: str
    number: int
    title: str
    minutes: int
    about: str
    #: keys of the questions, in the order in which they are asked
    asked: tuple[str, ...]
    situations: dict[str, Situation] = field(default_factory=dict)
    choices: dict[str, ChoiceQuestion] = field(default_factory=dict)
    numbers: dict[str, NumberQuestion] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    #: {key: prompt} of answers in one's own words
    writing: dict[str, str] = field(default_factory=dict)
    #: {key: the value that the learner's own code is to make}
    values: dict[str, float] = field(default_factory=dict)
    #: {key: what the same code makes before it is mended}
    unmended: dict[str, float] = field(default_factory=dict)
    #: {key: slips in that code, which show by what it makes}
    slips: dict[str, tuple[Trap, ...]] = field(default_factory=dict)
    #: {key of a value: how to come to it}
    ways: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    #: claims of which no study was found
    unstudied: tuple[str, ...] = ()
    #: {input: what the reference means on an ordinary day}
    ordinary: dict[str, str] = field(default_factory=dict)
    later: dict[str, Later] = field(default_factory=dict)
    #: questions that wait for all guesses: they ask about them, or tell what is to be guessed
    after_guesses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        there = {*self.choices, *self.numbers}
        if differing := there.symmetric_difference(self.asked):
            raise EvidenceError(f"asks what it has not, or not what it has: {min(differing)}")
        if unknown := set(self.after_guesses) - there - set(self.writing):
            raise EvidenceError(f"keeps what it does not ask: {min(unknown)}")
        waited_for = {step for one in self.later.values() for step in one.after}
        if astray := {*waited_for, *self.unstudied} - {*self.steps, *self.claims}:
            raise EvidenceError(f"waits for {min(astray)!r}, which it has not")

    @property
    def questions(self) -> Mapping[str, Question]:
        """{key: question}, in the order in which they are asked."""
        questions: dict[str, Question] = {**self.choices, **self.numbers}
        return {key: questions[key] for key in self.asked}

    @property
    def heading(self) -> str:
        """Number and title; a lesson of one's own has no number."""
        return f"Lesson {self.number}: {self.title}" if self.number else self.title

    @property
    def notebook(self) -> str:
        """File name of its notebook."""
        return f"{self.number}_{self.key}.ipynb"

    @property
    def next(self) -> str:
        """What comes after this lesson, in a sentence."""
        after = self.follower
        if not after:
            return "All done."
        return f"All done. Next is lesson {after.number}, {after.title}: open {after.notebook}."

    @property
    def follower(self) -> "Plan | None":
        """The lesson that comes next; none after the last, or after one of one's own."""
        number = self.number + 1 if self.number else None
        return next((one for one in lessons().values() if one.number == number), None)

    def label(self, step: str) -> str:
        """What a step is called for a learner who has not done it."""
        group, _, key = step.partition(".")
        if group == "guess" and key in self.situations:
            return f"your guess for {self.situations[key].label}"
        if group == "grade" and key in self.claims:
            return f"a grade for {self.claims[key].place.lower()}"
        if step in self.questions:
            return f"the question “{_short(self.questions[step].prompt)}”"
        if step in self.tasks:
            return f"the task “{_short(self.tasks[step].goal)}”"
        words = f"your words on “{_short(self.writing.get(step, ''))}”"
        return words if step in self.writing else "the code"

    @property
    def steps(self) -> tuple[str, ...]:
        """Keys of everything that counts as progress."""
        predicted = (f"guess.{name}" for name in self.situations)
        graded = (f"grade.{key}" for key in self.claims)
        return (*predicted, *self.asked, *self.tasks, *self.writing, *self.values, *graded)


def _short(text: str) -> str:
    """The first words of a text."""
    return shorten(text, MOST_NAMED, placeholder=" …")


@dataclass(frozen=True)
class _Course:
    """What the data file holds."""

    lessons: dict[str, Plan]


@cache
def lessons() -> Mapping[str, Plan]:
    """{key: lesson}, in their order."""
    return parse((files("crampnb") / "data" / "lessons.toml").read_text("utf-8"))


def parse(text: str) -> Mapping[str, Plan]:
    """The lessons in a TOML text; `EvidenceError` names the entry that does not fit."""
    held = fill(tomllib.loads(text))
    for key, plan in _tables(held.get("lessons")):
        plan["key"] = key
        for group in KEYED:
            for name, entry in _tables(plan.get(group)):
                entry["key"] = name
    return read(held, _Course).lessons


def _tables(group: object) -> list[tuple[str, dict[str, Any]]]:
    """The tables in a group of the data, by name; what is none is refused when it is read."""
    entries = group.items() if isinstance(group, dict) else ()
    return [(name, entry) for name, entry in entries if isinstance(entry, dict)]


def lesson(key: str) -> Plan:
    """The lesson of this key; `InputError` if there is none."""
    if not isinstance(key, str) or key not in lessons():
        raise InputError("lesson", key, f"allowed is one of {', '.join(lessons())}")
    return lessons()[key]
