"""Every control, found by its role and name, moves the answer to what the model says."""

import re

import pytest
from playwright.sync_api import Page, expect

import crampnb
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from tests.browser.visits import (
    INPUTS,
    NUMBERS,
    Visits,
    box,
    charts_are_drawn,
    controls_show,
    open_more,
    ready,
    shows,
    slider,
    thumb,
)

MAIN = [entry for entry in NUMBERS if entry.group == "main"]
MORE = [entry for entry in NUMBERS if entry.group != "main"]
TICKS = [entry for entry in crampnb.inputs() if entry.kind == "switch"]
SETS = [entry for entry in crampnb.inputs() if entry.kind == "set"]
PAGE_KEY = 5  # steps


def test_the_four_sliders_have_the_names_of_the_article() -> None:
    labels = ["Hydration", "Sitting time", "Activity load", "Electrolyte intake"]
    assert [entry.label for entry in MAIN] == labels


@pytest.mark.parametrize("group", [MAIN, MORE], ids=["main", "more"])
@pytest.mark.reused
def test_a_slider_moves_the_answer_and_its_box(page: Page, group: list[Input]) -> None:
    open_more(page)
    profile = Profile()
    for entry in group:
        for key, value in (("End", entry.range[1]), ("Home", entry.range[0])):
            slider(page, entry.name).press(key)
            profile = profile.but(**{entry.name: value})
            expect(slider(page, entry.name)).to_have_attribute("aria-valuetext", entry.speak(value))
            shows(page, profile)
            expect(box(page, entry.name)).to_have_value(f"{value:g}")
    controls_show(page, profile)


@pytest.mark.reused
def test_keys_move_a_slider_by_steps(page: Page) -> None:
    for entry in MAIN:
        low, high = entry.range
        value = (low + high) / 2
        box(page, entry.name).fill(f"{value}")
        box(page, entry.name).press("Enter")
        expect(slider(page, entry.name)).to_have_attribute("aria-valuetext", entry.speak(value))
        moves = {"ArrowRight": 1, "ArrowUp": 1, "ArrowLeft": -1, "ArrowDown": -1}
        for key, steps in (moves | {"PageUp": PAGE_KEY, "PageDown": -PAGE_KEY}).items():
            value += steps * entry.step
            slider(page, entry.name).press(key)
            expect(slider(page, entry.name)).to_have_attribute("aria-valuetext", entry.speak(value))
    shows(page, {entry.name: sum(entry.range) / 2 for entry in MAIN})


@pytest.mark.reused
def test_a_slider_can_be_dragged(page: Page) -> None:
    dragged = {}
    for entry in MAIN:
        handle = slider(page, entry.name)
        handle.scroll_into_view_if_needed()
        page.mouse.move(*thumb(handle))
        page.mouse.down()
        page.mouse.move(*thumb(handle, 0.8), steps=12)
        page.mouse.up()
        low, high = entry.range
        shown = float(handle.input_value())
        assert shown == pytest.approx(low + 0.8 * (high - low), abs=entry.step)
        dragged[entry.name] = round(shown, 6)
    shows(page, dragged)


@pytest.mark.reused
def test_a_number_box_leads_its_slider(page: Page) -> None:
    open_more(page)
    profile = Profile()
    for entry in NUMBERS:
        low, high = entry.range
        value = low + round((high - low) / entry.step / 3) * entry.step
        box(page, entry.name).fill(f"{value:g}")
        box(page, entry.name).press("Enter")
        profile = profile.but(**{entry.name: round(value, 6)})
        expect(slider(page, entry.name)).to_have_attribute("aria-valuetext", entry.speak(value))
    shows(page, profile)
    controls_show(page, profile)


def test_a_number_outside_the_range_is_refused_kindly(visits: Visits) -> None:
    page = ready(visits.open("#v=1&fluid_intake=1.2&sitting=10&story=fatigue"))
    shows(page, {"fluid_intake": 1.2, "sitting": 10}, "fatigue")
    for entry, typed in ((INPUTS["fluid_intake"], "99"), (INPUTS["sitting"], "-1")):
        notice = page.locator(f"[data-beside={entry.name}]")
        low, high = entry.range
        box(page, entry.name).fill(typed)
        box(page, entry.name).press("Enter")
        expect(notice).to_contain_text(re.compile(rf"\b{re.escape(entry.label)}\b.*{typed}"))
        expect(notice).to_contain_text(f"{low:g} to {high:g} {entry.short_unit}")
    open_more(page)
    controls_show(page, Profile(fluid_intake=1.2, sitting=10))
    shows(page, {"fluid_intake": 1.2, "sitting": 10}, "fatigue")


