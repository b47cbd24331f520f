"""Next steps: what they promise is what following them does, and none does harm."""

import math
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given

import crampnb
from crampnb.model.arithmetic import logit
from crampnb.model.entries import CERTAINTIES
from crampnb.model.evidence import evidence
from crampnb.model.exposures import exposures
from crampnb.model.profile import MINERALS, Profile, mineral_needs
from crampnb.model.steps import Step
from tests.strategies import STORIES, profiles, stories

#: one of everything that a tip could change
WORST: dict[str, Any] = {
    "fluid_intake": 0.5,
    "sitting": 14,
    "activity_load": 3000,
    "electrolyte_intake": 40,
    "effort": 9,
    "longest_sitting": 240,
    "slumped": True,
    "diet_quality": 20,
    "hot_weather": True,
    "heavy_alcohol": True,
}
#: inputs that a step may only lower, and those that it may only raise
LOWERED = {"sitting", "longest_sitting", "activity_load", "effort"}
RAISED = {"stretching", "strength", "warm_up", "diet_quality", "electrolyte_intake", *MINERALS}


def steps(inputs: dict[str, Any], story: str = "evidence") -> dict[str, Step]:
    """{key: step} of a profile."""
    return {step.key: step for step in crampnb.explain(inputs, hypothesis=story).steps}


@given(profiles, stories)
def test_following_a_step_does_what_it_promises(inputs: dict[str, Any], story: str) -> None:
    now = crampnb.explain(inputs, hypothesis=story)
    for step in now.steps:
        then = crampnb.explain(now.profile.but(**step.changes), hypothesis=story)
        assert step.risk == pytest.approx(then.risk, rel=1e-9), step.key
        assert step.risk_reduction == pytest.approx(now.risk - then.risk, rel=0, abs=1e-12), (
            step.key
        )


@given(profiles, stories)
def test_interval_and_probability_tell_the_same(inputs: dict[str, Any], story: str) -> None:
    for step in crampnb.explain(inputs, hypothesis=story).steps:
        low, high = step.interval
        assert low <= step.risk_reduction <= high, step.key
        if high - low > 1e-12:
            assert (low > 0) is (step.probability_helps > NormalDist().cdf(1.6449)), step.key
            assert (step.risk_reduction > 0) is (step.probability_helps > 0.5), step.key
        else:
            assert step.probability_helps == (step.risk_reduction > 0), step.key


@given(profiles, stories)
def test_the_interval_is_as_wide_as_the_moved_doses_make_it(
    inputs: dict[str, Any], story: str
) -> None:
    now = crampnb.explain(inputs, hypothesis=story)
    for step in now.steps:
        then = crampnb.explain(now.profile.but(**step.changes), hypothesis=story)
        squares = 0.0
        for key, factor in evidence().factors.items():
            held = evidence().odds_ratio(now.story, factor)
            if held and key in now.doses:
                moved = then.doses[key] - now.doses[key]
                squares += (moved * math.log(held.high / held.low) / 2) ** 2
        worst, best = (logit(now.risk - end) for end in step.interval)
        assert (worst - best) / 2 == pytest.approx(math.sqrt(squares), rel=1e-6, abs=1e-9), step.key
        assert (worst + best) / 2 == pytest.approx(logit(step.risk), rel=1e-9), step.key


@given(profiles, stories)
def test_the_best_step_comes_first(inputs: dict[str, Any], story: str) -> None:
    reductions = [step.risk_reduction for step in crampnb.explain(inputs, hypothesis=story).steps]
    assert reductions == sorted(reductions, reverse=True)


@given(profiles, stories)
def test_a_step_once_followed_is_not_offered_again(inputs: dict[str, Any], story: str) -> None:
    now = crampnb.explain(inputs, hypothesis=story)
    for step in now.steps:
        assert step.changes
        assert step.key not in steps(dict(now.profile.but(**step.changes).given), story)


@given(profiles)
def test_no_step_gives_up_a_good_habit(inputs: dict[str, Any]) -> None:
    before = Profile(**inputs)
    for step in crampnb.explain(before).steps:
        after = before.but(**step.changes)
        for name in step.changes:
            change = getattr(after, name) - getattr(before, name) if name in LOWERED | RAISED else 0
            assert change <= 0 or name not in LOWERED, (step.key, name)
            assert change >= 0 or name not in RAISED, (step.key, name)


@given(profiles)
def test_no_step_leads_beyond_what_the_body_needs(inputs: dict[str, Any]) -> None:
    before = Profile(**inputs)
    for step in crampnb.explain(before).steps:
        after = before.but(**step.changes)
        if step.key == "drink":
            assert exposures(after).water_excess == pytest.approx(0, abs=1e-9)
        for mineral, need in mineral_needs(after).items():
            most = max(need, getattr(before, mineral))
            assert getattr(after, mineral) <= most * (1 + 1e-12), (step.key, mineral)


def test_minerals_are_filled_up_and_no_further() -> None:
    before = Profile(electrolyte_intake=150, potassium=500)
    after = before.but(**steps(dict(before.given))["minerals"].changes)
    assert after.potassium == mineral_needs(before)["potassium"]
    assert (after.sodium, after.calcium) == (before.sodium, before.calcium)


