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
from crampnb.dashboard.app import Explainer
from crampnb.dashboard.controls import Controls
from crampnb.dashboard.island import Island
from crampnb.dashboard.page import Page
from crampnb.dashboard.state import RiskState
from crampnb.lessons.cards.card import Card
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, Explanation, compare, explain
from crampnb.model.export import as_dict
from crampnb.model.fragment import from_fragment
from crampnb.model.frequency import change_range, draws
from crampnb.model.inputs import Input
from crampnb.model.scenarios import scenarios
from crampnb.places import BROWSER
from crampnb.views.controls import BOX
from crampnb.views.elements import p
from crampnb.views.html import READ
from crampnb.views.maths import code
from crampnb.views.page import SECTIONS, document
from crampnb.views.page import part as place_of
from crampnb.views.parts import CHARTS, PARTS, Part, draw, render
from crampnb.views.screen import Screen
from tests import twin
from tests.markup import MarkupError, Node, dots, read
from tests.strategies import INPUTS, NUMBERS, STORIES, full_profiles, profiles, stories

REFERENCE = Screen()
PAGE = read(document())
#: what the browser does without asking Python
LOCAL = {"copy", "copy-link", "print", "reset", "scenario", "sheet", "story", "timer"}


def people(risk: float) -> int:
    """A risk as people of 1,000, rounded in one place only."""
    return round(1000 * risk)


def times(term: float) -> str:
    """Times the odds, rounded to two decimals from nine, which hide where arithmetic differs."""
    return f"× {round(math.exp(term), 9):.2f}"


def numbers(text: str) -> list[int]:
    """The whole numbers in a text, which has the typographic minus sign."""
    found = re.findall(r"[+−]?\d+", text.replace("of 1,000", ""))
    return [int(number.replace("−", "-")) for number in found]


def part(name: str, screen: Screen) -> Node:
    """One part of the page, read as a person reads it: without what is hidden."""
    return visible(read(draw(name, screen)))


def visible(node: Node) -> Node:
    """The element without what is hidden in it."""
    held = [
        child if isinstance(child, str) else visible(child)
        for child in node.children
        if isinstance(child, str) or "hidden" not in child.attrs
    ]
    return Node(node.tag, node.attrs, held)


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
    cells = {path.attrs["class"].removeprefix("icons-"): dots(path) for path in array.tags("path")}
    base, now = 10, people(twin.risk(inputs, story))
    changed = "more" if now > base else "fewer"
    expected = {"base": min(base, now), changed: abs(now - base), "rest": 1000 - max(base, now)}
    counts = {name: len(places) for name, places in cells.items()}
    assert counts == {name: count for name, count in expected.items() if count}
    everyone = set(itertools.product(range(40), range(25)))
    assert set(itertools.chain.from_iterable(cells.values())) == everyone
    assert array.attrs["aria-label"].startswith(f"1,000 people: {now} with a cramp, {base} at")
    legend = [numbers(line.text) or [0] for line in found.tags("li")]
    assert legend == [[expected["base"]], [expected[changed]], [expected["rest"]]]


