"""The lessons as data: answers are the model's, tasks can be done, each step has its own key."""

import math
from collections import Counter

import pytest

import crampnb
from crampnb.course import DAY, GRADES, Plan, lesson, lessons, odds
from crampnb.evidence import evidence
from crampnb.explain import explain
from crampnb.profile import InputError
from crampnb.sensitivity import sensitivity

PLANS = list(lessons().values())


def test_there_are_six_lessons_in_order() -> None:
    assert [plan.number for plan in PLANS] == [1, 2, 3, 4, 5, 6]
    assert all(20 <= plan.minutes <= 40 for plan in PLANS)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_steps_have_keys_of_their_own(plan: Plan) -> None:
    assert [key for key, count in Counter(plan.steps).items() if count > 1] == []
    assert plan.steps


def test_a_lesson_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"lesson = .*allowed is one of predict, odds"):
        lesson("physics")


def test_no_task_is_done_at_the_start() -> None:
    start = explain({})
    done = {key for plan in PLANS for key, task in plan.tasks.items() if task.done(start)}
    assert done == set()


def test_every_task_can_be_done_with_the_sliders_of_its_lesson() -> None:
    far = {"fluid_intake": 0.0, "sitting": 16.0, "activity_load": 6000.0}
    assert lessons()["sure"].tasks["wide"].done(explain(far))
    assert lessons()["sure"].tasks["narrow"].done(explain({"sitting": 10}))
    apart = {"activity_load": 4000.0, "fluid_intake": 0.5, "electrolyte_intake": 50.0}
    assert lessons()["stories"].tasks["split"].done(explain(apart))
    assert lessons()["stories"].tasks["agree"].done(explain({"fluid_intake": 2.5}))


def test_the_situations_are_the_four_sliders_of_the_article() -> None:
    situations = lessons()["predict"].situations
    assert list(situations) == ["fluid_intake", "sitting", "activity_load", "electrolyte_intake"]
    for name, situation in situations.items():
        assert situation.answer.risk == crampnb.explain({name: situation.value}).risk


def test_the_article_is_graded_claim_by_claim() -> None:
    claims = lessons()["article"].claims
    causes = [key for key in claims if key.startswith("cause.")]
    assert len(causes) == 6
    tips = [evidence().tips[key.removeprefix("tip.")] for key in claims if key not in causes]
    assert {tip.article for tip in tips} == {1, 2, 3, 4}
    assert all(claim.grade in GRADES for claim in claims.values())


def test_the_learner_s_five_lines_give_the_model_s_number() -> None:
    from crampnb.model import doses, slopes

    dose = doses(crampnb.Profile(**DAY))
    product = 10 / 990
    for name, odds_ratio in slopes("evidence").items():
        product *= odds_ratio.central ** dose[name]
    assert product / (1 + product) == pytest.approx(explain(DAY).risk, rel=1e-9)
    assert odds(0.5) == 1


def test_the_sensitivity_ranking_is_that_of_shifted_odds_ratios() -> None:
    day = {**DAY, "previous_cramp": True}
    ranked = sensitivity(crampnb.Profile(**day))
    assert [one.width for one in ranked] == sorted((one.width for one in ranked), reverse=True)
    centre = explain(day).risk
    assert all(one.low <= centre <= one.high for one in ranked if one.key == "baseline")
    cramp = next(one for one in ranked if one.key == "previous_cramp")
    ratio = evidence().factors["previous_cramp"].odds_ratio
    assert ratio
    assert odds(cramp.high) == pytest.approx(odds(centre) * math.exp(ratio.spread), rel=1e-9)
    assert ratio.spread == pytest.approx(math.log(ratio.high / ratio.low) / 2, rel=1e-9)
