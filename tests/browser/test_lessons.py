"""Each lesson played through once in a real JupyterLab, from guess to end, by keyboard."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crampnb.course import Plan, lessons
from tests.browser.learner import play, run_all
from tests.browser.visits import Visits

LESSONS = Path(__file__).parents[2] / "notebooks" / "lessons"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the lessons, as `crampnb lessons` prints it."""
    command = [sys.executable, "-m", "crampnb.cli", "lessons", "--port", "0", "--no-browser"]
    where = tmp_path_factory.mktemp("learner")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=where) as server:
        assert server.stdout
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the lessons ended without an address"
        yield found[0]
        server.terminate()


def notebook(address: str, plan: Plan) -> tuple[str, int]:
    """Address of a lesson's notebook, and how many cells it has."""
    cells = json.loads((LESSONS / plan.notebook).read_text())["cells"]
    place = urlsplit(address)
    path = f"lab/tree/lessons/{plan.notebook}"
    return f"{place.scheme}://{place.netloc}/{path}?{place.query}&reset", len(cells)


@pytest.mark.parametrize("plan", lessons().values(), ids=lambda plan: plan.key)
def test_a_lesson_is_played_from_guess_to_end(visits: Visits, plan: Plan) -> None:
    url, cells = notebook(visits.address, plan)
    page = visits.visitor(viewport={"width": 1280, "height": 900})
    page.goto(url)
    run_all(page, cells)
    play(page, plan)
