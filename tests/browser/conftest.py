"""The real dashboard in a real browser: one server and one browser a worker, one visit a test."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.provide import browser
from tests.browser.visits import PATIENCE, Visits, ready

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

expect.set_options(timeout=PATIENCE)


#: folder of a built site; with it the explainer's tests visit that instead of the dashboard
SITE = os.environ.get("CRAMPNB_SITE")


@contextmanager
def answering(*command: str) -> Iterator[str]:
    """Address that a server's command prints when it answers."""
    with subprocess.Popen(
        [sys.executable, "-um", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout
        found = re.search(r"http://[^\s)]+", server.stdout.readline())
        assert found, "the server ended without an address"
        yield found[0]
        server.terminate()


@pytest.fixture(scope="session")
def folder() -> Path:
    """Folder of the built site."""
    assert SITE, "CRAMPNB_SITE must name the folder of a built site: make test-site"
    return Path(SITE).resolve()


@pytest.fixture(scope="session")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, served as plain files below a host's other pages."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "path").symlink_to(folder)
    with answering("tests.browser.host", str(root)) as found:
        yield f"{found}some/path/"


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of an explainer that answers: of the dashboard, or of the site."""
    if SITE:
        yield f"{request.getfixturevalue('site')}explainer/"
    else:
        with answering("crampnb.cli", "dashboard", "--port", "0", "--no-browser") as found:
            yield found


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
    opened = Visits(chromium, address)
    yield opened
    opened.close()
    assert opened.strangers == []
    assert opened.errors == []


@pytest.fixture
def page(visits: Visits) -> Page:
    """The explainer with sliders that answer."""
    return ready(visits.open())
