"""Questions that check themselves: what people type is read, compared, and answered with a hint.

A question's right answer is computed, from the model or by the arithmetic that the lesson teaches;
no text that is typed is ever evaluated.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: characters of an answer that are read; no right one needs more
LONGEST = 60

_DIGITS = r"[-+]?(?:\d[\d,. ]*|[.,]\d+)(?:e[-+]?\d+)?"
_FLOAT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?")
_SHARE = re.compile(rf"({_DIGITS})\s*(?:[a-z]+\s+)?(?:in|of|out of|per|from)\s*({_DIGITS})")
_FRACTION = re.compile(rf"({_DIGITS})\s*/\s*({_DIGITS})")
_PERCENT = re.compile(rf"({_DIGITS})\s*(?:%|percent|per cent)")
_PLAIN = re.compile(rf"({_DIGITS})")
_SIGNS = str.maketrans({"−": "-", "⁄": "/", "÷": "/"})
#: what may stand before a number, and the words after it
_BEFORE = re.compile(r"^(?:about|around|roughly|times|x|×|~|≈|=)\s*")
_AFTER = re.compile(r"[\s.]*(?:[a-zµ²]+[\s./]*)*$")


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed."""

    value: float
    #: what it is a share of ("15 in 1000": 1000; "1.5 %": 100); 0 for a plain number
    of: float = 0.0


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read a typed number; empty where there is none.

    "1,500" is fifteen hundred to some and one and a half to others: both are given.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().translate(_SIGNS)
    if len(plain) > LONGEST:
        return ()
    plain = _BEFORE.sub("", plain)
    for pattern, of in ((_SHARE, None), (_FRACTION, 0.0), (_PERCENT, 100.0), (_PLAIN, 0.0)):
        found = pattern.match(plain)
        if not found or not _AFTER.fullmatch(plain[found.end() :]):
            continue
        tops = _numbers(found[1])
        if found.lastindex == 1:
            return tuple(Reading(top, of or 0.0) for top in tops)
        bottoms = [bottom for bottom in _numbers(found[2]) if bottom > 0]
        if of is None:
            return tuple(Reading(top, bottom) for top in tops for bottom in bottoms)
        return tuple(Reading(top / bottom) for top in tops for bottom in bottoms)
    return ()


def _numbers(text: str) -> list[float]:
    """The numbers that digits with commas, points and spaces may mean."""
    text = text.replace(" ", "").rstrip(",.")
    spellings = {text.replace(",", ".")}
    for thousands, point in ((",", "."), (".", ",")):
        if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", text):
            spellings.add(text.replace(thousands, "").replace(point, "."))
    return [float(one) for one in sorted(spellings) if _FLOAT.fullmatch(one)]


@dataclass(frozen=True)
class Trap:
    """A wrong answer that many give, and what helps them on."""

    name: str  #: the misconception in a few words, for the teacher
    value: Callable[[], float]
    hint: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of an answer."""

    right: bool
    message: str
    #: name of the misconception that it shows; "" if none is known
    misconception: str = ""


@dataclass(frozen=True)
class NumberQuestion:
    """A question that a number answers."""

    key: str
    prompt: str
    answer: Callable[[], float]
    #: first hint, for a wrong answer of no known kind
    hint: str
    #: the way to the answer, in words and numbers; `{answer}` is put in
    solution: str
    unit: str = ""
    #: the answer is a number of people out of this many (0: a plain number)
    of: float = 0.0
    #: share of the answer by which it may be off
    tolerance: float = 0.02
    #: the least by which it may be off, in its unit
    slack: float = 0.0
    decimals: int = 0
    traps: tuple[Trap, ...] = ()

    def check(self, text: str) -> Verdict:
        """Whether the answer is right; a hint if not."""
        found = readings(text)
        if not found:
            return Verdict(False, "That has no number I can read. Try one like 15, 1.5 or 3/2.")
        if any(self._is(reading, self.answer()) for reading in found):
            return Verdict(True, f"Yes. {self.explained}")
        for trap in self.traps:
            if any(self._is(reading, trap.value()) for reading in found):
                return Verdict(False, trap.hint, trap.name)
        return Verdict(False, self.hint)

    def _is(self, reading: Reading, wanted: float) -> bool:
        value = reading.value
        if reading.of:
            value = reading.value / reading.of * (self.of or 1.0)
        return abs(value - wanted) <= max(abs(wanted) * self.tolerance, self.slack) + 1e-12

    @property
    def explained(self) -> str:
        """The worked solution."""
        return self.solution.format(answer=f"{self.answer():,.{self.decimals}f}")


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with a few answers to choose from."""

    key: str
    prompt: str
    #: {key: text}
    options: Mapping[str, str]
    answer: Callable[[], str]
    #: {key of a wrong answer: what to say to it}
    hints: Mapping[str, str]
    solution: str
    #: {key of a wrong answer: the misconception in a few words}
    misconceptions: Mapping[str, str] = field(default_factory=dict)

    def check(self, key: str) -> Verdict:
        """Whether the answer is right; a hint if not."""
        if key == self.answer():
            return Verdict(True, f"Yes. {self.explained}")
        if key not in self.options:
            return Verdict(False, "Choose one of the answers.")
        hint = self.hints.get(key, "Not this one. Look again at what you have seen above.")
        return Verdict(False, hint, self.misconceptions.get(key, ""))

    @property
    def explained(self) -> str:
        """The worked solution."""
        return self.solution.format(answer=self.options[self.answer()])


Question = NumberQuestion | ChoiceQuestion
