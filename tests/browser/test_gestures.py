"""Fingers on sliders, the Tab key on small windows: the page goes where a visitor means it to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import INPUTS, Visits, charts_are_drawn, open_sheet, ready, shows, slider
from tools.waiting import comes_true

PHONE = {"width": 390, "height": 800}
SHEET = "document.querySelector('.panel')"
STOPS = 120  # of the Tab key; the sliders are the first of them

# What is the matter with the element that has the focus: its name, or nothing.
HIDDEN = """() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const it = document.activeElement;
  const line = it.getClientRects()[0] ?? it.getBoundingClientRect();
  const x = Math.min(Math.max(line.left + line.width / 2, 0), innerWidth - 1);
  const y = line.top + Math.min(line.height, 20) / 2;
  const hit = document.elementFromPoint(x, y);
  const seen = hit && (it.contains(hit) || hit.contains(it));
  resolve(seen ? null : it.getAttribute('aria-label') ?? it.textContent.slice(0, 40));
})))"""


def swipe(page: Page, name: str, across: int, along: int) -> None:
    """Move a finger that begins on the track of an input's slider."""
    box = page.locator(f"[data-slot={name}]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": one, "y": other} for one, other in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x + across * step / 10, y + along * step / 10))
    touch("touchEnd")


@pytest.fixture
def phone(visits: Visits) -> Page:
    """A page under a finger, with nothing more to come."""
    page = ready(visits.open(viewport=PHONE, has_touch=True, is_mobile=True))
    charts_are_drawn(open_sheet(page))
    return page


@pytest.mark.parametrize("moves", [f"{SHEET}.scrollTop", "scrollY"])
@pytest.mark.parametrize(("across", "along"), [(0, -150), (12, -150)])
def test_a_swipe_up_from_a_slider_scrolls(phone: Page, across: int, along: int, moves: str) -> None:
    if moves == "scrollY":  # the page, where the sheet has come to its end
        phone.evaluate(f"{SHEET}.scrollTo(0, {SHEET}.scrollHeight)")
    phone.evaluate(
        "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )
    swipe(phone, "activity_load", across, along)
    assert comes_true(phone, f"{moves} > 60")
    usual = INPUTS["activity_load"].speak(1000)
    expect(slider(phone, "activity_load")).to_have_attribute("aria-valuetext", usual)


@pytest.mark.parametrize("across", [90, -90])
def test_a_swipe_sideways_sets_the_slider(phone: Page, across: int) -> None:
    swipe(phone, "sitting", across, 10)
    now = "Number(document.querySelector('[aria-label=\"Sitting time\"]').value)"
    assert comes_true(phone, f"{now} {'> 12' if across > 0 else '< 4'}")
    shows(phone, {"sitting": float(slider(phone, "sitting").input_value())})


def test_a_tap_sets_the_slider(phone: Page) -> None:
    phone.locator("[data-slot=sitting]").tap()
    shows(phone, {"sitting": 8})


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 800)])
def test_what_has_the_focus_is_in_sight(visits: Visits, width: int, height: int) -> None:
    page = ready(visits.open(viewport={"width": width, "height": height}))
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    charts_are_drawn(page)
    hidden = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(HIDDEN))
    assert [name for name in hidden if name] == []
