"""The notebook in a real JupyterLab: one cell, and the explainer is there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from crampnb.model.explain import explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.scenarios import scenarios
from tests.browser.jupyter import LAB, environment, serving
from tests.browser.visits import SENTENCE, Visits, becomes, slider

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "dashboard.ipynb"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Address of a JupyterLab of its own with the notebook in it."""
    root = tmp_path / "root"
    root.mkdir()
    shutil.copy(NOTEBOOK, root)
    with serving([*LAB, "--IdentityProvider.token="], root, environment(tmp_path)) as found:
        yield found + "/"


def test_the_notebook_runs_in_jupyterlab_by_keyboard(visits: Visits) -> None:
    page = visits.visitor()
    page.goto(f"{visits.address}lab/tree/{NOTEBOOK.name}")
    kernel = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(kernel).to_be_visible(timeout=30_000)
    cell = page.get_by_role("textbox").filter(has_text="explainer()")
    cell.focus()
    expect(page.get_by_text("Mode: Edit")).to_be_visible()
    cell.press("Control+Enter")
    expect(page.get_by_text("[1]:").first).to_be_visible()
    root = page.locator("#crampnb-page")
    expect(root).to_have_attribute("data-crampnb", "ready", timeout=30_000)
    expect(root.locator(".js-plotly-plot")).to_have_count(3)
    slider(page, "sitting").press("End")
    becomes(page, SENTENCE, explain({"sitting": 16}).sentence)
    scenario = scenarios()["older_and_stiff"]
    people = natural_frequency(explain(scenario.profile).risk)
    root.get_by_role("button", name=f"{scenario.name}: ").press("Enter")
    expect(root.locator("svg.icons")).to_have_attribute("data-icons", f"10 {people}")
    becomes(page, "Math.round(document.querySelector('[data-chart=curve]').data[3].y[0])", people)
    assert "#" not in page.url
