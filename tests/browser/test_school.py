"""The lessons' JupyterLab on a phone, in the dark: as the system is, and whole."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.visits import Visits
from tests.test_lab import started


@pytest.fixture
def lesson(tmp_path: Path) -> Iterator[str]:
    """Address of the third lesson, as `crampnb lessons` shows it."""
    with started("lessons", tmp_path) as found:
        yield found.replace("1_predict", "3_sure")


@pytest.fixture
def address(lesson: str) -> str:
    """Address of that JupyterLab."""
    return urljoin(lesson, "/")


def test_a_lesson_is_as_dark_as_the_system_and_fits_a_phone(visits: Visits, lesson: str) -> None:
    page = visits.visitor(viewport={"width": 360, "height": 800}, color_scheme="dark")
    page.goto(lesson)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", "JupyterLab Dark")
    idle = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(idle).to_be_attached(timeout=30_000)
    page.locator(".jp-CodeCell").first.get_by_role("textbox").press("Control+Enter")
    card = page.locator(".lesson-card").first
    expect(card).to_have_attribute("data-crampnb", "ready", timeout=30_000)
    assert card.evaluate("it => it.clientWidth > 250 && it.scrollWidth === it.clientWidth")
    assert card.evaluate("it => getComputedStyle(it).colorScheme") == "dark"
    page.locator(".jp-OutputArea").first.evaluate(
        "it => it.insertAdjacentHTML('beforeend', "
        "'<div class=\"jp-OutputArea-output jp-RenderedText\"><pre>5 to 58</pre></div>')"
    )
    style = "it => [it.wordBreak, it.overflowWrap]"
    printed = page.locator(".jp-RenderedText pre").first
    assert printed.evaluate(f"it => ({style})(getComputedStyle(it))") == ["normal", "anywhere"]
