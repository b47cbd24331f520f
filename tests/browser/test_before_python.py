"""The page answers before Python is there, nothing is lost when it comes, and if it never does."""

from playwright.sync_api import Page, Route, expect

import crampnb
from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from tests.browser.visits import (
    SENTENCE,
    Visits,
    becomes,
    box,
    charts_are_drawn,
    controls_show,
    open_more,
    ready,
    shows,
    slider,
    thumb,
)
from tools.waiting import comes_true

PYTHON = "**/jupyter-widgets.js"  # without it no widget is made


class Held:
    """A page whose Python is held back until it is let in."""

    def __init__(self, visits: Visits, fragment: str = "", **options: object) -> None:
        self.routes: list[Route] = []
        self.page = visits.visitor(**options)
        self.is_let_in = False
        self.page.route(PYTHON, self._hold)
        self.page.goto(visits.address + fragment, wait_until="commit")
        live(self.page)

    def let_in(self) -> None:
        """Let Python come."""
        assert comes_true(self.page, "document.querySelector('script[type=module]')")
        self.is_let_in = True
        for route in self.routes:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self.is_let_in:
            route.continue_()
        else:
            self.routes.append(route)


def live(page: Page) -> Page:
    """The page once it answers without Python."""
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "live")
    return page


def tells(page: Page, inputs: dict[str, object], story: str = "evidence") -> None:
    """Fail unless the sentence comes to be the model's."""
    becomes(page, SENTENCE, crampnb.explain(inputs, story).sentence)


