"""The real dashboard in a real browser: one server and one browser a worker, one visit a test."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from crampnb.site import lite, packages
from tests.browser.provide import browser
from tests.browser.visits import Visits, ready

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
PATIENCE = 20_000  # ms; how long a mark is waited for before a test fails

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without a server, as it was built."""
    output = tmp_path_factory.mktemp("site") / "some" / "path"
    pyodide = output / "pyodide"
    pyodide.mkdir(parents=True)
    lite.build(output, packages.pyodide(pyodide))
    return output


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
