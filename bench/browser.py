"""Pages in Chromium: how soon they tell and answer, what they cost to fetch, how quickly they move.

Every load is a new browser context, so its cache is empty. Times come from the page's own clock
(`probe.js`); key presses are the browser's own, not made by a script.
"""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.servers import Server, wait_until_idle
from tests.browser.provide import browser as provided
from tests.browser.visits import comes_true

PROBE = (Path(__file__).parent / "probe.js").read_text()
#: from 0 to 6 litres a day: the sentence is another one after each press
KEYS = ("Home", "End")
#: how often the page is looked at, and how long a key press may stay without answer until the
#: next one (ms)
LOOK, PATIENCE = 10, 50
#: how long to give up after (ms)
TIMEOUT = 60_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whoever else a page asks is not to be found, on every machine alike.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Parts:
    """Selectors of what a page is watched by."""

    slider: str  #: the handle of "Hydration"
    sentence: str
    chart: str  #: plotly's own element
    ready: str  #: there once the page can be used


@dataclass(frozen=True)
class Load:
    """One visit with an empty cache."""

    paint: float  #: first paint of anything (ms)
    first_text: float  #: the sentence with its number is seen (ms)
    interactive: float  #: a key press has changed the sentence (ms)
    whole: float  #: and the chart shows its data, too (ms)


@dataclass(frozen=True)
class Step:
    """One key press on a slider."""

    sentence: float  #: until the page holds the new sentence (ms)
    chart: float  #: until plotly has redrawn the chart (ms)


@dataclass(frozen=True)
class Left:
    """What visits leave behind."""

    visits: int
    waiting: int  #: kernels of the preheated pool before the first visit
    after: int  #: kernels after the last, the pool's included

    @property
    def kernels(self) -> int:
        """Kernels that nobody looks at any more."""
        return self.after - self.waiting


@dataclass
class Wire:
    """What goes over the wire for one page, as the browser's network log has it."""

    host: str
    requests: int = 0
    third_party: int = 0  #: requests to anyone else than the page's own server
    bytes: float = 0  #: received, headers and websocket messages included

    def listen(self, session: CDPSession) -> None:
        """Nothing; counts from now on."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.webSocketCreated", self._sent)
        session.on("Network.loadingFinished", self._received)
        session.on("Network.webSocketFrameReceived", self._message)
        session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        address = urlsplit(event.get("url") or event["request"]["url"])
        if address.scheme in ("data", "blob"):
            return
        self.requests += 1
        self.third_party += address.netloc != self.host

    def _received(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]

    def _message(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = 1  # any other kind is given in base 64, four letters for three bytes
        size = len(frame["payloadData"].encode())
        self.bytes += size if frame["opcode"] == text else size * 3 / 4


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the tests use, without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=provided(), args=FLAGS)
        yield running
        running.close()


@contextmanager
def visitor(browser: Browser, parts: Parts) -> Iterator[Page]:
    """An empty tab of somebody who was never here."""
    # Playwright waits by code that it makes of a text inside the page; ours does not allow that.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    try:
        yield watched_page(context, parts)
    finally:
        context.close()


def watched_page(context: BrowserContext, parts: Parts) -> Page:
    """A tab whose pages carry the probe."""
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.add_init_script(f"({PROBE})({json.dumps(asdict(parts))})")
    return page


def load(browser: Browser, url: str, parts: Parts) -> Load:
    """One visit, until a slider answers and the chart is there."""
    with visitor(browser, parts) as page:
        page.goto(url, wait_until="commit")
        return read_load(page)


def read_load(page: Page) -> Load:
    """What a page that is being loaded does until a slider answers and the chart is there."""
    interactive, whole = until_answered(page)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    # The frame that the probe saw may reach the screen only with the first paint.
    first_text = max(paint, page.evaluate("benchProbe.firstText"))
    return Load(paint, first_text, interactive, whole)


def weigh(browser: Browser, url: str, parts: Parts) -> Wire:
    """What one visit fetches until a slider has answered and the network rests.

    A visit of its own, since the browser's network log costs time.
    """
    with visitor(browser, parts) as page:
        wire = Wire(urlsplit(url).netloc)
        wire.listen(page.context.new_cdp_session(page))
        page.goto(url, wait_until="commit")
        until_answered(page)
        page.wait_for_load_state("networkidle")
        return wire


def until_answered(page: Page) -> tuple[float, float]:
    """When a key press had changed the sentence, and when the chart was there as well (ms)."""
    keys = cycle(KEYS)
    pressed = 0.0
    while (now := page.evaluate("performance.now()")) < TIMEOUT:
        sentence, chart = page.evaluate("benchProbe.answers()")
        if sentence and chart:
            return sentence, max(sentence, chart)
        if not sentence and now - pressed > PATIENCE and page.evaluate("benchProbe.focus()"):
            page.keyboard.press(next(keys))
            pressed = now
        page.wait_for_timeout(LOOK)
    raise RuntimeError(f"no slider answers on {page.url}")


def steps(browser: Browser, url: str, parts: Parts, count: int) -> list[Step]:
    """`count` key presses on one page, each after a rest."""
    rest = random.Random(1)
    with visitor(browser, parts) as page:
        page.goto(url, wait_until="commit")
        until_answered(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("benchProbe.watchChart()")
        page.keyboard.press(KEYS[-1])
        return [step(page, KEYS[i % 2], rest.uniform(150, 250)) for i in range(count)]


def step(page: Page, key: str, rest: float) -> Step:
    """One key press, after `rest` (ms) in which the page may finish what it does."""
    page.wait_for_timeout(rest)
    page.evaluate("benchProbe.clear()")
    page.keyboard.press(key)
    comes_true(page, "benchProbe.changes.length && benchProbe.redraws.length")
    sentence, chart = page.evaluate(
        "[benchProbe.changes, benchProbe.redraws].map((times) => times[0] - benchProbe.keys[0])"
    )
    return Step(sentence, chart)


def visit(browser: Browser, url: str, parts: Parts) -> None:
    """Nothing; somebody opens the page, waits until it is ready and closes the tab."""
    with visitor(browser, parts) as page:
        page.goto(url, wait_until="commit")
        page.wait_for_selector(parts.ready, state="attached")
        with page.expect_event("close"):
            page.close(run_before_unload=True)


def left_behind(browser: Browser, server: Server, url: str, parts: Parts, visits: int) -> Left:
    """Kernels before and after `visits` visits."""
    waiting = server.kernels()
    for _ in range(visits):
        visit(browser, url, parts)
    wait_until_idle([server])
    return Left(visits, waiting, server.kernels())
