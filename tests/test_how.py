"""How a cramp might happen: the picture, its rules and its twin in words."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.scenarios import scenarios
from crampnb.views.how import how, shown
from crampnb.views.html import times
from crampnb.views.mechanism import DRAWN, PLACES, POSES, sign, tilt, width
from crampnb.views.screen import Screen
from tests.markup import Node, read
from tests.strategies import full_profiles, profiles, stories

answers = st.builds(explain, st.one_of(profiles, full_profiles), stories)
terms = st.floats(-6, 6)


def part(answer: Explanation) -> Node:
    return read(how(Screen(answer)))


def picture(answer: Explanation) -> Node:
    (found,) = part(answer).classes("mechanism")
    return found


def words(node: Node) -> str:
    """The text of an element without the signs, of which a style shows one."""
    return re.sub(" *[+−] *", "", node.text)


# ------------------------------------------------------------------ what is drawn


def test_every_part_has_its_place_its_strokes_and_a_row_for_each_factor() -> None:
    parts = evidence().mechanisms
    assert PLACES.keys() == DRAWN.keys() == parts.keys()
    for key, place in PLACES.items():
        assert sum(len(column.rows) for column in place.columns) == len(parts[key].factors), key


@given(answers)
def test_every_factor_is_drawn_once_and_dashed_where_it_was_judged(answer: Explanation) -> None:
    drawn = {node.attrs["data-flow"]: node for node in picture(answer) if "data-flow" in node.attrs}
    assert len(drawn) == len(picture(answer).values("data-flow"))
    assert drawn.keys() == evidence().factors.keys()
    for key, factor in evidence().factors.items():
        (name,) = drawn[key].tags("text")
        assert words(name) == (factor.short or factor.label)
        kinds = drawn[key].attrs["class"].split()
        assert kinds[0] == sign(answer.terms[key])
        assert kinds[1:] == ["judged"] * (factor.link == "judged")
        assert drawn[key].attrs["style"] == f"--w:{width(answer.terms[key]):.1f}"


@given(answers)
def test_the_balance_follows_the_sum_of_the_terms(answer: Explanation) -> None:
    (beam,) = picture(answer).where(lambda node: "data-balance" in node.attrs)
    assert beam.attrs["style"] == f"--tilt:{tilt(sum(answer.terms.values())):.1f}deg"


def test_it_needs_no_id_and_is_small() -> None:
    for scenario in scenarios().values():
        drawn = how(Screen(explain(scenario.profile)))
        assert read(drawn).values("id") == []
        assert "url(" not in drawn
        assert len(drawn.encode()) < 15_500


# ------------------------------------------------------------------ the rules


@given(terms, terms)
def test_strokes_grow_with_the_terms(one: float, other: float) -> None:
    thin, thick = sorted((one, other), key=abs)
    assert 1 <= width(thin) <= width(thick) <= 12
    assert sign(one) == {1: "up", -1: "down", 0: "none"}[(one >= 0.005) - (one <= -0.005)]
    assert sign(-one) == {"up": "down", "down": "up", "none": "none"}[sign(one)]


def test_what_is_none_reads_as_no_effect() -> None:
    for term in (0, 0.0049, -0.0049):
        assert (sign(term), times(term)) == ("none", "× 1.00")


@pytest.mark.parametrize(
    ("total", "angle"), [(0, 0), (0.5, 6), (-0.5, -6), (1.2, 14), (9, 14), (-9, -14)]
)
def test_the_balance_tips_within_bounds(total: float, angle: float) -> None:
    assert tilt(total) == pytest.approx(angle)


# ------------------------------------------------------------------ one pose for each story


def test_each_story_lights_its_own_parts() -> None:
    known = evidence().hypotheses
    lit = [frozenset(story.lights) for story in known.values()]
    assert all(lit)
    assert len(set(lit)) == len(known) == len(POSES)
    for key, story in known.items():
        drawn = part(explain({}, key))
        assert drawn.one("data-story", key).attrs["class"] == "how"
        shining = [n for n in drawn if key in n.attrs.get("data-lit", "").split()]
        names = {n.attrs["class"].split()[1] for n in shining if n.tag == "g"}
        assert names == set(story.lights)
        assert [n.text for n in shining if n.tag == "p"] == [story.pose]
        assert [n.attrs["d"] for n in shining if n.tag == "path"] == [POSES[key]]


def test_what_is_lit_is_a_matter_of_one_attribute() -> None:
    drawn = [how(Screen(explain({}, key))) for key in evidence().hypotheses]
    assert len({re.sub(' data-story="[a-z_]+"', "", one) for one in drawn}) == 1
    for key in evidence().hypotheses:
        assert f".how[data-story={key}] [data-lit~={key}]" in STYLE


STYLE = files("crampnb.browser").joinpath("page.css").read_text()
BLOCK = STYLE[STYLE.index("/* how") : STYLE.index("/* charts")]


def test_it_moves_only_where_motion_is_welcome() -> None:
    still, _, rest = BLOCK.partition("@media (prefers-reduced-motion: no-preference) {")
    moving, _, after = rest.partition("\n}\n")
    assert "transition" in moving
    assert "transition" not in still + after
    assert "animation" not in BLOCK


def test_its_colours_are_those_of_the_page() -> None:
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", BLOCK)


# ------------------------------------------------------------------ the twin in words


@given(answers)
def test_the_words_say_all_that_the_picture_shows(answer: Explanation) -> None:
    found = part(answer)
    lines = {n.attrs["data-flow"]: n for n in found.tags("li")}
    assert lines.keys() == evidence().factors.keys()
    for key, factor in evidence().factors.items():
        line, term = lines[key], answer.terms[key]
        assert line.attrs["class"] == sign(term)
        assert line.text.startswith(factor.label)
        assert found.one("data-figure", f"odds.{key}").text == times(term)
        assert line.text.endswith(times(term))
    together = found.one("data-figure", "odds.all").text
    assert together == times(sum(answer.terms.values()))
    for entry in evidence().mechanisms.values():
        assert entry.about in found.text


def test_exposures_are_shown_as_the_day_makes_them() -> None:
    found = part(explain({"fluid_intake": 0.5, "activity_load": 3000, "electrolyte_intake": 75}))
    told = {n.attrs["data-flow"]: n.text for n in found.tags("li")}
    assert told["load_spike"].startswith("A sudden jump in activity (3 × usual): × ")
    assert told["mineral_shortfall"].startswith("Too little of the four minerals (25 % missing): ")
    assert told["slumped"].startswith("Slumped sitting: ")


def test_an_exposure_has_one_decimal_at_most() -> None:
    factors = evidence().factors
    assert [shown(factors["dehydration"], value) for value in (1.84, 2.0)] == ["1.8", "2"]
    assert shown(factors["mineral_shortfall"], 0.254) == "25"
