"""The views: every number on the page agrees with every other, and the page is sound HTML."""

import contextlib
import io
import itertools
import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crampnb
from crampnb.dashboard import Explainer, drawn
from crampnb.evidence import Input, evidence
from crampnb.explain import ILLUSTRATION, Explanation, explain
from crampnb.link import from_fragment
from crampnb.page import SCRIPTS, script
from crampnb.profile import MINERALS
from crampnb.report import as_dict
from crampnb.scenarios import scenarios
from crampnb.state import RiskState
from crampnb.views import document
from crampnb.views.controls import marks
from crampnb.views.explainer import CALM, CHARTS, PARTS, QUICK, SECTIONS
from crampnb.views.maths import code
from crampnb.views.screen import Screen
from crampnb.widgets import Controls
from tests import twin
from tests.markup import MarkupError, Node, read
from tests.strategies import INPUTS, NUMBERS, STORIES, full_profiles, profiles, stories

REFERENCE = Screen()
PAGE = read(document())
SQUARE = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z")
#: what the browser does without asking Python
LOCAL = {"print", "copy", "copy-link", "timer"}


def people(risk: float) -> int:
    """A risk as people of 1,000, rounded in one place only."""
    return round(1000 * risk)


def numbers(text: str) -> list[int]:
    """The whole numbers in a text, which has the typographic minus sign."""
    found = re.findall(r"[+−]?\d+", text.replace("of 1,000", ""))
    return [int(number.replace("−", "-")) for number in found]


def part(name: str, screen: Screen) -> Node:
    """One part of the page, read."""
    return read(PARTS[name](screen))


def evenly(entry: Input, count: int) -> list[float]:
    """Evenly spaced values over the range of an input."""
    low, high = entry.range
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def spoken(entry: Input, count: int) -> list[float]:
    """Evenly spaced values, each as a table says it."""
    return [round(value, entry.decimals) for value in evenly(entry, count)]


@st.composite
def screens(draw: st.DrawFn) -> Screen:
    """Any screen without a warning sign: settings, a pinned answer, axes."""
    answers = st.builds(explain, profiles, stories)
    over = draw(st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=2, unique=True))
    return Screen(
        draw(st.builds(explain, st.one_of(profiles, full_profiles), stories)),
        draw(st.none() | answers),
        draw(st.sampled_from(NUMBERS)),
        (over[0], over[1]),
        tuple(draw(st.lists(st.text(max_size=20), max_size=2))),
    )


# ------------------------------------------------------------------ the numbers agree


@given(st.one_of(profiles, full_profiles), stories)
def test_the_sentence_says_what_the_twin_works_out(inputs: dict[str, Any], story: str) -> None:
    told = part("sentence", Screen(explain(inputs, story))).text
    found = re.fullmatch(
        r"About (\d+) of 1,000 people living like this would have a buttock cramp in the next 30"
        r" days \(could be (\d+) to (\d+)\)\. At the reference settings: 10 of 1,000\."
        r" Illustration, not a prediction\.",
        told,
    )
    assert found, told
    low, high = twin.interval(inputs, story)
    expected = [people(risk) for risk in (twin.risk(inputs, story), low, high)]
    assert [int(group) for group in found.groups()] == expected


@given(st.one_of(profiles, full_profiles), stories)
def test_the_marks_are_the_people_of_the_sentence(inputs: dict[str, Any], story: str) -> None:
    screen = Screen(explain(inputs, story))
    found = part("picture", screen)
    (array,) = found.classes("icons")
    cells = {
        path.attrs["fill"].removeprefix("url(#icon-").rstrip(")"): marked(path.attrs["d"])
        for path in array.tags("path")
        if "fill" in path.attrs
    }
    base, now = 10, people(twin.risk(inputs, story))
    changed = "more" if now > base else "fewer"
    expected = {"base": min(base, now), changed: abs(now - base), "rest": 1000 - max(base, now)}
    counts = {name: len(places) for name, places in cells.items()}
    assert counts == {name: count for name, count in expected.items() if count}
    assert set().union(*cells.values()) == {(x, y) for x in range(40) for y in range(25)}
    assert [array.attrs["data-baseline"], array.attrs["data-today"]] == [str(base), str(now)]
    assert array.attrs["aria-label"].startswith(f"1,000 people: {now} with a cramp, {base} at")
    legend = [numbers(line.text) or [0] for line in found.tags("li")]
    assert legend == [[expected["base"]], [expected[changed]], [expected["rest"]]]