@given(st.one_of(profiles, full_profiles), stories)
def test_the_range_is_that_of_the_sentence(inputs: dict[str, Any], story: str) -> None:
    (span,) = part("picture", Screen(explain(inputs, story))).classes("span")
    told = {node.attrs["data-figure"]: node.text for node in span if "data-figure" in node.attrs}
    assert [int(told["low"].replace(",", "")), int(told["high"].replace(",", ""))] == [
        people(risk) for risk in twin.interval(inputs, story)
    ]


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
        together = sum(terms[factor.key] for factor in factors)
        assert odds.text == f"{times(together)} the odds"
        for factor, cells in zip(factors, row.rows(), strict=True):
            assert cells[0] == factor.label
            assert cells[1] == times(terms[factor.key])
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
    (told,) = part("split", screen).classes("split")
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
    (told,) = found.classes("split")
    assert told.text == compare(before, now)
    ranges = [
        f"{'A' if one is before else 'Now'}: {people(one.risk)} of 1,000 ({low} to {high})"
        for one in (before, now)
        for low, high in [map(people, one.interval)]
    ]
    (drawn,) = found.classes("pair")
    assert drawn.attrs["aria-label"] == "; ".join(ranges)
    assert [text.text for text in drawn.classes("pair-told")] == ranges
    (marks,) = found.classes("icons")
    assert marks.attrs["aria-label"] == f"1,000 people: {first} with A, {second} now"
    cells = {path.attrs["class"]: len(dots(path)) for path in marks.tags("path")}
    assert cells.get("icons-base", 0) == min(first, second)
    assert cells.get("icons-rest", 0) == 1000 - max(first, second)
    assert ILLUSTRATION in found.tags("figcaption")[0].text
    differing = [
        entry.label
        for name, entry in evidence().inputs.items()
        if getattr(before.profile, name) != getattr(now.profile, name)
    ]
    differing += ["Story"] if before.hypothesis != now.hypothesis else []
    assert [cells[0] for cells in found.rows()] == differing


@given(st.builds(explain, profiles, stories), st.builds(explain, profiles, stories))
def test_both_ranges_are_drawn_on_one_scale(before: Explanation, now: Explanation) -> None:
    (drawn,) = part("compare", Screen(now, before)).classes("pair")
    top = numbers(drawn.classes("pair-end")[1].text)[0]
    (slope,) = drawn.classes("pair-slope")
    marks = [slope.attrs["x1"], slope.attrs["x2"]]
    for answer, band, mark in zip((before, now), drawn.classes("pair-range"), marks, strict=True):
        low, high = map(people, answer.interval)
        left, width = (float(band.attrs[name].rstrip("%")) for name in ("x", "width"))
        assert left == pytest.approx(100 * low / top, abs=0.051)
        assert left + width == pytest.approx(100 * high / top, abs=0.11)
        assert left + width <= 100.1
        assert float(mark.rstrip("%")) == pytest.approx(100 * people(answer.risk) / top, abs=0.051)


@given(screens())
def test_the_charts_say_what_the_sentence_says(screen: Screen) -> None:
    answer = screen.answer
    low, high = answer.interval
    spread = CHARTS["spread"].drawing(screen)["data"][0]
    curve = CHARTS["curve"].drawing(screen)["data"]
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
        assert gain.text.startswith(f"{fewer or 'less than 1'} fewer of 1,000 (")
        assert gain.tags("span")[0].text == f"({change_range(*step.change)})"
        facts = [fact.text for fact in card.tags("dd")]
        assert facts == [
            f"it helps in {draws(step.probability_helps)} draws",
            f"{step.certainty} certainty",
            f"{step.effort}: {step.effort_note}",
        ]
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
    assert f"which is {times(total)} the odds" in found.text
    labels = {evidence().factors[key].label: term for key, term in terms.items()}
    rows = {cells[0]: cells for cells in found.rows()}
    assert set(rows) == {label for label, term in labels.items() if term}
    for label, (_, _, log_odds, odds) in rows.items():
        assert float(log_odds.replace("−", "-")) == pytest.approx(labels[label], abs=0.00051)
        assert odds == times(labels[label])


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
    assert not any(chart.is_due(stopped) for chart in CHARTS.values())
    told = part("help", stopped).text
    for key in flags:
        flag = evidence().red_flags[key]
        assert flag.sign in told
        assert flag.act in told
    assert part("sentence", stopped).text.startswith("Please get help first.")
    assert part("help", screen).text == ""


