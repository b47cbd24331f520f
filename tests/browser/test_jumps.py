"""Jumps within the page, as on any page; and addresses as they arrive after mailers had them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from crampnb.model.evidence import evidence
from tests.browser.visits import Visits, charts_are_drawn, open_sheet, ready, shows, slider
from tools.waiting import comes_true

PHONE = {"width": 390, "height": 800}
TOP = "Math.round(document.querySelector('#{}').getBoundingClientRect().top)"


LANDED = (
    "Math.abs({} - 16"
    " - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)) < 2"
)


def landed(section: str) -> str:
    """JavaScript: whether a chapter stands below the slim line."""
    return LANDED.format(TOP.format(section))


def contents(page: Page) -> Locator:
    """The contents, opened."""
    found = page.get_by_role("navigation", name="On this page")
    found.get_by_text("On this page").click()
    return found


@pytest.mark.parametrize("section", ["why", "stories", "maths", "share"])
def test_a_link_to_a_section_lands_there(visits: Visits, section: str) -> None:
    page = ready(visits.open(f"#{section}", viewport=PHONE))
    charts_are_drawn(page)
    end = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
    assert comes_true(page, f"{landed(section)} || {end}")
    expect(page.locator(f"#{section}-title")).to_be_in_viewport()


def test_back_undoes_a_jump_and_leaves_the_settings(visits: Visits) -> None:
    page = ready(visits.open("#v=1&sitting=10", viewport=PHONE))
    charts_are_drawn(page)
    contents(page).get_by_role("link", name="Who says so").click()
    assert comes_true(page, landed("stories"))
    slider(open_sheet(page), "sitting").press("ArrowRight")
    shows(page, {"sitting": 10.5})
    page.go_back()
    assert comes_true(page, f"!({landed('stories')})")
    shows(page, {"sitting": 10.5})


#: JavaScript: whether the size of a chapter is still what the style sheet guesses
GUESSED = """[...document.querySelectorAll('.chapter')].some(chapter => {
  const style = getComputedStyle(chapter);
  const around = [style.paddingTop, style.paddingBottom, style.borderTopWidth].map(parseFloat);
  const guess = parseFloat(style.containIntrinsicHeight.split(' ').at(-1));
  return Math.abs(chapter.offsetHeight - around.reduce((sum, each) => sum + each) - guess) < 1;
})"""


def test_the_size_of_what_is_far_below_is_known_before_a_jump(page: Page) -> None:
    """So that nothing moves once more when one is there."""
    heights = "[...document.querySelectorAll('.chapter')].map(it => it.offsetHeight)"
    assert comes_true(page, f"!{GUESSED}")
    charts_are_drawn(page)
    known = page.evaluate(heights)
    page.add_style_tag(content=".crampnb .chapter { content-visibility: visible !important; }")
    assert page.evaluate(heights) == pytest.approx(known, abs=2)


def test_what_is_ticked_stays_where_it_is(page: Page) -> None:
    """Whatever changes above it; browsers without scroll anchoring need our help."""
    assert comes_true(page, f"!{GUESSED}")
    *_, flag = evidence().red_flags
    box = page.locator(f"input[name='flag.{flag}']")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.check()
    expect(page.locator("[data-part=maths]")).to_be_empty()
    after = box.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=10)


def test_a_link_is_not_lost_that_comes_just_when_the_address_is_written(page: Page) -> None:
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
    page.evaluate(
        """() => {
          const later = setTimeout;
          setTimeout = (task, ms, ...rest) => {
            if (ms !== 400) return later(task, ms, ...rest);
            location.hash = '#v=1&sitting=12';
            task();  // writes the address
          };
        }"""
    )
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 12})


def test_another_link_and_back_again(page: Page) -> None:
    page.evaluate("location.hash = '#v=1&sitting=10'")
    shows(page, {"sitting": 10})
    page.evaluate("location.hash = '#v=1&sitting=12'")
    shows(page, {"sitting": 12})
    page.go_back()
    shows(page, {"sitting": 10})


def test_a_link_with_ctrl_opens_a_tab_at_the_place_with_the_settings(visits: Visits) -> None:
    page = ready(visits.open("#v=1&sitting=10"))
    shows(page, {"sitting": 10})
    link = contents(page).get_by_role("link", name="Who says so")
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    tab = ready(opened.value)
    shows(tab, {"sitting": 10})
    assert comes_true(tab, landed("stories"))
    assert not page.evaluate(landed("stories"))


@pytest.mark.parametrize(
    "come",
    [
        "?v=1&sitting=10&story=fatigue",
        "?v=1&amp;sitting=10&amp;story=fatigue&utm_source=mail",
        "#v=1&amp;sitting=10&amp;story=fatigue",
        "#v%3D1%26sitting%3D10%26story%3Dfatigue",
        "#v=1&sitting=10&story=fatigue).",
        "#v=1&sitting=10&story=fatigue&utm_source=mail&fbclid=1",
        "?utm_source=mail#v=1&sitting=10&story=fatigue",
    ],
)
def test_a_mangled_address_is_understood(visits: Visits, come: str) -> None:
    page = ready(visits.open(come))
    shows(page, {"sitting": 10}, "fatigue")
    expect(page.locator("[data-part=notices]")).to_be_empty()
    assert "v=1" not in page.evaluate("location.search")
