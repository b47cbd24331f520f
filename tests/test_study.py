"""Simulated studies: worked by hand, by probability, and the same again from their seed."""

import math
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crampnb.lessons.study as study
import tests.strategies  # noqa: F401 -- sets how examples are drawn
from crampnb.errors import InputError
from crampnb.lessons.study import (
    Association,
    Person,
    StudyResult,
    Table,
    adjusted,
    by_age,
    confounded_people,
    odds_ratio,
    people_needed,
    power,
    run_study,
    whole_number,
)

sizes = st.integers(1, 400)
risks = st.floats(*study.RISKS)
seeds = st.integers(0, study.LARGEST_SEED)
people = st.lists(st.builds(Person, st.booleans(), st.booleans(), st.booleans()), max_size=60)


def test_an_odds_ratio_by_hand() -> None:
    result = StudyResult(100, 20, 10)
    assert result.table == (20, 80, 10, 90)
    assert result.odds_ratio == pytest.approx((20 * 90) / (80 * 10))  # 2.25
    error = math.sqrt(1 / 20 + 1 / 80 + 1 / 10 + 1 / 90)  # 0.417
    ends = 2.25 / math.exp(1.959964 * error), 2.25 * math.exp(1.959964 * error)
    assert result.interval == pytest.approx(ends)
    assert result.interval == pytest.approx((0.994, 5.091), abs=0.001)
    assert not result.finds
    assert StudyResult(200, 40, 20).finds
    assert StudyResult(200, 20, 40).finds


def test_a_count_of_nothing_is_corrected_by_a_half() -> None:
    result = StudyResult(10, 3, 0)
    assert result.odds_ratio == pytest.approx((3.5 * 10.5) / (7.5 * 0.5))  # 9.8
    assert StudyResult(10, 0, 0).odds_ratio == 1
    assert StudyResult(10, 10, 0).odds_ratio == pytest.approx(21**2)


