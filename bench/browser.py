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

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.servers import Server, wait_until_idle
from tools.provide import browser as provided
from tools.waiting import comes_true

PROBE = (Path(__file__).parent / "probe.js").read_text()
#: from 0 to 6 litres a day: the sentence is another one after each press
KEYS = ("Home", "End")
#: how often the page is looked at, and how long a key press may stay without answer until the
#: next one (ms)
LOOK, PATIENCE = 10, 50
#: how long nothing changes once nothing more is to come (ms)
QUIET = 1_000
#: how long to give up after, also at the end of the slowest line (ms)
TIMEOUT = 180_000
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
    """Selectors of what a page is watched by; "" for what it has not."""

    slider: str  #: what takes the keys of "Hydration"
    sentence: str
    chart: str  #: plotly's own element
    live: str  #: there once the page says that a slider answers
    ready: str  #: there once everything answers, what needs Python too
    ahead: str = ""  #: there while something shown is older than what is set
    shadows: bool = False  #: whether all this is in shadow trees


@dataclass(frozen=True)
class Load:
    """One visit with an empty cache."""

    paint: float  #: first paint of anything (ms)
    first_text: float  #: the sentence with its number is seen (ms)
    interactive: float  #: a key press has changed the sentence (ms)
    ready: float  #: and everything else answers, too (ms)
    whole: float | None  #: and the chart shows its data (ms); None where there is no chart
    began: float  #: the visit, by the wall clock (s)


@dataclass(frozen=True)
class Step:
    """One key press on a slider."""

    sentence: float  #: until the page holds the new sentence (ms)
    chart: float  #: until plotly has redrawn the chart (ms)


@dataclass(frozen=True)
class Burst:
    """Many key presses, one right after the other."""

    sentence: float  #: from the last of them until the page holds the last sentence (ms)
    settled: float  #: … until Python has drawn everything, too (ms)


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


def load(browser: Browser, url: str, parts: Parts, slower: float = 1) -> Load:
    """One visit, until all is there, by a reader whose processor is so many times slower."""
    with visitor(browser, parts) as page:
        if slower > 1:
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(url, wait_until="commit")
        return read_load(page)


def load_twice(browser: Browser, url: str, parts: Parts) -> tuple[Load, Load]:
    """The first visit and, once the browser has kept the site, the second of the same reader."""
    with visitor(browser, parts) as page:
        page.goto(url, wait_until="commit")
        first = read_load(page)
        comes_true(page, "navigator.serviceWorker.controller")
        again = watched_page(page.context, parts)
        page.close()
        again.goto(url, wait_until="commit")
        return first, read_load(again)


def read_load(page: Page) -> Load:
    """What a page that is being loaded does until all is there."""
    interactive, ready, drawn = until_answered(page)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    # The frame that the probe saw may reach the screen only with the first paint.
    first_text = max(paint, page.evaluate("benchProbe.firstText"))
    ready = max(interactive, ready)
    whole = None if drawn is None else max(ready, drawn)
    began = page.evaluate("performance.timeOrigin") / 1000
    return Load(paint, first_text, interactive, ready, whole, began)


def until_answered(page: Page) -> tuple[float, float, float | None]:
    """When a key press had changed the sentence, and when Python and the chart were there (ms)."""
    keys = cycle(KEYS)
    pressed = 0.0
    while (now := page.evaluate("performance.now()")) < TIMEOUT:
        sentence, ready, drawn, is_whole = page.evaluate("benchProbe.answers()")
        if is_whole:
            return sentence, ready, drawn
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


def burst(browser: Browser, url: str, parts: Parts, count: int) -> Burst:
    """`count` arrow keys from the end of the slider, as quickly as the browser takes them."""
    with visitor(browser, parts) as page:
        page.goto(url, wait_until="commit")
        until_answered(page)
        page.wait_for_load_state("networkidle")
        page.keyboard.press(KEYS[-1])
        page.wait_for_timeout(QUIET)
        page.evaluate("benchProbe.clear()")
        for _ in range(count):
            page.keyboard.press("ArrowLeft")
        until_quiet(page)
        after = "times => Math.max(0, (times.at(-1) ?? 0) - benchProbe.keys.at(-1))"
        sentence, settled = page.evaluate(f"[benchProbe.changes, benchProbe.settled].map({after})")
        return Burst(sentence, max(sentence, settled))


def until_quiet(page: Page) -> None:
    """Wait until nothing has changed for a while, and nothing more is to come."""
    seen, now = 0, 0
    while not now or now != seen:
        page.wait_for_timeout(QUIET)
        seen, now = now, page.evaluate("benchProbe.isSettled() && benchProbe.changes.length")


def visit(browser: Browser, url: str, parts: Parts) -> None:
    """Open the page, wait until it is ready and close the tab."""
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
