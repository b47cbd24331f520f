"""The risk along one input, and over two, everything else as it is."""

from collections.abc import Sequence
from typing import NamedTuple

from crampnb.model.profile import Profile
from crampnb.model.risk import Telling, hypothesis_of, risk


class Point(NamedTuple):
    """One place on a curve: the input's value, the risk there, and its 90 % interval."""

    value: float
    risk: float
    low: float
    high: float


def sweep(
    profile: Profile, hypothesis: str, name: str, values: Sequence[float]
) -> tuple[Point, ...]:
    """Risk along one input."""
    story = hypothesis_of(hypothesis)
    days = ((value, Telling(profile.but(**{name: value}), story)) for value in values)
    return tuple(Point(value, day.risk, *day.interval) for value, day in days)


def grid(
    profile: Profile,
    hypothesis: str,
    across: tuple[str, Sequence[float]],
    up: tuple[str, Sequence[float]],
) -> list[list[float]]:
    """Risk over two inputs: one row for each value of `up`, one column for each of `across`."""
    (x, x_values), (y, y_values) = across, up
    return [
        [risk(profile.but(**{x: x_value, y: y_value}), hypothesis) for x_value in x_values]
        for y_value in y_values
    ]
