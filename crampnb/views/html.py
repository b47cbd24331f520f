"""The few shapes of HTML that every part of the page is made of."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

from crampnb.model.arithmetic import settled
from crampnb.model.evidence import evidence
from crampnb.model.frequency import natural_frequency
from crampnb.model.sources import DEPTHS, Depth
from crampnb.views import elements as el
from crampnb.views.elements import NOTHING, Html, Inside, escape, joined

__all__ = [
    "Html",
    "button",
    "cited",
    "details",
    "escape",
    "facts",
    "frequency",
    "listing",
    "signed",
    "table",
    "times",
]

MINUS = "−"
_COLUMN, _ROW = el.th(scope="col"), el.th(scope="row")


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Inside]], kind: str = ""
) -> Html:
    """A table; the first cell of each row is its header."""
    heads = [_COLUMN[cell] if cell else el.td[""] for cell in head]
    cells = [_cell(name) for name in head[1:]]
    body = [
        el.tr[_ROW[first], [cell[one] for cell, one in zip(cells, rest, strict=True)]]
        for first, *rest in rows
    ]
    return el.div("table-wrap", role="region", aria_label=caption, tabindex=0)[
        el.table(kind)[el.caption[caption], el.thead[el.tr[heads]], el.tbody[body]]
    ]


@lru_cache(256)
def _cell(column: str) -> el.Element:
    """A cell that knows its column's name, which a narrow page shows beside it."""
    return el.td(data_label=column)


def details(summary: Inside, body: Inside, kind: str = "") -> Html:
    """Something that opens."""
    return el.details(kind)[el.summary[summary], body]


def button(text: Inside, action: str, value: str = "", kind: str = "", label: str = "") -> Html:
    """A button whose press the page sends to Python (or does itself: print, copy, timer)."""
    return el.button(
        f"button {kind}".rstrip(),
        type="button",
        data_action=action,
        data_value=value,
        aria_label=label or False,
    )[text]


def listing(items: Iterable[Inside]) -> Html:
    """An unordered list."""
    return el.ul[[el.li[item] for item in items]]


def facts(rows: Iterable[tuple[str, str]]) -> Html:
    """What is known of something, line by line."""
    return el.dl("facts")[[el.div[el.dt[name], el.dd[known]] for name, known in rows]]


def frequency(risk: float) -> str:
    """A risk as "38 of 1,000"."""
    return f"{natural_frequency(risk)} of {evidence().outcome.people:,}"


def signed(number: float, decimals: int = 0) -> str:
    """A number with its sign, as typeset: "+5", "−3", "0"."""
    text = f"{settled(abs(number)):.{decimals}f}"
    if not float(text):
        return "0"
    return f"{'+' if number > 0 else MINUS}{text}"


def times(term: float) -> str:
    """A term as "times the odds": "× 1.41"."""
    return f"× {settled(math.exp(term)):.2f}"


#: how far sources were read, as the page says it
READ: dict[Depth, str] = {
    "full text": "Read in full",
    "abstract": "Read as an abstract or in part",
    "described elsewhere": "Known from a description elsewhere",
    "not read": "Nobody here could read",
}


@cache
def cited(keys: tuple[str, ...], looked_at: date) -> Html:
    """Links to the sources by author and year, by how far they were read, and a date."""
    if not keys:
        return NOTHING
    known = evidence().sources
    read = {depth: [key for key in keys if known[key].read == depth] for depth in DEPTHS}
    told = [(READ[depth], ": ", _links(found), ". ") for depth, found in read.items() if found]
    return el.p("cited")[told, f"Last looked at in {looked_at:%B %Y}."]


def _links(keys: Iterable[str]) -> Html:
    sources = evidence().sources
    return joined(", ", [el.a(href=f"#source-{key}")[sources[key].short] for key in keys])
