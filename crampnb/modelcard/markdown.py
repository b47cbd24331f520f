"""Pieces of Markdown that several parts of the card use."""

from collections.abc import Iterable, Iterator, Sequence

from crampnb.model.entries import OddsRatio

NOTHING = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(_rows([head, ["---"] * len(head), *rows]))


def _rows(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def cite(sources: Iterable[str]) -> str:
    """Links to the list of references."""
    return ", ".join(f"[{key}](#{key})" for key in sources)


def triple(effect: OddsRatio | None) -> str:
    """5 % point, central value and 95 % point."""
    return f"{effect.low:.3g} / {effect.central:.3g} / {effect.high:.3g}" if effect else NOTHING


def words(key: str) -> str:
    """A key of the data as words."""
    return key.replace("_", " ").capitalize()
