"""A table that somebody saved as text, as spreadsheets and forms save it: CSV in its dialects.

Cells are told apart by a semicolon, comma, tab or bar, whichever makes most of the columns that are
looked for; they may be quoted and hold several lines. Above the heads there may be a title.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

LARGEST = 64_000  # bytes of a file; 200 rows of three numbers need fewer than 4,000
#: a table with one column has none of them, and then a comma is a decimal mark
DELIMITERS = ";,\t|"
#: records among which the heads are looked for; above them stands a title, if anything
MOST_ABOVE = 10

BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
LINE_END = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile(r".*\d[.,]?")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[(\[].*?[)\]]", re.DOTALL)
#: words that say by what a column is counted
_TIMES = {
    "hours": {"h", "hr", "hrs", "hour", "hours"},
    "minutes": {"min", "mins", "minute", "minutes"},
    "seconds": {"s", "sec", "secs", "second", "seconds"},
}
_PERIODS = {
    "day": {"d", "day", "days", "daily"},
    "week": {"w", "wk", "week", "weeks", "weekly"},
    "month": {"month", "months", "monthly"},
}
_KINDS = (_TIMES, _PERIODS)
_UNIT_WORDS = {"in", "a", "per", "each", "effort"}.union(
    *(words for kind in _KINDS for words in kind.values())
)


class UnusableError(Exception):
    """A file, or a record of it, that cannot be used at all."""

    def __init__(self, reason: str, line: int = 0, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.line, self.column, self.value, self.reason = line, column, value, reason


@dataclass(frozen=True)
class Header:
    """The heads of a table's columns, and where they stand."""

    #: counted from 1
    line: int
    delimiter: str
    names: Sequence[str]
    #: {column that is looked for: its places in a record}
    found: Mapping[str, Sequence[int]]

    @property
    def places(self) -> Mapping[str, int]:
        """{column: its place}; `UnusableError` for one that is there twice."""
        for name, places in self.found.items():
            if len(places) > 1:
                raise UnusableError(f"the column {name} is there more than once", self.line)
        return {name: at for name, (at,) in self.found.items()}


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark (Excel's Unicode text), Windows."""
    if content.startswith(b"PK"):
        raise UnusableError('this is a spreadsheet or a zip file; save the sheet as "CSV UTF-8"')
    if len(content) > LARGEST:
        raise UnusableError(f"the file is larger than {LARGEST:,} bytes, so it was not read")
    is_utf_16 = content[:2] in BYTE_ORDER_MARKS
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        if is_utf_16:
            raise UnusableError('the file is not whole text; save it as "CSV UTF-8"') from None
        text = content.decode("cp1252", "replace")  # of its letters we need only our own words'
    if "\0" in text:
        raise UnusableError('the file is not text (it has zero bytes); save it as "CSV UTF-8"')
    return text


def records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """First line, from 1, and cells of every record in which something stands.

    None for cells where a quotation mark is not closed or stands amiss; then the next line is read
    as a new record, so that one such mark does not swallow the rest.
    """
    start = 0
    while start < len(lines):
        text = (f"{line}\n" for line in islice(lines, start, None))
        reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
        read = 0
        try:
            for cells in reader:
                if "".join(cells).strip(" \t\n" + DELIMITERS):
                    yield start + read + 1, [cell.strip() for cell in cells]
                read = reader.line_num
            return
        except csv.Error:
            yield start + read + 1, None
            start += read + 1


def header(lines: Sequence[str], units: Mapping[str, str]) -> Header:
    """The heads of a table, under whatever delimiter and title; `units` are {column: its unit}."""
    first = next(records(lines, DELIMITERS[0]), None)
    if first is None:
        raise UnusableError("the file is empty")
    heads = [
        Header(line, delimiter, cells, _found(cells, units))
        for delimiter in DELIMITERS
        for line, cells in islice(records(lines, delimiter), MOST_ABOVE)
        if cells
    ]
    best = max(heads, key=lambda head: len(head.found), default=None)
    if best and best.found:
        _check_units(best, units)
        return best
    if first[1] is None:
        raise UnusableError("a quotation mark is not closed, or stands amiss", first[0])
    *some, last = units
    raise UnusableError(f"there is no column {', '.join(some)} or {last}", first[0])


def _found(cells: Sequence[str], columns: Iterable[str]) -> dict[str, list[int]]:
    """{column: its places} of those that are there."""
    keys = [_key(cell) for cell in cells]
    places = {name: [at for at, key in enumerate(keys) if key == name] for name in columns}
    return {name: found for name, found in places.items() if found}


def _key(head: str) -> str:
    """A column's head without its unit, in the form of our own names."""
    words = _WORD.findall(_BRACKETED.sub(" ", head.casefold()))
    while words and words[-1] in _UNIT_WORDS:
        words.pop()
    return "_".join(words)


def _check_units(head: Header, units: Mapping[str, str]) -> None:
    """Raise `UnusableError` for a column that is counted by something else than ours."""
    for name, (at, *_) in head.found.items():
        written = head.names[at]
        if counted_otherwise(written, units[name]):
            reason = f"is counted by something else; it must be {units[name]}"
            raise UnusableError(reason, head.line, name, written)


def counted_otherwise(written: str, unit: str) -> bool:
    """Whether what is written speaks of another time than this unit, as "90 min" for h/day."""
    ours = ((_counted_by(unit, kind), kind) for kind in _KINDS)
    return any(times and not _counted_by(written, kind) <= times for times, kind in ours)


def without_unit(cell: str) -> str:
    """A cell without the unit behind its number; "7 h" is "7", and "7 cats" is "7 cats"."""
    number = _NUMBER.match(cell)
    words = {*_WORD.findall(cell[number.end() :].casefold())} if number else set()
    return number[0] if number and words <= _UNIT_WORDS else cell


def _counted_by(text: str, kind: Mapping[str, Set[str]]) -> Set[str]:
    """Units of a kind, such as hours, that a text speaks of."""
    words = {*_WORD.findall(text.casefold())}
    return {unit for unit, names in kind.items() if words & names}
