"""The settings to start from: valid, different, named, and the same again from their link."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from crampnb.model.fragment import Link, from_fragment, to_fragment
from crampnb.model.profile import Profile
from crampnb.model.scenarios import Scenario, _scenario, scenarios
from crampnb.model.schema import EvidenceError
from crampnb.views.page import document
from crampnb.views.parts import draw
from crampnb.views.screen import Screen
from tests.markup import read

ALL = scenarios()
DATA: dict[str, Any] = tomllib.loads(
    (files("crampnb") / "data" / "scenarios.toml").read_text("utf-8")
)["scenarios"]


@pytest.fixture(params=ALL)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return ALL[request.param]


def test_the_scenarios_are_those_of_the_file_in_its_order() -> None:
    assert list(ALL) == list(DATA)
    for key, entry in DATA.items():
        assert ALL[key].key == key
        assert ALL[key].profile == Profile(**entry["profile"])
        assert ALL[key].hypothesis == entry.get("hypothesis", "evidence")


def test_the_design_s_own_scenarios_are_there() -> None:
    named = {"Desk week", "Race week", "Hot tournament", "Long-haul flight", "Night shift"}
    assert named | {"On dialysis"} <= {entry.name for entry in ALL.values()}


def test_a_scenario_is_not_the_reference_day(scenario: Scenario) -> None:
    reference = Profile()
    moved = [
        name
        for name in evidence().inputs
        if getattr(scenario.profile, name) != getattr(reference, name)
    ]
    assert set(scenario.profile.given) <= set(moved)
    assert explain(scenario.profile, scenario.hypothesis).risk != explain({}).risk


def test_a_scenario_is_told_in_words(scenario: Scenario) -> None:
    assert scenario.name.strip()
    assert scenario.about.endswith(".")
    assert len(scenario.about.split()) >= 5


@pytest.mark.parametrize("what", ["name", "about", "profile"])
def test_no_two_scenarios_are_alike(what: str) -> None:
    told = [getattr(entry, what) for entry in ALL.values()]
    assert len(set(told)) == len(told)


def test_a_scenario_comes_back_from_its_link(scenario: Scenario) -> None:
    fragment = to_fragment(scenario.profile, scenario.hypothesis)
    assert from_fragment(fragment) == Link(scenario.profile, scenario.hypothesis)


def test_a_scenario_has_a_button_that_says_what_it_is(scenario: Scenario) -> None:
    page = read(document())
    buttons = page.where(lambda node: node.attrs.get("data-action") == "scenario")
    assert {one.attrs["data-value"]: one.text for one in buttons} == {
        key: entry.name for key, entry in ALL.items()
    }
    assert {one.attrs["aria-pressed"] for one in buttons} == {"false"}
    chosen = Screen(explain(scenario.profile, scenario.hypothesis))
    (about,) = [
        one
        for one in read(draw("scenario", chosen)).tags("span")
        if "data-if" in one.attrs and "hidden" not in one.attrs
    ]
    assert about.text == f"{scenario.name}. {' '.join(scenario.about.split())}"


def test_a_day_of_ones_own_is_no_scenario(scenario: Scenario) -> None:
    other = Screen(explain(scenario.profile.but(body_mass=71), scenario.hypothesis))
    (about,) = [
        one
        for one in read(draw("scenario", other)).tags("span")
        if "data-if" in one.attrs and "hidden" not in one.attrs
    ]
    assert about.attrs["data-if"] == "week="


def test_scenarios_show_the_cards_that_they_are_about() -> None:
    reasons = {key: explain(entry.profile).causes for key, entry in ALL.items()}
    assert reasons["desk_week"]["posture"] > 0
    assert reasons["race_week"]["overuse"] > 0
    assert reasons["hot_tournament"]["dehydration"] > 0
    assert reasons["on_dialysis"]["conditions"] > 0


@pytest.mark.parametrize("missing", ["name", "about", "profile"])
def test_an_entry_that_lacks_something_is_named(missing: str) -> None:
    entry = {key: value for key, value in DATA["desk_week"].items() if key != missing}
    with pytest.raises(EvidenceError, match=rf"scenarios\.mine.*{missing}"):
        _scenario("mine", entry)


@pytest.mark.parametrize(
    "wrong",
    [
        {"profile": {"sitting": 25}},
        {"profile": {"sittting": 5}},
        {"hypothesis": "astrology"},
    ],
)
def test_an_entry_that_the_model_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        _scenario("mine", DATA["desk_week"] | wrong)
