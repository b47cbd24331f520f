"""A class's own numbers: a CSV file without names, read row by row, and the model's answers for it.

Columns: `sitting` (h/day), `longest_sitting` (min), `activity_load` (effort-min/week), in any
order. A file comes from a stranger: it is read with bounds, and what does not fit is named and left
out while the rest applies. Other columns are never looked at.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import crampnb.model.risk as model
from crampnb.errors import InputError
from crampnb.lessons.study import whole_number
from crampnb.lessons.table import (
    LARGEST,
    LINE_END,
    Header,
    UnusableError,
    counted_otherwise,
    decoded,
    header,
    records,
    without_unit,
)
from crampnb.model.evidence import evidence
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile, checked

COLUMNS = ("sitting", "longest_sitting", "activity_load")
#: what a class's file is called, if it is named as asked
USUAL = "my_class.csv"
MOST_ROWS = 200
MOST_NAMED = 10  # columns that a note names
LONGEST = 24  # characters of a cell or a name that a message repeats

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")  # digits of any script
#: a line by which Excel is told how cells are told apart
_SEPARATOR = re.compile(r'"?sep=', re.IGNORECASE)
#: between groups of digits, as in "3 000"
_SPACES = re.compile(r"(?<=\d)[\s’'](?=\d{3}(?:\D|$))")
_GROUPED = re.compile(r"(?!0)\d{1,3}\.\d{3}")
#: endings of a table as text; the order in which they are preferred
_ENDINGS = (".csv", ".tsv", ".txt")
_PROGRAMS = (".py", ".ipynb")
MOST_FILES = 3  # that are named beside the one that is read


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
    #: a sentence on whose rows these are; "" where nobody had to ask
    source: str = ""

    @cached_property
    def people(self) -> list[int]:
        """For each row, people of 1,000 who would have a cramp, living like this."""
        return [natural_frequency(model.risk(row)) for row in self.rows]

    @property
    def median(self) -> float:
        """The middle of `people`; `InputError` for a class without rows."""
        if not self.people:
            raise InputError("class", 0, "has no row that can be used")
        return float(statistics.median(self.people))

    @property
    def middle(self) -> Profile:
        """The row in the middle of the class; `InputError` for a class without rows."""
        self.median  # noqa: B018 -- says why there is none
        return sorted(self.rows, key=model.risk)[(len(self.rows) - 1) // 2]

    @property
    def told(self) -> str:
        """How many rows can be used, and what was said about the others, line by line."""
        rows = "1 row" if len(self.rows) == 1 else f"{len(self.rows)} rows"
        return "\n".join([f"{rows} can be used.", *self.notes, *map(str, self.problems)])

    def histogram(self, width: int = 5) -> list[tuple[int, int, int]]:
        """(low, high, rows) for each bar: from `low` up to, but not including, `high`.

        Bars between the first and the last may be empty. `InputError` unless `width` is 1 to 1,000.
        """
        width = whole_number("width", width, 1, evidence().outcome.people)
        counts = Counter(number // width for number in self.people)
        bars = range(min(counts), max(counts) + 1) if counts else range(0)
        return [(bar * width, (bar + 1) * width, counts[bar]) for bar in bars]


def read_class(source: Path | str | bytes) -> ClassData:
    """A class from a file or from what it holds; bad content gives problems, never an error.

    A text of one line is the name of a file; a text with line breaks, and bytes, are the content.
    """
    try:
        lines = LINE_END.split(decoded(_content(source)))
        head = header(lines, {name: evidence().inputs[name].unit for name in COLUMNS})
        rows, problems = _rows(head, head.places, lines)
    except UnusableError as error:
        return ClassData((), (_problem(error),))
    if not rows and not problems:
        problems = [Problem(0, "", "", "the file has no numbers below the heads of its columns")]
    return ClassData(tuple(rows), tuple(problems), tuple(_notes(head, lines)))


def find_class(folder: Path | str = "") -> ClassData:
    """A class from its file, named as people save it, in `folder` or one above; else the invented.

    `source` says which it is.
    """
    found, others = _files(Path(folder).resolve())
    if not found:
        seen = f" ({_listed(others)} is not named so)" if others else ""
        told = f"No file of yours, {USUAL}, was found{seen}: this is the invented class."
        return replace(shipped_class(), source=told)
    beside = f" Not read: {_listed(found[1:])}." if found[1:] else ""
    return replace(read_class(found[0]), source=f"This is your file {_named(found[0])}.{beside}")


def shipped_class() -> ClassData:
    """The invented class that comes with the package."""
    return read_class((files("crampnb") / "data" / "class.csv").read_bytes())


def _problem(error: UnusableError) -> Problem:
    return Problem(error.line, error.column, _short(error.value), error.reason)


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Files that may be the class's, the likeliest first, and other tables there."""
    files = [file for place in (folder, folder.parent) for file in _inside(place)]
    named = [file for file in files if _is_named(file)]
    tables = [file for file in files if file.suffix.lower() == _ENDINGS[0] and file not in named]
    return sorted(named, key=lambda file: _unlikely(file, folder)), tables


def _is_named(file: Path) -> bool:
    word = _word(file.name).startswith(_word(Path(USUAL).stem))
    return word and file.suffix.lower() not in _PROGRAMS


def _inside(folder: Path) -> list[Path]:
    """Files of a folder, by name; none where it cannot be read."""
    try:
        files = (file for file in folder.iterdir() if not file.name.startswith("."))
        return sorted(filter(Path.is_file, files))
    except OSError:
        return []


