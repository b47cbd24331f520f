"""A pupil's answers in one lesson as JSON, and those of a whole class at a glance.

There is no place for a name. A file comes from a stranger: it is read with bounds, and what does
not fit is refused with one line.
"""

import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, NoReturn

from crampnb.profile import InputError

KINDS = ("guess", "choice", "number", "text", "grade", "task")
LARGEST = 64_000  # bytes of one pupil's answers in one lesson
MOST_ENTRIES = 100
MOST_FILES = 200
MOST_TRIES = 1000
LONGEST = 500  # characters of a text

_KEY = re.compile(r"[a-z0-9_.-]{1,40}")
_KEY_RULE = "must be 1 to 40 of a-z, 0-9, _ . -"
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character; no file can hold it


@dataclass(frozen=True)
class Entry:
    """One answer; `InputError` for what cannot be one."""

    #: one of `KINDS`
    kind: str
    #: the last answer given; a text, or a number in the question's unit
    value: str | float
    #: the first answer given
    first: str | float
    #: None for what is neither right nor wrong: a guess, a text
    right: bool | None = None
    #: answers given, up to the first right one
    tries: int = 1
    #: the latest that an answer showed; "" if none
    misconception: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError("kind", self.kind, f"allowed is one of {', '.join(KINDS)}")
        _check_value("value", self.value)
        _check_value("first", self.first)
        if self.right is not None and type(self.right) is not bool:
            raise InputError("right", self.right, "allowed is true, false or null")
        if type(self.tries) is not int or not 0 <= self.tries <= MOST_TRIES:
            raise InputError("tries", self.tries, f"allowed is 0 to {MOST_TRIES:,}, whole")
        if not isinstance(self.misconception, str):
            raise InputError("misconception", self.misconception, "must be a text")
        _check_value("misconception", self.misconception)


@dataclass(frozen=True)
class Answers:
    """What one pupil answered in one lesson; `InputError` for too many or ill-named entries."""

    #: key of the lesson
    lesson: str
    #: {key of the question: answer}
    entries: Mapping[str, Entry]

    def __post_init__(self) -> None:
        _check_key("lesson", self.lesson)
        if len(self.entries) > MOST_ENTRIES:
            raise InputError("entries", len(self.entries), f"allowed is 0 to {MOST_ENTRIES}")
        for key in self.entries:
            _check_key("entries", key)


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


def to_json(answers: Answers) -> str:
    """The answers as text that `from_json` reads; `InputError` if they need too many bytes."""
    entries = {key: asdict(entry) for key, entry in answers.entries.items()}
    held = {"lesson": answers.lesson, "entries": entries}
    text = json.dumps(held, indent=1, ensure_ascii=False, allow_nan=False)
    _check_size(text.encode())
    return text


def from_json(text: str | bytes) -> Answers:
    """The answers in a text; unknown fields are ignored, `InputError` says what does not fit."""
    try:
        return _answers(_parsed(text))
    except RecursionError:
        raise InputError("answers", "", "is nested too deeply") from None


def read_folder(path: Path | str) -> tuple[list[Answers], list[str]]:
    """Answers of every `*.json` file of a folder, by name, and one line for each unusable file.

    Links and folders are skipped; at most 200 files are read.
    """
    answers: list[Answers] = []
    problems: list[str] = []
    try:
        files = sorted(filter(_is_candidate, Path(path).iterdir()))
    except (OSError, ValueError) as error:
        return [], [f"The folder cannot be read: {_why(error)}."]
    for file in files[:MOST_FILES]:
        try:
            answers.append(_read(file))
        except (OSError, InputError) as error:
            problems.append(f"{_shown(file.name)}: {_why(error)}")
    if len(files) > MOST_FILES:
        problems.append(f"Only the first {MOST_FILES} of {len(files):,} files were read.")
    return answers, problems


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


def _check_key(name: str, key: object) -> None:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise InputError(name, key, _KEY_RULE)


def _check_value(name: str, value: object) -> None:
    """Raise `InputError` unless the value is a text of bounded length or a finite number."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise InputError(name, value, f"allowed is up to {LONGEST} characters")
        if _SURROGATE.search(value):
            raise InputError(name, value, "must be whole characters")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(name, value, "must be a text or a number")
    elif not -sys.float_info.max <= value <= sys.float_info.max:  # also true of NaN
        raise InputError(name, value, "must be a finite number")


def _check_size(content: bytes) -> None:
    if len(content) > LARGEST:
        raise InputError("answers", len(content), f"allowed is up to {LARGEST:,} bytes")


def _parsed(text: str | bytes) -> Any:
    """What the JSON holds, whatever it is."""
    content = text.encode(errors="replace") if isinstance(text, str) else text
    _check_size(content)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except InputError:
        raise
    except UnicodeDecodeError:
        raise InputError("answers", content, "is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError("answers", error.doc, f"is not JSON ({place})") from None
    except ValueError:  # an integer of more digits than Python reads
        raise InputError("answers", content, "has a number of too many digits") from None


def _refuse(constant: str) -> NoReturn:
    raise InputError("answers", constant, "is not a number that JSON knows")


def _answers(held: Any) -> Answers:
    """The answers in what the JSON holds."""
    if not isinstance(held, dict) or not isinstance(held.get("entries"), dict):
        raise InputError("answers", held, "must be an object with a lesson and its entries")
    entries = held["entries"]
    if len(entries) > MOST_ENTRIES:  # before each is looked at
        raise InputError("entries", len(entries), f"allowed is 0 to {MOST_ENTRIES}")
    return Answers(held.get("lesson", ""), {key: _entry(key, entries[key]) for key in entries})


def _entry(key: str, held: Any) -> Entry:
    _check_key("entries", key)
    if not isinstance(held, dict) or not {"kind", "value"} <= held.keys():
        raise InputError(f"entries.{key}", held, "must be an object with a kind and a value")
    held = {"first": held["value"], **held}
    try:
        return Entry(**{item.name: held[item.name] for item in fields(Entry) if item.name in held})
    except InputError as error:
        raise InputError(f"entries.{key}", held["value"], str(error)) from None


def _is_candidate(path: Path) -> bool:
    return path.suffix.lower() == ".json" and path.is_file() and not path.is_symlink()


def _read(path: Path) -> Answers:
    with path.open("rb") as file:
        return from_json(file.read(LARGEST + 1))


def _why(error: Exception) -> str:
    """The reason in one line, without the path, which may name a person's home."""
    return (error.strerror or "unknown") if isinstance(error, OSError) else str(error)


def _shown(name: str) -> str:
    """A file's name in one line, whatever it is made of."""
    return repr(name if len(name) <= 60 else f"{name[:57]}...")
