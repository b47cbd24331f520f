"""The site on lines and hosts of all kinds: it wakes up, or says in a sentence why not."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from crampnb.model.explain import explain
from tests.browser.visits import Visits, charts_are_drawn, shows, slider, status
from tools.lines import Line, at_the_end_of
from tools.throttle import Speed, throttled
from tools.waiting import comes_true

Connect = Callable[[Line], None]

#: bytes after which a line stalls or breaks; the file has some seven million
MIDDLE = 3_000_000
MEMORY, CORE, SCRIPT = "memory.bin", "core.bin", "runtime.bin"
CHARTS = "plotly-cartesian.min.js"
#: how browsers report a script that a line has lost, WebKit once more for the service worker
LOST = re.compile(r"^(Failed to load resource|Cannot load|FetchEvent.respondWith|.*NetworkError)")
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def connect(folder: Path, visits: Visits) -> Iterator[Connect]:
    """Puts the site at the end of a line; visits lead there."""
    with ExitStack() as running:

        def put(line: Line) -> None:
            address = running.enter_context(at_the_end_of(line, folder))
            visits.address = f"{address}explainer/"

        yield put
        visits.close()  # no host ends while somebody is there


def answers(page: Page) -> None:
    """Fail unless the sliders come to answer, within the minute that a slow line takes."""
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "ready", timeout=90_000)
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})


def parts_of(line: Line, wanted: str) -> list[str]:
    """Ranges in which a file was asked for until it was there; later ones are to keep it."""
    return [asked for name, asked in line.asked if name == wanted][:2]


def says(page: Page, words: str, timeout: int = 30_000) -> None:
    """Fail unless the page says that it could not start, and why; it stays readable."""
    notice = page.get_by_role("alert").filter(has_text="could not start")
    expect(notice).to_contain_text(words, timeout=timeout)
    expect(page.locator("[data-loading]")).to_have_count(0)
    expect(status(page)).to_contain_text(explain({}).sentence.split(".")[0])


def test_it_wakes_up_however_late_python_comes(visits: Visits, connect: Connect) -> None:
    connect(Line(held={MEMORY: 6}))  # ipywidgets gives up after four seconds
    answers(visits.open())


def test_it_wakes_up_on_a_phone_that_makes_no_trampoline(visits: Visits, address: str) -> None:
    page = visits.visitor(user_agent=IPHONE)
    page.goto(address)
    answers(page)


def test_it_wakes_up_on_a_slow_line(visits: Visits, address: str) -> None:
    with throttled(address, Speed(9_000, 60)) as visits.address:
        page = visits.open()
        expect(page.locator("[data-loading]")).to_contain_text(re.compile(r"\d\.\d of \d+\.\d MB"))
        answers(page)


def test_a_line_that_stalls_is_told_and_gone_on_with(visits: Visits, connect: Connect) -> None:
    line = Line(stalls={MEMORY: MIDDLE})
    connect(line)
    page = visits.open()
    loading = page.locator("[data-loading]")
    expect(loading).to_contain_text("has stopped on its way", timeout=30_000)
    expect(loading).to_contain_text("nothing has come for 10 s")
    answers(page)
    assert parts_of(line, MEMORY) == ["", f"bytes={MIDDLE}-"]


@pytest.mark.parametrize("ranges", [True, False], ids=["from the middle", "from the start"])
def test_a_line_that_breaks_is_gone_on_with(
    visits: Visits, folder: Path, connect: Connect, ranges: bool
) -> None:
    line = Line(
        cuts={MEMORY: MIDDLE, CORE: MIDDLE // 3}, busy={SCRIPT}, ranges=ranges, waits=MEMORY
    )
    there = MIDDLE + sum((folder / "static" / name).stat().st_size for name in (CORE, SCRIPT))
    connect(line)
    page = visits.open()
    # Of what has come but is not read yet a browser forgets all when the line breaks.
    assert comes_true(page, f"document.querySelector('progress')?.value === {there}")
    line.breaks.set()
    answers(page)
    assert parts_of(line, MEMORY) == ["", f"bytes={MIDDLE}-"]
    visits.errors.clear()  # the 503 and the broken lines that were asked for


def test_a_file_that_changes_meanwhile_is_not_mixed(visits: Visits, connect: Connect) -> None:
    connect(Line(cuts={MEMORY: MIDDLE}, ranges=False))
    page = visits.visitor()
    asked: list[Route] = []

    def change(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            route.continue_()
        else:
            headers = {"Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"}
            route.fulfill(body="another", headers=headers)

    page.route("**/memory.bin", change)
    page.goto(visits.address)
    says(page, "memory.bin has changed on this host while it came.")
    visits.errors.clear()


def test_scripts_of_another_type_are_told(visits: Visits, connect: Connect) -> None:
    connect(Line(types={".js": "text/plain"}))
    says(visits.open(), "sends the script python.js as “text/plain” instead of JavaScript")
    visits.errors.clear()


def test_a_missing_script_is_told(visits: Visits, connect: Connect) -> None:
    connect(Line())
    page = visits.visitor()
    page.route("**/live.js", lambda route: route.fulfill(status=404))
    page.goto(visits.address)
    says(page, "The script live.js is missing on this host (404).")
    visits.errors.clear()


def test_a_script_that_a_broken_line_lost_comes_again(visits: Visits, connect: Connect) -> None:
    connect(Line(cuts={"jupyter-widgets.js": 100_000}))
    answers(visits.open())
    visits.errors.clear()


def test_a_policy_that_forbids_webassembly_is_told(visits: Visits, connect: Connect) -> None:
    policy = "script-src 'self' blob:; worker-src 'self'"
    connect(Line(headers={"Content-Security-Policy": policy}))
    says(visits.open(), "policy of this page's host forbids WebAssembly")
    visits.errors.clear()


def test_a_policy_that_forbids_scripts_is_told(visits: Visits, connect: Connect) -> None:
    connect(Line(headers={"Content-Security-Policy": "script-src 'none'"}))
    page = visits.open()
    expect(page.get_by_text("The sliders have not started")).to_be_visible(timeout=30_000)
    expect(status(page)).to_contain_text("10 of 1,000")
    visits.errors.clear()


def test_a_frame_that_locks_it_in_is_told(visits: Visits, connect: Connect) -> None:
    connect(Line())
    page = visits.visitor()
    frame = f'<!doctype html><iframe sandbox="allow-scripts" src="{visits.address}"></iframe>'
    page.route("**/around", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(visits.address.replace("explainer/", "around"))
    notice = page.frame_locator("iframe").get_by_role("alert").filter(has_text="could not start")
    expect(notice).to_contain_text("a frame of another page that locks it in")
    visits.errors.clear()


def test_a_page_opened_as_a_file_is_told(visits: Visits, folder: Path) -> None:
    page = visits.visitor()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_text("You have opened this from a disk.")).to_be_visible()
    page.get_by_role("link", name="The explainer").click()
    says(page, "opened as a file")
    page.get_by_role("link", name="For teachers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For teachers")
    visits.errors.clear()
    visits.strangers.clear()  # its own files


def test_charts_come_when_the_line_is_back(visits: Visits, connect: Connect) -> None:
    """Their library is asked for by the service worker by then, which answers for a broken line."""
    line = Line(mute={CHARTS: 6})  # browsers ask again by themselves, up to three times
    connect(line)
    page = visits.open()
    answers(page)
    charts_are_drawn(page)
    assert line.mute[CHARTS] == 0
    visits.errors[:] = [told for told in visits.errors if not LOST.search(told)]
