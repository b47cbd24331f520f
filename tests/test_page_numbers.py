"""What the browser shows by itself, against what Python draws: to the letter, after any move."""

import json
import math
import os
import random
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crampnb.dashboard.island import style
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from crampnb.model.fragment import LONGEST, from_fragment, to_fragment
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile, reference
from crampnb.model.scenarios import scenarios
from crampnb.model.settings import USUAL
from crampnb.model.trace import trace
from crampnb.places import BROWSER
from crampnb.views.browser import data, given
from crampnb.views.page import document, part
from crampnb.views.parts import CHARTS, PARTS, draw
from crampnb.views.screen import Screen
from tests.markup import Node, read
from tests.nodejs import answers
from tests.strategies import INPUTS, NUMBERS, STORIES

Settings = dict[str, Any]
MOVES = int(
    os.environ.get("CRAMPNB_MOVES", "1000")
)  # of all that is set, at once or one thing after the other
CHARTED = MOVES // 5
#: the parts that the browser keeps up to date by itself
ALONE = [name for name, known in PARTS.items() if known.alone]
FLAGS = list(evidence().red_flags)
#: what the browser looks for (views/live.py, views/mechanism.py)
LIVE = ("figure", "told", "if", "bar", "range", "icons", "flow", "balance", "story")


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed trace as a file."""
    file = tmp_path_factory.mktemp("page") / "trace.mjs"
    file.write_text(trace(), "utf-8")
    return file


def ask(module: Path, questions: Iterable[tuple[Any, ...]]) -> list[Any]:
    """What the browser's modules answer, on a page that was printed for the reference day."""
    printed = [_as_json(read(draw(name, Screen()))) for name in ALONE]
    lines = ([data(), *printed], *questions)
    return answers("page.mjs", BROWSER / "explainer", module, questions=lines)


def _as_json(found: Node) -> tuple[Any, ...]:
    children = [one if isinstance(one, str) else _as_json(one) for one in found.children]
    return found.tag, found.attrs, children


def screen_of(settings: Settings) -> Screen:
    """What Python's views show of settings."""
    answer = explain(settings["given"], settings["story"], settings["flags"])
    return Screen(answer, along=settings["along"], over=tuple(settings["over"]))


def test_the_page_carries_the_trace_and_its_data() -> None:
    carried = ["".join(map(str, one.children)) for one in read(document()).tags("script")]
    assert carried[0] == trace()
    assert not re.search("</|<!--", trace())
    assert "<" not in carried[1]
    assert json.loads(carried[1]) == json.loads(json.dumps(data()))
    assert "<" in json.dumps(data())


# ------------------------------------------------------------------ what may be set


def some_value(entry: Input, draw: random.Random) -> Any:
    """A value as the page's controls give it: an end, a step, or a number that was typed."""
    if entry.kind == "switch":
        return draw.random() < 0.5
    if entry.kind == "choice":
        return draw.choice(entry.options)
    if entry.kind == "set":
        return sorted(draw.sample(entry.options, draw.choice([0, 1, 2, len(entry.options)])))
    low, high = entry.range
    step = low + entry.step * draw.randint(0, int((high - low) / entry.step))
    return round(draw.choice([low, high, step, draw.uniform(low, high)]), draw.choice([1, 6]))


def moves(count: int) -> list[Settings]:
    """Settings one after the other: each input and sign alone, the weeks, a walk, whole days."""
    draw = random.Random(5)
    usual: Settings = {"given": {}, "story": USUAL, "flags": []}
    usual |= {"along": Screen.along, "over": list(Screen.over)}
    found = [usual]
    for name, entry in INPUTS.items():
        found += [usual | {"given": {name: some_value(entry, draw)}} for _ in range(4)]
    found += [usual | {"flags": [flag]} for flag in FLAGS]
    for week in scenarios().values():
        day = {"given": given(week.profile.given), "story": week.hypothesis}
        found += [usual | day, usual | day | {"story": draw.choice(STORIES)}]
    while len(found) < count:
        whole = draw.random() < 0.3
        names = draw.sample(list(INPUTS), draw.randint(1, len(INPUTS)) if whole else 1)
        changes = {name: some_value(INPUTS[name], draw) for name in names}
        last = found[-1]
        move = {"given": changes if whole else last["given"] | changes}
        if draw.random() < 0.4:
            move["story"] = draw.choice(STORIES)
        if draw.random() < 0.3:
            move["flags"] = draw.sample(FLAGS, draw.choice([0, 0, 1, 2, len(FLAGS)]))
        move |= {"along": draw.choice(NUMBERS), "over": draw.sample(NUMBERS, 2)}
        found.append(last | move)
    return found


# ------------------------------------------------------------------ what is shown


def drawn(screen: Screen) -> list[str]:
    """The parts that the browser keeps, as Python draws them."""
    return [PARTS[name].drawing(screen) for name in ALONE]


