"""WebKit: GTK's, which speaks WebDriver BiDi by the program in `tests/webkit`."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.engines import bidi
from tools.provide import webkit

PROGRAM = Path(__file__).parents[2] / "webkit" / "browser.py"


def launch(playwright: Playwright) -> Browser:
    """The browser."""
    webkit()
    return playwright.firefox.launch(channel="moz-firefox", executable_path=PROGRAM)


def new_page(browser: Browser, **options: Any) -> Page:
    """An empty page of a new visitor."""
    return bidi.mended(browser.new_context(**options)).new_page()
