"""Numbers as people type them, and what happens in the moment after: what is typed counts first."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

import crampnb
from crampnb.model.export import as_csv
from crampnb.model.fragment import to_fragment
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from tests.browser.visits import (
    INPUTS,
    SENTENCE,
    Visits,
    box,
    charts_are_drawn,
    open_sheet,
    python_has_drawn,
    ready,
    section,
    shows,
    slider,
)
from tools.waiting import comes_true

PERMISSIONS = ["clipboard-read", "clipboard-write"]
PHONE = {"width": 390, "height": 800}


def type_in(page: Page, name: str, text: str) -> None:
    """Type a text in place of what a box holds, as with a keyboard."""
    box(page, name).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("sitting", "1,5", 1.5),
        ("fluid_intake", "0,5", 0.5),
        ("electrolyte_intake", "1,1", 1.1),
        ("sitting", "7,5", 7.5),
        ("fluid_intake", "1.200", 1.2),
        ("fluid_intake", "1,200", 1.2),
        ("activity_load", "1 200", 1200),
        ("activity_load", "1\u202f200", 1200),
        ("activity_load", "1.200,5", 1200.5),
        ("sitting", "٣", 3),
        ("sitting", "٣٫٥", 3.5),
        ("sitting", "1.2e1", 12),
        ("sitting", "7½", 7.5),
        ("fluid_intake", "1.5 L", 1.5),
        ("fluid_intake", " 2,5 litres a day ", 2.5),
        ("electrolyte_intake", "75 %", 75),
    ],
)
@pytest.mark.reused
def test_a_number_is_read_as_it_is_meant(page: Page, name: str, text: str, value: float) -> None:
    type_in(page, name, text)
    page.keyboard.press("Enter")
    shows(page, {name: value})
    expect(box(page, name)).to_have_value(f"{value:g}")
    expect(box(page, name)).to_have_attribute("aria-valuenow", f"{value:g}")
    expect(page.locator(f"[data-beside={name}]")).to_be_empty()


@pytest.mark.parametrize("text", ["1,200", "1.200"])
@pytest.mark.reused
def test_what_may_mean_two_things_is_asked(page: Page, text: str) -> None:
    beside = page.locator("[data-beside=activity_load]")
    type_in(page, "activity_load", text)
    page.keyboard.press("Tab")
    expect(beside).to_contain_text(f"Activity load: “{text}” may mean 1.2 or 1200")
    expect(box(page, "activity_load")).to_have_value("1000")
    beside.get_by_role("button", name="1200").click()
    shows(page, {"activity_load": 1200})
    expect(box(page, "activity_load")).to_have_value("1200")
    expect(beside).to_be_empty()


@pytest.mark.parametrize(
    "text", ["", "-1", "−1", "99", "ten", "90 min", "1,2,3", "7 5", "nan", "75 %"]
)
@pytest.mark.reused
def test_what_cannot_be_taken_is_said_beside_the_box(page: Page, text: str) -> None:
    type_in(page, "sitting", "7,5")
    page.keyboard.press("Enter")
    shows(page, {"sitting": 7.5})
    type_in(page, "sitting", text)
    page.keyboard.press("Enter")
    beside = page.locator("[data-beside=sitting]")
    told = f"“{text}”" if text else "nothing was typed"
    expect(beside).to_have_text(
        re.compile(f"^Sitting time: {told} ?.*; allowed is 0 to 16 h/day.$")
    )
    expect(beside).to_be_in_viewport()
    expect(box(page, "sitting")).to_have_value("7.5")
    shows(page, {"sitting": 7.5})


@pytest.mark.reused
def test_arrow_keys_step_a_box_within_its_limits(page: Page) -> None:
    expect(box(page, "sitting")).to_have_attribute("aria-valuemin", "0")
    expect(box(page, "sitting")).to_have_attribute("aria-valuemax", "16")
    for _ in range(3):
        box(page, "sitting").press("ArrowUp")
    box(page, "sitting").press("ArrowDown")
    shows(page, {"sitting": 5})
    type_in(page, "sitting", "15,5")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    shows(page, {"sitting": 16})
    type_in(page, "sitting", "3")
    page.keyboard.press("Escape")
    expect(box(page, "sitting")).to_have_value("16")


def test_the_wheel_over_a_box_scrolls_the_page(page: Page) -> None:
    charts_are_drawn(page)
    box(page, "sitting").click()
    page.mouse.wheel(0, 300)
    assert comes_true(page, "Math.abs(scrollY - 300) < 2")
    expect(box(page, "sitting")).to_have_value("4")
    assert page.evaluate(SENTENCE) == crampnb.explain({}).sentence


# ------------------------------------------------------------------ what is typed counts first

ACTIONS = ["Copy the link", "Download JSON", "Download CSV", "Pin these settings as A", "Print"]
AT = """name => {
  const names = (one) => [one.textContent, one.getAttribute('aria-label')?.split(':')[0]];
  const it = [...document.querySelectorAll('button')].find(one => names(one).includes(name));
  it.scrollIntoView({ block: 'start' }); // above the sheet
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const { x, y, width, height } = it.getBoundingClientRect();
    resolve([x + width / 2, y + height / 2]);
  })));
}"""


@pytest.fixture
def phone(visits: Visits) -> Page:
    """A page on a phone, which notes what it prints and hands over."""
    page = visits.visitor(viewport=PHONE, permissions=PERMISSIONS)
    page.add_init_script(
        "window.print = () => {"
        " window.printed = document.querySelector('[data-part=settings]').textContent;"
        " window.whole = !document.querySelector('[data-ahead]'); };"
    )
    page.goto(visits.address)
    charts_are_drawn(open_sheet(ready(page)))
    return page


def press_for(page: Page, name: str, held: int) -> None:
    """Press a button for some time (ms), wherever it goes meanwhile."""
    page.evaluate(AT, name)
    x, y = page.evaluate(AT, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(held)
    page.mouse.up()


def outcome(page: Page, name: str, held: int) -> str:
    """What the pressed button made of the settings."""
    if name.startswith("Download"):
        with page.expect_download() as file:
            press_for(page, name, held)
        return file.value.path().read_bytes().decode()
    press_for(page, name, held)
    if name == "Copy the link":
        expect(page.get_by_text("The link is copied.")).to_be_visible()
        return str(page.evaluate("navigator.clipboard.readText()"))
    if name == "Print":
        assert comes_true(page, "window.printed")
        return str(page.evaluate("window.printed"))
    expect(page.get_by_role("button", name="Forget A")).to_be_visible()
    return str(page.locator("[data-part=compare]").text_content())


@pytest.mark.parametrize("held", [0, 60, 250])
@pytest.mark.parametrize("name", ACTIONS)
def test_what_is_typed_counts_before_the_press(phone: Page, name: str, held: int) -> None:
    type_in(phone, "sitting", "10")
    made = outcome(phone, name, held)
    if name == "Copy the link":
        assert made.partition("#")[2] == to_fragment(Profile(sitting=10))
    elif name == "Print":
        assert "Sitting time: 10.0 hours a day" in made
    elif name == "Download JSON":
        assert json.loads(made)["inputs"]["sitting"] == 10
    elif name == "Download CSV":
        assert made == as_csv(crampnb.explain({"sitting": 10}))
    else:
        assert "Nothing differs yet" in made
    shows(phone, {"sitting": 10})


def test_what_is_typed_counts_before_a_press_that_moves_no_focus(phone: Page) -> None:
    """As a screen reader presses."""
    type_in(phone, "sitting", "10")
    pin = phone.get_by_role("button", name="Pin these settings as A")
    pin.evaluate("button => button.click()")
    expect(phone.get_by_role("button", name="Forget A")).to_be_visible()
    shows(phone, {"sitting": 10})
    expect(phone.locator("[data-part=compare]")).to_contain_text("Nothing differs yet")


def test_the_browsers_own_print_waits_for_what_is_typed(phone: Page) -> None:
    type_in(phone, "sitting", "10")
    phone.keyboard.press("Control+p")
    assert comes_true(phone, "window.printed")
    assert "Sitting time: 10.0 hours a day" in phone.evaluate("window.printed")
    assert phone.evaluate("window.whole")


def test_a_refusal_moves_nothing_under_a_finger(phone: Page) -> None:
    type_in(phone, "fluid_intake", "99")
    press_for(phone, "Desk week", 250)
    shows(phone, scenarios()["desk_week"].profile)


def test_the_link_is_that_of_the_slider(phone: Page) -> None:
    slider(phone, "sitting").focus()
    for _ in range(6):
        phone.keyboard.press("ArrowRight")
    phone.get_by_role("button", name="Copy the link").evaluate("button => button.click()")
    expect(phone.get_by_text("The link is copied.")).to_be_visible()
    copied = str(phone.evaluate("navigator.clipboard.readText()"))
    assert copied.partition("#")[2] == to_fragment(Profile(sitting=7))


def move_and_press(page: Page, button: Locator) -> None:
    """Move a slider in three steps and press a button at once; wait until all is answered."""
    button.evaluate(
        """(button, label) => {
          const range = document.querySelector(`input[type=range][aria-label="${label}"]`);
          const step = () => range.dispatchEvent(new Event("input", { bubbles: true }));
          for (range.value of [9, 10, 11]) step();
          button.click();
        }""",
        INPUTS["sitting"].label,
    )
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    python_has_drawn(page)


def test_a_press_comes_after_the_slider_that_was_moved_before(page: Page) -> None:
    scenario = scenarios()["desk_week"]
    move_and_press(page, page.get_by_role("button", name=f"{scenario.name}: "))
    shows(page, scenario.profile, scenario.hypothesis)
    # What only Python does is done with what the slider has come to.
    move_and_press(page, page.get_by_role("button", name="Pin these settings as A"))
    expect(section(page, "Compare")).to_contain_text("Nothing differs yet.")
    shows(page, scenario.profile.but(sitting=11), scenario.hypothesis)


def test_a_sheet_shows_one_state(phone: Page) -> None:
    """Printed by the browser itself, when only the first part of an answer is there."""
    found = phone.evaluate(
        f"""() => new Promise((resolve) => {{
          const before = {SENTENCE};
          const look = () => {{
            if ({SENTENCE} === before) return setTimeout(look);
            dispatchEvent(new Event('beforeprint'));
            const shown = (name) => document.querySelector(`[data-part=${{name}}]`).textContent;
            const ahead = document.querySelector('#crampnb-page').hasAttribute('data-ahead');
            resolve([{SENTENCE}, shown('settings'), shown('next_steps'), ahead]);
          }};
          const box = document.querySelector('[aria-label^="Sitting time,"]');
          box.focus(); box.value = '16'; look(); box.blur();
        }})"""
    )
    sentence, settings, steps, ahead = found
    assert sentence == crampnb.explain({"sitting": 16}).sentence
    if not ahead:  # else the sheet leaves out what is of the settings before
        assert "Sitting time: 16.0 hours a day" in settings
        assert crampnb.explain({"sitting": 16}).steps[0].name in steps


@pytest.mark.reused
def test_a_box_is_still_a_spin_button(page: Page) -> None:
    for name in ("fluid_intake", "sitting", "activity_load", "electrolyte_intake"):
        expect(box(page, name)).to_have_attribute("inputmode", "decimal")
        assert float(box(page, name).get_attribute("aria-valuenow") or "nan") == getattr(
            Profile(), INPUTS[name].name
        )
