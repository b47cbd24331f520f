"""Risks and intervals worked by hand; the arithmetic stands above each number.

Two short cuts make paper enough. The baseline is 1 in 100, odds 1 : 99, so with the odds
multiplied by m the risk is m / (99 + m). And 1.6449 cancels out of the 90 % interval: a factor at
dose f widens it by w = f * ln(high / low) / 2 on the log odds scale, and all of them together by
W = sqrt(w0^2 + w1^2 + ...), where the baseline's own share is

    w0 = (logit 0.03 - logit 0.003) / 2 = (-3.47610 + 5.80614) / 2 = 1.16502,   w0^2 = 1.35727

so the interval runs from m e^-W / (99 + m e^-W) to m e^W / (99 + m e^W).
"""

from typing import Any

import pytest

import crampnb

DESK_WEEK: dict[str, Any] = {
    "activity_load": 500,
    "sitting": 10,
    "longest_sitting": 60,
    "slumped": True,
}
HOT_RACE: dict[str, Any] = {
    "sex": "male",
    "age": 45,
    "body_mass": 80,
    "hot_weather": True,
    "activity_load": 2100,
    "usual_load": 1500,
    "fluid_intake": 0.8,
    "electrolyte_intake": 60,
}
ON_DIALYSIS: dict[str, Any] = {
    "age": 65,
    "conditions": {"diabetes", "kidney_disease", "dialysis"},
    "medicines": {"laba", "statin"},
    "previous_cramp": True,
}
EAGER_DRINKER: dict[str, Any] = {
    "sex": "male",
    "usual_load": 1575,
    "fluid_intake": 5,
    "sitting": 10,
    "warm_up": 100,
    "stretching": 5,
    "strength": 1,
}


@pytest.mark.parametrize("hypothesis", ["evidence", "article", "fatigue", "fluid_salt"])
def test_reference(hypothesis: str) -> None:
    # Nothing but the baseline: m = 1, W = w0, e^W = 3.20599.
    #   low  = 0.311916 / 99.311916 = 0.00314077
    #   high = 3.20599 / 102.20599  = 0.0313679
    # Not 0.003 and 0.03: the baseline's triple is not symmetric about 1 % on the log scale.
    found = crampnb.explain({}, hypothesis=hypothesis)
    assert found.risk == pytest.approx(0.01, rel=0, abs=1e-15)
    assert found.interval == pytest.approx((0.00314077, 0.0313679), rel=1e-5)


def test_desk_week() -> None:
    # 500 / 5 = 100 active minutes a week, below 150: sitting counts in full.
    #   long_sitting      (10 - 4) / 6 = 1        1.2           w = ln(2.0 / 0.9) / 2     = 0.399254
    #   unbroken_sitting  log2(60 / 30) / 2 = 1/2 1.15^(1/2)    w = ln(1.6 / 0.9) / 2 / 2 = 0.143841
    #   slumped           1                       1.05          w = ln(1.3 / 0.9) / 2     = 0.183862
    # m = 1.2 * 1.0723805 * 1.05 = 1.3511994
    # risk = 1.3511994 / 100.3511994 = 0.0134647
    # W = sqrt(1.357271 + 0.159404 + 0.020690 + 0.033805)
    #   = sqrt(1.571170) = 1.253463, e^W = 3.502452
    #   low  = 0.385787 / 99.385787 = 0.00388171
    #   high = 4.732511 / 103.732511 = 0.0456223
    found = crampnb.explain(DESK_WEEK)
    assert found.risk == pytest.approx(0.0134647, rel=1e-5)
    assert found.interval == pytest.approx((0.00388171, 0.0456223), rel=1e-5)


