"""A profile: references that follow, changes, and every kind of bad input."""

import dataclasses
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import crampnb
from crampnb.errors import InputError
from crampnb.model.profile import Profile, reference
from tests.strategies import INPUTS, NUMBERS, SWITCHES, full_profiles, profiles


def refusal(inputs: Any) -> str:
    """The message of the `InputError` that these inputs raise."""
    with pytest.raises(InputError) as error:
        crampnb.explain(inputs)
    return str(error.value)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_out_of_range_is_refused(name: str) -> None:
    low, high = INPUTS[name].range
    for value in (math.nextafter(low, -math.inf), math.nextafter(high, math.inf), -1e300, 1e300):
        message = refusal({name: value})
        assert message.startswith(f"{name} = {value!r}: ")
        assert f"{low:g} to {high:g}" in message


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, "4", "", b"4", 4j, [4], (4,), {4}, {"value": 4}, Decimal(4), object()),
        *(math.nan, math.inf, -math.inf, range(3), str),
        pytest.param(10**400, id="more than a float holds"),
        pytest.param(-(10**400), id="less than a float holds"),
        pytest.param(10**5000, id="more digits than Python prints"),
    ],
)
def test_what_is_no_usable_number_is_refused(value: object) -> None:
    for name in NUMBERS:
        low, high = INPUTS[name].range
        message = refusal({name: value})
        assert message.startswith(f"{name} = ")
        assert f"{low:g} to {high:g}" in message


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("value", [None, 1, 0, 1.0, "yes", "true", "", b"yes", [True], math.nan])
def test_what_is_no_switch_is_refused(name: str, value: object) -> None:
    assert refusal({name: value}) == f"{name} = {value!r}: allowed is true or false"


@pytest.mark.parametrize(
    "value", [None, 1, True, "", "Female", "other", b"male", ["male"], math.nan]
)
def test_what_is_no_choice_is_refused(value: object) -> None:
    message = refusal({"sex": value})
    assert message == f"sex = {value!r}: allowed is one of female, male, unspecified"


@pytest.mark.parametrize("name", ["conditions", "medicines"])
@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, True, "diabetes", "", b"diabetes", math.nan, ["gout"], [None], [["diabetes"]]),
        *({"diabetes", "gout"}, {"diabetes": False}, {"statin": False}, np.array("diabetes")),
    ],
)
def test_what_is_no_set_of_known_keys_is_refused(name: str, value: object) -> None:
    message = refusal({name: value})
    assert message.startswith(f"{name} = ")
    assert ", ".join(INPUTS[name].options) in message


def test_of_a_set_the_unknown_member_is_named() -> None:
    assert refusal({"conditions": ["diabetes", "gout"]}).startswith("conditions = 'gout': ")


@pytest.mark.parametrize(
    "name", ["water", "", "Sitting", "given", "self", "name", "__class__", "a\nb"]
)
def test_an_unknown_input_is_refused_with_the_known_ones(name: str) -> None:
    message = refusal({name: 1})
    assert "fluid_intake" in message
    assert "= 1: " in message


@pytest.mark.parametrize("name", [3, None, b"sitting", ("sitting",), True])
def test_an_input_is_named_by_a_text(name: object) -> None:
    assert repr(name) in refusal({name: 4})


@pytest.mark.parametrize("inputs", [None, 3, "sitting=4", [("sitting", 4)], {"sitting"}, b"", True])
def test_inputs_are_a_mapping(inputs: object) -> None:
    assert refusal(inputs).startswith("profile = ")


def test_a_long_value_is_shown_in_short() -> None:
    assert len(refusal({"sitting": "x" * 100_000})) < 200


def test_input_error_is_a_value_error() -> None:
    assert issubclass(crampnb.InputError, ValueError)


@given(full_profiles)
def test_what_is_in_range_is_taken_as_it_is(inputs: dict[str, Any]) -> None:
    profile = Profile(**inputs)
    assert {name: getattr(profile, name) for name in inputs} == inputs
    assert profile.given == inputs


def test_whole_numbers_and_lists_are_taken_in_the_input_s_own_type() -> None:
    profile = Profile(sitting=10, conditions=["diabetes", "diabetes"])
    assert type(profile.sitting) is float
    assert profile.conditions == frozenset({"diabetes"})


