"""The real dashboard in a real browser: one server and one browser a worker, one visit a test."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.provide import browser
from tests.browser.visits import PATIENCE, Visits, ready

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of a dashboard that answers."""
    command = [sys.executable, "-m", "crampnb.cli", "dashboard", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the dashboard ended without an address"
        yield found[0]
        server.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visits(chromium: Browser, address: str) -> Iterator[Visits]:
    """Opens pages, each like a new visitor; all must end without errors and without strangers."""
    opened = Visits(chromium, address, PATIENCE)
    yield opened
    opened.close()
    assert opened.strangers == []
    assert opened.errors == []


@pytest.fixture
def page(visits: Visits) -> Page:
    """The explainer with sliders that answer."""
    return ready(visits.open())