def test_a_new_part_is_blank_beside_a_warning_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to think of it: a part that says nothing about its numbers holds some."""
    monkeypatch.setitem(PARTS, "new", Part(lambda screen: p["38 of 1,000"]))
    monkeypatch.setitem(CHARTS, "new", Part(lambda screen: {"data": [38]}))
    stopped = Screen(explain({}, red_flags=list(evidence().red_flags)[:1]))
    assert render(REFERENCE)["new"] == "<p>38 of 1,000</p>"
    assert render(stopped)["new"] == draw("new", stopped) == ""
    assert "data-numbers" in read(place_of("new")).tags("div")[0].attrs
    assert CHARTS["new"].is_due(REFERENCE)
    assert not CHARTS["new"].is_due(stopped)


def test_what_is_shown_beside_a_warning_sign_was_chosen() -> None:
    shown = {name for name, part in PARTS.items() if not part.has_numbers}
    assert shown == {"sentence", "cautions", "notices", "help", "scenario", "settings"}
    assert all(chart.has_numbers for chart in CHARTS.values())


@pytest.mark.parametrize("flag", evidence().red_flags)
def test_where_to_get_help_is_said_once_in_the_sentence_and_once_in_a_card(flag: str) -> None:
    stopped = Screen(explain({"fluid_intake": 6}, red_flags=[flag]))
    cards = visible(read("".join(draw(name, stopped) for name in ("help", "cautions"))))
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


def test_very_little_to_drink_has_a_card_and_a_flat_curve_a_caution() -> None:
    card, caution = evidence().stops["little_drink"], INPUTS["fluid_intake"].caution
    told = part("cautions", Screen(explain({"fluid_intake": 0}))).text
    assert card.title in told
    assert card.act in told
    assert caution in part("what_if", Screen(along="fluid_intake")).text
    assert caution not in part("what_if", Screen(along="sitting")).text
    assert caution in part("map_table", Screen(over=("sitting", "fluid_intake"))).text
    twice = Screen(along="fluid_intake", over=("sitting", "fluid_intake"))
    assert caution not in part("map_table", twice).text


def test_how_much_at_most_in_an_hour_stands_where_a_lot_is_drunk() -> None:
    told = part("cautions", Screen(explain({"fluid_intake": 6}))).text
    curve = part("what_if", Screen(along="fluid_intake")).text
    assert all("0.7 to 1.0 litres an hour" in text for text in (told, curve))
    assert "no more than 1.4 litres in any hour" in told


def test_a_ticked_statin_says_what_to_do_about_unexplained_pain() -> None:
    told = part("cautions", Screen(explain({"medicines": ["statin"]}))).text
    assert evidence().medicines["statin"].caution in told


@pytest.mark.parametrize("key", evidence().look_alikes)
def test_every_look_alike_stands_beside_the_warning_signs(key: str) -> None:
    other = evidence().look_alikes[key]
    (item,) = [
        node
        for node in PAGE.one("id", "red-flags").classes("look-alike")
        if other.label in node.text
    ]
    for words in (other.signs, other.act):
        assert squeezed(words) in item.text
    assert set(item.values("href")) == {f"#source-{source}" for source in other.sources}


def test_what_is_cited_says_how_far_it_was_read_and_when() -> None:
    flag = evidence().red_flags["clot"]
    (row,) = [item for item in PAGE.classes("flag") if "flag.clot" in item.values("data-slot")]
    for source in flag.sources:
        assert READ[evidence().sources[source].read] in row.text
        assert evidence().sources[source].short in row.text
    assert f"Last looked at in {flag.looked_at:%B %Y}." in row.text


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
    for fragment in (
        f"sitting={text}",
        f"story={text}",
        f"sittin={text}",
        f"v={text}",
        f"sex={text}",
    ):
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
    links = {link.removeprefix("#") for link in PAGE.values("href") if link != "model.html"}
    named = {name for names in PAGE.values("aria-labelledby") for name in names.split()}
    drawings = set(re.findall(r"url\(#([\w-]+)\)", document()))
    assert links
    assert links | named | drawings <= identities
    assert all(link.startswith("#") or link == "model.html" for link in PAGE.values("href"))


def test_nothing_is_fetched_from_anywhere() -> None:
    assert not PAGE.tags("img", "link", "iframe", "style", "object")
    assert [one.attrs["type"] for one in PAGE.tags("script")] == ["text/plain", "application/json"]
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


def test_the_page_has_a_place_for_every_control() -> None:
    controls = Controls(RiskState()).all()
    boxes = [f"{name}{BOX}" for name in NUMBERS]
    assert sorted(PAGE.values("data-slot")) == sorted([*controls, *boxes])
    for name in [*controls, *boxes]:
        slot = PAGE.one("data-slot", name)
        assert {one.attrs["name"] for one in slot.tags("input", "select")} == {name}
    for kind in ("data-input", "data-beside"):
        assert sorted(PAGE.values(kind)) == sorted(NUMBERS)


def test_every_control_is_the_browsers_own_and_shows_the_reference() -> None:
    usual = crampnb.Profile()
    for name, entry in INPUTS.items():
        now = getattr(usual, name)
        if entry.kind == "set":
            for option in entry.options:
                (tick,) = PAGE.one("data-slot", f"{name}.{option}").tags("input")
                assert tick.attrs["type"] == "checkbox"
                assert ("checked" in tick.attrs) == (option in now)
        elif entry.kind == "switch":
            (tick,) = PAGE.one("data-slot", name).tags("input")
            assert tick.attrs["type"] == "checkbox"
            assert ("checked" in tick.attrs) == now
        elif entry.kind == "choice":
            options = PAGE.one("data-slot", name).tags("option")
            assert [one.attrs["value"] for one in options] == list(entry.options)
            assert [one.text for one in options] == list(entry.option_labels)
            assert [one.attrs["value"] for one in options if "selected" in one.attrs] == [now]
    stories = PAGE.one("data-slot", "story")
    assert (stories.attrs["role"], stories.attrs["aria-label"]) == ("radiogroup", "Story")
    assert [radio.attrs["value"] for radio in stories.tags("input")] == STORIES
    assert [one.text for one in stories.tags("label")] == [
        story.name for story in evidence().hypotheses.values()
    ]
    checked = [one.attrs["value"] for one in PAGE.tags("input") if "checked" in one.attrs]
    assert checked == [REFERENCE.answer.hypothesis]
    for place, chosen in {"along": REFERENCE.along, **AXES}.items():
        options = PAGE.one("data-slot", place).tags("option")
        assert [one.attrs["value"] for one in options] == NUMBERS
        assert [one.attrs["value"] for one in options if "selected" in one.attrs] == [chosen]
    for flag in evidence().red_flags:
        (tick,) = PAGE.one("data-slot", f"flag.{flag}").tags("input")
        assert (tick.attrs["type"], "checked" in tick.attrs) == ("checkbox", False)
    # a browser that remembers what was typed would show it beside another answer
    assert {one.attrs.get("autocomplete") for one in PAGE.tags("input", "select")} == {"off"}


AXES = dict(zip(("over.x", "over.y"), REFERENCE.over, strict=True))
#: what the browser's side says of both
DECLARED = (BROWSER / "types.d.ts").read_text()


def named(union: str) -> set[str]:
    """The texts of a union of types that the browser's side declares."""
    members = DECLARED.partition(f"type {union} =")[2].partition(";")[0]
    return set(re.findall(r'"([\w-]+)"', members))