def test_strength_worked_by_hand() -> None:
    # One factor at full dose: ln 0.75 = -0.287682 ± ln(1.1 / 0.4) / 2 = 0.505800, so
    # P(helps) = cdf(0.287682 / (0.505800 / 1.6449)) = cdf(0.935562) = 0.825252
    # odds 0.75 / 99, 0.75 e^0.5058 / 99, 0.75 e^-0.5058 / 99: the risk is m / (99 + m), and
    #   0.01 - 0.75000 / 99.75000 = 0.00248120
    #   0.01 - 1.24374 / 100.24374 = -0.00240714
    #   0.01 - 0.45226 / 99.45226 = 0.00545249
    step = steps({})["strength"]
    assert step.changes == {"strength": 2}
    assert step.risk_reduction == pytest.approx(0.00248120, rel=1e-5)
    assert step.interval == pytest.approx((-0.00240714, 0.00545249), rel=1e-4)
    assert step.probability_helps == pytest.approx(0.825252, rel=1e-5)


def test_a_step_says_of_itself_what_its_tip_says() -> None:
    for key, step in steps(WORST).items():
        tip = evidence().tips[key]
        assert (step.name, step.effort, step.effort_note) == (
            tip.label,
            tip.effort,
            tip.effort_note,
        )
    assert {step.effort for step in steps(WORST).values()} == {"small", "moderate", "large"}


def test_every_change_that_a_tip_names_is_offered_when_there_is_room() -> None:
    assert set(steps(WORST)) == {key for key, tip in evidence().tips.items() if tip.input}


def test_nothing_is_offered_to_who_does_it_all() -> None:
    assert steps({"warm_up": 100, "stretching": 7, "strength": 5, "sitting": 2, "effort": 3}) == {}


def test_steps_lead_where_the_tips_say() -> None:
    found = {key: step.changes for key, step in steps(WORST).items()}
    body = exposures(Profile(**WORST))
    assert found["drink"]["fluid_intake"] == pytest.approx(min(6, body.fluid_need + body.sweat))
    assert found["ease_in"] == {"activity_load": 1.2 * 1000}
    assert found["breaks"] == {"longest_sitting": 30}
    assert found["slump"] == {"slumped": False}
    assert found["minerals"]["electrolyte_intake"] == 100


def test_the_load_eases_to_where_a_spike_begins_for_an_untrained_body_too() -> None:
    before = Profile(usual_load=0, activity_load=2000)
    after = before.but(**steps(dict(before.given))["ease_in"].changes)
    assert exposures(after).load_spike == pytest.approx(evidence().factors["load_spike"].ramp[0])


def test_too_much_plain_water_is_a_reason_to_drink_less() -> None:
    eager = {"fluid_intake": 6, "activity_load": 2500, "usual_load": 2500}
    step = steps(eager)["drink"]
    assert step.changes["fluid_intake"] < 6
    assert step.risk_reduction > 0


WITHHELD = [(key, ailment) for key, tip in evidence().tips.items() for ailment in tip.withheld_for]


@pytest.mark.parametrize(("tip", "ailment"), WITHHELD)
@pytest.mark.parametrize("story", STORIES)
def test_a_tip_is_withheld_where_it_could_harm(tip: str, ailment: str, story: str) -> None:
    group = "conditions" if ailment in evidence().conditions else "medicines"
    assert tip in steps(WORST, story)
    assert tip not in steps({**WORST, group: [ailment]}, story)


@pytest.mark.parametrize("ailment", ["kidney_disease", "dialysis", "potassium_sparing"])
@pytest.mark.parametrize("short", [{"potassium": 0}, {"electrolyte_intake": 0}])
def test_nobody_whose_kidneys_hold_potassium_is_told_to_take_more(
    ailment: str, short: dict[str, Any]
) -> None:
    group = "conditions" if ailment in evidence().conditions else "medicines"
    before = Profile(**short, **{group: [ailment]})
    for step in crampnb.explain(before).steps:
        assert before.but(**step.changes).potassium <= before.potassium, step.key


def test_a_story_that_sees_no_effect_gives_a_step_no_hope() -> None:
    step = steps(WORST, "fatigue")["drink"]
    assert (step.risk_reduction, step.interval, step.probability_helps) == (0, (0, 0), 0)


def test_a_step_is_as_certain_as_the_least_certain_factor_that_it_moves() -> None:
    found = steps(WORST)
    certainty = {key: factor.certainty for key, factor in evidence().factors.items()}
    assert found["slump"].certainty == certainty["slumped"]
    # less effort at the same load means more hours, hence more sweat: water and salt move too
    moved = ("hard_session", "dehydration", "salt_loss")
    worst = max((certainty[factor] for factor in moved), key=CERTAINTIES.index)
    assert found["easier"].certainty == worst
    alone = steps({"usual_load": 300, "activity_load": 600})["ease_in"]
    assert alone.certainty == certainty["load_spike"] != worst


def test_uncertainty_of_what_stays_as_it_is_does_not_blur_a_step() -> None:
    calm, busy = ({"slumped": True}, {"slumped": True, "previous_cramp": True, "effort": 9})
    logs = []
    for inputs in (calm, busy):
        risk = crampnb.explain(inputs).risk
        ends = [risk - end for end in steps(inputs)["slump"].interval]
        high, low = (math.log(end / (1 - end)) for end in ends)
        logs.append(high - low)
    assert logs[0] == pytest.approx(logs[1], rel=1e-9)
    assert logs[0] == pytest.approx(math.log(1.3 / 0.9), rel=1e-9)