def test_scalars_of_numpy_become_plain_ones() -> None:
    profile = Profile(sitting=np.float32(2.5), age=np.int64(40), slumped=np.True_)
    assert (profile.sitting, profile.age) == (2.5, 40.0)
    assert isinstance(profile.sitting, float)
    assert isinstance(profile.age, float)
    assert profile.slumped is True


@pytest.mark.parametrize(
    ("name", "array", "shown"),
    [
        ("sitting", np.array([1.0, 20.0, 30.0]), "20"),
        ("sitting", np.array([1.0, math.nan]), "nan"),
        ("sitting", np.array([[1.0, -math.inf]]), "-inf"),
        ("sitting", np.array([True, False]), "array([ True, False])"),
        ("sitting", np.array(["4"]), "array(['4']"),
        ("sitting", np.array([4], dtype=object), "dtype=object"),
        ("sitting", np.array([4j]), "4.j"),
        ("slumped", np.array([0, 1]), "array([0, 1])"),
        ("sex", np.array(["male"]), "male"),
    ],
)
def test_an_array_is_refused_with_its_first_bad_element(
    name: str, array: object, shown: str
) -> None:
    message = refusal({name: array})
    assert message.startswith(f"{name} = ")
    assert shown in message.partition(": ")[0]


def test_what_is_left_out_is_at_its_reference() -> None:
    profile = Profile()
    assert (profile.sitting, profile.usual_load, profile.effort) == (4, 1000, 5)
    assert (profile.slumped, profile.sex, profile.conditions) == (False, "unspecified", frozenset())
    assert dict(profile.given) == {}


@pytest.mark.parametrize(
    ("sex", "age", "fluid", "potassium", "calcium", "magnesium"),
    [
        ("male", 30, 2.0, 3400, 1000, 400),
        ("male", 31, 2.0, 3400, 1000, 420),
        ("male", 71, 2.0, 3400, 1200, 420),
        ("female", 30, 1.6, 2600, 1000, 310),
        ("female", 51, 1.6, 2600, 1200, 320),
        ("unspecified", 60, 1.8, 3000, 1100, 370),
    ],
)
def test_drinks_and_minerals_follow_sex_and_age(
    sex: str, age: float, fluid: float, potassium: float, calcium: float, magnesium: float
) -> None:
    profile = Profile(sex=sex, age=age)
    found = (profile.fluid_intake, profile.potassium, profile.calcium, profile.magnesium)
    assert found == pytest.approx((fluid, potassium, calcium, magnesium), rel=1e-12)


def test_load_follows_the_usual_load_until_it_is_given() -> None:
    assert Profile(usual_load=400).activity_load == 400
    assert Profile(usual_load=400, activity_load=900).activity_load == 900


def test_a_mineral_by_itself_wins_over_the_electrolytes() -> None:
    profile = Profile(electrolyte_intake=50, potassium=2900)
    assert (profile.potassium, profile.sodium, profile.calcium) == (2900, 750, 500)


def test_a_change_keeps_the_rest_and_the_original() -> None:
    before = Profile(sitting=8, sex="male")
    after = before.but(sitting=9, slumped=True)
    assert dict(after.given) == {"sitting": 9, "sex": "male", "slumped": True}
    assert dict(before.given) == {"sitting": 8, "sex": "male"}
    with pytest.raises(InputError, match="sitting = 99"):
        before.but(sitting=99)


def test_without_puts_back_to_a_reference_that_follows_the_rest() -> None:
    profile = Profile(sex="male", fluid_intake=1, sitting=9).without("fluid_intake", "sitting")
    assert profile == Profile(sex="male")
    assert profile.fluid_intake == 2.0
    assert reference(Profile(sex="male", fluid_intake=1), "fluid_intake") == 2.0


def test_a_profile_cannot_be_changed() -> None:
    profile = Profile(sitting=8)
    with pytest.raises(dataclasses.FrozenInstanceError):
        profile.sitting = 9  # type: ignore[misc]
    with pytest.raises(TypeError):
        profile.given["sitting"] = 9  # type: ignore[index]


@given(profiles)
def test_equal_profiles_are_one_key_and_show_how_they_are_made(inputs: dict[str, Any]) -> None:
    backwards = Profile(**dict(reversed(inputs.items())))
    assert len({Profile(**inputs), backwards}) == 1
    made_again = eval(repr(backwards), {"Profile": Profile, "frozenset": frozenset})
    assert made_again == backwards


def test_a_different_day_is_a_different_profile() -> None:
    assert Profile(sitting=8) != Profile(sitting=9)
    assert Profile(sitting=8) != {"sitting": 8}
