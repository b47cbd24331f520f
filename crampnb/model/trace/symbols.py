"""Symbols: they stand in for numbers in the model's own code, and record what is done with them.

A `Symbol` takes part in + − × ÷ **, negation, `abs`, the comparisons < <= > >= (1 or 0), `clip`,
and in the functions of `arithmetic`. Whatever else is asked of it (to decide an `if`, to equal
something, to become a number) raises `TypeError`: a record would lose it. A step that is done twice
is recorded once.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

Place = TypeVar("Place")


class Record:
    """The steps of a computation, in an order in which they can be done."""

    def __init__(self) -> None:
        self._steps: dict[tuple[Any, ...], Symbol] = {}

    def step(self, form: str, *parts: "Known") -> "Symbol":
        """The symbol of one step: `form` with its `parts` is how JavaScript writes it."""
        key = (form, *((part.order,) if isinstance(part, Symbol) else part for part in parts))
        if key not in self._steps:
            self._steps[key] = Symbol(self, form, parts, len(self._steps))
        return self._steps[key]


class Symbol:
    """A number that only whoever runs the record will know."""

    __slots__ = ("form", "order", "parts", "record")

    def __init__(self, record: Record, form: str, parts: tuple["Known", ...], order: int) -> None:
        self.record, self.form, self.parts, self.order = record, form, parts, order

    def __add__(self, other: "Known") -> "Symbol":
        return self if _is(other, 0) else self.record.step("{}+{}", self, other)

    def __radd__(self, other: "Known") -> "Symbol":
        return self if _is(other, 0) else self.record.step("{}+{}", other, self)

    def __sub__(self, other: "Known") -> "Symbol":
        return self if _is(other, 0) else self.record.step("{}-{}", self, other)

    def __rsub__(self, other: "Known") -> "Symbol":
        return self.record.step("{}-{}", other, self)

    def __mul__(self, other: "Known") -> "Symbol":
        return self if _is(other, 1) else self.record.step("{}*{}", self, other)

    def __rmul__(self, other: "Known") -> "Symbol":
        return self if _is(other, 1) else self.record.step("{}*{}", other, self)

    def __truediv__(self, other: "Known") -> "Symbol":
        return self if _is(other, 1) else self.record.step("{}/{}", self, other)

    def __rtruediv__(self, other: "Known") -> "Symbol":
        return self.record.step("{}/{}", other, self)

    def __pow__(self, other: "Known") -> "Symbol":
        return self * self if _is(other, 2) else self.record.step("{}**{}", self, other)

    def __rpow__(self, other: "Known") -> "Symbol":
        return self.record.step("{}**{}", other, self)

    def __neg__(self) -> "Symbol":
        return self.record.step("-{}", self)

    def __abs__(self) -> "Symbol":
        return self.record.step("Math.abs({})", self)

    def __lt__(self, other: "Known") -> "Symbol":
        return self.record.step("+({}<{})", self, other)

    def __le__(self, other: "Known") -> "Symbol":
        return self.record.step("+({}<={})", self, other)

    def __gt__(self, other: "Known") -> "Symbol":
        return self.record.step("+({}>{})", self, other)

    def __ge__(self, other: "Known") -> "Symbol":
        return self.record.step("+({}>={})", self, other)

    def clip(self, low: float, high: float) -> "Symbol":
        """The number kept within `low` and `high`."""
        above = self.record.step("Math.max({},{})", self, low)
        return above if high == math.inf else self.record.step("Math.min({},{})", above, high)

    def __array_namespace__(self) -> type["Functions"]:
        return Functions

    def __bool__(self) -> NoReturn:
        raise TypeError("a symbol is neither true nor false: use arithmetic.where instead of if")

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a symbol equals nothing: compare with < or >=")

    __hash__ = object.__hash__


#: a symbol, or what is known when the record is made
Known = Symbol | float


class Functions:
    """The functions that `arithmetic` asks of an array's own module."""

    @staticmethod
    def log2(x: Symbol) -> Symbol:
        """Logarithm to base 2."""
        return x.record.step("Math.log2({})", x)

    @staticmethod
    def where(condition: Symbol, yes: Known, no: Known) -> Symbol:
        """`yes` where the condition is not 0, else `no`."""
        return condition.record.step("{}?{}:{}", condition, yes, no)


def merged(
    condition: Symbol, yes: Mapping[Place, Known], no: Mapping[Place, Known]
) -> dict[Place, Known]:
    """Results of `yes` where the condition holds, else of `no`; both come from the same code.

    What they share is done once: only what differs is chosen.
    """
    known: dict[tuple[int, int], Known] = {}

    def merge(yes: Known, no: Known) -> Known:
        if not (isinstance(yes, Symbol) and isinstance(no, Symbol)):
            alike = not isinstance(yes, Symbol) and not isinstance(no, Symbol) and yes == no
            return yes if alike else Functions.where(condition, yes, no)
        if yes is no:
            return yes
        pair = yes.order, no.order
        if pair not in known:
            if yes.form == no.form:
                parts = map(merge, yes.parts, no.parts)
                known[pair] = condition.record.step(yes.form, *parts)
            else:
                known[pair] = Functions.where(condition, yes, no)
        return known[pair]

    return {place: merge(result, no[place]) for place, result in yes.items()}


def needed(results: Iterable[Known]) -> set[Symbol]:
    """The steps that the results rest on, themselves among them."""
    found: set[Symbol] = set()
    left = [result for result in results if isinstance(result, Symbol)]
    while left:
        symbol = left.pop()
        if symbol not in found:
            found.add(symbol)
            left += [part for part in symbol.parts if isinstance(part, Symbol)]
    return found


def _is(value: Known, number: int) -> bool:
    return not isinstance(value, Symbol) and value == number
