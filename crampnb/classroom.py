"""A class's own numbers: a CSV file without names, read row by row, and the model's answers for it.

Columns: `sitting` (h/day), `longest_sitting` (min), `activity_load` (effort-min/week), in any
order. A file comes from a stranger: it is read with bounds, and what does not fit is named and left
out while the rest applies. Other columns are never looked at.
"""

import csv
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import crampnb.model as model
from crampnb.evidence import evidence
from crampnb.explain import natural_frequency
from crampnb.profile import InputError, Profile
from crampnb.study import LARGEST_SEED, whole_number

COLUMNS = ("sitting", "longest_sitting", "activity_load")
LARGEST = 64_000  # bytes of a file; 200 rows of three numbers need fewer than 4,000
MOST_ROWS = 200
MOST_NAMED = 10  # columns that a note names
LONGEST = 24  # characters of a cell or a name that a message repeats

#: {column: least, most, and most frequent value in a simulated class}; invented
_LIKELY = {
    "sitting": (4, 14, 8),
    "longest_sitting": (15, 240, 60),
    "activity_load": (0, 5000, 600),
}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Problem:
    """Something in a file that cannot be used; `str` makes it one plain sentence."""

    #: counted from 1; 0 for the file as a whole
    line: int
    #: "" for the line as a whole
    column: str
    #: what stands there, shortened; "" if nothing
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"Line {self.line}" + (f", {self.column}" if self.column else "")
        told = f"{self.value!r} {self.reason}" if self.value else self.reason
        return f"{place}: {told}." if self.line else f"{told[0].upper()}{told[1:]}."


