"""The lessons as data: answers are the model's, tasks can be done, each step has its own key."""

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from string import Formatter

import pytest

import crampnb
from crampnb.errors import InputError
from crampnb.lessons.building import SlipError, building_blocks
from crampnb.lessons.claims import GRADES
from crampnb.lessons.figures import DAY, ENDS, FIGURES, odds
from crampnb.lessons.fill import fill
from crampnb.lessons.plans import Plan, lesson, lessons, parse
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from crampnb.model.schema import EvidenceError
from crampnb.model.sensitivity import sensitivity
from crampnb.places import NOTEBOOKS

PLANS = list(lessons().values())
TEXT = (files("crampnb") / "data" / "lessons.toml").read_text("utf-8")


def test_there_are_six_lessons_in_order() -> None:
    assert [plan.number for plan in PLANS] == [1, 2, 3, 4, 5, 6]
    assert all(20 <= plan.minutes <= 40 for plan in PLANS)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_steps_have_keys_of_their_own(plan: Plan) -> None:
    assert [key for key, count in Counter(plan.steps).items() if count > 1] == []
    assert plan.steps


def texts(held: object) -> list[str]:
    """All texts of the data, wherever they stand."""
    if isinstance(held, str):
        return [held]
    inside = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    return [text for one in inside for text in texts(one)]