@pytest.mark.reused
def test_a_notice_is_announced_in_sight_and_goes_when_a_number_fits(page: Page) -> None:
    notice = page.locator("[data-beside=age][aria-live=polite]")
    open_more(page)
    box(page, "age").fill("300")
    box(page, "age").press("Enter")
    expect(notice).to_have_text(re.compile("Age.*300.*12 to 100 years"))
    expect(notice).to_be_in_viewport()
    box(page, "age").fill("60")
    box(page, "age").press("Enter")
    expect(notice).to_be_empty()
    shows(page, {"age": 60})


@pytest.mark.reused
def test_every_tick_box_counts(page: Page) -> None:
    open_more(page)
    profile = Profile()
    for ticked in (True, False):
        for entry in TICKS:
            page.get_by_role("checkbox", name=entry.label, exact=True).set_checked(ticked)
            profile = profile.but(**{entry.name: ticked})
            shows(page, profile)
        for entry in SETS:
            for option, label in zip(entry.options, entry.option_labels, strict=True):
                page.get_by_role("checkbox", name=label, exact=True).set_checked(ticked)
                members = getattr(profile, entry.name) ^ {option}
                profile = profile.but(**{entry.name: members})
                shows(page, profile)


@pytest.mark.reused
def test_sex_moves_the_reference_intakes(page: Page) -> None:
    open_more(page)
    entry = INPUTS["sex"]
    for option, label in zip(entry.options, entry.option_labels, strict=True):
        if option != Profile().sex:
            page.get_by_role("combobox", name=entry.label).select_option(label=label)
            shows(page, {"sex": option})
            controls_show(page, Profile(sex=option))
            usual = INPUTS["fluid_intake"].speak(Profile(sex=option).fluid_intake)
            expect(page.locator("[data-figure='reference.fluid_intake']")).to_have_text(usual)


@pytest.mark.reused
def test_a_drop_down_list_has_its_arrow_and_its_words(page: Page) -> None:
    open_more(page)
    lists = page.get_by_role("combobox")
    expect(lists).to_have_count(4)
    look = (
        "it => { const { appearance, color } = getComputedStyle(it); return [appearance, color] }"
    )
    for drop_down in lists.all():
        before = drop_down.evaluate(look)
        assert before[0] != "none"
        drop_down.focus()
        assert drop_down.evaluate(look) == before


def test_the_story_is_one_of_four(visits: Visits) -> None:
    desk = {"fluid_intake": 1.2, "sitting": 10, "activity_load": 2600}
    page = ready(visits.open("#v=1&fluid_intake=1.2&sitting=10&activity_load=2600"))
    shows(page, desk)
    stories = page.get_by_role("radiogroup", name="Story").get_by_role("radio")
    expect(stories).to_have_count(4)
    for story in reversed(crampnb.hypotheses()):
        stories.and_(page.get_by_role("radio", name=story.name, exact=True)).check()
        shows(page, desk, story.key)
    stories.first.press("ArrowDown")
    shows(page, desk, crampnb.hypotheses()[1].key)


def test_a_scenario_may_be_chosen_while_controls_are_still_being_made(page: Page) -> None:
    scenario = scenarios()["older_and_stiff"]
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    page.get_by_role("button", name=f"{scenario.name}: ").click()
    expect(page.get_by_role("slider")).to_have_count(len(NUMBERS))
    charts_are_drawn(page)
    shows(page, scenario.profile, scenario.hypothesis)
    controls_show(page, scenario.profile)


@pytest.mark.reused
def test_every_scenario_sets_the_page(page: Page) -> None:
    open_more(page)
    for scenario in scenarios().values():
        page.get_by_role("button", name=f"{scenario.name}: ").click()
        shows(page, scenario.profile, scenario.hypothesis)
        controls_show(page, scenario.profile)
        for entry in TICKS:
            tick = page.get_by_role("checkbox", name=entry.label, exact=True)
            expect(tick).to_be_checked(checked=getattr(scenario.profile, entry.name))
    page.get_by_role("button", name="Reset everything").click()
    shows(page, {})
    controls_show(page, Profile())


@pytest.mark.parametrize(("key", "value"), [("ArrowLeft", 5), ("ArrowRight", 6)])
def test_a_step_counts_from_a_value_between_two_steps(
    visits: Visits, key: str, value: float
) -> None:
    page = ready(visits.open("#v=1&sitting=5.25"))
    between = INPUTS["sitting"].speak(5.5)
    expect(slider(page, "sitting")).to_have_attribute("aria-valuetext", between)
    shows(page, {"sitting": 5.25})
    slider(page, "sitting").press(key)
    shows(page, {"sitting": value})


def test_a_slider_that_is_drawn_or_stands_between_two_steps_moves_nothing(visits: Visits) -> None:
    between = {"sitting": 5.25, "body_mass": 70.5}
    page = ready(visits.open("#v=1&sitting=5.25&body_mass=70.5"))
    open_more(page)
    slider(page, "fluid_intake").press("End")
    shows(page, between | {"fluid_intake": 6})
    expect(box(page, "body_mass")).to_have_value("70.5")