def test_everything_that_is_only_numbers_moves_before_python(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    slider(page, "sitting").press("End")
    tells(page, {"sitting": 16})
    box(page, "fluid_intake").fill("1,2")
    page.get_by_role("radio", name="What the article says").check()
    day: dict[str, object] = {"sitting": 16.0, "fluid_intake": 1.2}
    tells(page, day, "article")
    charts_are_drawn(page)
    told = crampnb.explain(day, "article")
    last = "document.querySelector('[data-chart=curve]').data[3].y[0].toFixed(6)"
    becomes(page, last, f"{1000 * told.risk:.6f}")
    for key, scenario in scenarios().items():
        page.get_by_role("button", name=f"{scenario.name}: ").click()
        becomes(page, SENTENCE, crampnb.explain(scenario.profile, scenario.hypothesis).sentence)
        pressed = page.locator("[data-action=scenario][aria-pressed=true]")
        expect(pressed).to_have_attribute("data-value", key)
    page.get_by_role("button", name="Reset everything").click()
    tells(page, {})
    held.let_in()
    shows(ready(page), {})


def test_a_warning_sign_blanks_every_number_before_python(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    key, sign = next(iter(evidence().red_flags.items()))
    page.get_by_role("checkbox", name=sign.sign).check()
    told = crampnb.explain({}, red_flags=[key])
    becomes(page, SENTENCE, told.sentence)
    seen = page.locator("[data-numbers], .number-only, .chart").filter(visible=True)
    expect(seen).to_have_count(0)
    held.let_in()
    ready(page)
    becomes(page, SENTENCE, told.sentence)
    expect(seen).to_have_count(0)
    page.get_by_role("checkbox", name=sign.sign).uncheck()
    tells(page, {})


def test_what_was_set_before_python_came_is_handed_to_it(visits: Visits) -> None:
    held = Held(visits, "#v=1&sitting=10&story=fatigue")
    page = held.page
    tells(page, {"sitting": 10}, "fatigue")
    open_more(page)
    page.get_by_role("checkbox", name="Hot weather", exact=True).check()
    box(page, "age").fill("60")
    box(page, "age").press("Enter")
    page.get_by_role("combobox", name="Along").select_option("sitting")
    held.let_in()
    day = {"sitting": 10, "hot_weather": True, "age": 60}
    shows(ready(page), day, "fatigue")
    controls_show(page, Profile(**day))
    expect(page.get_by_role("region", name="What if")).to_contain_text("sitting time alone")
    expect(page.locator("[data-part=settings]")).to_contain_text("Hot weather: yes; Age: 60 years")


def test_a_key_that_is_held_down_while_python_comes_is_heard_throughout(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    handle = slider(page, "activity_load")
    handle.press("Home")
    handle.focus()
    for press in range(60):
        page.keyboard.down("ArrowRight")  # again and again without an end, as a key repeats
        if press == 20:
            held.let_in()
    page.keyboard.up("ArrowRight")
    ready(page)
    expect(handle).to_be_focused()
    shows(page, {"activity_load": 3000})
    controls_show(page, Profile(activity_load=3000))


def test_a_drag_goes_on_while_python_comes(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    handle = slider(page, "sitting")
    page.mouse.move(*thumb(handle))
    page.mouse.down()
    page.mouse.move(*thumb(handle, 0.5), steps=6)
    held.let_in()
    ready(page)
    page.mouse.move(*thumb(handle, 0.75), steps=6)
    page.mouse.up()
    shows(page, {"sitting": 12})


def test_a_number_is_typed_on_while_python_comes(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    typed = box(page, "activity_load")
    typed.fill("")
    typed.press_sequentially("24")
    held.let_in()
    ready(page)
    expect(typed).to_be_focused()
    typed.press_sequentially("50")
    typed.press("Enter")
    shows(page, {"activity_load": 2450})


def test_what_only_python_can_read_is_read_when_it_is_there(visits: Visits) -> None:
    held = Held(visits)
    page = held.page
    box(page, "sitting").fill("ten hours")
    box(page, "sitting").press("Enter")
    box(page, "fluid_intake").fill("٣")
    box(page, "fluid_intake").press("Enter")
    tells(page, {})
    held.let_in()
    shows(ready(page), {"fluid_intake": 3})
    expect(box(page, "fluid_intake")).to_have_value("3")


def test_python_tells_what_the_page_shows(page: Page) -> None:
    """200 moves: what the page shows at once is the model's, and Python never corrects it."""
    open_more(page)
    heard: list[str] = []
    page.expose_function("heard", lambda told: heard.append(told))
    page.evaluate(
        """() => new MutationObserver(() => heard(document.querySelector(
             '#crampnb-page [role=status]').textContent)).observe(
             document.querySelector('#crampnb-page [role=status]'),
             { childList: true, subtree: true, characterData: true })"""
    )
    names = [entry.name for entry in crampnb.inputs() if entry.kind == "number"]
    told, profile = [], Profile()
    for move in range(200):
        name = names[move * 7 % len(names)]
        key = ("ArrowRight", "PageUp", "End", "ArrowLeft", "Home")[move % 5]
        handle = slider(page, name)
        before = handle.input_value()
        handle.press(key)
        if (now := handle.input_value()) != before:
            profile = profile.but(**{name: round(float(now), 6)})
        told.append(crampnb.explain(profile).sentence)
        assert page.evaluate(SENTENCE) == told[-1], f"{name} by {key}, move {move}"
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    shows(page, profile)
    controls_show(page, profile)
    assert set(heard) <= set(told), "Python has corrected the page"


def test_where_python_never_comes_the_page_says_what_is_missing(visits: Visits) -> None:
    page = Held(visits).page
    follows = page.get_by_text("This follows when Python is here.")
    expect(follows.filter(visible=True)).to_have_count(0)
    slider(page, "sitting").press("End")
    tells(page, {"sitting": 16})
    expect(follows.filter(visible=True)).not_to_have_count(0)
    expect(page.locator("[data-part=next_steps]")).to_be_hidden()


WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def test_the_first_screen_holds_what_is_moved_and_what_that_does(visits: Visits) -> None:
    page = ready(visits.open(viewport=WIDE))
    for entry in crampnb.inputs():
        if entry.group == "main":
            expect(slider(page, entry.name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(page.locator("svg.icons").first).to_be_in_viewport(ratio=1)
    for summary in page.locator(".causes summary").all():
        expect(summary).to_be_in_viewport(ratio=1)


def test_the_first_screen_of_a_phone(visits: Visits) -> None:
    page = ready(visits.open(viewport=PHONE, is_mobile=True, has_touch=True))
    expect(slider(page, "fluid_intake")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status")).to_be_in_viewport(ratio=1)
    picture = page.locator("svg.icons").first.bounding_box()
    sheet = page.locator(".panel").bounding_box()
    assert picture
    assert sheet
    assert picture["y"] + picture["height"] <= sheet["y"]


def test_number_and_range_stay_in_sight_below(page: Page) -> None:
    slim = page.locator(".slim > div")
    expect(slim).to_be_hidden()
    page.locator("#what-if").scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(slim).to_be_visible()
    slider(page, "sitting").press("End")
    low, risk, high, _ = crampnb.explain({"sitting": 16}).people
    expect(slim).to_contain_text(f"{risk} of 1,000")
    expect(slim).to_contain_text(f"could be {low} to {high}")
    expect(slim).to_contain_text("Illustration, not a prediction.")
    expect(slider(page, "sitting")).to_be_in_viewport(ratio=1)
