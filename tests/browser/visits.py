"""Visits to the explainer, and how a page is read: by roles, names and the marks of the page."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import crampnb
from crampnb.evidence import Input
from crampnb.link import to_fragment
from crampnb.profile import Profile

INPUTS = {entry.name: entry for entry in crampnb.inputs()}
NUMBERS = [entry for entry in crampnb.inputs() if entry.kind == "number"]


class Visits:
    """New visitors' pages, and what went wrong on any of them."""

    def __init__(self, browser: Browser, address: str, patience: float) -> None:
        """Pages of `browser` on `address` that wait `patience` (ms) for what is asked of them."""
        self.address = address
        #: requests to anyone but the page's own server
        self.strangers: list[str] = []
        #: errors that a page reported or threw
        self.errors: list[str] = []
        self._browser, self._patience = browser, patience
        self._contexts: list[BrowserContext] = []

    def open(self, fragment: str = "", **options: Any) -> Page:
        """A page of a new visitor; `options` are those of a browser context."""
        page = self.visitor(**options)
        page.goto(self.address + fragment, wait_until="commit")
        return page

    def visitor(self, **options: Any) -> Page:
        """An empty page, watched."""
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = self._browser.new_context(**options)
        context.set_default_timeout(self._patience)
        self._contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._ask(request.url))
        page.on("websocket", lambda socket: self._ask(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda told: told.type == "error" and self.errors.append(told.text))
        return page

    def close(self) -> None:
        """Nothing; all visitors leave."""
        for context in self._contexts:
            context.close()

    def _ask(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(self.address).netloc:
            self.strangers.append(url)


def ready(page: Page) -> Page:
    """The page once its sliders answer."""
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "ready")
    return page


def status(page: Page) -> Locator:
    """The element that holds the sentence."""
    return page.get_by_role("status")


def slider(page: Page, name: str) -> Locator:
    """The slider of an input."""
    return page.get_by_role("slider", name=INPUTS[name].label, exact=True)


def box(page: Page, name: str) -> Locator:
    """The number box of an input."""
    label = f"{INPUTS[name].label}, {INPUTS[name].unit}"
    return page.get_by_role("spinbutton", name=label, exact=True)


def section(page: Page, title: str) -> Locator:
    """The chapter with a heading that begins so."""
    return page.get_by_role("region", name=re.compile(f"^{re.escape(title)}"))


def shows(page: Page, inputs: Profile | Mapping[str, object], story: str = "evidence") -> None:
    """Nothing; fails unless the address and the sentence come to be those of these settings."""
    profile = Profile.of(inputs)
    fragment = to_fragment(profile, story)
    expect(page).to_have_url(re.compile(f"#{re.escape(fragment)}$"))
    expect(status(page)).to_have_text(crampnb.explain(profile, story).sentence)


def open_more(page: Page) -> None:
    """Nothing; everything behind "More about you" is there to be used."""
    page.get_by_text("More about you").click()
    expect(page.get_by_role("slider")).to_have_count(len(NUMBERS))


def controls_show(page: Page, profile: Profile) -> None:
    """Nothing; fails unless every number box and slider comes to show the profile's value.

    A slider stands on the stop nearest to a value that lies between its stops.
    """
    for entry in NUMBERS:
        given = getattr(profile, entry.name)
        expect(box(page, entry.name)).to_have_value(f"{round(given, 6):.10g}")
        shown = slider(page, entry.name).get_attribute("aria-valuenow")
        assert shown
        assert abs(float(shown) - given) <= entry.step / 2 + 1e-6, entry.label
