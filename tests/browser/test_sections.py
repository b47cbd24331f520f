"""The chapters of the page: each tells the same story as the model, and does what it offers."""

import re
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import crampnb
from crampnb.model.curves import grid, sweep
from crampnb.model.evidence import evidence
from crampnb.model.explain import compare
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from crampnb.model.stories import disagreement
from crampnb.views.next_steps import SHOWN
from crampnb.views.whatif import places
from tests.browser.visits import (
    INPUTS,
    Visits,
    open_more,
    python_has_drawn,
    ready,
    section,
    shows,
    slider,
)
from tools.waiting import comes_true

RACE = scenarios()["race_week"].profile


def start_from(page: Page, name: str) -> Profile:
    """The profile of a scenario that the page now shows."""
    scenario = next(entry for entry in scenarios().values() if entry.name == name)
    page.get_by_role("button", name=f"{name}: ").click()
    shows(page, scenario.profile, scenario.hypothesis)
    return scenario.profile


def drawn(page: Page, chart: str, trace: int, axis: str) -> Any:
    """What a chart has drawn of what is set: one axis of one trace."""
    place = f"document.querySelector('[data-chart={chart}]')"
    assert comes_true(page, f"{place}.matches('.js-plotly-plot:not([aria-busy])')")
    return page.evaluate(f"JSON.parse(JSON.stringify({place}.data[{trace}].{axis}))")


def number(text: str) -> float:
    """The first number of a text, with the typographic minus."""
    found = re.search(r"[−+]?\d[\d,]*(\.\d+)?", text)
    assert found, text
    return float(found[0].replace("−", "-").replace(",", ""))


def numbers(cells: Locator) -> list[float]:
    """The first number of each."""
    return [number(text) for text in cells.all_text_contents()]


def test_relief_opens_and_its_timer_asks_for_help_in_time(visits: Visits) -> None:
    page = visits.visitor()
    page.clock.install()
    page.goto(visits.address)
    ready(page)
    relief = page.get_by_role("group").filter(has_text="Cramp right now?")
    relief.get_by_text("Cramp right now?").first.click()
    expect(relief.get_by_role("listitem")).to_have_text(list(evidence().relief.steps))
    elapsed, alarm = relief.get_by_role("timer"), relief.locator("[data-timer-alarm]")
    relief.get_by_role("button", name="Start the timer").click()
    page.clock.fast_forward(65_000)
    expect(elapsed).to_have_text(re.compile("1:0[5-9]"))
    expect(alarm).to_be_hidden()
    page.clock.fast_forward(60_000 * evidence().relief.alarm_minutes - 60_000)
    expect(alarm).to_have_text(evidence().relief.alarm)
    relief.get_by_role("button", name="Stop the timer").click()
    expect(alarm).to_be_hidden()
    expect(relief.get_by_role("button", name="Start the timer")).to_be_visible()


@pytest.mark.reused
def test_why_adds_up_to_the_answer(page: Page) -> None:
    start_from(page, "Race week")
    why = section(page, "Why: what adds to it")
    answer = crampnb.explain(RACE)
    added = natural_frequency(answer.risk) - natural_frequency(answer.baseline)
    assert sum(numbers(why.locator(".cause-people"))) == added
    expect(why.locator(".sum")).to_contain_text(f"{natural_frequency(answer.risk)} of 1,000")
    people = f"10 {natural_frequency(answer.risk)}"
    expect(page.locator("[data-part=picture] .icons")).to_have_attribute("data-icons", people)


def test_a_cause_opens_into_its_factors_and_stays_open(page: Page) -> None:
    why = section(page, "Why: what adds to it")
    dehydration = why.get_by_role("region", name="Dehydration, factor by factor")
    expect(dehydration).to_be_hidden()
    why.get_by_role("group").filter(has_text="Dehydration").first.locator("summary").click()
    row = dehydration.get_by_role("row", name="Dehydration")
    before = row.text_content() or ""
    slider(page, "fluid_intake").press("Home")
    shows(page, {"fluid_intake": 0})
    expect(row).not_to_have_text(before)
    expect(row).to_be_visible()


def test_how_reacts_with_its_strokes_and_words(page: Page) -> None:
    how = section(page, "How it might happen")
    flows = "[...document.querySelectorAll('#how svg [data-flow]')]"
    strokes = f"Math.max(...{flows}.map(flow => flow.style.getPropertyValue('--w')))"
    assert page.evaluate(strokes) == 1
    start_from(page, "Hot tournament")
    answer = crampnb.explain(scenarios()["hot_tournament"].profile)
    assert comes_true(page, f"{strokes} > 2")
    expect(how.get_by_role("img")).to_contain_text("Fluid deficit")
    active = [key for key, term in answer.terms.items() if abs(term) > 0.005]
    labels = [
        re.compile(rf"^{re.escape(evidence().factors[key].label)}( \(.+\))?: ×") for key in active
    ]
    expect(how.get_by_role("listitem")).to_have_text(labels)


