"""For everyone: any screen, no mouse, no scripts, a screen reader, and no jump while it loads."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import crampnb
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from tests.browser.visits import (
    SENTENCE,
    Visits,
    becomes,
    open_sheet,
    ready,
    section,
    shows,
    slider,
)
from tests.serving import running

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
VIEWS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {**PHONE, "has_touch": True, "is_mobile": True},
}
NARROW = {
    "phone in the dark": {**PHONE, "color_scheme": "dark"},
    "zoomed to 200 %": {"viewport": {"width": 640, "height": 400}},
    "forced colours": {"forced_colors": "active"},
}
OPEN_ALL = "document.querySelectorAll('details').forEach(box => { box.open = true })"

# Whatever takes a click or a key and is in sight.
CONTROLS = """
  [...document.querySelectorAll('a[href], button, input, select, summary, [role=slider]')]
  .filter(it => it.checkVisibility({ visibilityProperty: true }) && !it.disabled)
"""
# Whatever the Tab key should stop at: of the radio buttons only the one that is chosen.
STOPS = """
  [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(it => it.checkVisibility({ visibilityProperty: true }) && !it.disabled)
  .filter(it => it.type !== 'radio' || it.checked)
"""
NAME = """it => [it.tagName, it.getAttribute('role') ?? it.type ?? '', it.getAttribute('aria-label')
  ?? it.textContent.trim().slice(0, 40)].join(' ')"""
TOO_SMALL = f"""{CONTROLS}
  .filter(it => !(it.tagName === 'A' && getComputedStyle(it).display === 'inline'))
  .map(it => [it, it.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 23.99)
  .map(([it, box]) => ({NAME})(it) + ` ${{box.width}} × ${{box.height}}`)"""
TOO_WIDE = f"""[...document.querySelectorAll('#crampnb-page *')]
  .filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(it => it.checkVisibility() && !it.closest('.table-wrap, pre, .weeks .chips'))
  .map({NAME})"""
# As it is painted: the browser and the page bring into sight what has the focus.
FOCUSED = f"""(async () => {{
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const it = document.activeElement, index = window.stops.indexOf(it), style = getComputedStyle(it);
  const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const ring = outline || style.boxShadow !== window.shadows[index];
  const box = it.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight;
  return {{ index, name: ({NAME})(it), ring, seen }};
}})()"""
# What the curve and both ends of the map's scale are drawn in, and what they should be.
CHART_COLOURS = """(() => {
  const drawn = name => document.querySelector(`[data-chart=${name}]`).data;
  const [curve, heat] = [drawn('curve'), drawn('heat')];
  return curve && heat && [curve[2].line.color, ...heat[0].colorscale.map(stop => stop[1])];
})()"""
PAGE_COLOURS = """(() => {
  const style = getComputedStyle(document.querySelector('#crampnb-page'));
  return ['--accent', '--paper', '--accent'].map(it => style.getPropertyValue(it).trim());
})()"""
# Follows how the page moves from its first frame on.
WATCH = """
  window.moves = { shift: 0, sources: [], tops: { sentence: [], slider: [] } };
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (entry.hadRecentInput) return;
    window.moves.shift += entry.value;
    for (const { node, previousRect: from, currentRect: to } of entry.sources) {
      const name = node?.id || node?.className || node?.nodeName;
      window.moves.sources.push([name, from.top, to.top, from.height, to.height].join(' '));
    }
  })).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    for (const [name, place] of [['sentence', '[role=status]'], ['slider', '[data-input]']]) {
      const found = document.querySelector(place);
      if (found) window.moves.tops[name].push(found.getBoundingClientRect().top);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: the rule and a piece of the page for each."""
    quick = {"resultTypes": ["violations"]}  # what passes is not described in full
    found = Axe().run(page, options=quick).response["violations"]
    return [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]


def everything_open(visits: Visits, options: dict[str, Any]) -> Page:
    """The page with all that it can show: opened, pinned, with cards and notes, laid out."""
    page = open_sheet(ready(visits.open("#v=1&fluid_intake=6&age=16&sitting=99", **options)))
    shows(page, {"fluid_intake": 6, "age": 16})
    page.get_by_role("button", name="Pin these settings as A").press("Enter")
    slider(page, "electrolyte_intake").press("Home")
    expect(section(page, "Compare")).to_contain_text("Electrolyte intake")
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=".crampnb .chapter { content-visibility: visible !important; }")
    expect(page.locator("[data-chart=spread] .main-svg").first).to_be_attached()
    return page


def stop(page: Page) -> None:
    """Tick a warning sign."""
    sign = next(iter(evidence().red_flags.values())).sign
    page.get_by_role("checkbox", name=sign, exact=True).check()
    expect(page.locator("#crampnb-page")).to_have_attribute("data-stopped", "")
    becomes(page, "document.querySelector('[data-part=maths]').textContent", "")


@pytest.mark.parametrize("options", VIEWS.values(), ids=VIEWS)
def test_no_violation_with_everything_open_and_with_a_warning_sign(
    visits: Visits, options: dict[str, Any]
) -> None:
    page = everything_open(visits, options)
    assert violations(page) == []
    stop(page)
    assert violations(page) == []


@pytest.mark.parametrize("options", (VIEWS | NARROW).values(), ids=VIEWS | NARROW)
def test_nothing_is_too_small_to_hit_or_too_wide_to_see(
    visits: Visits, options: dict[str, Any]
) -> None:
    page = everything_open(visits, options)
    for _ in ("as it is", "stopped"):
        assert page.evaluate(TOO_SMALL) == []
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        stop(page)


def test_the_page_before_its_sliders_has_no_violation(visits: Visits) -> None:
    page = visits.visitor()
    page.route("**/served.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(visits.address)
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "live")
    assert violations(page) == []
    page.route("**/page.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.reload()
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "waiting")
    assert violations(page) == []


@pytest.mark.parametrize("opened", [False, True], ids=["as it comes", "all opened"])
def test_tab_stops_at_every_control_in_order_and_leaves(page: Page, opened: bool) -> None:
    expect(page.get_by_role("combobox", name="Up")).to_be_visible()
    if opened:
        page.evaluate(OPEN_ALL)
    page.evaluate(f"window.stops = {STOPS}")
    page.evaluate("window.shadows = window.stops.map(it => getComputedStyle(it).boxShadow)")
    names = page.evaluate(f"window.stops.map({NAME})")
    page.locator("body").focus()
    seen = []
    for _ in names:
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in seen] == names
    assert [stop["index"] for stop in seen] == list(range(len(names)))
    assert [stop["name"] for stop in seen if not stop["ring"]] == []
    assert [stop["name"] for stop in seen if not stop["seen"]] == []
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)["index"] == len(names) - 2


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.get_by_role("button", name="Desk week: ").press("Enter")
    slider(page, "sitting").press("Home")
    more = page.get_by_text("More about you")
    more.press("Enter")
    page.get_by_role("checkbox", name="Hot weather").press("Space")
    page.get_by_role("radio", name="What studies suggest").press("ArrowDown")
    page.get_by_role("combobox", name="Along").press("ArrowUp")
    story = crampnb.hypotheses()[1].key
    inputs = {"fluid_intake": 1.2, "sitting": 0, "activity_load": 400, "usual_load": 400}
    more_inputs = {"longest_sitting": 120, "slumped": True, "hot_weather": True}
    shows(page, {**inputs, **more_inputs}, story)
    expect(page.locator("[data-chart=curve] .xtitle")).to_contain_text("Sitting time")
    card = section(page, "What would help").get_by_role("listitem").first
    card.get_by_role("button").press("Space")
    expect(page.get_by_role("status")).not_to_have_text(
        explain({**inputs, **more_inputs}, story).sentence
    )


@pytest.mark.reused
def test_the_headings_are_an_outline_without_jumps(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    levels = [
        int(tag[1])
        for tag in page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
            ".filter(it => it.checkVisibility()).map(it => it.tagName)"
        )
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.reused
def test_the_page_has_one_main_one_status_and_a_language(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Why am I having butt cramps?")


@pytest.mark.reused
def test_every_picture_has_a_name_and_every_chart_a_table(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    for picture in page.locator("#crampnb-page [role=img]").all():
        assert picture.get_attribute("aria-label")
    tables = ("What if", "People of 1,000 over two inputs", "Four stories, one set of sliders")
    for caption in tables:
        expect(page.get_by_role("table", name=caption)).to_be_visible()


def test_nothing_moves_by_itself_where_less_motion_is_wanted(visits: Visits) -> None:
    moving = (
        "[...document.querySelectorAll('#crampnb-page, #crampnb-page *')].filter(it => {"
        "const style = getComputedStyle(it); return parseFloat(style.transitionDuration) > 0"
        " || style.animationName !== 'none' || style.scrollBehavior === 'smooth' }).length"
    )
    page = ready(visits.open())
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


def test_charts_wear_the_colours_of_the_page_by_day_and_by_night(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        becomes(page, CHART_COLOURS, page.evaluate(PAGE_COLOURS))


def test_without_scripts_the_reference_day_is_told(visits: Visits) -> None:
    page = visits.open(java_script_enabled=False)
    expect(page.get_by_role("status")).to_have_text(explain({}).sentence)
    dots = page.get_by_role("img", name="1,000 people")
    expect(dots).to_be_visible()
    expect(dots).to_have_attribute("data-icons", "10 10")
    rows = section(page, "Why: what adds to it").get_by_role("group")
    expect(rows).to_have_count(len(evidence().causes))
    expect(page.locator("noscript p")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_while_a_slow_machine_loads_the_page(visits: Visits, width: int) -> None:
    page = visits.visitor(viewport={"width": width, "height": 800})
    machine = page.context.new_cdp_session(page)
    machine.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.add_init_script(WATCH)
    page.goto(visits.address)
    ready(page)
    machine.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(page.locator("[data-chart=spread] .main-svg").first).to_be_attached()
    expect(page.get_by_role("slider")).to_have_count(4 if width > 900 else 1)
    moves = page.evaluate("window.moves")
    for tops in moves["tops"].values():
        assert max(tops) - min(tops) <= 2
    assert moves["shift"] < 0.02, moves["sources"]
    becomes(page, SENTENCE, explain({}).sentence)


def test_a_full_house_reads_well_and_keeps_the_settings(browser: Browser, tmp_path: Path) -> None:
    site = "https://example.org/crampnb/"
    with running(tmp_path, visitors=1, site=site) as server:
        kernel_id = server.visit()
        visits = Visits(browser, server.url)
        page = visits.open("#v=1&sitting=10", **PHONE, color_scheme="dark")
        expect(page.get_by_role("alert")).to_contain_text("All places at Python are taken")
        expect(page.locator("[data-loading]")).to_be_hidden()
        slider(page, "fluid_intake").press("Home")
        becomes(page, SENTENCE, explain({"sitting": 10, "fluid_intake": 0}).sentence)
        slider(page, "fluid_intake").press("End")
        link = page.get_by_role("link", name="Use the page that runs in your own browser")
        expect(link).to_have_attribute("href", re.compile(f"^{site}explainer/#v=1&sitting=10"))
        assert violations(page) == []
        assert server.leave(kernel_id) == 204
        page.get_by_role("link", name="try again").click()
        shows(ready(page), {"sitting": 10, "fluid_intake": 6})
        visits.close()
        assert visits.strangers == []


def test_on_a_phone_the_answer_comes_before_what_warns_about_it(visits: Visits) -> None:
    page = ready(visits.open("#v=1&fluid_intake=0", viewport={"width": 360, "height": 740}))
    warning = page.get_by_role("heading", name="That is very little to drink").bounding_box()
    sentence = page.locator(".sentence .first").bounding_box()
    assert warning
    assert sentence
    assert sentence["y"] + sentence["height"] < warning["y"]