def test_the_tests_page_writes_html_as_python_does(module: Path) -> None:
    settings = moves(1)[0]
    (shown,) = ask(module, [("show", settings, True)])
    assert shown == drawn(Screen())


def test_after_any_move_the_browser_shows_what_python_draws(module: Path) -> None:
    questions = [("show", settings) for settings in moves(MOVES)]
    for index, shown in enumerate(ask(module, questions)):
        _, settings = questions[index]
        screen = screen_of(settings)
        for name, digest, html in zip(ALONE, shown, drawn(screen), strict=True):
            if name == "sentence" and screen.stopped:
                continue  # the browser puts `helpOf` in its place
            if digest != sha256(html.encode()).hexdigest():
                *_, (full) = ask(module, [*questions[:index], ("show", settings, True)])
                assert full[ALONE.index(name)] == html, (name, settings)


def test_what_stands_in_the_panel_is_what_python_says(module: Path) -> None:
    questions = [("figures", settings) for settings in moves(MOVES)]
    for (_, settings), found in zip(questions, ask(module, questions), strict=True):
        profile = Profile.of(settings["given"])
        texts = found["texts"]
        assert texts["effort"] == f"{profile.effort:.1f}".removesuffix(".0")
        for name in NUMBERS:
            usual = reference(profile, name)
            assert found["references"][name] == pytest.approx(usual, rel=1e-12)
            assert texts[f"reference.{name}"] == INPUTS[name].speak(usual)


def test_a_warning_sign_takes_the_numbers_place(module: Path) -> None:
    flags = [[flag] for flag in FLAGS] + [[one, other] for one in FLAGS for other in FLAGS]
    usual = moves(1)[0]
    questions = [("figures", usual | {"flags": list(dict.fromkeys(ticked))}) for ticked in flags]
    for (_, settings), found in zip(questions, ask(module, questions), strict=True):
        answer = explain({}, red_flags=settings["flags"])
        assert found["help"] == answer.sentence
        assert found["states"]["stopped"] == "yes"
        assert found["states"]["stop"] == ""
        for flag in FLAGS:
            ticked = flag in settings["flags"]
            assert found["states"][f"flag.{flag}"] == ("yes" if ticked else "no")
    (found,) = ask(module, [("figures", usual)])
    assert (found["help"], found["states"]["stopped"]) == ("", "no")


def test_every_name_on_the_page_is_one_that_the_browser_knows(module: Path) -> None:
    """`drawFigures` leaves a place alone that it does not know: it would stay as printed."""
    (known,) = ask(module, [("figures", moves(1)[0])])
    page = read(document())
    told = [name for text in page.values("data-told") for name in re.findall(r"{(\w+)}", text)]
    assert {*page.values("data-figure"), *told} <= set(known["texts"])
    assert {state.split("=")[0] for state in page.values("data-if")} == set(known["states"])
    assert set(page.values("data-bar")) == set(known["bars"])
    assert set(page.values("data-flow")) == set(evidence().factors)


def test_what_python_draws_the_browser_leaves_alone() -> None:
    """`drawFigures` looks at the whole page: it must find nothing of a comparison with A."""
    busy = Screen(explain({"sitting": 10}), pinned=explain({"fluid_intake": 1}))
    for name, known in PARTS.items():
        if not known.alone:
            found = read(draw(name, busy))
            assert not [kind for kind in LIVE if found.values(f"data-{kind}")], name


# ------------------------------------------------------------------ charts


def assert_alike(found: Any, expected: Any, place: str = "") -> None:
    """Compare numbers to 1e-9, everything else as it is."""
    if isinstance(expected, Mapping):
        assert set(found) == set(expected), place
        for key, value in expected.items():
            assert_alike(found[key], value, f"{place}.{key}")
    elif isinstance(expected, list | tuple):
        assert len(found) == len(expected), place
        for index, value in enumerate(expected):
            assert_alike(found[index], value, f"{place}[{index}]")
    elif isinstance(expected, float):
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9), place
    else:
        assert found == expected, place


