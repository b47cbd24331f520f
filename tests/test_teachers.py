"""The teachers' pages are written from their sources, and hold together."""

import re
import runpy
from pathlib import Path

import pytest

from crampnb.lessons.plans import Plan, lessons
from crampnb.teachers import SOURCES, figures, pages

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "teachers"
PAGES = pages()
#: first cell of a row of the timing: from which minute to which
TIME = re.compile(r"^\| (\d+)–(\d+) \| (\d+) \|", re.MULTILINE)
#: what pupils are asked to reckon with, or say; none is the model's
SPOKEN = {f"{people} of 1,000" for people in (10, 15, 20, 50, 200, 400, 800)}


def test_the_pages_in_the_repository_are_the_written_ones() -> None:
    there = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    assert there == PAGES, "run: make docs"


def test_running_the_module_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs" / "teachers").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    runpy.run_module("crampnb.teachers", run_name="__main__")
    written = {
        path.name: path.read_text("utf-8") for path in (tmp_path / "docs/teachers").iterdir()
    }
    assert written == PAGES


@pytest.mark.parametrize("plan", lessons().values(), ids=lessons())
def test_forty_minutes_are_filled(plan: Plan) -> None:
    text = PAGES[f"{plan.number}_{plan.key}.md"]
    rows = [tuple(map(int, row)) for row in TIME.findall(text)]
    ends = [end for _, end, _ in rows]
    assert [start for start, _, _ in rows] == [0, *ends[:-1]]
    assert all(end - start == length for start, end, length in rows)
    assert ends[-1] == 40
    assert plan.minutes in ends
    assert f"{plan.minutes} minutes" in text


def test_no_figure_of_the_model_is_typed() -> None:
    for path in SOURCES.glob("*.md"):
        found = set(re.findall(r"\d+ of 1,000(?! people)", path.read_text("utf-8")))
        assert found <= SPOKEN, path.name


def test_the_figures_are_those_of_the_lessons() -> None:
    assert figures.between(sitting=10) == "3 to 38"
    assert figures.word(0) == "none"
    assert figures.per_group(12, 10) == "about 43,000"
    assert figures.invented(supplement=True).people == 890
    assert figures.invented(supplement=True, old=True).share == "32 %"
    assert figures.claims("cause") == 6


def test_every_lesson_has_a_worksheet_with_room_to_write() -> None:
    for plan in lessons().values():
        sheet = PAGES[f"worksheet_{plan.number}.md"]
        assert plan.title in sheet
        assert "Illustration, not a prediction" in sheet
        assert "| |" in sheet
        drawn = re.findall(r"!\[[^]]+\]\(([^)]+)\)", sheet)
        assert drawn
        assert set(drawn) <= set(PAGES)
    assert PAGES["people.svg"].count("M") == 1000


def test_only_worksheets_have_empty_cells() -> None:
    assert {
        name for name, text in PAGES.items() if re.search(r"^\|.+\| \|", text, re.MULTILINE)
    } == {f"worksheet_{plan.number}.md" for plan in lessons().values()}