def test_the_curve_is_the_models_along_any_input(page: Page) -> None:
    start_from(page, "Race week")
    along = section(page, "What if …").get_by_role("combobox", name="Along")
    for name in ("activity_load", "fluid_intake", "age"):
        entry = INPUTS[name]
        along.select_option(label=entry.label)
        expect(page.locator("[data-chart=curve] .xtitle")).to_contain_text(entry.label)
        points = sweep(RACE, "evidence", name, places(entry, 41))
        assert drawn(page, "curve", 2, "x") == pytest.approx([point.value for point in points])
        for trace, risks in enumerate(zip(*[(p.low, p.high, p.risk) for p in points], strict=True)):
            assert drawn(page, "curve", trace, "y") == pytest.approx([1000 * r for r in risks])
        assert drawn(page, "curve", 3, "x") == pytest.approx([getattr(RACE, name)])
        assert drawn(page, "curve", 3, "y") == pytest.approx([1000 * crampnb.explain(RACE).risk])


def test_the_curve_follows_a_slider_and_has_a_table_twin(page: Page) -> None:
    what_if = section(page, "What if …")
    what_if.get_by_text("The curve as a table").click()
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
    points = sweep(Profile(sitting=16), "evidence", "activity_load", [0, 3000, 6000])
    today = 1000 * crampnb.explain({"sitting": 16}).risk
    drawn_today = "document.querySelector('[data-chart=curve]').data?.[3].y[0]"
    assert comes_true(page, f"Math.abs({drawn_today} - wanted) < 1e-9", today)
    for point in points:
        row = what_if.get_by_role(
            "row", name=INPUTS["activity_load"].speak(point.value), exact=False
        )
        told = [natural_frequency(risk) for risk in (point.risk, point.low, point.high)]
        expect(row.first.get_by_role("cell")).to_have_text([str(people) for people in told])


def test_the_map_is_the_models_over_any_two_inputs(page: Page) -> None:
    start_from(page, "Race week")
    what_if = section(page, "What if …")
    what_if.get_by_role("combobox", name="Across").select_option(label="Age")
    what_if.get_by_role("combobox", name="Up").select_option(label="Sitting time")
    expect(page.locator("[data-chart=heat] .ytitle")).to_contain_text("Sitting time")
    expect(page.locator("[data-chart=heat] .xtitle")).to_contain_text("Age")
    across, up = drawn(page, "heat", 0, "x"), drawn(page, "heat", 0, "y")
    risks = grid(RACE, "evidence", ("age", across), ("sitting", up))
    for row, told in zip(risks, drawn(page, "heat", 0, "z"), strict=True):
        assert told == pytest.approx([1000 * risk for risk in row])
    assert drawn(page, "heat", 1, "x") + drawn(page, "heat", 1, "y") == [RACE.age, RACE.sitting]
    what_if.get_by_role("combobox", name="Up").select_option(label="Age")
    expect(what_if.get_by_role("combobox", name="Across")).to_have_value(
        "sitting"
    )  # they change places
    expect(page.locator("[data-chart=heat] .xtitle")).to_contain_text("Sitting time")


@pytest.mark.reused
def test_each_step_can_be_tried(page: Page) -> None:
    steps = [s for s in crampnb.explain(RACE).steps if s.risk_reduction > 1e-6][:SHOWN]
    for step in steps:
        start_from(page, "Race week")
        python_has_drawn(page)  # until then the list is of the settings before
        card = section(page, "What would help").get_by_role("listitem").filter(has_text=step.name)
        expect(card).to_contain_text(step.certainty)
        fewer = natural_frequency(step.risk_reduction) or "less than 1"
        expect(card).to_contain_text(f"{fewer} fewer of 1,000")
        card.get_by_role("button", name=f"Try it: {step.name}").click()
        shows(page, RACE.but(**step.changes))


def test_kidney_disease_hides_the_minerals_tip(visits: Visits) -> None:
    short = {"electrolyte_intake": 50.0, "fluid_intake": 1.0}
    page = ready(visits.open("#v=1&electrolyte_intake=50&fluid_intake=1"))
    shows(page, short)
    steps = section(page, "What would help")
    tip = evidence().tips["minerals"]
    offer = steps.get_by_role("button", name=f"Try it: {tip.label}")
    expect(offer).to_be_visible()
    open_more(page)
    illness = INPUTS["conditions"].label_of("kidney_disease")
    page.get_by_role("checkbox", name=illness, exact=True).check()
    shows(page, {**short, "conditions": ["kidney_disease"]})
    expect(offer).to_have_count(0)
    expect(steps).to_contain_text(tip.withheld_note)


@pytest.mark.reused
def test_much_plain_water_shows_its_card_beside_the_number(page: Page) -> None:
    card = section(page, "The answer").get_by_role("heading", name="That is a lot of plain water")
    expect(card).to_have_count(0)
    slider(page, "fluid_intake").press("End")
    shows(page, {"fluid_intake": 6})
    expect(card).to_be_visible()


