"""The model against its independent twin, on random profiles and under every hypothesis."""

import itertools
import math
import random
from typing import Any

import pytest

import crampnb
from tests import twin

PROFILES: list[dict[str, Any]] = [twin.random_profile(random.Random(seed)) for seed in range(300)]
#: both sides of every age at which a reference intake or the age term changes
AGE_BANDS: list[dict[str, Any]] = [
    {"age": age, "sex": sex, "calcium": 800, "magnesium": 250}
    for age in (12, 30, 31, 39, 40, 50, 51, 59, 60, 70, 71, 100)
    for sex in ("female", "male", "unspecified")
]
#: every three conditions and medicines together, hence every tie for the second place
TRIPLETS: list[dict[str, Any]] = [
    {
        "conditions": frozenset(ticked) & frozenset(twin.CONDITIONS),
        "medicines": frozenset(ticked) & frozenset(twin.MEDICINES),
    }
    for ticked in itertools.combinations([*twin.CONDITIONS, *twin.MEDICINES], 3)
]
#: seeds whose profiles have many terms away from zero, and draws for each
BUSY = (3, 7, 10, 11)
DRAWS = 4000


@pytest.mark.parametrize("hypothesis", twin.HYPOTHESES)
def test_risk_interval_and_terms_are_those_of_the_twin(hypothesis: str) -> None:
    for given in PROFILES + AGE_BANDS + TRIPLETS:
        found = crampnb.explain(given, hypothesis=hypothesis)
        expected = twin.terms(given, hypothesis)
        assert set(found.terms) <= set(twin.FACTORS)
        for factor, term in expected.items():
            actual = found.terms.get(factor, 0.0)
            assert actual == pytest.approx(term, rel=0, abs=1e-12), (factor, given)
        assert found.risk == pytest.approx(twin.risk(given, hypothesis), rel=0, abs=1e-12), given
        low, high = twin.interval(given, hypothesis)
        assert found.interval == pytest.approx((low, high), rel=0, abs=1e-12), given


def test_a_profile_says_the_same_as_a_mapping() -> None:
    for given in PROFILES[:20]:
        found = crampnb.explain(crampnb.Profile(**given))
        assert found.risk == pytest.approx(twin.risk(given, "evidence"), rel=0, abs=1e-12), given


@pytest.mark.parametrize("hypothesis", twin.HYPOTHESES)
@pytest.mark.parametrize("seed", BUSY)
def test_interval_is_that_of_a_monte_carlo_run(hypothesis: str, seed: int) -> None:
    given = PROFILES[seed]
    interval = crampnb.explain(given, hypothesis=hypothesis).interval
    ends = [twin.logit(p) for p in interval]
    drawn = [twin.logit(p) for p in twin.monte_carlo(given, hypothesis, DRAWS, seed)]
    # Standard error of a sampled quantile: sqrt(q (1 - q) / n) / density, on the log odds scale.
    deviation = (ends[1] - ends[0]) / 2 / twin.Z
    density = math.exp(-(twin.Z**2) / 2) / math.sqrt(2 * math.pi) / deviation
    error = math.sqrt(0.05 * 0.95 / DRAWS) / density
    assert drawn == pytest.approx(ends, rel=0, abs=4 * error)


def test_random_profiles_work_every_factor() -> None:
    """The comparison is only worth something when each term is at times away from zero."""
    worked = {f for given in PROFILES for f, term in twin.terms(given, "evidence").items() if term}
    assert worked == set(twin.FACTORS)
