"""The controls and the page as widgets, without a browser: set a value, read the state."""

import asyncio
import csv
import io
import itertools
import json
import math
import random
from collections.abc import Callable
from typing import Any

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets.widgets import widget as registry

from crampnb.dashboard import Explainer, drawn, explainer
from crampnb.evidence import evidence
from crampnb.explain import explain
from crampnb.link import from_fragment
from crampnb.page import SCRIPTS, Later, Page, script, style
from crampnb.profile import InputError, Profile, mineral_needs
from crampnb.scenarios import scenarios
from crampnb.state import RiskState
from crampnb.views import document
from crampnb.views.explainer import CALM, CALM_CHARTS, QUICK, QUICK_CHARTS
from crampnb.views.screen import Screen
from tests.markup import read
from tests.strategies import INPUTS, NUMBERS, STORIES, SWITCHES

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


@pytest.fixture
def first() -> Explainer:
    """An explainer as it first shows itself."""
    return Explainer()


@pytest.fixture
def whole() -> Explainer:
    """An explainer with all of its controls."""
    made = Explainer()
    press(made, "rest")
    return made


@pytest.fixture
def sent(first: Explainer, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The names of the traits in each message that the page of `first` sends to the browser."""
    messages: list[set[str]] = []

    def send(data: dict[str, Any], **_: object) -> None:
        messages.append(set(data["state"]))

    monkeypatch.setattr(first.page.comm, "send", send)
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


def settings(made: Explainer) -> tuple[object, ...]:
    """All that a visitor has set."""
    state = made.state
    return state.profile, state.hypothesis, state.red_flags, state.pinned, state.along, state.over


def expect_in_line(made: Explainer) -> None:
    """The controls, the parts and the link all show the state."""
    state = made.state
    for name in NUMBERS:
        value = getattr(state.profile, name)
        assert widget(made, f"{name}.box").value == pytest.approx(value, abs=1e-6)
        # a slider stands on whole steps, and may stay where it is for less than one
        assert widget(made, name).value == pytest.approx(value, abs=INPUTS[name].step / 2 + 1e-6)
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
    screen = Screen(answer, state.pinned, state.along, state.over, state.notices)
    assert made.page.quick == drawn(screen, QUICK, QUICK_CHARTS)
    assert made.page.calm == drawn(screen, CALM, CALM_CHARTS)
    assert made.page.stopped == bool(state.red_flags)
    link = from_fragment(made.page.fragment)
    assert explain(link.profile, link.hypothesis).risk == pytest.approx(answer.risk, rel=1e-8)


# ------------------------------------------------------------------ what is there


def test_the_first_screen_has_the_four_sliders_and_the_story(first: Explainer) -> None:
    boxes = [f"{name}.box" for name in MAIN]
    assert sorted(first.page.slots) == sorted([*MAIN, *boxes, "story"])
    assert all(isinstance(widget(first, name), ipywidgets.FloatSlider) for name in MAIN)
    assert all(isinstance(widget(first, name), ipywidgets.FloatText) for name in boxes)
    assert isinstance(widget(first, "story"), ipywidgets.RadioButtons)


def test_the_rest_comes_when_it_is_asked_for_and_once(first: Explainer) -> None:
    before = dict(first.page.slots)
    press(first, "rest")
    after = dict(first.page.slots)
    press(first, "rest")
    assert dict(first.page.slots) == after
    assert before.items() < after.items()
    members = [f"{name}.{option}" for name, option in MEMBERS]
    flags = [f"flag.{flag}" for flag in FLAGS]
    numbers = [*NUMBERS, *(f"{name}.box" for name in NUMBERS)]
    axes = ["along", "over.x", "over.y"]
    assert sorted(after) == sorted(
        [*numbers, *SWITCHES, *CHOICES, *members, *flags, *axes, "story"]
    )


def test_the_first_screen_needs_few_models() -> None:
    before = set(registry._instances)
    made = Explainer()
    new = set(registry._instances) - before
    controls = list(made.page.slots.values())
    assert len(new) <= len(controls) + 6  # the page and its layout; one layout, three styles
    press(made, "rest")
    assert len(set(registry._instances) - before) == len(made.page.slots) + len(new) - len(controls)


def test_controls_share_their_layout_and_their_styles(whole: Explainer) -> None:
    controls = list(whole.page.slots.values())
    assert len({control.layout.model_id for control in controls}) == 1
    assert len({control.style.model_id for control in controls}) == 3


@pytest.mark.parametrize("name", NUMBERS)
def test_a_slider_has_the_range_and_the_step_of_its_input(whole: Explainer, name: str) -> None:
    entry, slider = INPUTS[name], widget(whole, name)
    assert ((slider.min, slider.max), slider.step) == (entry.range, entry.step)
    assert slider.value == getattr(REFERENCE, name)


def test_controls_offer_what_the_evidence_offers(whole: Explainer) -> None:
    stories = [(story.name, key) for key, story in evidence().hypotheses.items()]
    assert list(widget(whole, "story").options) == stories
    assert widget(whole, "story").description == "Story"
    for name in CHOICES:
        entry = INPUTS[name]
        pairs = zip(entry.option_labels, entry.options, strict=True)
        assert list(widget(whole, name).options) == list(pairs)
    for name, option in MEMBERS:
        assert widget(whole, f"{name}.{option}").description == INPUTS[name].label_of(option)
    for key, flag in evidence().red_flags.items():
        assert widget(whole, f"flag.{key}").description == flag.sign
    for place in ("along", "over.x", "over.y"):
        assert [name for _, name in widget(whole, place).options] == NUMBERS


def test_the_page_brings_its_script_and_its_style() -> None:
    page = explainer()
    assert isinstance(page, Page)
    assert page._esm == script(*SCRIPTS)
    assert "Idiomorph" in page._esm
    assert "export default { render };" in page._esm
    assert page._css == style()
    assert ".crampnb {" in page._css


def test_a_new_explainer_shows_the_reference_day(whole: Explainer) -> None:
    expect_in_line(whole)
    assert whole.state.profile == REFERENCE
    page = read(document())
    for name, html in (whole.page.quick["parts"] | whole.page.calm["parts"]).items():
        assert page.one("data-part", name).text == read(html).text


# ------------------------------------------------------------------ a control moves the state


@pytest.mark.parametrize("name", NUMBERS)
def test_a_slider_and_its_box_are_twins(whole: Explainer, name: str) -> None:
    entry, slider, box = INPUTS[name], widget(whole, name), widget(whole, f"{name}.box")
    low, high = entry.range
    for mover, follower, value in (
        (slider, box, high),
        (box, slider, low),
        (slider, box, low + entry.step),
        (box, slider, high - entry.step / 2),
    ):
        mover.value = value
        assert getattr(whole.state.profile, name) == value
        assert follower.value == value


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_goes_on_and_off(whole: Explainer, name: str) -> None:
    for value in (True, False):
        widget(whole, name).value = value
        assert getattr(whole.state.profile, name) is value
        expect_in_line(whole)


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_takes_each_of_its_options(whole: Explainer, name: str) -> None:
    for option in INPUTS[name].options:
        widget(whole, name).value = option
        assert getattr(whole.state.profile, name) == option
        expect_in_line(whole)


def test_members_of_a_set_come_and_go(whole: Explainer) -> None:
    for name in ("conditions", "medicines"):
        one, other, *_ = INPUTS[name].options
        widget(whole, f"{name}.{one}").value = True
        widget(whole, f"{name}.{other}").value = True
        assert getattr(whole.state.profile, name) == {one, other}
        widget(whole, f"{name}.{one}").value = False
        assert getattr(whole.state.profile, name) == {other}
        expect_in_line(whole)


@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_told(first: Explainer, story: str) -> None:
    widget(first, "story").value = story
    assert first.state.hypothesis == story
    assert evidence().hypotheses[story].name in first.page.calm["parts"]["stories"]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_warning_sign_takes_the_number_s_place(whole: Explainer, flag: str) -> None:
    widget(whole, f"flag.{flag}").value = True
    assert whole.state.red_flags == (flag,)
    assert whole.page.stopped
    assert whole.page.quick["charts"] == whole.page.calm["charts"] == {}
    assert "of 1,000" not in str(whole.page.quick) + str(whole.page.calm)
    widget(whole, f"flag.{flag}").value = False
    assert not whole.page.stopped
    assert "About 10 of 1,000" in read(whole.page.quick["parts"]["sentence"]).text
    assert set(whole.page.quick["charts"]) == set(QUICK_CHARTS)


@pytest.mark.parametrize("name", NUMBERS)
def test_the_curve_runs_along_what_is_chosen(whole: Explainer, name: str) -> None:
    widget(whole, "along").value = name
    title = whole.page.quick["charts"]["curve"]["layout"]["xaxis"]["title"]["text"]
    assert title.startswith(INPUTS[name].label)
    assert INPUTS[name].label in whole.page.calm["parts"]["what_if"]


def test_the_map_needs_two_different_inputs(whole: Explainer) -> None:
    across, up = whole.state.over
    widget(whole, "over.x").value = up
    assert whole.state.over == (across, up)
    assert widget(whole, "over.x").value == across
    assert "two different inputs" in whole.page.quick["parts"]["notices"]
    widget(whole, "over.y").value = "age"
    assert whole.state.over == (across, "age")
    expect_in_line(whole)


@pytest.mark.parametrize("value", [99, -1, math.nan, math.inf, -math.inf, 6.0001])
def test_a_box_takes_nothing_out_of_range(first: Explainer, value: float) -> None:
    widget(first, "fluid_intake").value = 1.2
    before = first.state.profile
    widget(first, "fluid_intake.box").value = value
    assert first.state.profile is before
    assert widget(first, "fluid_intake.box").value == widget(first, "fluid_intake").value == 1.2
    (notice,) = first.state.notices
    assert "fluid_intake" in notice
    assert "allowed is 0 to 6" in notice
    assert notice.split(":")[0] in read(first.page.quick["parts"]["notices"]).text
    widget(first, "fluid_intake.box").value = value  # the same again: no news, and still refused
    assert widget(first, "fluid_intake.box").value == 1.2


def test_a_notice_goes_when_something_is_set(first: Explainer) -> None:
    asked = {"scenario": "desk_week", "story": "fatigue", "link": "sitting=9", "reset": ""}
    for action, value in asked.items():
        widget(first, "fluid_intake.box").value = 99
        assert first.state.notices
        press(first, action, value)
        assert first.state.notices == ()
        assert first.page.quick["parts"]["notices"] == ""


def test_a_notice_goes_when_the_value_is_mended(whole: Explainer) -> None:
    for place, wrong, right in (
        ("fluid_intake.box", 99, 3),
        ("over.x", whole.state.over[1], "age"),
    ):
        widget(whole, place).value = wrong
        assert whole.page.quick["parts"]["notices"]
        widget(whole, place).value = right
        assert whole.page.quick["parts"]["notices"] == ""


# ------------------------------------------------------------------ the state moves the controls


def test_every_control_follows_the_state(whole: Explainer) -> None:
    whole.state.profile = Profile(
        fluid_intake=1.2345, sitting=10, sodium=900, slumped=True, sex="male", age=52,
        conditions=["diabetes"], medicines=["statin"],
    )  # fmt: skip
    whole.state.hypothesis = "article"
    whole.state.red_flags = (FLAGS[0],)
    whole.state.over = ("sitting", "age")
    expect_in_line(whole)
    assert whole.state.profile.fluid_intake == 1.2345  # a control's rounding never reaches back


def test_a_slider_that_rounds_does_not_move_the_state(whole: Explainer) -> None:
    widget(whole, "fluid_intake.box").value = 1.23
    widget(whole, "fluid_intake").value = 1.2  # what a browser's slider says when it is drawn
    assert whole.state.profile.fluid_intake == 1.23
    widget(whole, "fluid_intake").value = 1.3
    assert whole.state.profile.fluid_intake == 1.3


@pytest.mark.parametrize("sex", ["female", "male", "unspecified"])
def test_sex_moves_references_and_what_is_not_set(whole: Explainer, sex: str) -> None:
    widget(whole, "calcium").value = 800
    widget(whole, "sex").value = sex
    needs = mineral_needs(Profile(sex=sex))
    drinks = {"female": 1.6, "male": 2.0, "unspecified": 1.8}[sex]
    assert widget(whole, "fluid_intake").value == pytest.approx(drinks)
    assert widget(whole, "potassium.box").value == pytest.approx(needs["potassium"])
    assert widget(whole, "calcium").value == 800
    assert whole.page.marks["fluid_intake"] == [
        pytest.approx(100 * drinks / 6, abs=0.051),
        f"{drinks:.1f} litres a day",
    ]
    assert whole.page.marks["calcium"][1] == f"{needs['calcium']:,.0f} milligrams a day"


def test_a_set_slider_stays_when_its_reference_moves(whole: Explainer) -> None:
    widget(whole, "fluid_intake").value = 3
    widget(whole, "sex").value = "male"
    assert widget(whole, "fluid_intake").value == 3
    assert whole.page.marks["fluid_intake"][1] == "2.0 litres a day"


def test_minerals_and_load_follow_what_they_depend_on(whole: Explainer) -> None:
    widget(whole, "electrolyte_intake").value = 50
    widget(whole, "usual_load").value = 2000
    assert widget(whole, "sodium").value == 750
    assert widget(whole, "activity_load.box").value == 2000
    expect_in_line(whole)


def test_any_walk_leaves_everything_in_line(whole: Explainer) -> None:
    rng = random.Random(20)
    places = list(whole.page.slots)
    for _ in range(120):
        control = widget(whole, rng.choice(places))
        if isinstance(control, ipywidgets.FloatSlider):
            steps = round((control.max - control.min) / control.step)
            control.value = control.min + control.step * rng.randint(0, steps)
        elif isinstance(control, ipywidgets.FloatText):
            control.value = rng.choice([rng.uniform(-1, 300), 5, 0, 1e9])
        elif isinstance(control, ipywidgets.Checkbox):
            control.value = not control.value
        else:
            control.value = rng.choice([value for _, value in control.options])
    expect_in_line(whole)
    press(whole, "reset")
    expect_in_line(whole)
    assert whole.state.profile == REFERENCE


def test_two_explainers_share_nothing() -> None:
    one, other = Explainer(), Explainer()
    untouched = settings(other), other.page.quick, other.page.fragment
    widget(one, "sitting").value = 12
    press(one, "scenario", "race_week")
    press(one, "pin")
    assert (settings(other), other.page.quick, other.page.fragment) == untouched
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
def test_a_scenario_is_started_from(whole: Explainer, key: str) -> None:
    widget(whole, "age").value = 80
    press(whole, "scenario", key)
    entry = scenarios()[key]
    assert (whole.state.profile, whole.state.hypothesis) == (entry.profile, entry.hypothesis)
    expect_in_line(whole)


@pytest.mark.parametrize(
    ("key", "story"), list(zip(scenarios(), itertools.cycle(STORIES), strict=False))
)
def test_a_step_keeps_what_it_promised(first: Explainer, key: str, story: str) -> None:
    day = scenarios()[key].profile
    for step in explain(day, story).steps:
        first.state.profile, first.state.hypothesis = day, story
        press(first, "apply", step.key)
        assert first.state.answer.risk == pytest.approx(step.risk, rel=1e-12)
        assert step.changes.items() <= dict(first.state.profile.given).items()
        assert first.state.hypothesis == story


def test_a_step_that_is_not_offered_changes_nothing(first: Explainer) -> None:
    offered = {step.key for step in first.state.answer.steps}
    for key in set(evidence().tips) - offered | {"quinine"}:
        press(first, "apply", key)
        assert first.state.profile == REFERENCE


def test_a_story_is_told_by_its_button(first: Explainer) -> None:
    press(first, "story", "article")
    assert first.state.hypothesis == widget(first, "story").value == "article"
    press(first, "story", "astrology")
    assert first.state.hypothesis == "article"


def test_pinned_settings_are_compared_restored_and_forgotten(first: Explainer) -> None:
    press(first, "scenario", "desk_week")
    press(first, "story", "article")
    pinned = first.state.answer
    press(first, "pin")
    press(first, "scenario", "race_week")
    assert first.state.pinned == pinned
    assert f"A: {round(1000 * pinned.risk)} of 1,000" in first.page.calm["parts"]["compare"]
    press(first, "restore")
    assert first.state.answer == pinned
    press(first, "unpin")
    assert first.state.pinned is None
    press(first, "restore")
    assert first.state.answer == pinned
    assert "A: " not in first.page.calm["parts"]["compare"]


def test_reset_keeps_the_pin_and_nothing_else(whole: Explainer) -> None:
    press(whole, "scenario", "on_dialysis")
    press(whole, "pin")
    pinned = whole.state.pinned
    press(whole, "story", "fatigue")
    widget(whole, f"flag.{FLAGS[0]}").value = True
    widget(whole, "sitting.box").value = 99
    press(whole, "reset")
    assert whole.state.pinned is pinned
    assert (whole.state.profile, whole.state.hypothesis) == (REFERENCE, "evidence")
    assert (whole.state.red_flags, whole.state.notices) == ((), ())
    expect_in_line(whole)


def test_a_link_is_opened(whole: Explainer) -> None:
    widget(whole, "age").value = 80
    press(whole, "link", "v=1&fluid_intake=1.2&sitting=10&story=fatigue")
    assert whole.state.profile == Profile(fluid_intake=1.2, sitting=10)
    assert whole.state.hypothesis == "fatigue"
    assert whole.state.notices == ()
    assert whole.page.fragment == "v=1&fluid_intake=1.2&sitting=10&story=fatigue"
    expect_in_line(whole)


def test_what_of_a_link_does_not_fit_is_said(first: Explainer) -> None:
    press(first, "link", "v=1&sitting=10&fluid_intake=99&x=1")
    assert first.state.profile == Profile(sitting=10)
    assert len(first.state.notices) == 2
    shown = read(first.page.quick["parts"]["notices"]).tags("li")
    assert ["fluid_intake" in shown[0].text, "x" in shown[1].text] == [True, True]


def test_the_json_opens_again(first: Explainer) -> None:
    press(first, "scenario", "hot_tournament")
    (file,) = answers_of(first, "download", "json")
    held = json.loads(file["text"])
    assert (file["answer"], file["name"]) == ("download", "crampnb.json")
    assert file["type"] == "application/json"
    assert explain(held["inputs"], held["hypothesis"]) == first.state.answer
    assert held["sentence"] == read(first.page.quick["parts"]["sentence"]).text


def test_the_csv_is_a_table_of_the_factors(first: Explainer) -> None:
    press(first, "scenario", "hot_tournament")
    (file,) = answers_of(first, "download", "csv")
    rows = list(csv.DictReader(io.StringIO(file["text"])))
    assert (file["name"], file["type"]) == ("crampnb.csv", "text/csv")
    assert {row["factor"]: float(row["term"]) for row in rows} == first.state.answer.terms


@pytest.mark.parametrize("kind", ["", "exe", "../json", "JSON"])
def test_there_is_no_other_download(first: Explainer, kind: str) -> None:
    assert answers_of(first, "download", kind) == []


def test_a_browser_without_the_page_is_sent_it(first: Explainer) -> None:
    assert answers_of(first, "document") == [{"answer": "document", "text": document()}]
    (plotly,) = answers_of(first, "plotly")
    assert plotly["answer"] == "plotly"
    assert "plotly.js" in plotly["text"][:500]


# ------------------------------------------------------------------ messages from strangers

LISTENER = Explainer()
ACTIONS = sorted(set(LISTENER.page._actions) - {"plotly"})  # that one only sends a long text
NESTED: Any = "deep"
for _ in range(500):
    NESTED = [NESTED]
STRANGE = [
    None, 0, "reset", [], ["reset"], {}, {"value": "x"}, {"action": None}, {"action": 7},
    {"action": ["reset"]}, {"action": {"reset": 1}}, {"action": "reset", "value": None},
    {"action": "reset", "value": 1}, {"action": "reset", "value": {"a": "b"}},
    {"action": "story", "value": ["fatigue"]}, {"action": "scenario", "value": {}},
    {"action": "link", "value": NESTED}, {"action": NESTED, "value": NESTED},
    {"action": "__init__"}, {"action": "_actions"}, {"action": "close"}, {"action": "Reset"},
    {"action": "reset "}, {"action": "r" * 10**6}, {"ACTION": "reset"}, {b"action": "reset"},
    {"action": "eval", "value": "1"}, {"action": True}, {"action": math.nan},
]  # fmt: skip


@pytest.mark.parametrize("content", STRANGE, ids=lambda content: repr(content)[:30])
def test_a_strange_message_is_ignored(first: Explainer, content: Any) -> None:
    press(first, "scenario", "desk_week")
    before, notices = settings(first), first.state.notices
    first.page._on_message(first.page, content, [])
    assert settings(first) == before
    assert first.state.notices == notices


def test_a_message_may_hold_more_than_it_needs(first: Explainer) -> None:
    content = {"action": "story", "value": "fatigue", "profile": {"sitting": 10}, "x": NESTED}
    first.page._on_message(first.page, content, [b"bytes"])
    assert first.state.hypothesis == "fatigue"
    assert first.state.profile == REFERENCE


HOSTILE = ["x" * 10**6, "&" * 10**5, "\0", "\ud800", "__class__", "%FF%00=%FF", "=&=&#=#"]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_hostile_value_harms_nothing(first: Explainer, action: str) -> None:
    for value in HOSTILE:
        press(first, action, value)
        assert first.state.profile == REFERENCE
        assert first.state.hypothesis == "evidence"
        assert all(len(notice) < 1000 for notice in first.state.notices)
        json.dumps([first.page.quick, first.page.calm, first.page.fragment], allow_nan=False)


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
    assert read(LISTENER.page.quick["parts"]["sentence"]).text == LISTENER.state.answer.sentence


# ------------------------------------------------------------------ what is sent, and when


def test_a_moved_slider_sends_each_group_once(first: Explainer, sent: list[set[str]]) -> None:
    first.state.set(sitting=10)
    assert sum("quick" in names for names in sent) == 1
    assert sum("calm" in names for names in sent) == 1
    assert not [names for names in sent if names - {"quick", "calm", "marks", "fragment"}]
    assert first.page.fragment == "v=1&sitting=10"


def test_a_scenario_is_sent_as_a_whole(first: Explainer, sent: list[set[str]]) -> None:
    first.state.hypothesis = "fatigue"
    sent.clear()
    press(first, "scenario", "desk_week")  # profile and story change together
    assert sum("quick" in names for names in sent) == 1
    assert sum("calm" in names for names in sent) == 1


def test_what_has_not_changed_is_not_sent(first: Explainer, sent: list[set[str]]) -> None:
    first.state.profile = Profile()
    first.state.notices = ()
    press(first, "reset")
    press(first, "story", "evidence")
    assert sent == []
    press(first, "pin")
    assert sent == [{"calm"}]


def test_later_runs_at_once_where_no_loop_runs() -> None:
    done: list[int] = []
    later = Later(lambda: done.append(1), seconds=60)
    later.ask()
    later.ask()
    assert done == [1, 1]


def test_later_runs_once_for_a_burst() -> None:
    async def bursts() -> list[int]:
        ran = asyncio.Event()
        done: list[int] = []

        def task() -> None:
            done.append(1)
            ran.set()

        later = Later(task, seconds=0)
        counts = []
        for _ in range(2):
            for _ in range(5):
                later.ask()
            counts.append(len(done))  # nothing yet: it waits for the loop
            await asyncio.wait_for(ran.wait(), 10)
            ran.clear()
            counts.append(len(done))
        return counts

    assert asyncio.run(bursts()) == [0, 1, 1, 2]


def test_a_drag_is_answered_at_each_step_and_drawn_calmly_once() -> None:
    async def drag() -> tuple[list[str], list[str]]:
        made = Explainer()
        quick, calm, drawn_calmly = watch(made, "quick"), watch(made, "calm"), asyncio.Event()
        made.page.observe(lambda change: drawn_calmly.set(), "calm")
        for hours in (6, 8, 10):
            widget(made, "sitting").value = hours
        await asyncio.wait_for(drawn_calmly.wait(), 10)
        assert made.page.calm == drawn(made.state.screen, CALM, CALM_CHARTS)
        assert made.page.fragment == "v=1&sitting=10"
        return quick, calm

    quick, calm = asyncio.run(drag())
    assert [len(quick), len(calm)] == [3, 1]


def watch(made: Explainer, trait: str) -> list[str]:
    """A list that grows with each change of a trait of the page."""
    changes: list[str] = []
    note: Callable[[Any], None] = lambda change: changes.append(change.name)  # noqa: E731
    made.page.observe(note, trait)
    return changes