def marked(path: str) -> set[tuple[int, int]]:
    """The marks (column, row) that a path of rectangles covers, each once."""
    rectangles = [tuple(map(int, found)) for found in SQUARE.findall(path)]
    assert SQUARE.sub("", path) == ""
    cells = [
        (column // 10, row // 10)
        for x, y, width, height, back in rectangles
        for column in range(x, x + width, 10)
        for row in range(y, y + height, 10)
        if width == back
    ]
    assert len(cells) == len(set(cells))
    return set(cells)


@given(st.one_of(profiles, full_profiles), stories)
def test_the_range_is_that_of_the_sentence(inputs: dict[str, Any], story: str) -> None:
    (span,) = part("picture", Screen(explain(inputs, story))).classes("span")
    ends = [int(bold.text) for bold in span.tags("b")]
    assert ends == [people(risk) for risk in twin.interval(inputs, story)]


@given(st.one_of(profiles, full_profiles), stories)
def test_the_causes_add_up_to_the_people_of_the_sentence(
    inputs: dict[str, Any], story: str
) -> None:
    found = part("why", Screen(explain(inputs, story)))
    added = [numbers(cell.text) for cell in found.classes("cause-people")]
    now = people(twin.risk(inputs, story))
    assert sum(itertools.chain(*added)) == now - 10
    assert all(len(cell) == 1 for cell in added)
    (total,) = found.classes("sum")
    assert re.fullmatch(r"10 at the .* settings, .* from these settings: .* of 1,000\.", total.text)
    assert numbers(total.text) == [10, now - 10, now]


@given(st.one_of(profiles, full_profiles), stories)
def test_causes_and_factors_say_the_terms_of_the_twin(inputs: dict[str, Any], story: str) -> None:
    found = part("why", Screen(explain(inputs, story)))
    terms = twin.terms(inputs, story)
    added = 1000 * (twin.risk(inputs, story) - 0.01)
    shift = sum(terms.values())
    rest = found.tags("details")
    for cause, row in zip(evidence().causes.values(), rest, strict=True):
        factors = evidence().factors_of(cause.key)
        (odds,) = row.classes("cause-odds")
        together = math.exp(sum(terms[factor.key] for factor in factors))
        assert odds.text == f"× {together:.2f} the odds"
        for factor, cells in zip(factors, row.rows(), strict=True):
            assert cells[0] == factor.label
            assert cells[1] == f"× {math.exp(terms[factor.key]):.2f}"
            share = terms[factor.key] * (added / shift if abs(shift) > 1e-6 else 9.9)
            assert float(cells[2].replace("−", "-")) == pytest.approx(share, abs=0.051)


@given(screens())
def test_every_story_stands_in_the_table(screen: Screen) -> None:
    found, answer = part("stories", screen), screen.answer
    inputs = dict(answer.profile.given)
    risks = [twin.risk(inputs, story) for story in STORIES]
    for cells, key, risk in zip(found.rows(), STORIES, risks, strict=True):
        low, high = twin.interval(inputs, key)
        assert cells[0] == evidence().hypotheses[key].name
        assert cells[1:3] == [f"{people(risk)} of 1,000", f"{people(low)} to {people(high)}"]
        assert (cells[4] == "shown now") == (key == answer.hypothesis)
    low, high = people(min(risks)), people(max(risks))
    (told, *_) = found.classes("split")
    assert f"{low} v {high} of 1,000" in told.text or f"agree: {low} of 1,000" in told.text
    assert ("agree" in told.text) == (low == high)


@given(screens())
def test_the_what_if_table_is_the_curve_of_the_twin(screen: Screen) -> None:
    found, answer = part("what_if", screen), screen.answer
    inputs, entry = dict(answer.profile.given), INPUTS[screen.along]
    shown = []
    for value, cells in zip(spoken(entry, 7), found.rows(), strict=True):
        there = inputs | {entry.name: value}
        low, high = twin.interval(there, answer.hypothesis)
        risks = (twin.risk(there, answer.hypothesis), low, high)
        assert cells == [entry.speak(value), *(str(people(risk)) for risk in risks)]
        shown.append(people(risks[0]))
    told = found.tags("p")[0].text
    if min(shown) == max(shown):
        assert "changes nothing" in told
    else:
        assert told.endswith(f"goes from {min(shown)} to {max(shown)} of 1,000.")


@given(screens())
def test_the_table_of_the_map_is_the_map_of_the_twin(screen: Screen) -> None:
    found, answer = part("map_table", screen), screen.answer
    x, y = (INPUTS[name] for name in screen.over)
    for up, (head, *cells) in zip(spoken(y, 5), found.rows(), strict=True):
        assert head == y.speak(up)
        for across, cell in zip(spoken(x, 5), cells, strict=True):
            there = dict(answer.profile.given) | {x.name: across, y.name: up}
            assert int(cell) == people(twin.risk(there, answer.hypothesis))


@given(st.builds(explain, profiles, stories), st.builds(explain, profiles, stories))
def test_the_comparison_is_between_the_two_sentences(before: Explanation, now: Explanation) -> None:
    found = part("compare", Screen(now, before))
    first, second = people(before.risk), people(now.risk)
    change = f"{abs(second - first)} {'more' if second > first else 'fewer'}."
    if first == second:
        change = "No difference that whole people can show."
    (told,) = found.classes("split")
    assert told.text == f"A: {first} of 1,000. Now: {second} of 1,000. {change}"
    differing = [
        entry.label
        for name, entry in evidence().inputs.items()
        if getattr(before.profile, name) != getattr(now.profile, name)
    ]
    differing += ["Story"] if before.hypothesis != now.hypothesis else []
    assert [cells[0] for cells in found.rows()] == differing


@given(screens())
def test_the_charts_say_what_the_sentence_says(screen: Screen) -> None:
    answer = screen.answer
    low, high = answer.interval
    spread, curve = CHARTS["spread"](screen)["data"][0], CHARTS["curve"](screen)["data"]
    here = STORIES.index(answer.hypothesis)
    assert spread["text"][here] == str(people(answer.risk))
    assert spread["x"][here] + spread["error_x"]["array"][here] == pytest.approx(1000 * high)
    assert spread["x"][here] - spread["error_x"]["arrayminus"][here] == pytest.approx(1000 * low)
    assert curve[-1]["x"] == [getattr(answer.profile, screen.along)]
    assert curve[-1]["y"] == [pytest.approx(1000 * answer.risk)]


@given(screens())
def test_the_download_says_what_the_sentence_says(screen: Screen) -> None:
    told, data = part("sentence", screen).text, as_dict(screen.answer)
    low, high = map(people, data["interval"])
    assert told == data["sentence"]
    assert told.startswith(f"About {people(data['risk'])} of 1,000")
    assert f"(could be {low} to {high})" in told
    assert f"At the reference settings: {people(data['baseline'])} of 1,000." in told


@given(screens())
def test_next_steps_say_what_the_answer_says(screen: Screen) -> None:
    found = part("next_steps", screen)
    useful = [step for step in screen.answer.steps if step.risk_reduction > 1e-6]
    cards = [node for node in found.tags("li") if node.tags("button")]
    assert len(cards) == min(len(useful), 5)
    for card, step in zip(cards, useful, strict=False):
        fewer = people(step.risk_reduction)
        (gain,) = card.classes("gain")
        assert card.tags("h3")[0].text == step.name
        assert gain.text.startswith(f"{fewer or 'fewer than 1'} fewer of 1,000 (")
        ends = [-people(end) for end in reversed(step.interval)]
        assert numbers(gain.tags("span")[0].text) == ends
        facts = [fact.text for fact in card.tags("dd")]
        assert facts[0] == f"{100 * step.probability_helps:.0f} in 100"
        assert facts[1] == step.certainty
        assert card.tags("button")[0].attrs["data-value"] == step.key
    for step in screen.answer.steps:
        assert step.name.lower() in found.text.lower() or step in useful[5:]


@given(st.one_of(profiles, full_profiles), stories)
def test_the_code_gives_the_risk_to_the_last_digit(inputs: dict[str, Any], story: str) -> None:
    answer = explain(inputs, story)
    shown = part("maths", Screen(answer)).one("id", "code").children
    source = "".join(piece for piece in shown if isinstance(piece, str))
    assert source == code(answer)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(source, {})
    assert float(printed.getvalue()) == answer.risk


@given(st.one_of(profiles, full_profiles), stories)
def test_the_maths_have_the_numbers_of_the_sentence(inputs: dict[str, Any], story: str) -> None:
    found = part("maths", Screen(explain(inputs, story)))
    risk, terms = twin.risk(inputs, story), twin.terms(inputs, story)
    total = sum(terms.values())
    assert f"p = {risk:.4f}, or {people(risk)} of 1,000." in found.text
    assert f"which is × {math.exp(total):.2f} the odds" in found.text
    labels = {evidence().factors[key].label: term for key, term in terms.items()}
    rows = {cells[0]: cells for cells in found.rows()}
    assert set(rows) == {label for label, term in labels.items() if term}
    for label, (_, _, log_odds, odds) in rows.items():
        assert float(log_odds.replace("−", "-")) == pytest.approx(labels[label], abs=0.00051)
        assert odds == f"× {math.exp(labels[label]):.2f}"


# ------------------------------------------------------------------ words before numbers


@given(
    screens(),
    st.lists(st.sampled_from(list(evidence().red_flags)), min_size=1, max_size=3, unique=True),
)
def test_no_number_stands_beside_a_warning_sign(screen: Screen, flags: list[str]) -> None:
    answer = explain(screen.answer.profile, screen.answer.hypothesis, flags)
    stopped = Screen(answer, screen.pinned, screen.along, screen.over)
    for name in PARTS:
        assert not re.search(r"of 1,000|× |the odds", part(name, stopped).text), name
    assert drawn(stopped, QUICK, CHARTS)["charts"] == {}
    told = part("help", stopped).text
    for key in flags:
        flag = evidence().red_flags[key]
        assert flag.sign in told
        assert flag.act in told
    assert part("sentence", stopped).text.startswith("Please get help first.")
    assert part("help", screen).text == ""


@pytest.mark.parametrize("flag", evidence().red_flags)
def test_where_to_get_help_is_said_once_in_the_sentence_and_once_in_a_card(flag: str) -> None:
    stopped = Screen(explain({"fluid_intake": 6}, red_flags=[flag]))
    cards = read("".join(PARTS[name](stopped) for name in ("help", "cautions")))
    act = " ".join(evidence().red_flags[flag].act.split())
    assert len(cards.classes("card")) == 1
    assert cards.text.count(act) == part("sentence", stopped).text.count(act) == 1


def test_too_much_water_and_youth_have_cards_beside_the_number() -> None:
    stop, adults = evidence().stops["hyponatraemia"], evidence().stops["adults_only"]
    told = part("cautions", Screen(explain({"fluid_intake": 6}))).text
    assert stop.title in told
    assert stop.act in told
    for inputs in ({"age": 17}, {"conditions": ["pregnancy"]}):
        assert adults.text in part("cautions", Screen(explain(inputs))).text
    assert part("cautions", Screen(explain({"age": 18}))).text == ""


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_with_a_number_says_that_it_is_no_prediction(key: str) -> None:
    section = PAGE.one("id", key)
    day = scenarios()["desk_week"]
    busy = Screen(explain(day.profile), pinned=explain({}))
    live = "".join(part(name, busy).text for name in section.values("data-part"))
    if re.search(r"of 1,000|the odds", live):
        told = section.text + live
        assert ILLUSTRATION in told


# ------------------------------------------------------------------ sound HTML


@settings(max_examples=30)  # every part at once
@given(screens())
def test_every_part_is_well_formed(screen: Screen) -> None:
    for name in PARTS:
        found = part(name, screen)
        identities = found.values("id")
        assert len(identities) == len(set(identities)), name


@pytest.mark.parametrize("flag", evidence().red_flags)
def test_every_part_is_well_formed_beside_a_warning_sign(flag: str) -> None:
    for name in PARTS:
        part(name, Screen(explain({}, red_flags=[flag]), pinned=explain({"sitting": 9})))


@pytest.mark.parametrize(
    "broken",
    [
        "<p>a",
        "<p><b>a</p></b>",
        "<p><div></div></p>",
        "a < b",
        "a & b",
        '<i id="a" id="b"></i>',
        "<button><a></a></button>",
        "<div/>",
        "</p>",
    ],
)
def test_the_reader_of_the_tests_sees_what_is_broken(broken: str) -> None:
    with pytest.raises(MarkupError):
        read(broken)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&amp;&lt;b>",
    "</div>'\0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_link_from_a_stranger_cannot_write_html(text: str) -> None:
    for fragment in (f"sitting={text}", f"story={text}", f"{text}=1", f"v={text}", f"sex={text}"):
        notices = from_fragment(fragment).notices
        found = part("notices", Screen(notices=notices))
        assert notices
        assert {node.tag for node in found} == {"", "div", "ul", "li"}
        assert found.text == " ".join(" ".join(notices).split())


WRITTEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


@given(st.lists(WRITTEN, max_size=3))
def test_a_notice_is_shown_as_it_is(texts: list[str]) -> None:
    found = part("notices", Screen(notices=tuple(texts)))
    assert [item.text for item in found.tags("li")] == [" ".join(text.split()) for text in texts]


def test_identities_are_unique() -> None:
    identities = PAGE.values("id")
    assert len(identities) == len(set(identities))


def test_every_reference_within_the_page_leads_somewhere() -> None:
    identities = set(PAGE.values("id"))
    links = {link.removeprefix("#") for link in PAGE.values("href")}
    named = {name for names in PAGE.values("aria-labelledby") for name in names.split()}
    drawings = set(re.findall(r"url\(#([\w-]+)\)", document()))
    assert links
    assert links | named | drawings <= identities
    assert all(link.startswith("#") for link in PAGE.values("href"))


def test_nothing_is_fetched_from_anywhere() -> None:
    assert not PAGE.tags("img", "script", "link", "iframe", "style", "object")
    assert not [name for node in PAGE for name in node.attrs if name in ("src", "srcset", "action")]


def test_the_page_speaks_in_one_place() -> None:
    (status,) = PAGE.where(lambda node: node.attrs.get("role") == "status")
    assert status.attrs["data-part"] == "sentence"
    assert not PAGE.tags("output")  # these are of the role "status" by themselves


def test_headings_give_the_outline() -> None:
    levels = [int(node.tag[1]) for node in PAGE.tags("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [PAGE.one("id", key).tags("h2")[0].attrs["id"] for key in SECTIONS] == [
        f"{key}-title" for key in SECTIONS
    ]


def test_sections_are_those_of_the_contract() -> None:
    assert set(SECTIONS) == {
        *("answer", "why", "how", "what-if", "next-steps", "stories"),
        *("evidence", "compare", "red-flags", "maths", "share"),
    }
    (nav,) = PAGE.tags("nav")
    assert [link.attrs["href"] for link in nav.tags("a")] == [f"#{key}" for key in SECTIONS]
    order = [identity for identity in PAGE.values("id") if identity in SECTIONS]
    assert order == list(SECTIONS)


def test_buttons_pictures_and_tables_have_names() -> None:
    for button in PAGE.tags("button"):
        assert button.attrs.get("aria-label", button.text)
        assert button.text in button.attrs.get("aria-label", button.text)
    for picture in PAGE.where(lambda node: node.attrs.get("role") in ("img", "region")):
        assert picture.attrs["aria-label"]
    for table in PAGE.tags("table"):
        assert table.tags("caption")[0].text


# ------------------------------------------------------------------ the page and its pieces


def test_the_page_has_a_place_for_every_part_and_chart() -> None:
    assert sorted(PAGE.values("data-part")) == sorted(PARTS)
    assert sorted(PAGE.values("data-chart")) == sorted(CHARTS)
    assert not QUICK.keys() & CALM.keys()


def test_the_page_has_a_place_for_every_control() -> None:
    controls = Controls(RiskState())
    first, rest = controls.first(), controls.rest()
    assert not first.keys() & rest.keys()
    assert sorted(PAGE.values("data-slot")) == sorted({**first, **rest})
    assert sorted(PAGE.values("data-input")) == sorted(NUMBERS)
    assert sorted(PAGE.values("data-reference")) == sorted(NUMBERS)


def test_every_button_asks_for_something_that_exists() -> None:
    pinned = Screen(explain({"sitting": 10}), pinned=explain({}))
    buttons = [*PAGE.tags("button"), *read("".join(PARTS[n](pinned) for n in PARTS)).tags("button")]
    asked = {button.attrs["data-action"] for button in buttons}
    itself = set(re.findall(r'(?:press|ask)\(model, "([\w-]+)"', script(*SCRIPTS)))
    assert asked >= LOCAL
    assert (asked - LOCAL) | itself == set(Explainer().page._actions)
    values: dict[str, set[str]] = {action: set() for action in asked}
    for button in buttons:
        values[button.attrs["data-action"]].add(button.attrs["data-value"])
    assert values["scenario"] == set(scenarios())
    assert values["story"] == set(STORIES) - {pinned.answer.hypothesis}
    assert values["apply"] <= set(evidence().tips)
    assert values["copy"] <= set(PAGE.values("id"))


@pytest.mark.parametrize("name", PARTS)
def test_the_page_is_true_to_the_reference_day(name: str) -> None:
    assert PAGE.one("data-part", name).text == part(name, REFERENCE).text


def test_the_page_says_the_reference_answer_before_anything_moves() -> None:
    (status,) = PAGE.where(lambda node: node.attrs.get("role") == "status")
    assert status.text == explain({}).sentence
    assert "10 of 1,000" in status.text


@pytest.mark.parametrize("name", NUMBERS)
def test_waiting_controls_show_the_reference(name: str) -> None:
    entry, usual = INPUTS[name], getattr(crampnb.Profile(), name)
    control = PAGE.one("data-input", name)
    low, high = entry.range
    place = f"{100 * (usual - low) / (high - low):.1f}%"
    assert control.one("data-slot", f"{name}.box").text == f"{usual:.{entry.decimals}f}"
    assert control.one("data-reference", name).text == entry.speak(usual)
    assert control.attrs["style"] == f"--reference:{place}"
    assert control.classes("thumb")[0].attrs["style"] == f"left:{place}"
    for slot in (name, f"{name}.box"):
        place_of = control.one("data-slot", slot).attrs
        assert (place_of["data-label"], place_of["data-unit"]) == (entry.label, entry.unit)
        assert place_of["data-decimals"] == str(entry.decimals)
    assert entry.label in control.text
    assert entry.help in control.text


@given(profiles)
def test_marks_stand_on_the_sliders(inputs: dict[str, Any]) -> None:
    profile = crampnb.Profile(**inputs)
    for name, (place, spoken) in marks(profile).items():
        plain: dict[str, Any] = {key: inputs[key] for key in ("sex", "age") if key in inputs}
        minerals = twin.resolve(plain)  # at the reference, whatever the electrolyte intake
        usual = minerals[name] if name in MINERALS else getattr(profile.without(name), name)
        low, high = INPUTS[name].range
        assert isinstance(place, float)
        assert 0 <= place <= 100
        assert low + place / 100 * (high - low) == pytest.approx(usual, abs=(high - low) / 1000)
        assert spoken == INPUTS[name].speak(usual)


# ------------------------------------------------------------------ all of the evidence is there


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("key", evidence().sources)
def test_every_study_is_on_the_page(key: str) -> None:
    source = evidence().sources[key]
    entry = PAGE.one("id", f"source-{key}").text
    assert squeezed(source.reference) in entry
    assert squeezed(source.finding) in entry
    assert ("secondary" in entry) >= (source.read == "secondary")


@pytest.mark.parametrize("key", evidence().factors)
def test_every_factor_has_a_card(key: str) -> None:
    factor = evidence().factors[key]
    cards = PAGE.one("id", "evidence").where(
        lambda node: node.tag == "details" and node.text.startswith(f"{factor.label} ")
    )
    (card,) = cards
    for words in (factor.certainty, factor.direction, factor.measured, factor.judged):
        assert squeezed(words) in card.text
    held = [factor.odds_ratio] if factor.odds_ratio else [band.odds_ratio for band in factor.bands]
    for ratio in held:
        assert f"× {ratio.central:g} the odds ({ratio.low:g} to {ratio.high:g}" in card.text
    assert set(card.values("href")) == {f"#source-{source}" for source in factor.sources}


@pytest.mark.parametrize("key", evidence().ailments)
def test_every_condition_and_medicine_has_a_row_and_a_box(key: str) -> None:
    entry = evidence().ailments[key]
    rows = [cells for cells in PAGE.one("id", "evidence").rows() if cells[0] == entry.label]
    ((_, effect, certainty, measured),) = rows
    ratio = entry.odds_ratio
    assert f"× {ratio.central:g} the odds ({ratio.low:g} to {ratio.high:g}" in effect
    assert certainty == entry.certainty
    assert measured.startswith(squeezed(entry.measured))
    group = "conditions" if key in evidence().conditions else "medicines"
    assert PAGE.one("data-slot", f"{group}.{key}").text == entry.label


@pytest.mark.parametrize("key", evidence().tips)
def test_every_tip_has_a_row(key: str) -> None:
    tip = evidence().tips[key]
    rows = [cells for cells in PAGE.one("id", "evidence").rows() if cells[0] == tip.label]
    ((_, claim, verdict),) = rows
    assert claim == (f"Tip {tip.article}: {tip.claim}" if tip.article else "not in the article")
    assert verdict.startswith(squeezed(tip.verdict))


@pytest.mark.parametrize("key", evidence().red_flags)
def test_every_warning_sign_has_a_box_and_what_to_do(key: str) -> None:
    flag = evidence().red_flags[key]
    (row,) = [item for item in PAGE.classes("flag") if f"flag.{key}" in item.values("data-slot")]
    assert flag.sign in row.text
    assert flag.act in row.text


@pytest.mark.parametrize("key", evidence().causes)
def test_every_cause_has_its_claim_and_its_verdict(key: str) -> None:
    cause = evidence().causes[key]
    text = PAGE.one("id", "evidence").text
    assert cause.label in text
    assert squeezed(cause.claim) in text
    assert squeezed(cause.verdict) in text


def test_relief_is_all_there() -> None:
    relief, (box,) = evidence().relief, PAGE.classes("relief")
    for words in (*relief.steps, relief.avoid, relief.alarm):
        assert squeezed(words) in box.text
    assert [node.attrs["data-alarm"] for node in box if "data-alarm" in node.attrs] == [
        str(relief.alarm_minutes * 60)
    ]
