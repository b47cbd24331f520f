"""The few functions that are written once for a number, an array of numbers, and a symbol."""

import math
from typing import Any

#: a float, an array of them, or a `symbols.Symbol`
Number = Any


def clip(x: Number, low: float, high: float) -> Number:
    """`x` kept within `low` and `high`."""
    if isinstance(x, float):
        return low if x <= low else high if x >= high else x
    return x.clip(low, high) if hasattr(x, "clip") else clip(float(x), low, high)


def positive(x: Number) -> Number:
    """`x` where it is above 0, else 0."""
    if isinstance(x, float):  # the quick way, which most calls take
        return x if x > 0.0 else 0.0
    return clip(x, 0.0, math.inf)


def ramp(x: Number, start: float, end: float) -> Number:
    """0 up to `start`, 1 from `end` on, straight between; `end` may lie below `start`."""
    along = (x - start) / (end - start)
    if isinstance(along, float):  # the quick way: this is the innermost line of the model
        return 0.0 if along <= 0 else 1.0 if along >= 1 else along
    return clip(along, 0.0, 1.0)


def log2(x: Number) -> Number:
    """Logarithm to base 2."""
    namespace = getattr(x, "__array_namespace__", None)
    return namespace().log2(x) if namespace else math.log2(x)


def where(condition: Number, yes: Number, no: Number) -> Number:
    """`yes` where the condition holds, else `no`; both have been computed."""
    namespace = getattr(condition, "__array_namespace__", None)
    if namespace:
        return namespace().where(condition, yes, no)
    return yes if condition else no


def settled(x: float) -> float:
    """`x` without its last digits, which differ from one computer's `exp` to another's.

    What is rounded to be shown is settled first, so that it is the same wherever it is computed,
    also in a browser.
    """
    return round(x, 9)


def logistic(log_odds: Number) -> Number:
    """The probability with these log odds."""
    return 1 / (1 + math.e**-log_odds)


def logit(probability: Number) -> float:
    """Log odds of a probability."""
    return math.log(probability / (1 - probability))