def traits_of(interface: str) -> set[str]:
    """The names that an interface of the browser's side declares."""
    body = DECLARED.partition(f"interface {interface} {{")[2].partition("\n}")[0]
    return set(re.findall(r"^  (\w+):", body, re.MULTILINE))


def test_the_browser_knows_the_traits_of_the_page() -> None:
    ours = {name for kind in (Island, Page) for name in kind.class_own_traits()}
    assert traits_of("ExplainerTraits") == {name for name in ours if not name.startswith("_")}


def test_the_browser_knows_the_traits_of_a_card() -> None:
    ours = {name for name in Card.class_own_traits() if not name.startswith("_")}
    assert traits_of("CardTraits") == ours


def test_every_button_asks_for_something_that_exists() -> None:
    pinned = Screen(explain({"sitting": 10}), pinned=explain({}))
    buttons = [*PAGE.tags("button"), *read("".join(draw(n, pinned) for n in PARTS)).tags("button")]
    asked = {button.attrs["data-action"] for button in buttons}
    assert asked >= named("LocalAction") == LOCAL
    assert asked - LOCAL <= named("Action") == set(Explainer().page._actions)
    assert named("Question") <= named("Action")
    values: dict[str, set[str]] = {action: set() for action in asked}
    for button in buttons:
        values[button.attrs["data-action"]].add(button.attrs.get("data-value", ""))
    assert values["scenario"] == set(scenarios())
    assert values["story"] == set(STORIES)
    assert values["apply"] <= set(evidence().tips)
    assert values["copy"] <= set(PAGE.values("id"))


