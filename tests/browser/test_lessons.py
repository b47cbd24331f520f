"""Each lesson played through once in a real JupyterLab, from guess to end, by keyboard."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from crampnb.lessons.plans import Plan, lesson, lessons
from crampnb.model.explain import explain
from tests.browser.learner import card, forget, idle, play, run_all, told
from tests.browser.visits import Visits, blameless
from tools.waiting import comes_true

#: how many pixels of a picture (PNG, in base64) are dark
DARK = """async (shot) => {
  const image = new Image();
  image.src = `data:image/png;base64,${shot}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  return data.filter((value, at) => at % 4 === 0 && value < 80).length;
}"""
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
    page = visits.visitor(viewport={"width": 1280, "height": 720})
    page.goto(url)
    run_all(page, cells)
    play(page, plan)
    after = plan.follower
    if not after:
        forget(page, plan)
        return
    # The next lesson is one press away.
    page.get_by_role("button", name=f"Open lesson {after.number}").first.press("Enter")
    tab = page.get_by_role("tab", name=after.notebook)
    expect(tab).to_have_attribute("aria-selected", "true")


def guess(page: Page, people: str) -> Locator:
    """The first card with a guess, in which this is kept."""
    one = card(page, "Predict: Hydration")
    one.get_by_role("textbox", name=re.compile("^Your guess")).fill(people)
    one.get_by_role("button", name="Keep my guess").click()
    expect(told(one)).to_contain_text(f"You guessed {people}.")
    return one


def command(page: Page, name: str) -> None:
    """Have JupyterLab do one of its commands."""
    page.evaluate("async name => { await jupyterapp.commands.execute(name) }", name)


def end(address: str) -> None:
    """End every Python of the server."""
    place = urlsplit(address)
    sessions = f"{place.scheme}://{place.netloc}/api/sessions"
    with urlopen(f"{sessions}?{place.query}") as answer:
        running = json.load(answer)
    for session in running:
        urlopen(Request(f"{sessions}/{session['id']}?{place.query}", method="DELETE")).close()


def restart(page: Page) -> None:
    """Start Python anew, as the menu does."""
    page.evaluate("void jupyterapp.commands.execute('kernelmenu:restart')")
    page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()


def whole(page: Page) -> None:
    """Fail unless the first cards have their controls and the guess of before."""
    expect(page.locator("[data-part=progress]").first).to_have_text("Done: 1 of 10.")
    one = card(page, "Predict: Hydration")
    expect(told(one)).to_contain_text("You guessed 12.")
    expect(one.get_by_role("slider")).to_be_visible()
    expect(page.get_by_text("model not found")).to_have_count(0)


def heard(page: Page) -> list[bytes]:
    """What the page will have said to kernels."""
    said: list[bytes] = []

    def hear(frame: str | bytes) -> None:
        said.append(frame if isinstance(frame, bytes) else frame.encode())

    page.on("websocket", lambda socket: socket.on("framesent", hear))
    return said


def test_widgets_ask_for_no_thread_of_their_own(visits: Visits) -> None:
    """The question would be lost with a Python that is ended then: an error for every widget."""
    page = visits.visitor()
    said = heard(page)
    url, cells = notebook(visits.address, lesson("predict"))
    page.goto(url)
    run_all(page, cells)
    asked = b"".join(said)
    assert b"execute_request" in asked
    assert b"create_subshell_request" not in asked


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The first lesson, run once for the tests below."""
    url, cells = notebook(address, lesson("predict"))
    with blameless(browser, address) as visits:
        page = visits.visitor(viewport={"width": 1280, "height": 900})
        end(address)  # the Python that a test before has left
        page.goto(url)
        run_all(page, cells)
        yield page
        # JupyterLab's debugger has asked a Python that was ended meanwhile.
        harmless = "debugger state: Canceled"
        visits.errors[:] = [told for told in visits.errors if harmless not in told]


@pytest.fixture
def played(opened: Page) -> Page:
    """The first lesson with one guess."""
    one = card(opened, "Predict: Hydration")
    if one.get_by_role("slider").count() == 0:
        guess(opened, "12")
    return opened


def test_after_a_reload_every_card_is_whole(played: Page) -> None:
    command(played, "docmanager:save")
    played.goto(played.url)
    expect(idle(played)).to_be_visible(timeout=60_000)
    whole(played)
    # Also those that are out of sight at first: JupyterLab draws them when they come near.
    asked = card(played, lesson("predict").questions["most"].prompt)
    asked.scroll_into_view_if_needed()
    expect(asked.get_by_role("textbox")).to_be_visible()
    sliders = card(played, "Explore")
    sliders.scroll_into_view_if_needed()
    expect(sliders).to_contain_text("These sliders come after your guess for Activity load.")


def test_typed_code_is_kept_by_itself_a_moment_later(played: Page) -> None:
    typed = "# typed by a learner"
    played.locator(".jp-CodeCell .cm-content").first.click()
    played.keyboard.press("Control+End")
    played.keyboard.type(f"\n{typed}")
    is_clean = "!jupyterapp.shell.currentWidget.context.model.dirty"
    assert comes_true(played, is_clean)
    played.goto(played.url)
    expect(played.locator(".jp-CodeCell .cm-content").first).to_contain_text(typed)


def test_a_typed_number_comes_after_the_slider_s_steps(played: Page) -> None:
    one = card(played, "Predict: Hydration")
    handle = one.get_by_role("slider")
    handle.evaluate(
        """handle => {
          const key = { key: "ArrowRight", bubbles: true, cancelable: true };
          for (const _ of "123") handle.dispatchEvent(new KeyboardEvent("keydown", key));
          const box = handle.closest("[data-input]").querySelector("input.number");
          box.value = "3,5";
          box.dispatchEvent(new Event("change"));
        }"""
    )
    expect(handle).to_have_attribute("aria-valuetext", "3.5 litres a day")
    one.get_by_role("button", name="Keep my guess").click()  # is answered after all of that
    expect(told(one)).to_contain_text("Your first guess stays.")
    sentence = explain({"fluid_intake": 3.5}).sentence
    expect(one.locator("[data-part=sentence]")).to_have_text(sentence)
    expect(handle).to_have_attribute("aria-valuetext", "3.5 litres a day")


def test_after_a_restart_a_press_is_answered_and_one_brings_all_back(played: Page) -> None:
    restart(played)
    head = card(played, f"Lesson 1: {lesson('predict').title}")
    expect(head).to_contain_text("Python was restarted")
    head.get_by_role("button", name="Save my answers").click()
    again = head.get_by_role("button", name="Run the lesson again")
    expect(again).to_be_focused()
    # What is told a second time is the same: the button keeps the focus.
    context = "jupyterapp.shell.currentWidget.sessionContext"
    played.evaluate(f"() => {context}.statusChanged.emit('restarting')")
    expect(again).to_be_focused()
    again.press("Enter")
    expect(played.locator("[data-lost]")).to_have_count(0)
    expect(head).to_contain_text("Your answers are back: 1")
    whole(played)


def test_a_saved_lesson_with_a_new_kernel_says_how_to_wake_it(played: Page, address: str) -> None:
    command(played, "docmanager:save")
    end(address)
    played.goto(played.url)
    expect(played.get_by_text("This card sleeps").first).to_be_visible()
    expect(played.get_by_text("model not found")).to_have_count(0)
    wake = played.get_by_role("button", name="Wake the whole lesson")
    expect(wake).to_have_count(1)  # one for all
    wake.click()
    whole(played)


def test_an_answer_that_another_tab_has_kept_stays(played: Page) -> None:
    kept = "Object.keys(localStorage).find(key => /^crampnb .* predict$/.test(key))"
    theirs = {"kind": "choice", "value": "could", "first": "could", "right": True, "tries": 1}
    other = played.context.new_page()
    place = urlsplit(played.url)
    other.goto(f"{place.scheme}://{place.netloc}/api")
    other.evaluate(
        f"""theirs => {{
          const kept = JSON.parse(localStorage[{kept}]);
          kept.entries.range = theirs;
          localStorage[{kept}] = JSON.stringify(kept);
        }}""",
        theirs,
    )
    other.close()
    head = card(played, f"Lesson 1: {lesson('predict').title}")
    twice = "This lesson is open in another tab too."
    expect(head).to_contain_text(twice)
    toast = played.get_by_role("alert").filter(has_text=twice)  # where the card is out of sight
    expect(toast).to_have_count(1)
    asked = card(played, lesson("predict").questions["most"].prompt)
    asked.get_by_role("textbox").fill("7")
    asked.get_by_role("button", name="Check").click()
    expect(told(asked)).not_to_be_empty()
    steps = f"Object.keys(JSON.parse(localStorage[{kept}]).entries).sort().join()"
    assert comes_true(played, f"{steps} === 'guess.fluid_intake,most,range'")


def test_what_the_browser_kept_is_forgotten_on_request(played: Page) -> None:
    head = card(played, f"Lesson 1: {lesson('predict').title}")
    head.get_by_role("button", name="Forget my answers").click()
    head.get_by_role("button", name="Yes, forget them").click()
    expect(head).to_contain_text("Forgotten.")
    kept = "Object.keys(localStorage).filter(key => key.startsWith('crampnb'))"
    assert played.evaluate(kept) == []
    expect(told(card(played, "Predict: Hydration"))).to_be_empty()


def test_the_thumb_of_a_slider_keeps_its_colour(played: Page) -> None:
    handle = card(played, "Predict: Hydration").get_by_role("slider")
    colour = "it => getComputedStyle(it).backgroundColor"
    rests = handle.evaluate(colour)
    handle.hover()
    assert handle.evaluate(colour) == rests
    played.mouse.down()
    assert handle.evaluate(colour) == rests
    played.mouse.up()
    handle.focus()
    assert handle.evaluate(colour) == rests


def test_the_people_are_seen_beside_another_open_lesson(played: Page) -> None:
    """An id would mean the first of its name: one in a hidden tab paints nothing."""
    command(played, "docmanager:save")
    place = "3_sure.ipynb"
    played.evaluate(
        "async path => { await jupyterapp.commands.execute('docmanager:open', { path }) }",
        f"lessons/{place}",
    )
    expect(played.get_by_role("tab", name=place)).to_have_attribute("aria-selected", "true")
    panel = played.locator(".jp-NotebookPanel:visible")
    played.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.ready }")
    command(played, "notebook:run-all-cells")
    picture = panel.get_by_role("img", name=re.compile("^1,000 people"))
    picture.scroll_into_view_if_needed()
    assert played.evaluate(DARK, base64.b64encode(picture.screenshot()).decode()) > 100
