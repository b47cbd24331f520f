"""The site on a host that sends the headers that are proposed for it: all of it still works."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from crampnb.places import notebook_path
from tests.browser.learner import idle
from tests.browser.visits import Visits, charts_are_drawn, ready, shows, slider
from tools.host import Files, Host


def rules(folder: Path) -> list[tuple[str, str, str]]:
    """(path, name, value) of each header, as a host reads them from the site's own file."""
    found: list[tuple[str, str, str]] = []
    path = ""
    for line in (folder / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            path = line
        elif line:
            name, value = line.strip().split(": ", 1)
            found.append((path, name, value))
    return found


class Strict(Files):
    """The files, with the headers of `rules`."""

    rules: list[tuple[str, str, str]]

    def end_headers(self) -> None:
        """Send the headers for this path too."""
        for path, name, value in self.rules:
            if fnmatch(self.path.partition("?")[0], path):
                self.send_header(name, value)
        super().end_headers()


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Address of the explainer on a host that knows `_headers`."""
    files = type("Ruled", (Strict,), {"rules": rules(folder)})
    with Host(str(folder), files) as host:
        Thread(target=host.serve_forever, daemon=True).start()
        yield f"{host.address}explainer/"
        host.shutdown()


def test_the_explainer_keeps_to_its_policy(visits: Visits) -> None:
    page = visits.visitor()
    with page.expect_response(visits.address) as response:
        page.goto(visits.address)
    sent = response.value.headers
    assert "'unsafe-eval'" not in sent["content-security-policy"]
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "same-origin"
    charts_are_drawn(ready(page))
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})


def test_a_lesson_keeps_to_its_policy(visits: Visits) -> None:
    page = visits.visitor()
    page.goto(visits.address.replace("explainer/", notebook_path("1_predict.ipynb")))
    expect(idle(page)).to_be_visible(timeout=60_000)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".lesson-card").first).to_be_visible(timeout=60_000)
