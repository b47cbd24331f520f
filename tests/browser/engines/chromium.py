"""Chromium, which Playwright was made for: nothing is to be made good."""

from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from tools.provide import browser

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def launch(playwright: Playwright) -> Browser:
    """The browser."""
    return playwright.chromium.launch(executable_path=browser(), args=FLAGS)


def new_page(browser: Browser, **options: Any) -> Page:
    """An empty page of a new visitor."""
    return browser.new_context(**options).new_page()