def test_the_data_names_every_figure_and_every_end_and_no_other() -> None:
    named = {name for text in texts(tomllib.loads(TEXT)) for _, name, *_ in Formatter().parse(text)}
    assert named - {None, "answer"} == {*FIGURES}
    assert {task.end for plan in PLANS for task in plan.tasks.values()} == {*ENDS}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{predict.low} to", "{predict.lo} to", "[lessons.predict.choices.range.prompt] names"),
        ("{predict.low} to", "{predict.low to", "[lessons.predict.choices.range.prompt] "),
        ("make × {odds.ratio:g}", "make × {odds.ratio:q}", "[lessons.odds.numbers.half.solution] "),
        ('value = "{odds.half_excess}"', 'value = "more"', "[lessons.odds.numbers.half.traps"),
        ("decimals = 5", "digits = 5", "[lessons.odds.numbers.odds] has an unknown entry 'digits'"),
        ('right = "could"', 'right = "may"', "[lessons.predict.choices.range] has the right"),
        ('end = "sure.wide"', 'end = "wide"', "[lessons.sure.tasks.wide] ends with 'wide'"),
        ('asked = ["crude", "fix"]', 'asked = ["crude"]', "[lessons.article] asks what it has not"),
        ('after = ["moves"]', 'after = ["move"]', "[lessons.sure] waits for 'move'"),
        ('unstudied = ["cause.', 'unstudied = ["', "[lessons.article] waits for"),
        ("minutes = 25", 'minutes = "25"', "[lessons.predict.minutes] is '25'"),
        ("[lessons.predict.writing]", "[lessons.predict.tasks]", "[lessons.predict.tasks."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_data_names_its_entry(old: str, new: str, message: str) -> None:
    assert parse(TEXT) == lessons()
    assert old in TEXT
    with pytest.raises(EvidenceError, match=re.escape(message)):
        parse(TEXT.replace(old, new, 1))


def test_figures_are_filled_in_where_they_are_named() -> None:
    assert fill({"a": ["{odds.ten:.3f} of {days}", "{odds.ten}", 5, True]}) == {
        "a": ["0.010 of 30", 10 / 990, 5, True]
    }
    assert fill("{answer} in {days}") == "{answer} in 30"


def test_the_numbers_that_notebooks_have_in_their_texts_are_the_model_s() -> None:
    day = text_of("2_odds")
    assert f"odds of {fill('{predict.reference}')} in 1,000" in day
    assert fill("{day.sitting:g} hours of sitting") in day


def test_an_invented_truth_gives_no_answer_away() -> None:
    stories = text_of("4_stories")
    found = re.search(r"(\d+) of 1,000 cramp in one group and (\d+) of 1,000 in the other", stories)
    assert found
    one, other = map(int, found.groups())
    assert stories.count(f"{one / 1000}, {other / 1000}") == 3
    told = {fill(f"{{stories.at.{key}}}") for key in evidence().hypotheses}
    assert not {str(one), str(other), str(one - other)} & {*told, fill("{stories.apart}")}


def text_of(name: str) -> str:
    """All cells of a lesson."""
    cells = json.loads((NOTEBOOKS / "lessons" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


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
    assert lessons()["sure"].tasks["narrow"].done(explain({"sitting": 10, "activity_load": 1200}))
    apart = {"activity_load": 4000.0, "fluid_intake": 0.5, "electrolyte_intake": 50.0}
    assert lessons()["stories"].tasks["split"].done(explain(apart))
    enough = {"fluid_intake": 2.5, "activity_load": 800.0, "electrolyte_intake": 120.0}
    assert lessons()["stories"].tasks["agree"].done(explain(enough))


def test_no_task_ticks_itself_by_the_obvious_move() -> None:
    obvious = {
        "narrow": [{"sitting": 10.0}, {"sitting": 16.0}, {"sitting": 10.0, "activity_load": 0.0}],
        "agree": [{"fluid_intake": 2.5}, {"activity_load": 800.0}, {"electrolyte_intake": 120.0}],
        "wide": [{"sitting": 16.0}, {"activity_load": 6000.0}, {"fluid_intake": 0.0}],
        "split": [{"fluid_intake": 0.5}, {"activity_load": 4000.0}, {"electrolyte_intake": 50.0}],
    }
    tasks = {key: task for plan in PLANS for key, task in plan.tasks.items()}
    assert tasks.keys() == obvious.keys()
    for key, days in obvious.items():
        assert [day for day in days if tasks[key].done(explain(day))] == [], key


def test_the_situations_are_the_four_sliders_of_the_article() -> None:
    situations = lessons()["predict"].situations
    assert list(situations) == ["fluid_intake", "sitting", "activity_load", "electrolyte_intake"]
    for name, situation in situations.items():
        assert situation.answer.risk == crampnb.explain(situation.day).risk
        assert list(situation.day) == [name]


def test_the_article_is_graded_claim_by_claim() -> None:
    claims = lessons()["article"].claims
    causes = [key for key in claims if key.startswith("cause.")]
    assert len(causes) == 6
    tips = [evidence().tips[key.removeprefix("tip.")] for key in claims if key not in causes]
    assert {tip.article for tip in tips} == {1, 2, 3, 4}
    assert all(claim.grade in GRADES for claim in claims.values())
    assert [claims[key].place for key in causes] == [f"Cause {number}" for number in range(1, 7)]


def test_no_study_is_said_to_be_missing_where_one_was_found() -> None:
    plan = lessons()["article"]
    missing = re.compile(r"[Nn]o (?:study|trial) was found|[Nn]one of the studies|were not counted")
    for key, claim in plan.claims.items():
        if key in plan.unstudied:
            assert missing.search(claim.verdict), key


def test_a_claim_is_graded_in_steps() -> None:
    plan = lessons()["article"]
    posture, overuse = plan.claims["cause.posture"], plan.claims["cause.overuse"]
    assert (posture.grade, overuse.grade) == ("very low", "low")
    agrees = [grade for grade in GRADES if posture.agrees(grade, plan.unstudied)]
    assert agrees == ["very low", "not known"]
    assert [grade for grade in GRADES if overuse.agrees(grade, plan.unstudied)] == ["low"]
    assert [grade for grade in GRADES if overuse.is_close(grade)] == ["moderate", "low", "very low"]


def test_a_step_that_is_not_done_has_a_name() -> None:
    for plan in PLANS:
        assert all(plan.label(step) for step in plan.steps)
    plan = lessons()["predict"]
    assert plan.label("guess.sitting") == "your guess for Sitting time"
    assert plan.label("range").startswith("the question “For 10 hours")
    assert plan.next == "All done. Next is lesson 2, From odds to people: open 2_odds.ipynb."
    assert lessons()["class"].next == "All done."


def test_the_learner_s_five_lines_give_the_model_s_number() -> None:
    dose, ratio = building_blocks()
    product = unmended = 10 / 990
    for name in ratio:
        product *= ratio[name] ** dose[name]
        unmended *= ratio[name]
    plan = lessons()["odds"]
    assert unmended / (1 + unmended) == pytest.approx(plan.unmended["recreate"], rel=1e-9)
    assert product / (1 + product) == pytest.approx(explain(DAY).risk, rel=1e-9)
    assert odds(0.5) == 1


def test_a_slip_in_the_learner_s_lines_is_told_in_one_line() -> None:
    dose, ratio = building_blocks()
    name = next(iter(ratio))
    slips: list[Callable[[], object]] = [
        lambda: 1.0 * ratio[name] ^ dose[name],
        lambda: ratio[name] ** dose,
        lambda: ratio[name] ^ dose,
        lambda: ratio[name] * dose,
    ]
    for slip in slips:
        with pytest.raises(SlipError) as caught:
            slip()
        assert caught.value._render_traceback_() == [str(caught.value)]
        assert "dose[name]" in str(caught.value)


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
