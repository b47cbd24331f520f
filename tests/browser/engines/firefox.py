"""Firefox, by Playwright's WebDriver BiDi."""

from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.engines import bidi
from tools.provide import firefox


def launch(playwright: Playwright) -> Browser:
    """The browser."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=firefox())


def new_page(browser: Browser, **options: Any) -> Page:
    """An empty page of a new visitor."""
    return bidi.mended(browser.new_context(**options)).new_page()
