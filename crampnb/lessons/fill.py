"""Figures put into the texts of the lessons' data, where they are named in braces."""

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from crampnb.lessons.figures import FIGURES
from crampnb.model.schema import EvidenceError, expect

#: what a question fills in itself
ANSWER = "answer"
#: a text that is a figure and nothing else
_FIGURE = re.compile(r"\{([\w.]+)\}")


def fill(value: Any, where: str = "") -> Any:
    """What the data holds, with its figures; `EvidenceError` names a place with an unknown one."""
    if isinstance(value, dict):
        return {key: fill(item, f"{where}.{key}".strip(".")) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, where) for item in value]
    if not isinstance(value, str):
        return value
    if whole := _FIGURE.fullmatch(value):
        return _figure(whole[1], where)
    try:
        return _Filler(where).format(value)
    except EvidenceError:
        raise
    except ValueError as error:  # a brace that is not closed, a form that no number has
        raise EvidenceError(f"[{where}] {error}") from None


def _figure(name: str, where: str) -> object:
    expect(name in FIGURES, where, f"names {{{name}}}, which is no figure")
    return FIGURES[name]()


class _Filler(Formatter):
    """Puts figures in place of their names, and leaves the answer's place as it is."""

    def __init__(self, where: str) -> None:
        self.where = where

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[object, str]:
        """The figure of this name; names have dots, which mean nothing here."""
        if field_name == ANSWER:
            return f"{{{ANSWER}}}", field_name
        return _figure(field_name, self.where), field_name
