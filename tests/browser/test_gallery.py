"""The notebooks for people who write their own, in a real JupyterLab: pictures, sliders, cards."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from crampnb.model.explain import explain
from tests.browser.jupyter import LAB, environment, serving
from tests.browser.learner import card, move_a_picture, run_all, told
from tests.browser.visits import INPUTS, Visits

TEACHERS = Path(__file__).parents[2] / "notebooks" / "teachers"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab of its own with the notebooks in it."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(TEACHERS, folder / "root")
    with serving(
        [*LAB, "--IdentityProvider.token="], folder / "root", environment(folder)
    ) as found:
        yield found + "/"


def opened(visits: Visits, name: str) -> Page:
    """A notebook whose cells have all been run."""
    page = visits.visitor(viewport={"width": 1280, "height": 900})
    page.goto(f"{visits.address}lab/tree/{name}?reset")
    run_all(page, len(json.loads((TEACHERS / name).read_text("utf-8"))["cells"]))
    return page


def test_the_gallery_is_run_and_a_slider_moves_its_picture(visits: Visits) -> None:
    page = opened(visits, "gallery.ipynb")
    move_a_picture(page)
    page.locator(".jp-Notebook").focus()
    page.keyboard.press("Control+Home")
    answer = page.get_by_role("group", name="Answer", exact=True).first
    sentence = explain({"sitting": 10, "activity_load": 3000}).sentence
    expect(answer.locator(".sentence")).to_have_text(sentence)
    assert answer.get_by_role("img", name="1,000 people").evaluate("it => it.clientHeight > 100")
    found = Axe().run(page, context=".lesson-card").response["violations"]
    assert [(rule["id"], node["html"][:150]) for rule in found for node in rule["nodes"]] == []


def test_a_lesson_of_one_s_own_is_played(visits: Visits) -> None:
    page = opened(visits, "your_own_lesson.ipynb")
    one = card(page, "Predict: Sitting time")
    one.scroll_into_view_if_needed()
    expect(one.get_by_role("slider")).to_have_count(0)
    one.get_by_role("textbox").fill("40")
    one.get_by_role("button", name="Keep my guess").press("Enter")
    expect(told(one)).to_contain_text("You guessed 40.")
    expect(one.locator("[data-part=sentence]")).to_have_text(explain({"sitting": 12}).sentence)
    one.get_by_role("slider", name=INPUTS["sitting"].label, exact=True).press("End")
    moved = explain({"sitting": INPUTS["sitting"].range[1]}).sentence
    expect(one.locator("[data-part=sentence]")).to_have_text(moved)
    question = card(page, "What does the range say?")
    question.scroll_into_view_if_needed()
    question.get_by_role("radio", name="how many cramps").press("Space")
    question.get_by_role("button", name="Check").press("Enter")
    expect(told(question)).to_contain_text("Not yet")
    head = card(page, "Sitting still")
    head.scroll_into_view_if_needed()
    expect(head.locator("[data-part=progress]")).to_have_text("Done: 1 of 4.")
