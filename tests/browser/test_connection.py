"""A kernel or line that is gone is told; a visitor who is gone leaves no kernel."""

import socket
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.visits import Visits, kernel_of, ready, shows, slider

#: longer than connection.js waits for a sign of life, and served.js for a lost line (ms)
LONG = 30_000


def is_lost(page: Page) -> None:
    """Fail unless the page comes to say that it has lost its kernel."""
    card = page.get_by_role("alert").filter(has_text="Connection lost")
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Reload the page")).to_be_in_viewport()
    expect(page.locator("#crampnb-page")).to_have_attribute("data-crampnb", "lost")


def test_a_killed_kernel_is_told_and_a_reload_mends_it(page: Page) -> None:
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
    slider(page, "electrolyte_intake").scroll_into_view_if_needed()
    kernel_of(page).kill()
    is_lost(page)
    page.get_by_role("button", name="Reload the page").click()
    ready(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    shows(page, {"sitting": 16})
    slider(page, "fluid_intake").press("Home")
    shows(page, {"sitting": 16, "fluid_intake": 0})


def test_a_kernel_that_answers_no_more_is_told(visits: Visits) -> None:
    page = visits.visitor()
    page.clock.install()
    page.goto(visits.address)
    ready(page)
    kernel = kernel_of(page)
    kernel.suspend()
    slider(page, "sitting").press("End")
    page.clock.fast_forward(LONG)
    is_lost(page)
    kernel.resume()  # it was only slow
    shows(ready(page), {"sitting": 16})
    expect(page.get_by_role("alert").filter(has_text="Connection lost")).to_have_count(0)


def test_a_broken_line_is_mended_unseen_or_told(visits: Visits) -> None:
    page = visits.visitor()
    lines: list[WebSocketRoute] = []
    broken = False

    def connect(line: WebSocketRoute) -> None:
        lines.append(line)  # closed below: in here Playwright would wait for itself for ever
        if not broken:
            line.connect_to_server()

    page.route_web_socket("**/channels*", connect)
    page.clock.install()
    page.goto(visits.address)
    ready(page)
    lines.pop().close()
    slider(page, "sitting").press("End")
    page.clock.fast_forward(LONG)
    shows(page, {"sitting": 16})
    broken = True
    for _ in range(8):
        while lines:
            lines.pop().close()
        page.clock.fast_forward(LONG)
    is_lost(page)


#: a line that is never opened: nobody answers, or whoever is on the way says no
SILENT = "WebSocket = class { close() { this.onclose() } }"
REFUSED = "WebSocket = class { constructor() { setTimeout(() => this.onclose()) } close() {} }"


@pytest.mark.parametrize("line", [SILENT, REFUSED], ids=["silent", "refused"])
def test_a_line_that_does_not_open_is_told(visits: Visits, line: str) -> None:
    page = visits.visitor()
    page.clock.install()
    page.add_init_script(line)
    page.goto(visits.address)
    if line == SILENT:
        expect(page.locator("#crampnb-kernel")).to_be_attached()
        page.clock.fast_forward(9_000)
        loading = page.locator("[data-loading]")
        expect(loading).to_contain_text("(a websocket) does not open")
        expect(loading).to_contain_text("Still trying")
    for _ in range(12):
        page.clock.fast_forward(LONG)
    notice = page.get_by_role("alert").filter(has_text="could not start")
    expect(notice).to_contain_text("a proxy, a firewall or a policy on the way may block it")
    expect(page.locator("[data-loading]")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("10 of 1,000")


def test_a_line_that_breaks_before_the_first_answer_loses_nothing(visits: Visits) -> None:
    page = visits.visitor()
    broken: list[str] = []

    def connect(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def hear(message: str | bytes) -> None:
            if not broken:  # the first question goes down with the line
                broken.append("once")
                line.close()
            else:
                server.send(message)

        line.on_message(hear)

    page.route_web_socket("**/channels*", connect)
    page.goto(visits.address)
    slider(ready(page), "sitting").press("End")
    shows(page, {"sitting": 16})
    assert broken


def test_a_visitor_who_leaves_or_reloads_leaves_no_kernel(page: Page) -> None:
    first = kernel_of(page)
    page.reload()
    ready(page)
    second = kernel_of(page)
    page.close()
    _, alive = psutil.wait_procs([first, second], timeout=60)
    assert alive == []


def test_the_first_piece_of_the_page_holds_the_sentence(address: str) -> None:
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        answer = line.makefile("rb")
        while answer.readline().strip():
            pass
        first = answer.read(int(answer.readline(), 16)).decode()
    assert "10 of 1,000" in first
    assert 'class="icons"' in first
    assert "crampnb-kernel" not in first


# Asks for the same widget twice, as two views do, and for what only a kernel knows.
ASK_IN_VAIN = """async () => {
  const part = (name) => import(`/voila/templates/crampnb/static/${name}.js`);
  const [{ Manager }, { Kernel }] = await Promise.all([part("live"), part("kernel")]);
  const kernel = new Kernel();
  const manager = new Manager(kernel);
  const widgets = [manager.get_model("w1"), manager.get_model("w1")];
  const asked = [...widgets, kernel.request("kernel_info_request", {})];
  globalThis.answers = Promise.all(asked.map((each) => each.catch(String)));
  kernel.set("status", "dead");
}"""


def test_what_never_comes_is_not_waited_for_without_end(visits: Visits) -> None:
    page = visits.visitor()
    page.clock.install()
    page.goto(visits.address)
    ready(page)
    page.evaluate(ASK_IN_VAIN)
    page.clock.fast_forward(150_000)
    missing = "Error: Python has not made the widget w1 that the page was promised."
    gone = "Error: Python is gone, or the line to it."
    assert page.evaluate("answers") == [missing, missing, gone]