def test_charts_are_those_that_python_draws(module: Path) -> None:
    questions = [("charts", settings) for settings in moves(MOVES)[:: MOVES // CHARTED]]
    for (_, settings), found in zip(questions, ask(module, questions), strict=True):
        screen = screen_of(settings)
        assert_alike(found, {name: chart.drawing(screen) for name, chart in CHARTS.items()})
    assert all(chart.alone for chart in CHARTS.values())


# ------------------------------------------------------------------ links

HOSTILE = [
    "", "#", "&&&", "=", "v=2", "v=1&v=1", "sitting", "sitting=", "sitting=99", "sitting=-1",
    "sitting=1e1", "sitting=0x9", "sitting=Infinity", "sitting=NaN", "sitting=9 ", "sitting= 9",
    "sitting=9\n", "sitting=٩", "sitting=9.", "sitting=.9", "sitting=1,5", "sitting=9&sitting=12",
    "slumped=constructor", "slumped=toString", "slumped=__proto__", "slumped=true", "slumped=1",
    "__proto__=1", "constructor=yes", "hasOwnProperty=1", "toString=1", "sex=constructor",
    "sex=other", "conditions=diabetes,constructor", "conditions=,", "conditions=", "medicines=x",
    "conditions=diabetes,diabetes", "story=constructor", "story=", "story=fatigue&story=article",
    "flags=clot", "along=age", "utm_source=x&sitting=9", "x" * (LONGEST + 1),
    "sitting=9&" * (LONGEST // 10), "at=why", "at=" + "x" * 900, "<script>=1", "%", "%FF=%FF",
    "sitting=%39", "sitting=%2539", "sitting%3D9", "v=1&amp;sitting=9", "v=1&#38;sitting=9",
    "?v=1&sitting=9", "/sitting=9", "sitting=9).", "sitting=3D9", "story=fatigue.",
    "sex=male\u200b",
]  # fmt: skip


def links() -> list[str]:
    """Links of many days, each also as mailers and sentences leave them; and what is no link."""
    draw = random.Random(7)
    made = [to_fragment(Profile.of(one["given"]), one["story"]) for one in moves(300)]
    mangle: list[Callable[[str], str]] = [
        lambda text: text + draw.choice([".", ")", ",", ";", "\u201d", " ", ">"]),
        lambda text: text.replace("&", "&amp;"),
        lambda text: text.replace("=", "=3D"),
        lambda text: quote(text),
        lambda text: quote(quote(text)),
        lambda text: "#" + text,
        lambda text: "".join(draw.sample(text, len(text))),
        lambda text: text[: draw.randint(0, len(text))],
        lambda text: text + "&at=why",
    ]
    return [*made, *HOSTILE, *(one(text) for text in made for one in mangle)]


def test_a_link_is_written_as_python_writes_it(module: Path) -> None:
    questions = [("write", settings) for settings in moves(MOVES)]
    for (_, settings), found in zip(questions, ask(module, questions), strict=True):
        assert found == to_fragment(Profile.of(settings["given"]), settings["story"])


@pytest.mark.parametrize("value", [0.000001, 0.00001, 0.0001, 0.1 + 0.2, 5.999999, 2])
def test_any_number_comes_back_from_a_link(module: Path, value: float) -> None:
    settings = moves(1)[0] | {"given": {"fluid_intake": value}}
    (written,) = ask(module, [("write", settings)])
    (found,) = ask(module, [("read", written)])
    assert found["whole"]
    assert found["given"]["fluid_intake"] == from_fragment(written).profile.fluid_intake
    assert found["given"]["fluid_intake"] == pytest.approx(value, rel=1e-9)


def test_a_link_is_read_as_python_reads_it_or_left_to_python(module: Path) -> None:
    texts = links()
    understood = 0
    for text, found in zip(texts, ask(module, [("read", text) for text in texts]), strict=True):
        Profile.of(found["given"])  # whatever it is, it is in range
        assert found["story"] in STORIES
        link = from_fragment(text)
        if found["whole"]:
            understood += 1
            assert found["given"] == given(link.profile.given), text
            assert (found["story"], link.notices) == (link.hypothesis, ()), text
    assert understood >= 600  # those that are whole, and with a place of the page


def test_settings_are_the_same_within_a_sliders_arithmetic(module: Path) -> None:
    usual = moves(1)[0]
    day = usual | {"given": {"sitting": 0.3, "conditions": ["diabetes", "pregnancy"]}}
    alike = [
        (day, day | {"given": {"conditions": ["pregnancy", "diabetes"], "sitting": 0.1 + 0.2}}),
        (usual | {"flags": FLAGS[:2]}, usual | {"flags": FLAGS[1::-1]}),
    ]
    unlike = [
        (day, usual),
        (day, day | {"given": day["given"] | {"sitting": 0.31}}),
        (day, day | {"given": day["given"] | {"conditions": ["diabetes"]}}),
        (day, day | {"story": "fatigue"}),
        (day, day | {"flags": FLAGS[:1]}),
        (day, day | {"along": "age"}),
        (day, day | {"over": day["over"][::-1]}),
        (usual, usual | {"given": {"slumped": False}}),
    ]
    found = ask(module, [("same", pair) for pair in alike + unlike])
    assert found == [True] * len(alike) + [False] * len(unlike)


# ------------------------------------------------------------------ no number beside a warning sign


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_on_the_page_whether_it_has_numbers(name: str) -> None:
    (place,) = read(part(name)).children
    assert isinstance(place, Node)
    assert ("data-numbers" in place.attrs) == PARTS[name].has_numbers
    assert ("data-alone" in place.attrs) == PARTS[name].alone


def test_the_style_sheet_hides_every_number_beside_a_warning_sign() -> None:
    """Marked as important, so that no later rule can show what this one hides."""
    hidden = (
        ".crampnb[data-stopped] :is(.number-only, [data-numbers]) { display: none !important; }"
    )
    assert hidden in style()
