"""Questions that check themselves: what people type is read, compared, and answered with a hint.

No text that is typed is ever evaluated.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from crampnb.lessons.sums import results
from crampnb.model.numerals import Reading, readings
from crampnb.model.schema import EvidenceError

#: characters of an answer that are read; a number needs far fewer, and more would take long
LONGEST_NUMBER = 500
#: characters of a text that are said again
_SHOWN = 20
#: the most by which people told with a decimal may be off (14.9 for 14.925), also as a share
_ROUNDED, _ROUNDED_SHARE = 0.07, 0.005
_NUMBER = r"\s*(\d[\d.,]*)\s*"
_SHARE = re.compile(rf"{_NUMBER}(?:/|:|\bto\b){_NUMBER}")
_DIFFERENCE = re.compile(rf"{_NUMBER}[-−–]{_NUMBER}")
#: two numbers, side by side; "12 or so" is one
_RATIO = re.compile(r"(?::|\b(?:to|and|or)\b)\s*\d")
#: so many of so many, in words
_SOME_OF = re.compile(r"\b(?:in|of)\b")
_NO_ODDS = "“{}” would be a risk: so many of all. Odds are those with to those without, as 1 : 4."
#: begins what is said to a wrong choice
NOT_YET = "Not yet."


def guessed(text: str, most: int) -> int | str:
    """A whole number of people, 0 to `most`; or a sentence that says what to write instead."""
    rule = f"a whole number from 0 to {most:,}"
    if _DIFFERENCE.fullmatch(text) or _RATIO.search(text):
        return f"Your guess should be one number, {rule}."
    if not text.strip():
        return f"Write a number first: {rule}."
    counts = [one.value / one.of * most if one.of else one.value for one in _readings(text)]
    if not counts:
        return f"{_unread(text)} Write {rule}."
    # "1.2 %" of a thousand is 12, give or take a float's last digit.
    close = ((round(count), abs(count - round(count))) for count in counts if 0 <= count <= most)
    fits = sorted({count for count, off in close if off < 1e-9})
    if len(fits) > 1:
        both = " or ".join(map(str, fits))
        return f"Do you mean {both}? Write it without a comma or point."
    if not fits:
        inside = any(0 <= count <= most for count in counts)
        wrong = "People come whole" if inside else f"Of {most:,} people that cannot be"
        return f"{wrong}: write {rule}."
    return fits[0]


def _unread(text: str) -> str:
    """What is said to a text that is no number, or not one alone."""
    shown = text.strip()
    short = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return f"I cannot read “{short}” as one number."


def _readings(text: str) -> tuple[Reading, ...]:
    """Every way to read an answer: a number, or a sum such as "990/1000", "58 - 5"."""
    if len(text) > LONGEST_NUMBER:
        return ()
    text = text.rpartition("=")[2].rstrip(" ?!…")  # "57 - 5 = 52", "20?"
    if found := _SHARE.fullmatch(text):
        fraction = readings(text) if "/" in text else ()  # "2000/3" may be the number itself
        return readings(f"{found[1]} in {found[2]}") + fraction
    return readings(text) or tuple(map(Reading, results(text)))


def _is_whole(value: float) -> bool:
    """Whether a number is whole, but for a float's last digits."""
    return abs(value - round(value)) < 1e-9