@given(sizes, st.data())
def test_the_other_way_round_the_odds_ratio_is_upside_down(size: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    here, there = StudyResult(size, a, b), StudyResult(size, b, a)
    low, high = here.interval
    assert low < here.odds_ratio < high
    assert there.odds_ratio == pytest.approx(1 / here.odds_ratio)
    assert there.interval == pytest.approx((1 / high, 1 / low))
    assert there.finds == here.finds == (not low <= 1 <= high)


@given(sizes, risks, risks, seeds)
def test_a_study_counts_people_and_is_the_same_again(
    size: int, risk_a: float, risk_b: float, seed: int
) -> None:
    result = run_study(size, risk_a, risk_b, seed)
    assert result == run_study(size, risk_a, risk_b, seed)
    assert 0 <= result.cramps_a <= size
    assert 0 <= result.cramps_b <= size
    assert power(size, risk_a, risk_b, 1, seed) == result.finds


def test_the_same_people_on_every_version_of_python() -> None:
    assert run_study(1000, 0.1, 0.2, 1) == StudyResult(1000, 90, 213)
    assert run_study(1000, 0.1, 0.2, 2) != run_study(1000, 0.1, 0.2, 1)


@given(sizes, risks)
def test_how_many_cramps_is_binomial(size: int, risk: float) -> None:
    at_most = study._at_most(size, risk)
    assert len(at_most) == size + 1
    assert at_most[0] == pytest.approx((1 - risk) ** size, rel=1e-9, abs=1e-300)
    assert at_most[-1] == pytest.approx(1)
    mean = sum(1 - below for below in at_most[:-1])
    assert mean == pytest.approx(size * risk, rel=1e-6, abs=1e-6)


def test_binomial_probabilities_by_hand() -> None:
    expected = [
        sum(math.comb(5, k) * 0.3**k * 0.7 ** (5 - k) for k in range(n + 1)) for n in range(6)
    ]
    assert study._at_most(5, 0.3) == pytest.approx(expected)


def test_draws_follow_their_distribution() -> None:
    at_most = [0.25, 0.75, 0.99999]
    chances = [0.0, 0.2499, 0.25, 0.7499, 0.75, 0.9999, 0.999999]
    assert [study._cramps(at_most, chance) for chance in chances] == [0, 0, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("size", [1, 50, 100_000])
def test_drawn_people_have_the_risk_that_they_were_given(size: int) -> None:
    drawn = [run_study(size, 0.2, 0.2, seed) for seed in range(max(1, 2000 // size))]
    share = sum(r.cramps_a + r.cramps_b for r in drawn) / sum(2 * r.people_per_group for r in drawn)
    assert share == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize(("a", "b"), [(0.1, 0.2), (0.01, 0.03), (0.3, 0.2), (0.5, 0.6)])
def test_the_people_needed_find_the_difference_as_often_as_promised(a: float, b: float) -> None:
    needed = people_needed(a, b)
    assert power(needed, a, b) == pytest.approx(0.8, abs=0.06)
    assert power(needed // 4, a, b) < 0.5 < 0.98 < power(needed * 3, a, b)


def test_people_needed_of_the_textbook() -> None:
    assert people_needed(0.5, 0.75, 0.9) == 77  # R's power.prop.test: n = 76.7
    assert people_needed(0.1, 0.2) == 199


@given(risks, risks)
def test_the_people_needed_are_the_same_for_either_name(a: float, b: float) -> None:
    if a != b:
        assert people_needed(a, b) == pytest.approx(people_needed(b, a), rel=1e-9, abs=1)
        assert people_needed(a, b, 0.9) >= people_needed(a, b) >= 1


def test_where_there_is_nothing_to_find_few_studies_find_it() -> None:
    assert power(1000, 0.1, 0.1, studies=2000) == pytest.approx(0.05, abs=0.02)


def test_five_hundred_studies_take_no_time() -> None:
    def seconds() -> float:
        start = time.process_time()
        power(2000, 0.01, 0.02)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.3


BAD_NUMBERS = [math.nan, math.inf, -1, True, "200", None, 10**400, [1], 1j]


@pytest.mark.parametrize("bad", [*BAD_NUMBERS, 0, 2.5, 100_001])
def test_bad_numbers_of_people_are_refused(bad: Any) -> None:
    with pytest.raises(InputError, match=r"^people_per_group = .*allowed is 1 to 100,000$"):
        run_study(bad, 0.1, 0.2)
    with pytest.raises(InputError, match=r"^count = .*allowed is 1 to 100,000$"):
        confounded_people(bad)


@pytest.mark.parametrize("bad", [*BAD_NUMBERS, 0, 0.0, 1, 1.0])
def test_bad_risks_are_refused(bad: Any) -> None:
    for call in (lambda: run_study(10, bad, 0.2), lambda: people_needed(bad, 0.2)):
        with pytest.raises(InputError, match=r"^risk_a = .*allowed is 0\.0001 to 0\.9999$"):
            call()
    for call in (lambda: run_study(10, 0.2, bad), lambda: people_needed(0.2, bad)):
        with pytest.raises(InputError, match=r"^risk_b = .*allowed is 0\.0001 to 0\.9999$"):
            call()


@pytest.mark.parametrize("bad", [*BAD_NUMBERS, 0.2, 1])
def test_other_bad_settings_are_refused(bad: Any) -> None:
    with pytest.raises(InputError, match=r"^power = "):
        people_needed(0.1, 0.2, bad)
    if bad != 1 or bad is True:
        with pytest.raises(InputError, match=r"^seed = "):
            run_study(10, 0.1, 0.2, bad)
        with pytest.raises(InputError, match=r"^studies = "):
            power(10, 0.1, 0.2, bad)


def test_no_number_of_people_shows_what_is_not_there() -> None:
    with pytest.raises(InputError, match=r"^risk_b = 0\.1: must differ from risk_a$"):
        people_needed(0.1, 0.1)


def test_a_whole_number_is_returned_as_it_is() -> None:
    assert whole_number("width", 5, 1, 10) == 5


def test_x_is_associated_with_cramps_and_causes_none() -> None:
    everybody = confounded_people()
    assert odds_ratio(everybody).low > 1.3
    assert not any(one.excludes_one for one in by_age(everybody).values())
    assert adjusted(everybody).low < 1 < adjusted(everybody).high
    assert adjusted(everybody).odds_ratio == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("seed", range(2, 8))
def test_that_is_no_accident_of_the_seed(seed: int) -> None:
    everybody = confounded_people(5000, seed)
    assert odds_ratio(everybody).excludes_one
    assert adjusted(everybody).odds_ratio == pytest.approx(1, abs=0.25)
    assert odds_ratio(everybody).odds_ratio > adjusted(everybody).odds_ratio + 0.4


def test_the_invented_people_are_as_described() -> None:
    everybody = confounded_people(20_000, 3)
    assert everybody[:500] == confounded_people(500, 3)
    for old in (False, True):
        group = [person for person in everybody if person.old is old]
        assert len(group) == pytest.approx(10_000, rel=0.05)
        takers = sum(person.supplement for person in group) / len(group)
        assert takers == pytest.approx(study.TAKE_IT[old], abs=0.02)
        for x in (False, True):
            same = [person.cramps for person in group if person.supplement is x]
            assert sum(same) / len(same) == pytest.approx(study.HAVE_CRAMPS[old], abs=0.03)


def crowd(young: Table, old: Table) -> list[Person]:
    """People who make up the two tables."""
    return [
        Person(is_old, takes, cramps)
        for is_old, table in ((False, young), (True, old))
        for count, takes, cramps in zip(
            table, (True, True, False, False), (True, False, True, False), strict=True
        )
        for _ in range(int(count))
    ]


def test_mantel_and_haenszel_by_hand() -> None:
    everybody = crowd(Table(10, 90, 20, 180), Table(60, 40, 30, 20))
    assert by_age(everybody)["young"].odds_ratio == pytest.approx(1)
    assert by_age(everybody)["old"].odds_ratio == pytest.approx(1)
    assert odds_ratio(everybody).odds_ratio == pytest.approx(70 * 200 / (130 * 50))  # 2.15
    assert adjusted(everybody).odds_ratio == pytest.approx(1)
    unequal = crowd(Table(10, 90, 10, 190), Table(20, 30, 10, 40))
    top, bottom = 10 * 190 / 300 + 20 * 40 / 100, 90 * 10 / 300 + 30 * 10 / 100
    assert adjusted(unequal).odds_ratio == pytest.approx(top / bottom)  # 14.3 / 6 = 2.39


def test_one_age_group_alone_has_the_odds_ratio_of_everybody() -> None:
    everybody = crowd(Table(20, 80, 10, 90), Table(0, 0, 0, 0))
    assert adjusted(everybody) == pytest.approx(odds_ratio(everybody))  # and the same interval
    assert by_age(everybody)["old"].odds_ratio == 1
    assert not by_age(everybody)["old"].excludes_one


@given(people)
def test_any_people_have_an_odds_ratio(everybody: list[Person]) -> None:
    for one in (odds_ratio(everybody), adjusted(everybody), *by_age(everybody).values()):
        assert isinstance(one, Association)
        assert 0 < one.low < one.odds_ratio < one.high < math.inf
    assert sum(Table.of(everybody)) == len(everybody)