@pytest.mark.parametrize(
    ("hypothesis", "risk"),
    [
        # evidence: 1.2^(1/3) * 1.41^(1/4) * 1.05^0.8 * 1.1^0.298 * 1.4 (hot) * 1.2 (age 40-59)
        #   = 1.062659 * 1.089695 * 1.039804 * 1.028810 * 1.4 * 1.2 = 2.081107
        #   2.081107 / 101.081107 = 0.0205885
        ("evidence", 0.0205885),
        # article: cause 1 through one factor of three at dose 1/4, cause 3 at 1/3, cause 4 at 0.8
        #   2^(1/12 + 1/3 + 4/5) = 2^1.2166667 = 2.324091
        #   2.324091 / 101.324091 = 0.0229372
        ("article", 0.0229372),
        # fatigue: only the load spike, 1.8^(1/4) = 1.158292
        #   1.158292 / 100.158292 = 0.0115646
        ("fatigue", 0.0115646),
        # fluid and salt: 2^(1/3) * 2^0.298 * 1.5^0.8 * 1.6 (hot)
        #   = 1.259921 * 1.229439 * 1.383162 * 1.6 = 3.428019
        #   3.428019 / 102.428019 = 0.0334676
        ("fluid_salt", 0.0334676),
    ],
)
def test_hot_race(hypothesis: str, risk: float) -> None:
    # 2100 / 5 = 420 minutes a week = 1 h/day; sweat 1.2 L in the heat.
    #   deficit   (1.2 + 0.6 * 2.0 - 0.8) / 80 = 2.0 % of body mass   dose (2 - 1) / 3       = 1/3
    #   load      2100 / 1500 = 1.4 times usual                       dose (1.4 - 1.2) / 0.8 = 1/4
    #   minerals  60 % of each reference, 40 % short                  dose 0.4 / 0.5         = 0.8
    #   sodium    1.2 * 0.83 + 0.5 - 0.9 = 0.596 g/day missing        dose 0.596 / 2         = 0.298
    assert crampnb.explain(HOT_RACE, hypothesis=hypothesis).risk == pytest.approx(risk, rel=1e-5)


def test_on_dialysis() -> None:
    # Ranked: dialysis 3.0, laba 2.0 | kidney disease 1.6, diabetes 1.4, statin 1.05.
    # The first two in full, the other three 1.3 each: 3.0 * 2.0 * 1.3^3 = 13.182
    #   previous cramp 3.0, age 60+ 1.5: m = 13.182 * 3.0 * 1.5 = 59.319
    #   risk = 59.319 / 158.319 = 0.374680
    # w: dialysis ln(8.0 / 1.0) / 2 = 1.039721, laba ln(2.9 / 1.5) / 2 = 0.329623,
    #    previous cramp ln(6 / 2) / 2 = 0.549306, age ln(2.0 / 1.1) / 2 = 0.298919
    # W = sqrt(1.357271 + 1.081020 + 0.108651 + 0.301737 + 0.089353)
    #   = sqrt(2.938032) = 1.714069, e^W = 5.551504
    #   low  = 10.6852 / 109.685213 = 0.0974171
    #   high = 329.3097 / 428.309653 = 0.768859
    found = crampnb.explain(ON_DIALYSIS)
    assert found.terms["conditions"] == pytest.approx(2.578852, rel=1e-6)  # ln 13.182
    assert found.risk == pytest.approx(0.374680, rel=1e-5)
    assert found.interval == pytest.approx((0.0974171, 0.768859), rel=1e-5)


@pytest.mark.parametrize(
    ("hypothesis", "risk"),
    [
        ("article", 0.0198020),  # any one condition doubles the odds: 2 / 101
        ("fatigue", 0.0294118),  # previous cramp alone: 3 / 102
        ("fluid_salt", 0.117505),  # conditions alone: 13.182 / 112.182
    ],
)
def test_on_dialysis_in_the_other_stories(hypothesis: str, risk: float) -> None:
    assert crampnb.explain(ON_DIALYSIS, hypothesis=hypothesis).risk == pytest.approx(risk, rel=1e-5)


def test_eager_drinker() -> None:
    # The load left out is the usual one: 1575 / 5 = 315 minutes a week = 0.75 h/day; sweat 0.6 L.
    #   over_drinking  5 - 0.6 - 2.0 = 2.4 L, dose 1, times (0.75 - 0.5) / 0.5   1/2
    #                  1.2^(1/2)     w = ln(1.8 / 0.9) / 2 / 2  = 0.173287
    #   long_sitting   10 h, dose 1, halved above 300 active minutes             1/2
    #                  1.2^(1/2)     w = ln(2.0 / 0.9) / 2 / 2  = 0.199627
    #   warm_up 1      0.95          w = ln(1.05 / 0.8) / 2     = 0.135967
    #   stretching 1   0.85          w = ln(1.05 / 0.5) / 2     = 0.370969
    #   strength 1/2   0.75^(1/2)    w = ln(1.1 / 0.4) / 2 / 2  = 0.252900
    # m = 1.2 * 0.95 * 0.85 * 0.8660254 = 0.839179
    # risk = 0.839179 / 99.839179 = 0.00840531
    # W = sqrt(1.357271 + 0.030028 + 0.039851 + 0.018487 + 0.137618 + 0.063958)
    #   = sqrt(1.647213) = 1.283438, e^W = 3.609026
    #   low  = 0.232522 / 99.232522 = 0.00234321
    #   high = 3.028619 / 102.028619 = 0.029684
    found = crampnb.explain(EAGER_DRINKER)
    assert found.risk == pytest.approx(0.00840531, rel=1e-5)
    assert found.interval == pytest.approx((0.00234321, 0.029684), rel=1e-5)
