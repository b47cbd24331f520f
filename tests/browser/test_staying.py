"""A page that is used for hours keeps no more than one that was opened just now."""

import pytest
from playwright.sync_api import Page, expect

from crampnb.model.explain import explain
from tests.browser.visits import SENTENCE, charts_are_drawn, shows, slider
from tools.waiting import comes_true

MOVES = 150
#: of these a page may have a few more or fewer at any moment: what it waits for
FEW = 20

# Puts every Map and Set that is made from now on where the test can count what they hold.
KEEP_MAPS = """
globalThis.collections = [];
for (const name of ["Map", "Set"]) {
  globalThis[name] = class extends globalThis[name] {
    constructor(...given) { super(...given); collections.push(new WeakRef(this)); }
  };
}
"""
HELD = "collections.reduce((sum, one) => sum + (one.deref()?.size ?? 0), 0)"


def held(page: Page) -> dict[str, int]:
    """{what: how many of it the page keeps}, after its garbage was collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    counted = session.send("Memory.getDOMCounters")
    session.detach()
    return {
        "entries of maps and sets": page.evaluate(HELD),
        "nodes": counted["nodes"],
        "listeners": counted["jsEventListeners"],
        "entries of the tab's history": page.evaluate("history.length"),
    }


def fiddle(page: Page) -> None:
    """Move a slider to either end in turn, each time until it is answered."""
    slider(page, "sitting").focus()
    for key, hours in (("Home", 0), ("End", 16)) * (MOVES // 2):
        page.keyboard.press(key)
        sentence = explain({"sitting": hours}).sentence
        assert comes_true(page, f"{SENTENCE} === wanted", sentence)
    shows(page, {"sitting": 16})


@pytest.fixture
def counted(page: Page) -> Page:
    """The explainer, whose collections are counted."""
    page.add_init_script(KEEP_MAPS)
    page.reload()
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "ready")
    charts_are_drawn(page)
    return page


def test_moves_leave_nothing_behind(counted: Page) -> None:
    fiddle(counted)
    before = held(counted)
    assert before["entries of maps and sets"] > FEW  # they are counted
    fiddle(counted)
    fiddle(counted)
    for what, count in held(counted).items():
        assert count <= before[what] + FEW, what
