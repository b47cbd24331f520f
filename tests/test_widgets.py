"""The controls and the page as widgets, without a browser: set a value, read the state."""

import asyncio
import contextlib
import csv
import io
import itertools
import json
import math
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets.widgets import widget as registry
from traitlets import TraitError

from crampnb.dashboard.app import Explainer, explainer
from crampnb.dashboard.island import Island, script, style
from crampnb.dashboard.page import Debounce, Page
from crampnb.dashboard.state import RiskState
from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.profile import Profile, mineral_needs
from crampnb.model.scenarios import scenarios
from crampnb.views.browser import given as given_as_json
from crampnb.views.elements import escape
from crampnb.views.page import document
from crampnb.views.parts import PARTS, Part, render
from crampnb.views.screen import Screen
from crampnb.views.settings import beside
from tests.markup import read
from tests.strategies import INPUTS, NUMBERS, STORIES, SWITCHES, profiles, stories

MAIN = ["fluid_intake", "sitting", "activity_load", "electrolyte_intake"]
MEMBERS = [
    (name, option)
    for name, entry in INPUTS.items()
    if entry.kind == "set"
    for option in entry.options
]
CHOICES = [name for name, entry in INPUTS.items() if entry.kind == "choice"]
FLAGS = list(evidence().red_flags)
REFERENCE = Profile()
#: a figure of risk, in whichever part
NUMBER = "of 1,000|× |the odds|more|fewer"


@pytest.fixture
def made() -> Explainer:
    """An explainer as it first shows itself."""
    return Explainer()


