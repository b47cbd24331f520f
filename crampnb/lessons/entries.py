"""A pupil's answers in one lesson, and the same as JSON.

There is no place for a name. A file comes from a stranger: it is read with bounds, and what does
not fit is refused with one line.
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from crampnb.errors import InputError
from crampnb.model.bounded_json import check_size, read_json

KINDS = ("guess", "choice", "number", "text", "grade", "task")
LARGEST = 64_000  # bytes of one pupil's answers in one lesson
MOST_ENTRIES = 100
MOST_TRIES = 1000
LONGEST = 500  # characters of a text

#: what tells learners apart: in a file's name, and in the order of the choices
_LEARNER = re.compile(r"[0-9a-f]{6}")
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
    #: the first that an answer showed; "" if none
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
    #: six random hexadecimal digits, no name; "" if none
    learner: str = ""

    def __post_init__(self) -> None:
        _check_key("lesson", self.lesson)
        if not isinstance(self.learner, str) or not _LEARNER.fullmatch(self.learner or "0" * 6):
            raise InputError("learner", self.learner, "must be six of 0-9, a-f")
        if len(self.entries) > MOST_ENTRIES:
            raise InputError("entries", len(self.entries), f"allowed is 0 to {MOST_ENTRIES}")
        for key in self.entries:
            _check_key("entries", key)


def to_json(answers: Answers) -> str:
    """The answers as text that `from_json` reads; `InputError` if they need too many bytes."""
    entries = {key: asdict(entry) for key, entry in answers.entries.items()}
    learner = {"learner": answers.learner} if answers.learner else {}
    held = {"lesson": answers.lesson, **learner, "entries": entries}
    text = json.dumps(held, indent=1, ensure_ascii=False, allow_nan=False)
    check_size("answers", text.encode(), LARGEST)
    return text


def from_json(text: str | bytes) -> Answers:
    """The answers in a text; unknown fields are ignored, `InputError` says what does not fit."""
    try:
        return _answers(read_json("answers", text, LARGEST))
    except RecursionError:  # what does not fit is repeated in the message
        raise InputError("answers", "", "is nested too deeply") from None


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


def _answers(held: Any) -> Answers:
    """The answers in what the JSON holds."""
    if not isinstance(held, dict) or not isinstance(held.get("entries"), dict):
        raise InputError("answers", held, "must be an object with a lesson and its entries")
    entries = held["entries"]
    if len(entries) > MOST_ENTRIES:  # before each is looked at
        raise InputError("entries", len(entries), f"allowed is 0 to {MOST_ENTRIES}")
    read = {key: _entry(key, entries[key]) for key in entries}
    return Answers(held.get("lesson", ""), read, held.get("learner", ""))


def _entry(key: str, held: Any) -> Entry:
    _check_key("entries", key)
    if not isinstance(held, dict) or not {"kind", "value"} <= held.keys():
        raise InputError(f"entries.{key}", held, "must be an object with a kind and a value")
    held = {"first": held["value"], **held}
    try:
        return Entry(**{item.name: held[item.name] for item in fields(Entry) if item.name in held})
    except InputError as error:
        raise InputError(f"entries.{key}", held["value"], str(error)) from None
