"""TOML tables into frozen dataclasses: types and keys are checked, errors name the place."""

import math
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")


class EvidenceError(ValueError):
    """A mistake in the data files; the message names the entry."""


def read(table: Mapping[str, Any], kind: type[T]) -> T:
    """The table as the dataclass `kind`; `EvidenceError` names the entry that does not fit."""
    return _entry(table, kind, "")


def expect(condition: bool, where: str, message: str) -> None:
    """Raise `EvidenceError` with the place in the file unless the condition holds."""
    if not condition:
        raise EvidenceError(f"[{where}] {message}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(value: Any, kind: Any, where: str) -> Any:
    """`value` as the type `kind`, checked all the way down; `where` is its place in the file."""
    if is_dataclass(kind):
        return _entry(value, typing.cast(type, kind), where)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        expect(value in arguments, where, f"is {value!r}; allowed: {', '.join(arguments)}")
        return value
    if origin is dict:
        expect(isinstance(value, Mapping), where, "must be a table")
        return {key: _value(item, arguments[1], f"{where}.{key}") for key, item in value.items()}
    if origin is tuple:
        return _list(value, arguments, where)
    if origin in (types.UnionType, typing.Union):
        return _first(value, arguments, where)
    if kind is float and type(value) in (int, float):
        expect(math.isfinite(value), where, f"is {value}; must be finite")
        return value
    expect(type(value) is kind, where, f"is {value!r}; must be {getattr(kind, '__name__', kind)}")
    return value


def _list(value: Any, arguments: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    expect(isinstance(value, list), where, f"is {value!r}; must be a list")
    if arguments[-1] is Ellipsis:
        arguments = arguments[:1] * len(value)
    expect(len(value) == len(arguments), where, f"must have {len(arguments)} entries")
    return tuple(_value(item, kind, where) for item, kind in zip(value, arguments, strict=True))


def _first(value: Any, arguments: tuple[Any, ...], where: str) -> Any:
    """The value as the first type of a union that takes it; the last one says what is wrong.

    Tables that say their `kind` are read as the one that is of it.
    """
    *others, last = [kind for kind in arguments if kind is not type(None)]
    if tagged := {_tag(kind): kind for kind in (*others, last) if _tag(kind)}:
        expect(isinstance(value, Mapping), where, "must be a table")
        tag = value.get("kind")
        known = ", ".join(str(name) for name in tagged)
        expect(tag in tagged, f"{where}.kind", f"is {tag!r}; allowed: {known}")
        return _entry(value, typing.cast(type, tagged[tag]), where)
    for kind in others:
        try:
            return _value(value, kind, where)
        except EvidenceError:
            continue
    return _value(value, last, where)


def _tag(kind: Any) -> Any:
    """The one `kind` that a dataclass of a union is for; None where it does not say."""
    hints = _hints(typing.cast(Any, kind)) if is_dataclass(kind) else {}
    kinds = typing.get_args(hints.get("kind"))
    return kinds[0] if kinds else None


def _entry(value: Any, kind: type[T], where: str) -> T:
    """A table (or, for an odds ratio, its triple) as the dataclass `kind`."""
    known = {item.name: item for item in fields(kind) if item.init}  # type: ignore[arg-type]
    if isinstance(value, list):
        expect(len(value) == len(known), where, f"must have {len(known)} numbers")
        value = dict(zip(known, value, strict=True))
    expect(isinstance(value, Mapping), where, "must be a table")
    for key in value:
        expect(key in known, where, f"has an unknown entry {key!r}; allowed: {', '.join(known)}")
    for key, item in known.items():
        needed = item.default is MISSING and item.default_factory is MISSING
        expect(key in value or not needed, where, f"lacks the entry {key!r}")
    hints = _hints(typing.cast(Any, kind))
    read = {
        key: _value(item, hints[key], f"{where}.{key}".strip(".")) for key, item in value.items()
    }
    try:
        return kind(**read)
    except EvidenceError as error:
        message = str(error)
        raise EvidenceError(
            message if message.startswith("[") else f"[{where}] {message}"
        ) from None
