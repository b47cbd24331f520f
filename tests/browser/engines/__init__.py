"""The browser that the tests run in: CRAMPNB_ENGINE is chromium, firefox or webkit.

Tests are written once, against Playwright. What an engine's tool leaves out is made good here.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "firefox", "webkit")
#: the engine of this run
NAME = os.environ.get("CRAMPNB_ENGINE", NAMES[0])
assert NAME in NAMES, f"CRAMPNB_ENGINE is {NAME!r}, but must be one of {', '.join(NAMES)}"

#: Playwright hands the inches of its paper to WebDriver BiDi, which takes them for centimetres
PAPER = 1 if NAME == "chromium" else 2.54

_engine = import_module(f"tests.browser.engines.{NAME}")


@contextmanager
def running() -> Iterator[Browser]:
    """The engine's browser, without a window."""
    with sync_playwright() as playwright:
        browser: Browser = _engine.launch(playwright)
        yield browser
        browser.close()


def new_page(browser: Browser, **options: Any) -> Page:
    """An empty page of a new visitor; `options` are those of a browser context."""
    page: Page = _engine.new_page(browser, **options)
    return page