@dataclass(frozen=True)
class Trap:
    """A wrong answer that many give, and what helps them on."""

    name: str  #: the misconception in a few words, for the teacher
    value: float
    hint: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of an answer."""

    right: bool
    message: str
    #: name of the misconception that it shows; "" if none is known
    misconception: str = ""
    #: whether it is an answer at all, and so a try
    counts: bool = True


@dataclass(frozen=True)
class NumberQuestion:
    """A question that a number answers."""

    key: str
    prompt: str
    right: float
    #: first hint, for a wrong answer of no known kind
    hint: str
    #: the way to the answer, in words and numbers; `{answer}` is put in
    solution: str
    unit: str = ""
    #: the answer is a number of people out of this many (0: a plain number)
    of: float = 0.0
    #: the answer is odds: "10 in 990" would be a risk
    is_odds: bool = False
    #: share of the answer by which it may be off
    tolerance: float = 0.02
    #: the least by which it may be off, in its unit; people told with a decimal less than that
    slack: float = 0.0
    decimals: int = 0
    traps: tuple[Trap, ...] = ()

    def answer(self) -> float:
        """The right answer, in its unit."""
        return self.right

    def check(self, text: str) -> Verdict:
        """Whether the answer is right; a hint if not."""
        found = _readings(text)
        if not found:
            return Verdict(False, f"{_unread(text)} Try one like 15, 1.5 or 3/2.", counts=False)
        if any(self._is(reading, self.right) for reading in found):
            if self.is_odds and _SOME_OF.search(text):
                return Verdict(False, _NO_ODDS.format(text.strip()), "writes odds as a risk")
            return Verdict(True, f"Yes. {self.explained}")
        return self._wrong(text, found)

    def _wrong(self, text: str, found: Iterable[Reading]) -> Verdict:
        """A hint to a wrong answer."""
        of = f"{self.of:,.0f}"
        if self.of and _RATIO.search(text):
            return Verdict(False, f"Those are two numbers. How many of {of} is it?")
        for trap in self.traps:
            if any(self._is(reading, trap.value) for reading in found):
                return Verdict(False, trap.hint, trap.name)
        if any(not one.of and self._is(Reading(one.value, 1.0), self.right) for one in found):
            said = f"That is a share of 1, as a risk is. Of {of} people, how many is it?"
            return Verdict(False, said)
        if self.of and any(map(self._is_nearly, found)):
            return Verdict(False, "Nearly. People come whole: round at the end, and only there.")
        return Verdict(False, self.hint)

    def _value(self, reading: Reading) -> float:
        return reading.value / reading.of * (self.of or 1.0) if reading.of else reading.value

    def _is_nearly(self, reading: Reading) -> bool:
        """Whether so many people are rounded too early, or told with a decimal."""
        value = self._value(reading)
        return not _is_whole(value) and abs(value - self.right) < 1

    def _is(self, reading: Reading, wanted: float) -> bool:
        value = self._value(reading)
        slack = self.slack
        if self.of and not _is_whole(value):
            slack = 0.0 if _is_whole(wanted) else min(_ROUNDED, wanted * _ROUNDED_SHARE)
        return abs(value - wanted) <= max(abs(wanted) * self.tolerance, slack) + 1e-12

    @property
    def explained(self) -> str:
        """The worked solution."""
        return self.solution.format(answer=f"{self.right:,.{self.decimals}f}")


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with a few answers to choose from."""

    key: str
    prompt: str
    #: {key: text}
    options: dict[str, str]
    #: key of the right one
    right: str
    solution: str
    #: {key of an answer: why it is not the right one}
    hints: dict[str, str] = field(default_factory=dict)
    #: {key of a wrong answer: the misconception in a few words}
    misconceptions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.right not in self.options:
            raise EvidenceError(f"has the right answer {self.right!r}, which is no option")
        wrong = self.options.keys() - {self.right}
        if astray := {*self.hints, *self.misconceptions} - self.options.keys():
            raise EvidenceError(f"speaks of {min(astray)!r}, which is no option")
        if silent := wrong - self.hints.keys():
            raise EvidenceError(f"has no hint for {min(silent)!r}")

    def answer(self) -> str:
        """Key of the right answer."""
        return self.right

    def check(self, key: str) -> Verdict:
        """Whether the answer is right; a hint if not."""
        if key == self.right:
            return Verdict(True, f"Yes. {self.explained}")
        if key not in self.options:
            return Verdict(False, "Choose one of the answers.", counts=False)
        return Verdict(False, f"{NOT_YET} {self.hints[key]}", self.misconceptions.get(key, ""))

    @property
    def explained(self) -> str:
        """The worked solution."""
        return self.solution.format(answer=self.options[self.right])


Question = NumberQuestion | ChoiceQuestion
