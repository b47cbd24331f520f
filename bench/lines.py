"""Slow lines and late memory: when the site and the dashboard tell and answer on them.

A line's speed is that of a process between server and browser; the processor's is the browser's
own throttle, which slows the page but not its workers.
"""

from dataclasses import dataclass
from itertools import product
from statistics import median

from playwright.sync_api import Browser

from bench.browser import load
from bench.sites import OURS, STATIC, WARM, built_site
from tools.lines import Line, at_the_end_of
from tools.throttle import Speed, throttled

#: how much slower the processor of a phone is
SLOWER = 4
#: lines that readers have
USUAL, SLOW = Speed(9_000, 60), Speed(1_600, 150)
SPEEDS = (USUAL, SLOW)
#: (s) for which the site's memory is held back
LATE = 6


@dataclass(frozen=True)
class Wait:
    """What a reader waits for at the end of a line (ms)."""

    first_text: float
    interactive: float
    ready: float


def waits(browser: Browser, loads: int) -> dict[str, Wait]:
    """{what and where: the reader's wait}, medians of `loads` visits with an empty cache."""
    found: dict[str, Wait] = {}
    with STATIC.served() as (_, site), WARM.served() as (_, dashboard):
        pages = {"site": site, "dashboard": dashboard}
        for (name, address), speed in product(pages.items(), SPEEDS):
            with throttled(address, speed) as slow:
                found[f"{name}, {speed}"] = _wait(browser, slow, loads, SLOWER)
    with at_the_end_of(Line(held={"memory.bin": LATE}), built_site()) as late:
        found[f"site, memory {LATE} s late"] = _wait(browser, f"{late}explainer/", loads)
    return found


def _wait(browser: Browser, url: str, loads: int, slower: float = 1) -> Wait:
    visits = [load(browser, url, OURS, slower) for _ in range(loads)]
    return Wait(
        *(median(getattr(visit, name) for visit in visits) for name in Wait.__dataclass_fields__)
    )