def test_stories_stand_side_by_side_and_can_be_used(page: Page) -> None:
    start_from(page, "Night shift")
    profile = scenarios()["night_shift"].profile
    stories = section(page, "Who says so: four stories")
    told = [crampnb.explain(profile, story.key) for story in crampnb.hypotheses()]
    expect(stories).to_contain_text(disagreement(profile).sentence)
    assert drawn(page, "spread", 0, "x") == pytest.approx([1000 * answer.risk for answer in told])
    for answer in reversed(told):
        row = stories.get_by_role("row", name=answer.story.name)
        expect(row).to_contain_text(f"{natural_frequency(answer.risk)} of 1,000")
        row.get_by_role("button", name=f"Use the story: {answer.story.name}").click()
        shows(page, profile, answer.hypothesis)
        expect(page.get_by_role("radio", name=answer.story.name, exact=True)).to_be_checked()
        expect(row).to_contain_text("shown now")


def test_evidence_cards_lead_to_their_studies(page: Page) -> None:
    slider(page, "fluid_intake").press("Home")
    shows(page, {"fluid_intake": 0})
    cards = section(page, "The evidence, card by card")
    for factor in evidence().factors.values():
        title = f"{factor.label} {factor.certainty}"
        expect(cards.get_by_text(title, exact=True).first).to_be_visible()
    factor = evidence().factors["dehydration"]
    card = cards.get_by_role("group").filter(has_text=factor.measured).last
    card.locator("summary").click()
    expect(card).to_contain_text(f"Judged: {factor.judged}")
    link = card.get_by_role("link").first
    study = page.locator(link.get_attribute("href") or "")
    expect(study).to_be_hidden()
    link.click()
    expect(study).to_be_focused()
    expect(study).to_be_in_viewport()
    shows(page, {"fluid_intake": 0})


def test_the_contents_lead_to_every_chapter_and_leave_the_address_alone(page: Page) -> None:
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_text("On this page").click()
    for link in contents.get_by_role("link").all():
        link.click()
        place = (link.get_attribute("href") or "").rpartition("at=")[2].lstrip("#")
        expect(page.locator(f"#{place}")).to_be_in_viewport()
    shows(page, {"sitting": 0})


def test_pin_compare_go_back_and_forget(page: Page) -> None:
    start_from(page, "Desk week")
    desk = scenarios()["desk_week"].profile
    chapter = section(page, "Compare")
    chapter.get_by_role("button", name="Pin these settings as A").click()
    expect(chapter).to_contain_text("Nothing differs yet.")
    slider(page, "sitting").press("Home")
    page.get_by_role("radio", name="What the article says").check()
    now = desk.but(sitting=0)
    shows(page, now, "article")
    told = compare(crampnb.explain(desk), crampnb.explain(now, "article"))
    expect(chapter).to_contain_text(told)
    expect(chapter.get_by_role("row", name="Sitting time")).to_have_text(
        "Sitting time10.0 hours a day0.0 hours a day"
    )
    expect(chapter.get_by_role("row", name="Story")).to_contain_text("What the article says")
    chapter.get_by_role("button", name="Go back to A").click()
    shows(page, desk)
    page.get_by_role("button", name="Reset everything").click()
    shows(page, {})
    expect(chapter).to_contain_text(compare(crampnb.explain(desk), crampnb.explain({})))
    chapter.get_by_role("button", name="Pin these settings as A instead").click()
    expect(chapter).to_contain_text("Nothing differs yet.")
    chapter.get_by_role("button", name="Forget A").click()
    expect(chapter.get_by_role("button")).to_have_text(["Pin these settings as A"])


@pytest.mark.reused
def test_the_maths_is_python_that_gives_the_risk_to_the_last_digit(page: Page) -> None:
    maths = section(page, "Show the maths")
    for name in ("Older and stiff", "Hot tournament", "Race week"):
        profile = start_from(page, name)
        risk = crampnb.explain(profile).risk
        expect(maths).to_contain_text(f"p = {risk:.4f}")
        code = maths.get_by_role("region", name="Python code").text_content() or ""
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert float(done.stdout) == risk
        for key, term in crampnb.explain(profile).terms.items():
            if term:
                row = maths.get_by_role("row", name=evidence().factors[key].label)
                assert number(row.get_by_role("cell").nth(1).text_content() or "") == pytest.approx(
                    term, abs=6e-4
                )


def test_the_code_can_be_copied(visits: Visits) -> None:
    page = ready(visits.open(permissions=["clipboard-read", "clipboard-write"]))
    maths = section(page, "Show the maths")
    maths.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    code = maths.get_by_role("region", name="Python code").locator("code").text_content()
    assert page.evaluate("navigator.clipboard.readText()") == code
