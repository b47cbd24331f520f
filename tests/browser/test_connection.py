"""A kernel or line that is gone is told; a visitor who is gone leaves no kernel."""

import socket
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.visits import Visits, kernel_of, ready, shows, slider

#: longer than page.js waits for a sign of life, and served.js for a lost line (ms)
LONG = 30_000


def is_lost(page: Page) -> None:
    """Nothing; fails unless the page comes to say that it has lost its kernel."""
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
    kernel.resume()


def test_a_broken_line_is_mended_unseen_or_told(visits: Visits) -> None:
    page = visits.visitor()
    lines: list[WebSocketRoute] = []
    broken = False

    def connect(line: WebSocketRoute) -> None:
        if broken:
            line.close()
        else:
            line.connect_to_server()
            lines.append(line)

    page.route_web_socket("**/channels*", connect)
    page.clock.install()
    page.goto(visits.address)
    ready(page)
    lines[-1].close()
    slider(page, "sitting").press("End")
    page.clock.fast_forward(LONG)
    shows(page, {"sitting": 16})
    broken = True
    lines[-1].close()
    for _ in range(8):
        page.clock.fast_forward(LONG)
    is_lost(page)


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
