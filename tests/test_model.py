"""What must hold of the model whatever the profile: properties, and arrays against loops."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import crampnb
import crampnb.model.risk as model
from crampnb.errors import InputError
from crampnb.model.arithmetic import logit
from crampnb.model.entries import Hypothesis
from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling
from tests.strategies import INPUTS, NUMBERS, STORIES, SWITCHES, full_profiles, profiles, stories

#: conditions and age have terms, but no dose
RAMPED = [key for key in evidence().factors if key not in ("conditions", "age")]


@pytest.mark.parametrize("story", STORIES)
def test_the_reference_is_exactly_the_baseline(story: str) -> None:
    found = crampnb.explain({}, hypothesis=story)
    assert found.risk == found.baseline == evidence().baseline.risk[1]
    assert set(found.doses.values()) == {0}
    assert set(found.terms.values()) == {0}


@given(profiles, stories)
def test_terms_sum_to_the_log_odds(inputs: dict[str, Any], story: str) -> None:
    found = crampnb.explain(inputs, hypothesis=story)
    shift = logit(found.risk) - logit(found.baseline)
    assert sum(found.terms.values()) == pytest.approx(shift, rel=0, abs=1e-9)
    assert sum(found.causes.values()) == pytest.approx(shift, rel=0, abs=1e-9)


@given(profiles, stories)
def test_risk_is_a_probability_inside_its_interval(inputs: dict[str, Any], story: str) -> None:
    found = crampnb.explain(inputs, hypothesis=story)
    low, high = found.interval
    assert 0 < low < found.risk < high < 1


@given(profiles)
def test_doses_are_shares_of_the_full_effect(inputs: dict[str, Any]) -> None:
    doses = model.doses(Profile(**inputs))
    assert list(doses) == RAMPED
    assert all(0 <= dose <= 1 for dose in doses.values())


def told(profile: Profile, story: Hypothesis, **other: Any) -> Telling:
    """The day with some of its doses replaced by others."""
    day = Telling(profile, story)
    vars(day)["doses"] = model.doses(profile) | other
    return day


@given(full_profiles)
def test_risk_goes_one_way_with_every_dose(inputs: dict[str, Any]) -> None:
    profile = Profile(**inputs)
    grid = np.linspace(0, 1, 11)
    for story in evidence().hypotheses.values():
        for factor in RAMPED:
            along = told(profile, story, **{factor: grid})
            risks = np.broadcast_to(along.risk, grid.shape)
            held = evidence().odds_ratio(story, evidence().factors[factor])
            direction = held.central - 1 if held else 0
            assert (np.sign(np.diff(risks)) == np.sign(direction)).all(), (story.key, factor)


@given(full_profiles)
def test_uncertainty_grows_with_every_dose_that_has_an_effect(inputs: dict[str, Any]) -> None:
    profile = Profile(**inputs)
    for story in evidence().hypotheses.values():
        for factor in RAMPED:
            there = (told(profile, story, **{factor: at}) for at in (0.0, 1.0))
            without, full = (outcome.variance for outcome in there)
            held = evidence().odds_ratio(story, evidence().factors[factor])
            assert (full > without) is (held is not None), (story.key, factor)


def largest_jump(profile: Profile, story: str, name: str) -> float:
    """Change of the log odds across the steepest place along one input, zoomed in to a point."""
    low, high = INPUTS[name].range
    for pieces in (2_000, 100, 100, 100, 100):
        grid = np.linspace(low, high, pieces + 1)
        risks = np.broadcast_to(model.risk(profile.but(**{name: grid}), story), grid.shape)
        steps = np.abs(np.diff(np.log(risks / (1 - risks))))
        steepest = int(steps.argmax())
        low, high = grid[steepest], grid[steepest + 1]
    return float(steps[steepest])


@given(full_profiles, stories)
def test_risk_is_continuous_in_every_number_but_age(inputs: dict[str, Any], story: str) -> None:
    profile = Profile(**inputs)
    for name in set(NUMBERS) - {"age"}:
        assert largest_jump(profile, story, name) < 1e-6, name


def test_risk_jumps_with_age_which_has_bands() -> None:
    assert largest_jump(Profile(), "evidence", "age") > 0.1


def columns(size: int, seed: int) -> dict[str, Any]:
    """An array of valid values for every number and switch."""
    rng = np.random.default_rng(seed)
    found: dict[str, Any] = {name: rng.uniform(*INPUTS[name].range, size) for name in NUMBERS}
    found |= {name: rng.random(size) < 0.5 for name in SWITCHES}
    found["age"] = rng.integers(12, 101, size)
    return found


def person(table: dict[str, Any], row: int) -> dict[str, Any]:
    """The inputs of one row, as plain Python values."""
    return {name: column[row].item() for name, column in table.items()}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("sex", INPUTS["sex"].options)
def test_arrays_equal_loops(story: str, sex: str) -> None:
    table = columns(50, seed=1)
    others = {
        "sex": sex,
        "conditions": ["diabetes", "dialysis", "arthritis"],
        "medicines": ["loop"],
    }
    together = crampnb.explain({**table, **others}, hypothesis=story)
    for row in range(50):
        alone = crampnb.explain({**person(table, row), **others}, hypothesis=story)
        assert together.risk[row] == pytest.approx(alone.risk, rel=1e-12)
        ends = tuple(end[row] for end in together.interval)
        assert ends == pytest.approx(alone.interval, rel=1e-12)
        for found, expected in ((together.doses, alone.doses), (together.terms, alone.terms)):
            at_row = {key: np.broadcast_to(value, 50)[row] for key, value in found.items()}
            assert at_row == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("kind", ["uint8", "int16", "uint16", "int64", "uint64", "float64"])
def test_whole_numbers_of_every_width_mean_the_same(name: str, kind: str) -> None:
    low, high = INPUTS[name].range
    whole = np.linspace(low, min(high, 200), 40).round()
    expected = [crampnb.explain({name: value}).risk for value in whole.tolist()]
    found = crampnb.explain({name: whole.astype(kind)}).risk
    assert np.broadcast_to(found, 40) == pytest.approx(expected, rel=1e-12)


def test_arrays_of_any_shape() -> None:
    sitting, load = np.meshgrid(np.linspace(0, 16, 3), np.linspace(0, 6000, 4))
    assert crampnb.explain({"sitting": sitting, "activity_load": load}).risk.shape == (4, 3)
    assert (
        crampnb.explain({"sitting": np.array(10.0)}).risk == crampnb.explain({"sitting": 10}).risk
    )
    assert crampnb.explain({"sitting": np.array([])}).risk.shape == (0,)


def test_a_million_people_at_once() -> None:
    table = columns(1_000_000, seed=2)
    risks = model.risk(Profile(**table))
    assert risks.shape == (1_000_000,)
    assert ((risks > 0) & (risks < 1)).all()
    for row in (0, 499_999, 999_999):
        assert risks[row] == pytest.approx(model.risk(Profile(**person(table, row))), rel=1e-12)


@pytest.mark.parametrize("key", ["", "Evidence", "all", None, 3, ["evidence"], b"evidence"])
def test_an_unknown_story_is_refused_with_the_known_ones(key: Any) -> None:
    with pytest.raises(InputError) as error:
        crampnb.explain({}, hypothesis=key)
    allowed = "evidence, article, fatigue, fluid_salt"
    assert str(error.value) == f"hypothesis = {key!r}: allowed is one of {allowed}"


def test_stories_leave_alone_what_they_do_not_hold() -> None:
    dry = {"fluid_intake": 0, "electrolyte_intake": 0}
    assert crampnb.explain(dry, hypothesis="fatigue").risk == evidence().baseline.risk[1]
    hard = {"effort": 9, "recent_strain": True, "previous_cramp": True}
    assert crampnb.explain(hard, hypothesis="fluid_salt").risk == evidence().baseline.risk[1]


@pytest.mark.parametrize("key", evidence().ailments)
def test_one_condition_or_medicine_counts_in_full(key: str) -> None:
    group = "conditions" if key in evidence().conditions else "medicines"
    held = evidence().ailments[key].odds_ratio
    found = crampnb.explain({group: [key]})
    assert found.terms["conditions"] == pytest.approx(math.log(held.central), rel=1e-12)