@dataclass(frozen=True)
class ClassData:
    """The rows of a class that can be used, and what was said about the others."""

    rows: tuple[Profile, ...]
    problems: tuple[Problem, ...] = ()
    #: sentences about columns that were ignored, or are not there
    notes: tuple[str, ...] = ()

    @cached_property
    def people(self) -> list[int]:
        """For each row, people of 1,000 who would have a cramp, living like this."""
        return [natural_frequency(model.risk(row)) for row in self.rows]

    @property
    def median(self) -> float:
        """The middle of `people`; `InputError` for a class without rows."""
        return float(statistics.median(self._some()))

    @property
    def quartiles(self) -> tuple[float, float]:
        """Ends of the middle half of `people`; `InputError` for a class without rows."""
        people = self._some()
        if len(people) == 1:
            return float(people[0]), float(people[0])
        low, _, high = statistics.quantiles(people, n=4, method="inclusive")
        return low, high

    def histogram(self, width: int = 5) -> list[tuple[int, int, int]]:
        """(low, high, rows) for each bar: from `low` up to, but not including, `high`.

        Bars between the first and the last may be empty. `InputError` unless `width` is 1 to 1,000.
        """
        width = whole_number("width", width, 1, evidence().outcome.people)
        counts = Counter(number // width for number in self.people)
        bars = range(min(counts), max(counts) + 1) if counts else range(0)
        return [(bar * width, (bar + 1) * width, counts[bar]) for bar in bars]

    def _some(self) -> list[int]:
        if not self.people:
            raise InputError("class", 0, "has no row that can be used")
        return self.people


def read_class(source: Path | str | bytes) -> ClassData:
    """A class from a file or from what it holds; bad content gives problems, never an error.

    A text of one line is the name of a file; a text with line breaks, and bytes, are the content.
    """
    try:
        lines = _lines(_text(_content(source)))
        header = _Header(*next(lines))
        rows, problems = _rows(header, lines)
    except _UnusableError as error:
        return ClassData((), (error.problem,))
    except StopIteration:
        return ClassData((), (Problem(0, "", "", "the file is empty"),))
    if not rows and not problems:
        problems = [Problem(0, "", "", "the file has no numbers below its first line")]
    return ClassData(tuple(rows), tuple(problems), tuple(header.notes()))


def simulated_class(count: int = 30, seed: int = 1) -> ClassData:
    """Invented pupils who sit through school, with more or less sport; `InputError` for bad input.

    `count` is 1 to 200; the same seed gives the same class.
    """
    draw = random.Random(whole_number("seed", seed, 0, LARGEST_SEED))
    pupils = range(whole_number("count", count, 1, MOST_ROWS))
    return ClassData(tuple(_pupil(draw) for _ in pupils))


def as_csv(rows: Sequence[Profile]) -> str:
    """The rows as `read_class` reads them, with the decimals that the sliders show."""
    decimals = {name: evidence().inputs[name].decimals for name in COLUMNS}
    lines = [
        [f"{getattr(row, name):.{places}f}" for name, places in decimals.items()] for row in rows
    ]
    return "".join(",".join(line) + "\n" for line in [COLUMNS, *lines])


def shipped_class() -> ClassData:
    """The simulated class that comes with the package."""
    return read_class((files("crampnb") / "data" / "class.csv").read_bytes())


def _pupil(draw: random.Random) -> Profile:
    """A day in the steps that the sliders have."""
    day = {}
    for name, likely in _LIKELY.items():
        step = evidence().inputs[name].step
        day[name] = round(draw.triangular(*likely) / step) * step
    return Profile(**day)


class _UnusableError(Exception):
    """A file, or a line of it, that cannot be used at all."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.problem = Problem(line, "", "", reason)


def _content(source: Path | str | bytes) -> bytes:
    """At most one byte more than is allowed."""
    if isinstance(source, bytes):
        return source[: LARGEST + 1]
    if isinstance(source, str) and (not source.strip() or _LINE_END.search(source)):
        return source[: LARGEST + 1].encode(errors="replace")
    try:
        path = Path(source)
        if path.exists() and not path.is_file():  # a pipe would keep us waiting
            raise _UnusableError("this is not a file")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise _UnusableError(f"the file cannot be read: {error.strerror}") from None
    except ValueError:
        raise _UnusableError("the file cannot be read: it has no usable name") from None


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _UnusableError(f"the file is larger than {LARGEST:,} bytes, so it was not read")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _UnusableError('the file is not UTF-8 text; save it as "CSV UTF-8"') from None
    if "\0" in text:
        raise _UnusableError("the file is not text: it has zero bytes")
    return text


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Number, from 1, and text of every line that has a cell with something in it."""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip(" \t,;"):
            yield number, line


class _Header:
    """The first line: how cells are told apart, and which of them are read."""

    def __init__(self, line: int, text: str) -> None:
        self.delimiter = ";" if ";" in text else ","
        self.names = _cells(line, text, self.delimiter)
        keys = ["_".join(name.casefold().replace("-", " ").split()) for name in self.names]
        #: {column: place in the line}
        self.places = {name: keys.index(name) for name in COLUMNS if name in keys}
        if not self.places:
            raise _UnusableError(
                f"there is no column {', '.join(COLUMNS[:-1])} or {COLUMNS[-1]}", line
            )
        if twice := [name for name in self.places if keys.count(name) > 1]:
            raise _UnusableError(f"the column {twice[0]} is there more than once", line)

    def notes(self) -> Iterator[str]:
        """Sentences about columns that are not read, and those that are not there."""
        read = set(self.places.values())
        others = [name for at, name in enumerate(self.names) if name and at not in read]
        if others:
            more = [f"{len(others) - MOST_NAMED} more"] if len(others) > MOST_NAMED else []
            named = [repr(_short(name)) for name in others[:MOST_NAMED]]
            yield f"Ignored, and never read: {', '.join(named + more)}."
        for name in COLUMNS:
            if name not in self.places:
                reference, unit = getattr(Profile(), name), evidence().inputs[name].unit
                yield f"There is no column {name}: all are at the reference, {reference:g} {unit}."


def _rows(header: _Header, lines: Iterator[tuple[int, str]]) -> tuple[list[Profile], list[Problem]]:
    """Rows that can be used, and what is wrong with the others."""
    rows: list[Profile] = []
    problems: list[Problem] = []
    for count, (line, text) in enumerate(lines):
        if count == MOST_ROWS:
            problems.append(
                Problem(line, "", "", f"only {MOST_ROWS} rows are read, so the rest was left out")
            )
            break
        try:
            values = _values(header, line, text)
        except _UnusableError as error:
            problems.append(error.problem)
            continue
        bad = [value for value in values.values() if isinstance(value, Problem)]
        problems += bad
        if not bad:
            rows.append(Profile(**values))
    return rows, problems


def _values(header: _Header, line: int, text: str) -> Mapping[str, float | Problem]:
    """{column: its number, or what is wrong with it} of one line."""
    cells = _cells(line, text, header.delimiter)
    if any(cells[len(header.names) :]):
        hint = "" if header.delimiter == ";" else "; a decimal comma needs semicolons between cells"
        raise _UnusableError(f"there are more cells than columns{hint}", line)
    cells += [""] * (len(header.names) - len(cells))
    decimal_comma = header.delimiter == ";"
    return {
        name: _value(line, name, cells[at], decimal_comma) for name, at in header.places.items()
    }


def _cells(line: int, text: str, delimiter: str) -> list[str]:
    """Cells of one line, without the spaces around them."""
    try:
        (cells,) = csv.reader([text], delimiter=delimiter, skipinitialspace=True, strict=True)
    except csv.Error:
        raise _UnusableError("a quotation mark is not closed, or stands amiss", line) from None
    return [cell.strip() for cell in cells]


def _value(line: int, name: str, cell: str, decimal_comma: bool) -> float | Problem:
    """The number of one cell, or what is wrong with it."""
    low, high = evidence().inputs[name].range
    allowed = f"{low:g} to {high:g} {evidence().inputs[name].unit}"
    if not cell:
        return Problem(line, name, "", f"the cell is empty ({allowed})")
    digits = cell.replace(",", ".") if decimal_comma else cell
    if len(digits) > LONGEST or not _NUMBER.fullmatch(digits):
        return Problem(line, name, _short(cell), f"is not a number ({allowed})")
    number = float(digits)
    if not low <= number <= high:
        return Problem(line, name, _short(cell), f"is not within {allowed}")
    if _GROUPED.fullmatch(digits) and number * 1000 <= high:
        both = f"may mean {number:g} or {number * 1000:g}"
        return Problem(line, name, _short(cell), f"{both}; write it without a mark")
    return number


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
