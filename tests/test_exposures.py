"""Exposures: worked by hand, as the twin has them, and in the right direction."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from crampnb.model.exposures import Exposures, exposures
from crampnb.model.profile import Profile
from tests import twin
from tests.strategies import INPUTS, profiles

NAMES = set(Exposures._fields)


@given(profiles)
def test_they_are_those_of_the_twin(inputs: dict[str, Any]) -> None:
    found = exposures(Profile(**inputs))._asdict()
    expected = twin.exposures(twin.resolve(inputs))
    assert set(expected) == NAMES
    assert {name: found[name] for name in NAMES} == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert all(value >= 0 for value in found.values())


def test_the_reference_day() -> None:
    # 1000 / 5 = 200 min/week = 0.47619 h/day; sweat 0.8 * 0.47619 = 0.380952 L
    # salt 0.380952 * 0.83 + 0.5 = 0.816 g, less than the 1.5 g eaten
    found = exposures(Profile())
    assert found == pytest.approx((200 / 420, 200, 0.380952, 1.8, 0, 0, 1, 0, 0), rel=1e-5)


def test_a_dry_day_in_the_heat() -> None:
    # 2100 / 5 / 420 = 1 h/day, sweat 1.2 L; (1.2 + 0.6 * 1.6 - 0.16) / 50 = 4 % of body mass
    # salt 1.2 * 0.83 + 0.5 - 0.5 = 0.996 g
    day = Profile(
        sex="female",
        body_mass=50,
        hot_weather=True,
        activity_load=2100,
        fluid_intake=0.16,
        sodium=500,
    )
    found = exposures(day)
    assert found.sweat == pytest.approx(1.2)
    assert found.fluid_deficit == pytest.approx(4.0)
    assert found.sodium_gap == pytest.approx(0.996)
    assert found.load_spike == pytest.approx(2.1)


def test_drinking_little_is_not_by_itself_dehydration() -> None:
    quiet = Profile(activity_load=0, usual_load=0)
    assert exposures(quiet.but(fluid_intake=0.6 * 1.8)).fluid_deficit == pytest.approx(0, abs=1e-12)
    assert exposures(quiet.but(fluid_intake=0.5 * 1.8)).fluid_deficit > 0


def test_more_minerals_than_the_reference_make_up_for_nothing() -> None:
    short = Profile(magnesium=0)
    assert exposures(short).mineral_shortfall == 0.25
    assert exposures(short.but(calcium=4000, potassium=9000)).mineral_shortfall == 0.25


def test_a_spike_is_measured_from_at_least_300_units() -> None:
    assert exposures(Profile(usual_load=0, activity_load=600)).load_spike == 2.0
    assert exposures(Profile(usual_load=300, activity_load=600)).load_spike == 2.0
    assert exposures(Profile(usual_load=600, activity_load=600)).load_spike == 1.0


def test_effort_below_one_counts_as_one() -> None:
    hours = [exposures(Profile(effort=effort)).active_hours for effort in (0, 0.5, 1, 2)]
    assert hours[0] == hours[1] == hours[2] == 2 * hours[3]


@pytest.mark.parametrize(
    ("name", "exposure", "sign"),
    [
        ("activity_load", "sweat", 1),
        ("activity_load", "load_spike", 1),
        ("usual_load", "load_spike", -1),
        ("effort", "active_hours", -1),
        ("fluid_intake", "fluid_deficit", -1),
        ("fluid_intake", "water_excess", 1),
        ("body_mass", "fluid_deficit", -1),
        ("electrolyte_intake", "mineral_shortfall", -1),
        ("sodium", "sodium_gap", -1),
    ],
)
def test_each_goes_one_way(name: str, exposure: str, sign: int) -> None:
    day = Profile(activity_load=3000, fluid_intake=1.0, sodium=300)
    along = day.but(**{name: np.linspace(*INPUTS[name].range, 201)})
    steps = sign * np.diff(getattr(exposures(along), exposure))
    assert (steps >= 0).all()
    assert steps.any()
