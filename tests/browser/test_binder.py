"""The explainer and a lesson as Binder shows them: below a Jupyter server that needs a token."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from crampnb.lessons.plans import lessons
from crampnb.places import NOTEBOOKS
from crampnb.site.course_page import binder_links
from tests.browser.jupyter import BASE, BINDER, LAB, SETTINGS, TOKEN, environment, serving
from tests.browser.learner import card, run_all, told
from tests.browser.visits import Visits, charts_are_drawn, kernel_of, ready, shows, slider
from tests.serving import halves, notebook

ROOT = Path(__file__).parents[2]
EXPLAINER, LESSON = (urlsplit(url).query.partition("=")[2] for _, url in binder_links("a/b")[:2])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for the server's own files, with the visitor's copy of the repository in it."""
    folder = tmp_path_factory.mktemp("binder")
    shutil.copytree(ROOT / "notebooks", folder / "root" / "notebooks")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Address of the visitor's server."""
    with serving([*LAB, *BINDER], folder / "root", environment(folder)) as found:
        yield found + BASE


def test_the_explainer_answers_and_its_kernel_ends_with_the_visit(visits: Visits) -> None:
    page = visits.visitor()
    page.goto(f"{visits.address}{EXPLAINER}?token={TOKEN}#v=1&sitting=10&story=fatigue")
    ready(page)
    shows(page, {"sitting": 10}, "fatigue")
    assert TOKEN not in page.url
    expect(page.get_by_role("link", name="The model card")).to_have_count(0)  # it has no page here
    expect(page.get_by_text("The model in short")).to_be_visible()
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16}, "fatigue")
    charts_are_drawn(page)
    first = kernel_of(page)
    page.reload()
    shows(ready(page), {"sitting": 16}, "fatigue")
    second = kernel_of(page)
    page.close()
    _, alive = psutil.wait_procs([first, second], timeout=60)
    assert alive == []


def test_the_answer_is_there_before_the_kernel(address: str, folder: Path) -> None:
    gate = folder / "gate"
    code = f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.05)\n"
    notebook(folder / "root" / "waiting.ipynb", code)
    path = f"{BASE}voila/render/waiting.ipynb?token={TOKEN}"
    early, late = halves(urlsplit(address).netloc, path, gate)
    assert b"of 1,000" in early
    assert b"data-crampnb-failed" not in early
    assert b"data-crampnb-failed" in late


def test_a_lesson_opens_and_its_first_cells_run(visits: Visits) -> None:
    plan = next(iter(lessons().values()))
    page = visits.visitor()
    page.goto(f"{visits.address}{LESSON}?token={TOKEN}")
    cells = json.loads((NOTEBOOKS / "lessons" / plan.notebook).read_text("utf-8"))["cells"]
    asks = ["lesson.predict" in "".join(cell["source"]) for cell in cells]
    run_all(page, asks.index(True) + 1)
    asked = card(page, "Predict: Hydration")
    guess = asked.get_by_role("textbox", name=re.compile("^Your guess"))
    guess.fill("40")
    guess.press("Enter")
    expect(told(asked)).to_contain_text("You guessed 40.")
    sentence = plan.situations["fluid_intake"].answer.sentence
    expect(asked.locator("[data-part=sentence]")).to_have_text(sentence)
    expect(page.get_by_text("Jupyter news")).to_have_count(0)


def test_the_server_takes_its_settings_from_the_folder(tmp_path: Path) -> None:
    printed = subprocess.run(
        [*LAB, "--show-config-json"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    wanted = json.loads((SETTINGS / "jupyter_server_config.json").read_text())
    assert wanted.items() <= json.loads(printed.stdout).items()
