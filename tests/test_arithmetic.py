"""The few functions that take a number or an array alike."""

from fractions import Fraction

import numpy as np
import pytest

from crampnb.model.arithmetic import clip, positive, ramp, settled, where


@pytest.mark.parametrize(("x", "expected"), [(-1, 0), (0, 0), (0.5, 0.5), (2, 2), (3, 2)])
def test_clip_keeps_within_both_ends(x: float, expected: float) -> None:
    kinds = (float(x), Fraction(x), np.float64(x), np.array([x, x]))
    for value in kinds:
        assert np.all(clip(value, 0, 2) == expected)


@pytest.mark.parametrize(("x", "expected"), [(-2, 0), (0, 0), (3, 3)])
def test_positive_is_never_below_nothing(x: float, expected: float) -> None:
    for value in (float(x), np.array([x, x], dtype=float)):
        assert np.all(positive(value) == expected)


@pytest.mark.parametrize(("x", "up"), [(1, 0), (2, 0), (3, 0.5), (4, 1), (5, 1)])
def test_a_ramp_goes_either_way(x: float, up: float) -> None:
    for value in (float(x), np.array([x, x], dtype=float)):
        assert np.all(ramp(value, 2, 4) == up)
        assert np.all(ramp(value, 4, 2) == 1 - up)


def test_where_chooses_for_one_and_for_each() -> None:
    assert where(2 > 1, 1.0, 2.0) == 1.0
    assert where(2 < 1, 1.0, 2.0) == 2.0
    assert np.all(where(np.array([True, False]), 1.0, 2.0) == [1.0, 2.0])


def test_what_differs_in_the_last_digits_settles_alike() -> None:
    assert 2.5 * 1.05 == settled(2.6250000000000004) == settled(2.6249999999999996)
    assert settled(2.6249999998) == 2.625  # at nine decimals, as the browser does
    assert settled(2.624999998) < 2.625
