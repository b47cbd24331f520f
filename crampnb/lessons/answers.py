"""The answers of a class at a glance, and all that reads and writes answers."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crampnb.lessons.entries import LARGEST, LONGEST, MOST_TRIES, Answers, Entry, from_json, to_json
from crampnb.lessons.folder import read_folder

__all__ = [
    "LARGEST",
    "LONGEST",
    "MOST_TRIES",
    "Answers",
    "Entry",
    "QuestionOverview",
    "from_json",
    "overview",
    "read_folder",
    "to_json",
]


@dataclass(frozen=True)
class QuestionOverview:
    """How a class did on one question."""

    lesson: str
    key: str
    #: pupils who answered
    answered: int
    #: of these, pupils whose answer can be right or wrong
    checked: int
    right_at_first: int
    right_in_the_end: int
    #: on average
    tries: float
    #: (misconception, pupils), the most common first
    misconceptions: tuple[tuple[str, int], ...]


def overview(answers: Iterable[Answers]) -> list[QuestionOverview]:
    """A row for each lesson and question, in the order in which they first come."""
    lessons: dict[str, dict[str, list[Entry]]] = {}
    for one in answers:
        questions = lessons.setdefault(one.lesson, {})
        for key, entry in one.entries.items():
            questions.setdefault(key, []).append(entry)
    return [
        _overview(lesson, key, entries)
        for lesson, questions in lessons.items()
        for key, entries in questions.items()
    ]


def _overview(lesson: str, key: str, entries: Sequence[Entry]) -> QuestionOverview:
    shown = Counter(entry.misconception for entry in entries if entry.misconception)
    return QuestionOverview(
        lesson,
        key,
        answered=len(entries),
        checked=sum(entry.right is not None for entry in entries),
        right_at_first=sum(bool(entry.right) and entry.tries == 1 for entry in entries),
        right_in_the_end=sum(bool(entry.right) for entry in entries),
        tries=statistics.fmean(entry.tries for entry in entries),
        misconceptions=tuple(sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
