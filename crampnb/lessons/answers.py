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
    "GuessOverview",
    "QuestionOverview",
    "TextOverview",
    "counted",
    "from_json",
    "guesses",
    "overview",
    "read_folder",
    "texts",
    "to_json",
]

MOST_TEXTS = 60  # of one question that are shown


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


@dataclass(frozen=True)
class GuessOverview:
    """How the guesses of one situation spread, in people of 1,000."""

    lesson: str
    key: str
    #: pupils who guessed
    count: int
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class TextOverview:
    """What was written to one question, in the order of the alphabet, which tells nobody's name."""

    lesson: str
    key: str
    texts: tuple[str, ...]
    #: texts beyond `MOST_TEXTS`
    more: int


def counted(answers: Sequence[Answers]) -> str:
    """How many files were read, in a sentence."""
    return f"{len(answers)} file{'' if len(answers) == 1 else 's'} read."


def overview(answers: Iterable[Answers]) -> list[QuestionOverview]:
    """A row for each lesson and question, in the order in which they first come."""
    return [_overview(*question, entries) for question, entries in _by_question(answers).items()]


def guesses(answers: Iterable[Answers]) -> list[GuessOverview]:
    """A row for each situation that somebody guessed; what is no number of people is left out."""
    found = []
    for question, entries in _by_question(answers).items():
        numbers = [entry.first for entry in entries if entry.kind == "guess"]
        people = [one for one in numbers if not isinstance(one, str) and 0 <= one <= 1000]
        if people:
            spread = min(people), statistics.median_low(people), max(people)
            found.append(GuessOverview(*question, len(people), *spread))
    return found


def texts(answers: Iterable[Answers]) -> list[TextOverview]:
    """A row for each question that somebody answered in words; blank ones are left out."""
    found = []
    for question, entries in _by_question(answers).items():
        written = [str(entry.value).strip() for entry in entries if entry.kind == "text"]
        told = sorted(filter(None, written), key=str.casefold)
        if told:
            shown = tuple(told[:MOST_TEXTS])
            found.append(TextOverview(*question, shown, len(told) - len(shown)))
    return found


def _by_question(answers: Iterable[Answers]) -> dict[tuple[str, str], list[Entry]]:
    """{(lesson, question): answers}, lesson by lesson as they first come."""
    lessons: dict[str, dict[str, list[Entry]]] = {}
    for one in answers:
        questions = lessons.setdefault(one.lesson, {})
        for key, entry in one.entries.items():
            questions.setdefault(key, []).append(entry)
    return {
        (lesson, key): entries
        for lesson, questions in lessons.items()
        for key, entries in questions.items()
    }


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
