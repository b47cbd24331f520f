"""A number typed for an input: read as it is meant, asked about, or refused with a reason."""

import re
from dataclasses import dataclass

from crampnb.model.inputs import Input
from crampnb.model.numerals import Reading, readings

LONGEST = 24  # characters of what was typed that a sentence repeats


@dataclass(frozen=True)
class Refusal:
    """Why a typed number was not taken."""

    #: one sentence with the input, what was typed and what is allowed
    sentence: str
    #: the numbers that it may mean, where it may mean several
    choices: tuple[float, ...] = ()


def read_typed(entry: Input, text: str) -> float | Refusal:
    """The number that a text means for an input, in its unit; a `Refusal` unless it is one."""
    parts = text.replace("/", " of ") if _whole(entry) else text  # "7/10" is no small number
    numbers = {reading.value for reading in readings(parts) if _is_in_unit(reading, entry)}
    low, high = entry.range
    fitting = sorted(number for number in numbers if low <= number <= high)
    # "10.000" of what is counted in whole numbers is hardly 10.
    grouped = entry.decimals == 0 and any(1000 * number in numbers - {0.0} for number in fitting)
    if len(fitting) == 1 and not grouped:
        return fitting[0]
    if fitting:
        either = " or ".join(f"{number:.10g}" for number in sorted(numbers))
        return Refusal(_sentence(entry, text, f"may mean {either}"), tuple(fitting))
    return Refusal(_sentence(entry, text, "is outside" if numbers else "cannot be read"))


def _is_in_unit(reading: Reading, entry: Input) -> bool:
    """Whether a number was meant in the input's unit: with its words, or with none."""
    if reading.of and reading.of != _whole(entry):
        return False
    known = _words(f"{entry.unit} {entry.short_unit}")
    return all(any(_same(word, one) for one in known) for word in _words(reading.words))


def _whole(entry: Input) -> float:
    """What the input counts parts of: 100 for percent, 10 for "of 10"; 0 for a plain number."""
    last = entry.short_unit.rpartition(" ")[2]
    return 100.0 if last == "%" else float(last) if last.isdigit() else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower().replace("liter", "litre"))


def _same(word: str, known: str) -> bool:
    """Whether a word is a known one, or short for it ("hrs": "h", "min": "minutes")."""
    return known.startswith(word) or (known != "a" and word.startswith(known))


def _sentence(entry: Input, text: str, reason: str) -> str:
    low, high = entry.range
    typed = " ".join(text.split())
    shown = typed if len(typed) <= LONGEST else f"{typed[: LONGEST - 3]}..."
    told = f"“{shown}” {reason}" if shown else "nothing was typed"
    return f"{entry.label}: {told}; allowed is {low:g} to {high:g} {entry.short_unit}.".strip()
