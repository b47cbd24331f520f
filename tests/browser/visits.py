"""Visits to the explainer, and how a page is read: by roles, names and the marks of the page."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from math import floor
from typing import Any
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    expect,
)

import crampnb
from crampnb.model.fragment import to_fragment
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.views.parts import CHARTS
from tests.browser import engines
from tools.waiting import PATIENCE, comes_true

INPUTS = {entry.name: entry for entry in crampnb.inputs()}
NUMBERS = [entry for entry in crampnb.inputs() if entry.kind == "number"]

# What becomes of the page, in JavaScript.
SENTENCE = "document.querySelector('#crampnb-page [role=status]').textContent"
BOXES = (
    "[...document.querySelectorAll('[role=spinbutton]')]"
    ".map(box => [box.getAttribute('aria-label'), Number(box.value)]).sort()"
)
SLIDERS = (
    "[...document.querySelectorAll('input[type=range]')]"
    ".map(it => [it.getAttribute('aria-label'), it.getAttribute('aria-valuetext')]).sort()"
)


class Visits:
    """New visitors' pages, and what went wrong on any of them."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Pages of `browser` on `address`."""
        self.address = address
        #: requests to anyone but the page's own server
        self.strangers: list[str] = []
        #: errors that a page reported or threw
        self.errors: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, fragment: str = "", **options: Any) -> Page:
        """A page of a new visitor; `options` are those of a browser context."""
        page = self.visitor(**options)
        page.goto(self.address + fragment, wait_until="commit")
        return page

    def visitor(self, **options: Any) -> Page:
        """An empty page, watched."""
        options.setdefault("viewport", {"width": 1280, "height": 800})
        page = engines.new_page(self._browser, **options)
        page.context.set_default_timeout(PATIENCE)
        self._contexts.append(page.context)
        page.on("request", lambda request: self._ask(request.url))
        page.on("websocket", lambda socket: self._ask(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        return page

    def close(self) -> None:
        """Let all visitors leave."""
        while self._contexts:
            self._contexts.pop().close()

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type == "error":
            self.errors.append(told.text)

    def _ask(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(self.address).netloc:
            self.strangers.append(url)


@contextmanager
def blameless(browser: Browser, address: str) -> Iterator[Visits]:
    """Opens pages, each like a new visitor; all must end without errors and without strangers."""
    opened = Visits(browser, address)
    yield opened
    opened.close()
    assert opened.strangers == []
    assert opened.errors == []


def ready(page: Page) -> Page:
    """The page once its sliders answer."""
    with suppress(Error):  # it may load itself anew meanwhile
        comes_true(page, "document.querySelector('#crampnb-page[data-crampnb=ready]')")
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "ready")
    return page


def status(page: Page) -> Locator:
    """The element that holds the sentence."""
    return page.get_by_role("status")


def slider(page: Page, name: str) -> Locator:
    """The slider of an input."""
    return page.get_by_role("slider", name=INPUTS[name].label, exact=True)


THUMB = 14  # px from the middle of a slider's thumb to its edge


def thumb(handle: Locator, at: float | None = None) -> tuple[float, float]:
    """Where in the window the thumb of a slider is, or would be at a share of its range."""
    place = handle.bounding_box()
    assert place
    if at is None:
        at = handle.evaluate("it => (it.value - it.min) / (it.max - it.min)")
    along = place["width"] - 2 * THUMB
    return place["x"] + THUMB + at * along, place["y"] + place["height"] / 2


def box(page: Page, name: str) -> Locator:
    """The number box of an input."""
    label = f"{INPUTS[name].label}, {INPUTS[name].unit}"
    return page.get_by_role("spinbutton", name=label, exact=True)


def section(page: Page, title: str) -> Locator:
    """The chapter with a heading that begins so."""
    return page.get_by_role("region", name=re.compile(f"^{re.escape(title)}"))


def becomes(page: Page, read: str, wanted: Any) -> None:
    """Fail unless what `read` (JavaScript) gives comes to be `wanted`."""
    is_there = f"JSON.stringify({read}) === JSON.stringify(wanted)"
    while comes_true(page, is_there, wanted):
        if page.evaluate(read) == wanted:
            return
        # It passed by on its way somewhere else, and may come back: looked at again.
    assert page.evaluate(read) == wanted


def shows(page: Page, inputs: Profile | Mapping[str, object], story: str = "evidence") -> None:
    """Fail unless the address and the sentence come to be those of these settings."""
    profile = Profile.of(inputs)
    becomes(page, "location.hash.slice(1)", to_fragment(profile, story))
    becomes(page, SENTENCE, crampnb.explain(profile, story).sentence)


def controls_show(page: Page, profile: Profile) -> None:
    """Fail unless every number box and slider comes to show the profile's value."""
    values = [(entry, getattr(profile, entry.name)) for entry in NUMBERS]
    boxes = sorted([f"{entry.label}, {entry.unit}", round(value, 6)] for entry, value in values)
    sliders = sorted([entry.label, entry.speak(stop(entry, value))] for entry, value in values)
    becomes(page, BOXES, boxes)
    becomes(page, SLIDERS, sliders)


def stop(entry: Input, value: float) -> float:
    """The stop of a slider that is nearest to a value."""
    low, high = entry.range
    return min(low + floor((value - low) / entry.step + 0.5) * entry.step, high)


def python_has_drawn(page: Page) -> None:
    """Wait for the parts that Python draws to be those of what is set."""
    expect(page.locator("#crampnb-page:not([data-ahead])")).to_be_attached()


def charts_are_drawn(page: Page) -> None:
    """Wait for those of what is set: they come last, when the sliders answer already."""
    expect(page.locator(".js-plotly-plot:not([aria-busy])")).to_have_count(len(CHARTS))


def open_sheet(page: Page) -> Page:
    """The page with all four sliders: on a phone they stand in a sheet, which has to be opened."""
    sheet = page.get_by_role("button", name="All four sliders")
    if sheet.is_visible():
        sheet.click()
    return page


def open_more(page: Page) -> None:
    """Open everything behind "More about you", where it is not open."""
    if page.get_by_role("slider").count() < len(NUMBERS):
        page.get_by_text("More about you").click()
    expect(page.get_by_role("slider")).to_have_count(len(NUMBERS))


def kernel_of(page: Page) -> psutil.Process:
    """The process that answers a page; the servers of the tests are its parents."""
    place = json.loads(page.locator("#crampnb-kernel").text_content() or "")
    return next(
        process
        for process in psutil.Process().children(recursive=True)
        if runs(process, place["kernelId"])
    )


def runs(process: psutil.Process, word: str) -> bool:
    """Whether a process was started with a word; one that has just ended was not."""
    with suppress(psutil.Error):
        return any(word in part for part in process.cmdline())
    return False