@pytest.fixture
def sent(made: Explainer, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The names of the traits in each message that the page of `made` sends to the browser."""
    messages: list[set[str]] = []

    def send(data: dict[str, Any], **_: object) -> None:
        messages.append(set(data["state"]))

    monkeypatch.setattr(made.page.comm, "send", send)
    return messages


def press(made: Explainer, action: object, value: object = "") -> None:
    """What the browser sends when a button is pressed."""
    made.page._on_message(made.page, {"action": action, "value": value}, [])


def answers_of(made: Explainer, action: str, value: str = "") -> list[dict[str, Any]]:
    """What the page sends back when a button is pressed."""
    answers: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made.page, "send", answers.append)
        press(made, action, value)
    return answers


def widget(made: Explainer, name: str) -> Any:
    """The control at a place of the page."""
    return made.page.slots[name]


def tell(made: Explainer, **changes: Any) -> None:
    """What the browser sends when several things have been set there at once."""
    press(made, "settings", json.dumps(made.state.as_told() | changes))


def start_from(made: Explainer, week: str) -> None:
    """Set a week, as the browser does."""
    entry = scenarios()[week]
    tell(made, given=given_as_json(entry.profile.given), story=entry.hypothesis)


def settings(made: Explainer) -> tuple[object, ...]:
    """All that a visitor has set."""
    state = made.state
    return state.profile, state.hypothesis, state.red_flags, state.pinned, state.along, state.over


def expect_in_line(made: Explainer) -> None:
    """Fail unless the controls, what is told and what is drawn all show the state."""
    state = made.state
    for name in NUMBERS:
        value = getattr(state.profile, name)
        assert widget(made, name).value == pytest.approx(value, abs=1e-6)
    for name in SWITCHES + CHOICES:
        assert widget(made, name).value == getattr(state.profile, name)
    for name, option in MEMBERS:
        assert widget(made, f"{name}.{option}").value == (option in getattr(state.profile, name))
    for flag in FLAGS:
        assert widget(made, f"flag.{flag}").value == (flag in state.red_flags)
    assert widget(made, "story").value == state.hypothesis
    assert (widget(made, "over.x").value, widget(made, "over.y").value) == state.over
    assert widget(made, "along").value == state.along
    answer = explain(state.profile, state.hypothesis, state.red_flags)
    screen = Screen(answer, state.pinned, state.along, state.over, state.notices, state.refused)
    assert made.page.settings == state.as_told()
    assert made.page.drawn == {"of": state.as_told(), "parts": render(screen)}
    assert made.page.beside == beside(screen)
    told = json.loads(json.dumps(made.page.settings))
    assert explain(told["given"], told["story"], told["flags"]) == answer


# ------------------------------------------------------------------ what is there


def test_there_is_a_widget_of_each_kind_for_all_that_can_be_set(made: Explainer) -> None:
    kinds = {
        ipywidgets.FloatSlider: NUMBERS,
        ipywidgets.Checkbox: [
            *SWITCHES,
            *(f"{name}.{option}" for name, option in MEMBERS),
            *(f"flag.{flag}" for flag in FLAGS),
        ],
        ipywidgets.Dropdown: [*CHOICES, "along", "over.x", "over.y"],
        ipywidgets.RadioButtons: ["story"],
    }
    found = {name: type(control) for name, control in made.page.slots.items()}
    assert found == {name: kind for kind, names in kinds.items() for name in names}


def test_the_page_needs_few_models() -> None:
    before = set(registry._instances)
    made = Explainer()
    new = set(registry._instances) - before
    # the page and its layout; one layout and three styles for all controls
    assert len(new) <= len(made.page.slots) + 6


def test_controls_share_their_layout_and_their_styles(made: Explainer) -> None:
    controls = list(made.page.slots.values())
    assert len({control.layout.model_id for control in controls}) == 1
    assert len({control.style.model_id for control in controls}) == 3


@pytest.mark.parametrize("name", NUMBERS)
def test_a_slider_has_the_range_and_the_step_of_its_input(made: Explainer, name: str) -> None:
    entry, slider = INPUTS[name], widget(made, name)
    assert ((slider.min, slider.max), slider.step) == (entry.range, entry.step)
    assert slider.value == getattr(REFERENCE, name)


def test_controls_offer_what_the_evidence_offers(made: Explainer) -> None:
    stories = [(story.name, key) for key, story in evidence().hypotheses.items()]
    assert list(widget(made, "story").options) == stories
    assert widget(made, "story").description == "Story"
    for name in CHOICES:
        entry = INPUTS[name]
        pairs = zip(entry.option_labels, entry.options, strict=True)
        assert list(widget(made, name).options) == list(pairs)
    for name, option in MEMBERS:
        assert widget(made, f"{name}.{option}").description == INPUTS[name].label_of(option)
    for key, flag in evidence().red_flags.items():
        assert widget(made, f"flag.{key}").description == flag.sign
    for place in ("along", "over.x", "over.y"):
        assert [name for _, name in widget(made, place).options] == NUMBERS


def test_the_page_brings_its_script_and_its_style() -> None:
    page = explainer()
    assert isinstance(page, Page)
    assert page._esm == script("explainer.js")
    assert "morphStyle" in page._esm
    assert page._esm.rstrip().endswith("as default};")
    assert page._css == style()
    assert ".crampnb {" in page._css


def test_a_new_explainer_shows_the_reference_day(made: Explainer) -> None:
    expect_in_line(made)
    assert made.state.profile == REFERENCE
    page = read(document())
    for name, html in made.page.drawn["parts"].items():
        assert page.one("data-part", name).text == read(html).text


# ------------------------------------------------------------------ a control moves the state


@pytest.mark.parametrize("name", NUMBERS)
def test_a_slider_and_what_is_typed_are_twins(made: Explainer, name: str) -> None:
    entry, slider = INPUTS[name], widget(made, name)
    low, high = entry.range
    for value in (high, low, low + entry.step, high - entry.step / 2):
        slider.value = value
        assert getattr(made.state.profile, name) == value
        press(made, "type", f"{name}={(low + high) / 2:g}")
        assert slider.value == getattr(made.state.profile, name) == (low + high) / 2
        press(made, "type", f"{name}={value:g}")
        assert slider.value == getattr(made.state.profile, name) == value
        expect_in_line(made)


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_goes_on_and_off(made: Explainer, name: str) -> None:
    for value in (True, False):
        widget(made, name).value = value
        assert getattr(made.state.profile, name) is value
        expect_in_line(made)


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_takes_each_of_its_options(made: Explainer, name: str) -> None:
    for option in INPUTS[name].options:
        widget(made, name).value = option
        assert getattr(made.state.profile, name) == option
        expect_in_line(made)


def test_members_of_a_set_come_and_go(made: Explainer) -> None:
    for name in ("conditions", "medicines"):
        one, other, *_ = INPUTS[name].options
        widget(made, f"{name}.{one}").value = True
        widget(made, f"{name}.{other}").value = True
        assert getattr(made.state.profile, name) == {one, other}
        widget(made, f"{name}.{one}").value = False
        assert getattr(made.state.profile, name) == {other}
        expect_in_line(made)


@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_told(made: Explainer, story: str) -> None:
    widget(made, "story").value = story
    assert made.state.hypothesis == story
    assert made.page.settings["story"] == made.page.drawn["of"]["story"] == story
    expect_in_line(made)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_warning_sign_takes_the_number_s_place(made: Explainer, flag: str) -> None:
    widget(made, "sitting").value = 10
    widget(made, f"flag.{flag}").value = True
    assert made.state.red_flags == (flag,)
    assert made.page.settings["flags"] == [flag]
    assert not re.search(NUMBER, str(made.page.drawn["parts"]))
    widget(made, f"flag.{flag}").value = False
    assert made.page.settings["flags"] == []
    assert re.search(NUMBER, str(made.page.drawn["parts"]))


@pytest.mark.parametrize("name", NUMBERS)
def test_the_curve_runs_along_what_is_chosen(made: Explainer, name: str) -> None:
    widget(made, "along").value = name
    assert made.page.settings["along"] == name
    assert INPUTS[name].label in made.page.drawn["parts"]["what_if"]


def test_the_map_needs_two_different_inputs(made: Explainer) -> None:
    across, up = made.state.over
    widget(made, "over.x").value = up
    assert made.state.over == (across, up)
    assert widget(made, "over.x").value == across
    assert "two different inputs" in made.page.drawn["parts"]["notices"]
    widget(made, "over.y").value = "age"
    assert made.state.over == (across, "age")
    expect_in_line(made)


@pytest.mark.parametrize("value", [math.nan, "a", None])
def test_a_widget_takes_nothing_that_is_no_number(made: Explainer, value: Any) -> None:
    """A slider of ipywidgets keeps its value within its range by itself."""
    slider = widget(made, "fluid_intake")
    slider.value = 1.2
    before = made.state.profile
    with contextlib.suppress(TraitError):
        slider.value = value
    assert made.state.profile is before
    assert slider.value == 1.2


@pytest.mark.parametrize(
    "text", ["99", "-1", "nan", "inf", "-inf", "6.0001", "", "six", "=", "1=2"]
)
def test_what_is_typed_out_of_range_is_refused_beside_its_box(made: Explainer, text: str) -> None:
    widget(made, "fluid_intake").value = 1.2
    before = made.state.profile
    for _ in range(2):  # the same again is still refused
        press(made, "type", f"fluid_intake={text}")
        assert made.state.profile is before
        assert list(made.page.beside) == ["fluid_intake"]
        assert "0 to 6" in read(made.page.beside["fluid_intake"]).text
        expect_in_line(made)
    press(made, "type", "fluid_intake=2")
    assert made.state.profile.fluid_intake == 2
    assert made.page.beside == {}


def test_what_may_mean_two_things_is_asked(made: Explainer) -> None:
    press(made, "type", "activity_load=1,500")
    assert made.state.profile == REFERENCE
    asked = read(made.page.beside["activity_load"]).tags("button")
    assert [button.attrs["data-value"] for button in asked] == [
        "activity_load=1.5",
        "activity_load=1500",
    ]
    press(made, "type", asked[1].attrs["data-value"])
    assert made.state.profile == Profile(activity_load=1500)
    assert made.page.beside == {}


@pytest.mark.parametrize("typed", ["", "slumped=1", "sex=2", "flag.clot=1", "age", "=", "x=1"])
def test_there_are_boxes_for_numbers_alone(made: Explainer, typed: str) -> None:
    press(made, "type", typed)
    assert made.state.profile == REFERENCE


def test_a_notice_goes_when_something_is_set(made: Explainer) -> None:
    moves: list[Callable[[], None]] = [
        lambda: start_from(made, "desk_week"),
        lambda: tell(made, story="fatigue"),
        lambda: press(made, "link", "sitting=9"),
        lambda: press(made, "type", "sitting=7"),
        lambda: tell(made, given={}),
    ]
    for move in moves:
        press(made, "link", "fluid_intake=99&age=40")
        press(made, "type", "sitting=99")
        assert made.state.notices
        assert made.page.beside
        move()
        assert made.state.notices == ()
        assert made.page.drawn["parts"]["notices"] == ""
        assert made.page.beside == {}


def test_an_old_notice_never_stands_beside_a_new_answer(made: Explainer) -> None:
    press(made, "link", "fluid_intake=99")
    assert made.page.drawn["parts"]["notices"]
    shown: list[dict[str, Any]] = []
    made.page.observe(lambda change: shown.append(change.new), "drawn")
    made.state.set(sitting=9)
    assert [one["parts"]["notices"] for one in shown] == [""]
    assert [one["of"]["given"] for one in shown] == [{"sitting": 9}]


def test_a_notice_goes_when_the_value_is_mended(made: Explainer) -> None:
    widget(made, "over.x").value = made.state.over[1]
    assert made.page.drawn["parts"]["notices"]
    widget(made, "over.x").value = "age"
    assert made.page.drawn["parts"]["notices"] == ""


# ------------------------------------------------------------------ the state moves the controls


def test_every_control_follows_the_state(made: Explainer) -> None:
    made.state.profile = Profile(
        fluid_intake=1.2345, sitting=10, sodium=900, slumped=True, sex="male", age=52,
        conditions=["diabetes"], medicines=["statin"],
    )  # fmt: skip
    made.state.hypothesis = "article"
    made.state.red_flags = (FLAGS[0],)
    made.state.over = ("sitting", "age")
    expect_in_line(made)
    assert made.state.profile.fluid_intake == 1.2345  # a control's rounding never reaches back


@pytest.mark.parametrize("value", [1.2, 1.3])
def test_a_slider_moves_the_state_by_half_a_step(made: Explainer, value: float) -> None:
    press(made, "type", "fluid_intake=1.25")
    assert widget(made, "fluid_intake").value == 1.25
    widget(made, "fluid_intake").value = value
    assert made.state.profile.fluid_intake == value
    expect_in_line(made)


def test_no_slider_reports_where_it_stands_when_nobody_moved_it(made: Explainer) -> None:
    controls = [widget(made, place) for place in made.page.slots]
    sliders = [one for one in controls if isinstance(one, ipywidgets.FloatSlider)]
    assert len(sliders) == 17
    assert not any(slider.continuous_update for slider in sliders)


@pytest.mark.parametrize("sex", ["female", "male", "unspecified"])
def test_sex_moves_references_and_what_is_not_set(made: Explainer, sex: str) -> None:
    widget(made, "calcium").value = 800
    widget(made, "sex").value = sex
    needs = mineral_needs(Profile(sex=sex))
    drinks = {"female": 1.6, "male": 2.0, "unspecified": 1.8}[sex]
    assert widget(made, "fluid_intake").value == pytest.approx(drinks)
    assert widget(made, "potassium").value == pytest.approx(needs["potassium"])
    assert widget(made, "calcium").value == 800
    assert "fluid_intake" not in made.page.settings["given"]
    assert made.page.settings["given"]["calcium"] == 800


def test_a_set_slider_stays_when_its_reference_moves(made: Explainer) -> None:
    widget(made, "fluid_intake").value = 3
    widget(made, "sex").value = "male"
    assert widget(made, "fluid_intake").value == 3
    assert made.page.settings["given"]["fluid_intake"] == 3


def test_minerals_and_load_follow_what_they_depend_on(made: Explainer) -> None:
    widget(made, "electrolyte_intake").value = 50
    widget(made, "usual_load").value = 2000
    assert widget(made, "sodium").value == 750
    assert widget(made, "activity_load").value == 2000
    expect_in_line(made)


def test_any_walk_leaves_everything_in_line(made: Explainer) -> None:
    rng = random.Random(20)
    places = list(made.page.slots)
    for _ in range(120):
        if rng.random() < 0.2:
            typed = rng.choice([rng.uniform(-1, 300), 5, 0, 1e9])
            press(made, "type", f"{rng.choice(NUMBERS)}={typed:.6g}")
        control = widget(made, rng.choice(places))
        if isinstance(control, ipywidgets.FloatSlider):
            steps = round((control.max - control.min) / control.step)
            control.value = control.min + control.step * rng.randint(0, steps)
        elif isinstance(control, ipywidgets.Checkbox):
            control.value = not control.value
        else:
            control.value = rng.choice([value for _, value in control.options])
    expect_in_line(made)
    tell(made, given={}, flags=[])
    expect_in_line(made)
    assert made.state.profile == REFERENCE


def test_two_explainers_share_nothing() -> None:
    one, other = Explainer(), Explainer()
    untouched = settings(other), other.page.settings, other.page.drawn
    widget(one, "sitting").value = 12
    start_from(one, "race_week")
    press(one, "pin")
    assert (settings(other), other.page.settings, other.page.drawn) == untouched
    assert widget(other, "sitting").value == 4
    controls = {id(control) for control in one.page.slots.values()}
    assert controls.isdisjoint(map(id, other.page.slots.values()))


def test_bad_input_leaves_the_state_as_it_was() -> None:
    state = RiskState()
    state.set(sitting=9)
    before = state.profile
    with pytest.raises(InputError):
        state.set(sitting=3, fluid_intake=99)
    assert state.profile is before


# ------------------------------------------------------------------ what the buttons do


@pytest.mark.parametrize("key", scenarios())
def test_a_scenario_is_started_from(made: Explainer, key: str) -> None:
    widget(made, "age").value = 80
    start_from(made, key)
    entry = scenarios()[key]
    assert (made.state.profile, made.state.hypothesis) == (entry.profile, entry.hypothesis)
    expect_in_line(made)


@pytest.mark.parametrize(
    ("key", "story"), list(zip(scenarios(), itertools.cycle(STORIES), strict=False))
)
def test_a_step_keeps_what_it_promised(made: Explainer, key: str, story: str) -> None:
    day = scenarios()[key].profile
    for step in explain(day, story).steps:
        made.state.profile, made.state.hypothesis = day, story
        press(made, "apply", step.key)
        assert made.state.answer.risk == pytest.approx(step.risk, rel=1e-12)
        assert step.changes.items() <= dict(made.state.profile.given).items()
        assert made.state.hypothesis == story


def test_a_step_that_is_not_offered_changes_nothing(made: Explainer) -> None:
    offered = {step.key for step in made.state.answer.steps}
    for key in set(evidence().tips) - offered | {"quinine"}:
        press(made, "apply", key)
        assert made.state.profile == REFERENCE


def test_pinned_settings_are_compared_restored_and_forgotten(made: Explainer) -> None:
    start_from(made, "desk_week")
    tell(made, story="article")
    pinned = made.state.answer
    press(made, "pin")
    start_from(made, "race_week")
    assert made.state.pinned == pinned
    assert f"A: {round(1000 * pinned.risk)} of 1,000" in made.page.drawn["parts"]["compare"]
    press(made, "restore")
    assert made.state.answer == pinned
    press(made, "unpin")
    assert made.state.pinned is None
    press(made, "restore")
    assert made.state.answer == pinned
    assert "A: " not in made.page.drawn["parts"]["compare"]


def test_a_reset_of_the_browsers_keeps_the_pin(made: Explainer) -> None:
    start_from(made, "on_dialysis")
    press(made, "pin")
    pinned = made.state.pinned
    tell(made, story="fatigue")
    widget(made, f"flag.{FLAGS[0]}").value = True
    press(made, "type", "sitting=99")
    tell(made, given={}, story="evidence", flags=[])
    assert made.state.pinned is pinned
    assert (made.state.profile, made.state.hypothesis) == (REFERENCE, "evidence")
    assert (made.state.red_flags, made.state.notices, made.state.refused) == ((), (), {})
    expect_in_line(made)


def test_a_link_is_opened(made: Explainer) -> None:
    widget(made, "age").value = 80
    press(made, "link", "v=1&fluid_intake=1.2&sitting=10&story=fatigue")
    assert made.state.profile == Profile(fluid_intake=1.2, sitting=10)
    assert made.state.hypothesis == "fatigue"
    assert made.state.notices == ()
    expect_in_line(made)


def test_what_of_a_link_does_not_fit_is_said(made: Explainer) -> None:
    press(made, "link", "v=1&sitting=10&fluid_intake=99&x=1")
    assert made.state.profile == Profile(sitting=10)
    assert len(made.state.notices) == 1  # "x" is none of our business
    (shown,) = read(made.page.drawn["parts"]["notices"]).tags("li")
    assert "fluid_intake = '99'" in shown.text


def test_the_json_opens_again(made: Explainer) -> None:
    start_from(made, "hot_tournament")
    (file,) = answers_of(made, "download", "json")
    held = json.loads(file["text"])
    assert (file["answer"], file["name"]) == ("download", "crampnb.json")
    assert file["type"] == "application/json"
    assert explain(held["inputs"], held["hypothesis"]) == made.state.answer
    assert held["sentence"] == made.state.answer.sentence


def test_the_csv_is_a_table_of_the_factors(made: Explainer) -> None:
    start_from(made, "hot_tournament")
    (file,) = answers_of(made, "download", "csv")
    rows = list(csv.DictReader(io.StringIO(file["text"])))
    assert (file["name"], file["type"]) == ("crampnb.csv", "text/csv")
    assert {row["factor"]: float(row["term"]) for row in rows} == made.state.answer.terms


@pytest.mark.parametrize("kind", ["", "exe", "../json", "JSON"])
def test_there_is_no_other_download(made: Explainer, kind: str) -> None:
    assert answers_of(made, "download", kind) == []


def test_a_browser_without_the_page_is_sent_it(made: Explainer) -> None:
    told = {"answer": "document", "question": "1", "text": document()}
    assert answers_of(made, "document", "1") == [told]
    (plotly,) = answers_of(made, "plotly", "2")
    assert (plotly["answer"], plotly["question"]) == ("plotly", "2")
    assert "plotly.js" in plotly["text"][:500]


def test_each_question_gets_an_answer_of_its_own(made: Explainer) -> None:
    for question in ("7", "8"):
        assert answers_of(made, "ping", question) == [{"answer": "ping", "question": question}]


def test_an_island_needs_nothing_but_its_actions() -> None:
    pressed: list[str] = []
    island = Island({"press": pressed.append}, beside={"sitting": "<b>!</b>"})
    longest = "x" * Island.longest_press
    for action, value in (("press", f"{longest}y"), ("settle", "3"), ("pull", "z")):
        island._on_message(island, {"action": action, "value": value}, [])
    assert pressed == [longest]
    assert (island.settled, island.beside) == ("3", {"sitting": "<b>!</b>"})


def test_files_are_read_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise AssertionError("a file was read")

    monkeypatch.setattr(Path, "read_text", refuse)
    pages = [Explainer().page for _ in range(2)]
    assert pages[0]._esm is pages[1]._esm
    assert pages[0]._css is pages[1]._css


# ------------------------------------------------------------------ messages from strangers

LISTENER = Explainer()
ACTIONS = sorted(set(LISTENER.page._actions) - {"plotly"})  # that one only sends a long text
NESTED: Any = "deep"
for _ in range(500):
    NESTED = [NESTED]
STRANGE = [
    None, 0, "pin", [], ["pin"], {}, {"value": "x"}, {"action": None}, {"action": 7},
    {"action": ["pin"]}, {"action": {"pin": 1}}, {"action": "pin", "value": None},
    {"action": "pin", "value": 1}, {"action": "pin", "value": {"a": "b"}},
    {"action": "settings", "value": {"story": "fatigue"}}, {"action": "type", "value": {}},
    {"action": "link", "value": NESTED}, {"action": NESTED, "value": NESTED},
    {"action": "__init__"}, {"action": "_actions"}, {"action": "close"}, {"action": "Pin"},
    {"action": "pin "}, {"action": "r" * 10**6}, {"ACTION": "pin"}, {b"action": "pin"},
    {"action": "eval", "value": "1"}, {"action": True}, {"action": math.nan},
]  # fmt: skip


@pytest.mark.parametrize("content", STRANGE, ids=lambda content: repr(content)[:30])
def test_a_strange_message_is_ignored(made: Explainer, content: Any) -> None:
    start_from(made, "desk_week")
    before, notices = settings(made), made.state.notices
    made.page._on_message(made.page, content, [])
    assert settings(made) == before
    assert made.state.notices == notices


def test_a_message_may_hold_more_than_it_needs(made: Explainer) -> None:
    content = {"action": "link", "value": "sitting=9", "profile": {"sitting": 10}, "x": NESTED}
    made.page._on_message(made.page, content, [b"bytes"])
    assert made.state.profile == Profile(sitting=9)


HOSTILE = [
    "x" * 10**6, "&" * 10**5, "\0", "\ud800", "__class__", "%FF%00=%FF", "=&=&#=#",
    "[" * Page.longest_press, '{"a":' * 10**4, "{}", "[]", "null", "NaN", "1", '"sitting"',
]  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS)
def test_a_hostile_value_harms_nothing(made: Explainer, action: str) -> None:
    for value in HOSTILE:
        press(made, action, value)
        assert made.state.profile == REFERENCE
        assert made.state.hypothesis == "evidence"
        assert all(len(notice) < 1000 for notice in made.state.notices)
        json.dumps([made.page.settings, made.page.drawn, made.page.beside], allow_nan=False)


WRONG: dict[str, list[Any]] = {
    "given": [
        None, [], 7, {"sitting": 99}, {"sittting": 9}, {"": 1}, {"conditions": "diabetes"},
        {"sitting": math.nan}, {"sitting": math.inf}, {"sitting": "9"}, {"sitting": True},
        {"sitting": None}, {"sitting": [9]}, {"conditions": ["x"]}, {"conditions": [["diabetes"]]},
        {"conditions": 1}, {"conditions": None},
    ],
    "story": [None, "astrology", ["evidence"], {}, 7],
    "flags": [None, ["x"], "clot", [None], [["clot"]], 7],
    "along": [None, "slumped", "x", ["age"], {}],
    "over": [None, [], ["age"], ["age", "age"], ["age", "x"], ["age", "sitting", "effort"], 7],
}  # fmt: skip


@pytest.mark.parametrize("wrong", [{name: one} for name, each in WRONG.items() for one in each])
def test_settings_that_do_not_fit_leave_everything_as_it_was(
    made: Explainer, wrong: dict[str, Any]
) -> None:
    start_from(made, "desk_week")
    before = settings(made)
    tell(made, **({"given": {"age": 40}, "story": "article", "flags": FLAGS[:1]} | wrong))
    assert settings(made) == before
    expect_in_line(made)


def test_all_that_can_be_set_is_no_longer_than_a_press_may_be(made: Explainer) -> None:
    kinds = {"number": 1 / 3, "switch": False}
    everything = {name: kinds.get(entry.kind, entry.options) for name, entry in INPUTS.items()}
    told = made.state.as_told() | {"given": everything, "flags": FLAGS}
    assert 2 * len(json.dumps(told)) < made.page.longest_press


@given(profiles, stories, st.lists(st.sampled_from(FLAGS), unique=True), st.sampled_from(NUMBERS))
def test_any_settings_of_the_browser_are_taken_and_told(
    inputs: dict[str, Any], story: str, flags: list[str], along: str
) -> None:
    over = [along, next(name for name in NUMBERS if name != along)]
    told = {"given": given_as_json(inputs), "story": story, "flags": flags}
    tell(LISTENER, **told, along=along, over=over)
    assert LISTENER.page.settings == told | {"along": along, "over": over}
    assert LISTENER.state.answer == explain(inputs, story, flags)


contents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["action", "value", *ACTIONS]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["action", "value", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.one_of(contents, st.fixed_dictionaries({"action": contents, "value": contents})))
def test_no_message_raises(content: Any) -> None:
    LISTENER.page._on_message(LISTENER.page, content, [])
    assert LISTENER.state.hypothesis in STORIES
    assert LISTENER.page.settings == LISTENER.page.drawn["of"] == LISTENER.state.as_told()


# ------------------------------------------------------------------ what is sent, and when


def test_a_moved_slider_is_told_and_drawn_once(made: Explainer, sent: list[set[str]]) -> None:
    made.state.set(sitting=10)
    assert sent == [{"settings"}, {"drawn"}]
    assert made.page.settings["given"] == {"sitting": 10}


def test_a_change_is_worked_out_once(made: Explainer, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Explanation] = []

    def note(*told: Any) -> Explanation:
        answers.append(explain(*told))
        return answers[-1]

    monkeypatch.setattr("crampnb.dashboard.state.explain", note)
    made.state.set(sitting=10)
    assert [answer.profile for answer in answers] == [made.state.profile]


def test_a_new_part_is_blank_on_the_page(made: Explainer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARTS, "new", Part(lambda screen: escape(screen.answer.sentence)))
    made.state.set(sitting=10)
    assert "of 1,000" in made.page.drawn["parts"]["new"]
    widget(made, f"flag.{FLAGS[0]}").value = True
    assert made.page.drawn["parts"]["new"] == ""


def test_a_scenario_is_sent_as_a_whole(made: Explainer, sent: list[set[str]]) -> None:
    made.state.hypothesis = "fatigue"
    sent.clear()
    start_from(made, "desk_week")  # profile and story change together
    assert sent == [{"settings"}, {"drawn"}]


def test_what_has_not_changed_is_not_sent(made: Explainer, sent: list[set[str]]) -> None:
    made.state.profile = Profile()
    made.state.notices = ()
    tell(made, story="evidence")
    assert sent == []
    press(made, "pin")
    assert sent == [{"drawn"}]


def test_a_debounced_task_runs_at_once_where_no_loop_runs() -> None:
    done: list[int] = []
    debounce = Debounce(lambda: done.append(1), seconds=60)
    debounce.ask()
    debounce.ask()
    assert done == [1, 1]


def test_a_debounced_task_runs_once_for_a_burst() -> None:
    async def bursts() -> list[int]:
        ran = asyncio.Event()
        done: list[int] = []

        def task() -> None:
            done.append(1)
            ran.set()

        debounce = Debounce(task, seconds=0)
        counts = []
        for _ in range(2):
            for _ in range(5):
                debounce.ask()
            counts.append(len(done))  # nothing yet: it waits for the loop
            await asyncio.wait_for(ran.wait(), 10)
            ran.clear()
            counts.append(len(done))
        return counts

    assert asyncio.run(bursts()) == [0, 1, 1, 2]


def test_a_drag_is_told_at_each_step_and_drawn_once() -> None:
    async def drag() -> tuple[list[str], list[str]]:
        made = Explainer()
        told, drawn, arrived = watch(made, "settings"), watch(made, "drawn"), asyncio.Event()
        made.page.observe(lambda change: arrived.set(), "drawn")
        for hours in (6, 8, 10):
            widget(made, "sitting").value = hours
        await asyncio.wait_for(arrived.wait(), 10)
        assert made.page.drawn["of"]["given"] == {"sitting": 10}
        expect_in_line(made)
        return told, drawn

    told, drawn = asyncio.run(drag())
    assert [len(told), len(drawn)] == [3, 1]


def watch(made: Explainer, trait: str) -> list[str]:
    """A list that grows with each change of a trait of the page."""
    changes: list[str] = []
    note: Callable[[Any], None] = lambda change: changes.append(change.name)  # noqa: E731
    made.page.observe(note, trait)
    return changes