def _unlikely(file: Path, folder: Path) -> tuple[bool, bool, int, float]:
    """What speaks against a file: not as asked, elsewhere, no table as text, old."""
    ending = file.suffix.lower()
    at = _ENDINGS.index(ending) if ending in _ENDINGS else len(_ENDINGS)
    here = file.parent == folder
    return not (here and file.name == USUAL), not here, at, -file.stat().st_mtime


def _word(name: str) -> str:
    """A name without what people and browsers put between its letters."""
    return re.sub(r"[\W_]", "", name.casefold())


def _named(file: Path) -> str:
    return repr(_short(file.name))


def _listed(files: Sequence[Path]) -> str:
    """Names of some files, and how many more there are."""
    more = [f"{len(files) - MOST_FILES} more"] if len(files) > MOST_FILES else []
    return ", ".join([*map(_named, files[:MOST_FILES]), *more])


def _content(source: Path | str | bytes) -> bytes:
    """At most one byte more than is allowed."""
    if isinstance(source, bytes):
        return source[: LARGEST + 1]
    if isinstance(source, str) and (not source.strip() or LINE_END.search(source)):
        return source[: LARGEST + 1].encode(errors="replace")
    try:
        path = Path(source)
        if path.exists() and not path.is_file():  # a pipe would keep us waiting
            raise UnusableError("this is not a file")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UnusableError(f"the file cannot be read: {error.strerror}") from None
    except ValueError:
        raise UnusableError("the file cannot be read: it has no usable name") from None


def _notes(head: Header, lines: Sequence[str]) -> Iterator[str]:
    """Sentences about lines and columns that are not read, and columns that are not there."""
    above = [at for at, _ in records(lines[: head.line - 1], head.delimiter)]
    if titles := [at for at in above if not _SEPARATOR.match(lines[at - 1])]:
        yield f"Not read: what stands above the heads of the columns, from line {titles[0]} on."
    read = set(head.places.values())
    others = [name for at, name in enumerate(head.names) if name and at not in read]
    if others:
        more = [f"{len(others) - MOST_NAMED} more"] if len(others) > MOST_NAMED else []
        named = [repr(_short(name)) for name in others[:MOST_NAMED]]
        yield f"Ignored, and never read: {', '.join(named + more)}."
    for name in COLUMNS:
        if name not in head.places:
            reference, unit = getattr(Profile(), name), evidence().inputs[name].unit
            yield f"There is no column {name}: all are at the reference, {reference:g} {unit}."


def _rows(
    head: Header, places: Mapping[str, int], lines: Sequence[str]
) -> tuple[list[Profile], list[Problem]]:
    """Rows that can be used, and what is wrong with the others."""
    rows: list[Profile] = []
    problems: list[Problem] = []
    below = (it for it in records(lines, head.delimiter) if it[0] > head.line)
    for count, (line, cells) in enumerate(below):
        if count == MOST_ROWS:
            problems.append(
                Problem(line, "", "", f"only {MOST_ROWS} rows are read, so the rest was left out")
            )
            break
        try:
            values = _values(head, places, line, cells)
        except UnusableError as error:
            problems.append(_problem(error))
            continue
        bad = [value for value in values.values() if isinstance(value, Problem)]
        problems += bad
        if not bad:
            rows.append(Profile(**values))
    return rows, problems


def _values(
    head: Header, places: Mapping[str, int], line: int, cells: list[str] | None
) -> Mapping[str, float | Problem]:
    """{column: its number, or what is wrong with it} of one record."""
    if cells is None:
        raise UnusableError("a quotation mark is not closed, or stands amiss", line)
    if any(cells[len(head.names) :]):
        comma = head.delimiter == ","
        hint = "; a decimal comma needs semicolons between cells" if comma else ""
        raise UnusableError(f"there are more cells than columns{hint}", line)
    cells = cells + [""] * (len(head.names) - len(cells))
    return {name: _value(line, name, cells[at]) for name, at in places.items()}


def _value(line: int, name: str, cell: str) -> float | Problem:
    """The number of one cell, with a point or a comma, or what is wrong with it."""
    low, high = evidence().inputs[name].range
    allowed = f"{low:g} to {high:g} {evidence().inputs[name].unit}"
    if not cell:
        return Problem(line, name, "", f"the cell is empty ({allowed})")
    if counted_otherwise(cell, evidence().inputs[name].unit):
        return Problem(line, name, _short(cell), f"is counted by something else ({allowed})")
    digits = _SPACES.sub("", without_unit(cell)).replace(",", ".").replace("٫", ".")
    if len(digits) > LONGEST or not _NUMBER.fullmatch(digits):
        return Problem(line, name, _short(cell), f"is not a number ({allowed})")
    number = float(digits)
    if not _is_allowed(name, number):
        return Problem(line, name, _short(cell), f"is not within {allowed}")
    whole = evidence().inputs[name].decimals == 0  # "10.000" of such is hardly 10
    if _GROUPED.fullmatch(digits) and (whole or _is_allowed(name, number * 1000)):
        both = f"may mean {number:g} or {number * 1000:g}"
        return Problem(line, name, _short(cell), f"{both}; write it without a mark")
    return number


def _is_allowed(name: str, number: float) -> bool:
    try:
        checked(name, number)
    except InputError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
