"""The few shapes of HTML that every part of the page is made of."""

import math
from collections.abc import Iterable, Sequence
from html import escape

from crampnb.evidence import Source, evidence
from crampnb.explain import natural_frequency

__all__ = [
    "button",
    "cited",
    "details",
    "escape",
    "frequency",
    "listing",
    "signed",
    "table",
    "times",
]

MINUS = "−"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """A table; the first cell of each row is its header. Cells are HTML already."""
    heads = "".join(f'<th scope="col">{cell}</th>' if cell else "<td></td>" for cell in head)
    body = "".join(_row(head, first, rest) for first, *rest in rows)
    return (
        f'<div class="table-wrap" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="{kind}"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(head: Sequence[str], first: str, rest: Sequence[str]) -> str:
    """A row; each cell knows its column's name, which a narrow page shows beside it."""
    cells = "".join(
        f'<td data-label="{escape(name)}">{cell}</td>'
        for name, cell in zip(head[1:], rest, strict=True)
    )
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def details(summary: str, body: str, kind: str = "") -> str:
    """Something that opens."""
    return f'<details class="{kind}"><summary>{summary}</summary>{body}</details>'


def button(text: str, action: str, value: str = "", kind: str = "", label: str = "") -> str:
    """A button whose press the page sends to Python (or does itself: print, copy, timer)."""
    name = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<button type="button" class="button {kind}" data-action="{action}"'
        f' data-value="{escape(value)}"{name}>{text}</button>'
    )


def listing(items: Iterable[str]) -> str:
    """An unordered list."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def frequency(risk: float) -> str:
    """A risk as "38 of 1,000"."""
    return f"{natural_frequency(risk)} of {evidence().outcome.people:,}"


def signed(number: float, decimals: int = 0) -> str:
    """A number with its sign, as typeset: "+5", "−3", "0"."""
    text = f"{abs(number):.{decimals}f}"
    if not float(text):
        return "0"
    return f"{'+' if number > 0 else MINUS}{text}"


def times(term: float) -> str:
    """A term as "times the odds": "× 1.41"."""
    return f"× {math.exp(term):.2f}"


def cited(keys: tuple[str, ...]) -> str:
    """Links to the studies, by author and year."""
    if not keys:
        return ""
    links = ", ".join(
        f'<a href="#source-{key}">{escape(_short(evidence().sources[key]))}</a>' for key in keys
    )
    return f'<p class="cited">Studies: {links}</p>'


def _short(source: Source) -> str:
    """Authors and year: the reference up to its first stop."""
    return source.reference.split(". ")[0].rstrip(".")
