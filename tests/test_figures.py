"""Charts and pictures: valid plotly, the numbers of the model, colours that stand out."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from crampnb.dashboard.island import style
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.views.charts import TOPS, top_of
from crampnb.views.parts import CHARTS
from crampnb.views.pictures import bar, icon_array, range_bar
from crampnb.views.screen import Screen
from tests import twin
from tests.markup import Node, dots, read
from tests.strategies import INPUTS, NUMBERS, STORIES, full_profiles, profiles, stories

answers = st.builds(explain, st.one_of(profiles, full_profiles), stories)
along = st.sampled_from(NUMBERS)
over = st.lists(along, min_size=2, max_size=2, unique=True).map(tuple)
screens = st.builds(Screen, answers, along=along, over=over)


def approx(values: list[float]) -> Any:
    return pytest.approx(values, rel=1e-9)


# ------------------------------------------------------------------ plotly specs


@settings(max_examples=20)  # plotly checks slowly
@given(screens)
def test_every_chart_is_one_that_plotly_takes(screen: Screen) -> None:
    for name, chart in CHARTS.items():
        spec = chart.drawing(screen)
        assert len(Figure(spec).data) == len(spec["data"]), name
        json.dumps(spec, allow_nan=False)


def test_plotly_refuses_what_is_no_chart() -> None:
    spec = CHARTS["curve"].drawing(Screen())
    spec["data"][0]["no_such_thing"] = 1
    with pytest.raises(ValueError, match="no_such_thing"):
        Figure(spec)


@given(screens)
def test_the_curve_is_the_sweep(screen: Screen) -> None:
    spec, answer = CHARTS["curve"].drawing(screen), screen.answer
    low, high, curve, today = spec["data"]
    name, given_inputs = screen.along, dict(answer.profile.given)
    there = [given_inputs | {name: value} for value in curve["x"]]
    ends = [twin.interval(inputs, answer.hypothesis) for inputs in there]
    risks = [twin.risk(inputs, answer.hypothesis) for inputs in there]
    assert curve["x"] == low["x"] == high["x"]
    assert curve["y"] == approx([1000 * risk for risk in risks])
    assert low["y"] == approx([1000 * end for end, _ in ends])
    assert high["y"] == approx([1000 * end for _, end in ends])
    assert today["x"] == [getattr(answer.profile, name)]
    assert today["y"] == approx([1000 * twin.risk(given_inputs, answer.hypothesis)])
    assert [shape["y0"] for shape in spec["layout"]["shapes"]] == [10]


@pytest.mark.parametrize("name", NUMBERS)
def test_the_curve_runs_over_the_whole_range(name: str) -> None:
    spec, entry = CHARTS["curve"].drawing(Screen(along=name)), INPUTS[name]
    x = spec["data"][2]["x"]
    assert (x[0], x[-1]) == entry.range
    assert x == sorted(set(x))
    assert len(x) > 20


@given(screens, st.floats(0, 1))
def test_a_moved_slider_moves_the_mark_and_not_the_chart(screen: Screen, place: float) -> None:
    low, high = INPUTS[screen.along].range
    value = round(low + place * (high - low))  # people are 30 until their next birthday
    moved = screen.answer.profile.but(**{screen.along: value})
    elsewhere = Screen(Explanation(moved, screen.answer.story), along=screen.along)
    before, after = CHARTS["curve"].drawing(screen), CHARTS["curve"].drawing(elsewhere)
    assert before["layout"] == after["layout"]
    assert before["data"][:3] == after["data"][:3]
    assert after["data"][3]["x"] == [value]


@given(screens)
def test_axes_are_fixed_and_hold_what_is_drawn(screen: Screen) -> None:
    curve, heat, spread = (CHARTS[name].drawing(screen) for name in ("curve", "heat", "spread"))
    for spec in (curve, heat, spread):
        assert spec["layout"]["xaxis"]["fixedrange"]
        assert spec["layout"]["yaxis"]["fixedrange"]
    assert curve["layout"]["xaxis"]["range"] == list(INPUTS[screen.along].range)
    for axis, name in zip(("xaxis", "yaxis"), screen.over, strict=True):
        assert heat["layout"][axis]["range"] == list(INPUTS[name].range)
    (bottom, top), highest = curve["layout"]["yaxis"]["range"], max(curve["data"][1]["y"])
    assert bottom == 0
    assert top in TOPS
    assert highest <= top
    (left, right), story = spread["layout"]["xaxis"]["range"], spread["data"][0]
    ends = [x + more for x, more in zip(story["x"], story["error_x"]["array"], strict=True)]
    assert left == 0
    assert right in TOPS
    assert max(ends) <= right + 1e-9


@given(screens)
def test_the_map_is_the_model_over_two_inputs(screen: Screen) -> None:
    answer, (heat, today) = screen.answer, CHARTS["heat"].drawing(screen)["data"]
    (x, y), given_inputs = screen.over, dict(answer.profile.given)
    assert (heat["x"][0], heat["x"][-1]) == INPUTS[x].range
    assert (heat["y"][0], heat["y"][-1]) == INPUTS[y].range
    for up, row in zip(heat["y"], heat["z"], strict=True):
        there = [given_inputs | {x: across, y: up} for across in heat["x"]]
        assert row == approx([1000 * twin.risk(inputs, answer.hypothesis) for inputs in there])
    marks = [getattr(answer.profile, name) for name in screen.over]
    assert [today["x"], today["y"]] == [[mark] for mark in marks]


@given(answers)
def test_the_four_stories_stand_side_by_side(answer: Explanation) -> None:
    (marks,) = CHARTS["spread"].drawing(Screen(answer))["data"]
    inputs = dict(answer.profile.given)
    risks = [1000 * twin.risk(inputs, story) for story in STORIES]
    ends = [twin.interval(inputs, story) for story in STORIES]
    assert marks["y"] == [evidence().hypotheses[story].short for story in STORIES]
    assert marks["x"] == approx(risks)
    error = marks["error_x"]
    pairs = zip(marks["x"], error["arrayminus"], error["array"], ends, strict=True)
    for x, less, more, (low, high) in pairs:
        assert [x - less, x + more] == approx([1000 * low, 1000 * high])
    chosen = [story == answer.hypothesis for story in STORIES]
    assert [symbol == "diamond" for symbol in marks["marker"]["symbol"]] == chosen
    assert [colour == "var(--accent)" for colour in marks["marker"]["color"]] == chosen


@pytest.mark.parametrize("name", NUMBERS)
def test_axes_name_the_input_and_its_unit(name: str) -> None:
    entry = INPUTS[name]
    other = "sitting" if name != "sitting" else "age"
    title = CHARTS["curve"].drawing(Screen(along=name))["layout"]["xaxis"]["title"]["text"]
    heat = CHARTS["heat"].drawing(Screen(over=(name, other)))["layout"]["xaxis"]["title"]["text"]
    assert title == heat == f"{entry.label} ({entry.short_unit})"
    assert entry.short_unit


def test_a_curve_can_run_along_every_numeric_input() -> None:
    assert [entry.name for entry in evidence().numeric_inputs] == NUMBERS


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_tops_hold_the_highest_and_grow_with_it(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low <= top_of(low) <= top_of(high) <= 1000


# ------------------------------------------------------------------ colours


def variables(block: str) -> dict[str, str]:
    """{name: value} of the CSS variables that a block sets."""
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def modes() -> dict[str, dict[str, str]]:
    """{mode: {variable: value}} of the style sheet; dark mode stands on the light one."""
    (light,) = re.findall(r"^\.crampnb \{(.*?)^\}", style(), flags=re.M | re.S)
    (dark,) = re.findall(
        r"^@media [^{]*\(prefers-color-scheme: dark\) \{\s*\.crampnb \{(.*?)\}",
        style(),
        re.M | re.S,
    )
    return {"light": variables(light), "dark": variables(light) | variables(dark)}


MODES = modes()


def luminance(colour: str) -> float:
    """Relative luminance of "#rgb" or "#rrggbb", 0-1 (WCAG 2)."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1-21 (WCAG 2)."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def colours(value: Any) -> Iterator[str]:
    """Every text in a spec that names a colour."""
    if isinstance(value, dict):
        for key, held in value.items():
            if "color" in key:
                yield from _names(held)
            yield from colours(held)
    elif isinstance(value, list):
        for held in value:
            yield from colours(held)


