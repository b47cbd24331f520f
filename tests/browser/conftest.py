"""The real dashboard in a real browser: one server and one browser a worker, one visit a test."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crampnb.model.explain import explain
from crampnb.model.fragment import to_fragment
from crampnb.model.profile import Profile
from tests.browser import engines
from tests.browser.engines.limits import LIMITS, reason
from tests.browser.visits import SENTENCE, Visits, becomes, blameless, ready
from tools.waiting import PATIENCE

expect.set_options(timeout=PATIENCE)


#: folder of a built site; with it the explainer's tests visit that instead of the dashboard
SITE = os.environ.get("CRAMPNB_SITE")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the engine's tool cannot do."""
    left_out = [item for item in items if reason(item.nodeid.rpartition("browser/")[2])]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what is left out in this engine, and why."""
    for why, tests in LIMITS[engines.NAME].items():
        terminalreporter.section(f"Left out in {engines.NAME}: {why}")
        terminalreporter.write_line("\n".join(tests))


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
    with answering("tools.host", str(root)) as found:
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
def browser() -> Iterator[Browser]:
    """The browser: Chromium, or the one that CRAMPNB_ENGINE names."""
    with engines.running() as found:
        yield found


@pytest.fixture
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Visits of one test."""
    with blameless(browser, address) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept_page(browser: Browser, address: str) -> Iterator[Page]:
    """The explainer, opened once for all tests of a file that are marked `reused`."""
    with blameless(browser, address) as opened:
        yield ready(opened.open())


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Page:
    """The explainer with sliders that answer: new, or of the test before for those marked `reused`.

    These leave nothing but inputs, story and warning signs that are not as they were.
    """
    if not request.node.get_closest_marker("reused"):
        visits: Visits = request.getfixturevalue("visits")
        return ready(visits.open())
    kept: Page = request.getfixturevalue("kept_page")
    kept.get_by_role("button", name="Reset everything").click()
    # A page that nobody has touched yet has no settings in its address.
    reset = ["", to_fragment(Profile())]
    becomes(kept, f"{json.dumps(reset)}.includes(location.hash.slice(1))", True)
    becomes(kept, SENTENCE, explain({}).sentence)
    return kept