@pytest.mark.parametrize("name", PARTS)
def test_the_page_is_true_to_the_reference_day(name: str) -> None:
    assert PAGE.one("data-part", name).children == read(draw(name, REFERENCE)).children


def test_the_page_says_the_reference_answer_before_anything_moves() -> None:
    (status,) = PAGE.where(lambda node: node.attrs.get("role") == "status")
    assert status.text == explain({}).sentence
    assert "10 of 1,000" in status.text


@pytest.mark.parametrize("name", NUMBERS)
def test_a_slider_shows_its_reference_with_its_box_and_its_help(name: str) -> None:
    entry, usual = INPUTS[name], getattr(crampnb.Profile(), name)
    control = PAGE.one("data-input", name)
    low, high = entry.range
    limits = [f"{low:g}", f"{high:g}"]
    (slider,) = control.one("data-slot", name).tags("input")
    assert [slider.attrs[key] for key in ("type", "min", "max")] == ["range", *limits]
    assert (float(slider.attrs["step"]), float(slider.attrs["value"])) == (entry.step, usual)
    assert slider.attrs["aria-label"] == entry.label
    assert slider.attrs["aria-valuetext"] == entry.speak(usual)
    (box,) = control.one("data-slot", f"{name}{BOX}").tags("input")
    assert [box.attrs[key] for key in ("type", "role", "inputmode")] == [
        "text",
        "spinbutton",
        "decimal",
    ]
    assert [box.attrs[f"aria-value{key}"] for key in ("min", "max")] == limits
    assert float(box.attrs["value"]) == float(box.attrs["aria-valuenow"]) == usual
    assert box.attrs["aria-label"].startswith(entry.label)
    place = (usual - low) / (high - low)
    assert control.attrs["style"] == f"--at:{place:.4f};--reference:{place:.4f}"
    assert control.one("data-figure", f"reference.{name}").text == entry.speak(usual)
    assert entry.label in control.text
    assert squeezed(entry.help) in control.text


def test_the_load_is_told_in_minutes() -> None:
    usual = crampnb.Profile()
    (box,) = PAGE.where(lambda node: node.attrs.get("name") == "minutes")
    effort = float(PAGE.one("data-figure", "effort").text)
    assert float(box.attrs["value"]) * effort == pytest.approx(usual.activity_load, abs=effort / 2)
    assert "minutes" in box.attrs["aria-label"].lower()


# ------------------------------------------------------------------ all of the evidence is there


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("key", evidence().sources)
def test_every_study_is_on_the_page(key: str) -> None:
    source = evidence().sources[key]
    entry = PAGE.one("id", f"source-{key}").text
    assert squeezed(source.reference) in entry
    assert squeezed(source.finding) in entry
    assert all(identifier in entry for identifier in source.identifiers)
    assert f"{READ[source.read]}, {source.looked_at:%B %Y}." in entry


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