def _names(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, list):
        for inner in held:
            yield from _names(inner)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


TEXTS = [
    *[(text, back) for text in ("ink", "quiet", "accent") for back in ("paper", "card")],
    ("accent-ink", "accent"),
    ("alarm", "alarm-soft"),
    ("ink", "alarm-soft"),
    ("alarm", "paper"),
]


@pytest.mark.parametrize(("text", "back"), TEXTS)
@pytest.mark.parametrize("mode", MODES)
def test_text_stands_out(mode: str, text: str, back: str) -> None:
    found = MODES[mode]
    assert contrast(found[f"--{text}"], found[f"--{back}"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_marks_and_strokes_stand_out(mode: str) -> None:
    found = MODES[mode]
    for mark in ("ink", "quiet", "accent", "alarm"):
        assert contrast(found[f"--{mark}"], found["--paper"]) >= 3


def test_dark_mode_has_colours_of_its_own() -> None:
    light, dark = MODES["light"], MODES["dark"]
    coloured = {name for name, value in light.items() if value.startswith("#")}
    assert {name for name in coloured if light[name] != dark[name]} == coloured
    assert luminance(dark["--paper"]) < luminance(dark["--ink"])


def test_the_window_has_the_colour_of_the_page() -> None:
    behind = re.findall(r"\.own body \{ background: (#\w+);", style())
    assert sorted(behind) == sorted(MODES[mode]["--paper"] for mode in MODES)


def test_every_variable_of_the_style_sheet_is_set() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", style()))  # those with a fallback may be unset
    in_the_html = {"--at", "--reference", "--w", "--tilt"}  # set on the element
    set_there = {"--lit", "--line", "--fill"}  # on `how`; on a slider
    assert used - in_the_html - set_there <= MODES["light"].keys()


@settings(max_examples=20)
@given(screens)
def test_charts_take_their_colours_from_the_style_sheet(screen: Screen) -> None:
    for chart in CHARTS.values():
        found = set(colours(chart.drawing(screen))) - {"rgba(0,0,0,0)"}
        assert len(found) >= 3
        for colour in found:
            name = re.fullmatch(r"var\((--[\w-]+)\)", colour)
            assert name, colour
            assert all(MODES[mode][name[1]].startswith("#") for mode in MODES)


# ------------------------------------------------------------------ pictures

COUNTS = st.integers(0, 1000)


@given(COUNTS, COUNTS)
def test_a_thousand_people_are_a_thousand_marks(base: int, now: int) -> None:
    (picture,) = read(icon_array(base, now, "a title")).tags("svg")
    places = {path.attrs["class"]: dots(path) for path in picture.tags("path")}
    changed = "icons-more" if now > base else "icons-fewer"
    expected = {"icons-base": min(base, now), changed: abs(now - base)}
    expected["icons-rest"] = 1000 - max(base, now)
    counts = {name: len(found) for name, found in places.items()}
    assert counts == {name: count for name, count in expected.items() if count}
    assert len(set().union(*places.values())) == 1000
    assert picture.attrs["viewbox"] == "0 0 400 250"


def test_pictures_on_one_page_need_no_id() -> None:
    """The tab of a notebook may hold several, and an id means the first of its name."""
    for draw in (icon_array(10, 18, "more"), icon_array(10, 8, "fewer")):
        assert read(draw).values("id") == []
        assert "url(" not in draw


@given(st.tuples(COUNTS, COUNTS, COUNTS).map(sorted))
def test_the_range_lies_on_its_scale(ends: list[int]) -> None:
    low, now, high = ends
    found = read(range_bar(low, now, high))
    top = top_of(high)
    assert found.classes("range-end")[1].text == f"{top:,} of 1,000"
    (left, width), (mark,) = (percents(found, name) for name in ("range-bar", "range-mark"))
    assert left == pytest.approx(100 * low / top, abs=0.051)
    assert left + width == pytest.approx(100 * high / top, abs=0.11)
    assert mark == pytest.approx(100 * now / top, abs=0.051)


def percents(found: Node, name: str) -> list[float]:
    """The percentages in the style of the only element of a class."""
    (node,) = found.classes(name)
    return [float(number) for number in re.findall(r"([\d.]+)%", node.attrs["style"])]


@given(st.floats(-5, 5))
def test_a_bar_starts_in_the_middle_and_stays_within_its_place(term: float) -> None:
    left, width = percents(read(bar(term)), "bar-up" if term >= 0 else "bar-down")
    assert (left if term >= 0 else left + width) == pytest.approx(50, abs=0.11)
    assert width == pytest.approx(min(50 * abs(term) / math.log(8), 50), abs=0.051)
