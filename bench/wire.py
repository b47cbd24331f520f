"""What a page costs to fetch, as it comes out of a line in front of its server."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from bench.browser import Load, Parts, read_load, visitor
from tools.throttle import Meter, Speed, throttled

#: so quick that it slows nobody
QUICK = Speed(1_000_000, 0)


@dataclass(frozen=True)
class Wire:
    """One visit with an empty cache; bytes as they are sent, headers and messages included."""

    requests: int
    third_party: int  #: requests to anyone else than the page's own server
    answered: int  #: bytes until a slider answers, on a slow line
    whole: int  #: bytes until all is there


def weigh(browser: Browser, url: str, parts: Parts, slow: Speed) -> Wire:
    """Two visits, one of them on a slow line: there only what must come before has come."""
    asked: list[str] = []
    meter = Meter()
    with throttled(url, QUICK, meter) as address:
        visit = _visit(browser, address, parts, asked)
        host = urlsplit(address).netloc
        whole = meter.until(visit.began + (visit.whole or visit.ready) / 1000)
    early = Meter()
    with throttled(url, slow, early) as address:
        visit = _visit(browser, address, parts, [])
        answered = early.until(visit.began + visit.interactive / 1000)
    hosts = [urlsplit(one).netloc for one in asked if not one.startswith(("data:", "blob:"))]
    return Wire(len(hosts), sum(one != host for one in hosts), answered, whole)


def _visit(browser: Browser, url: str, parts: Parts, asked: list[str]) -> Load:
    with visitor(browser, parts) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.goto(url, wait_until="commit")
        return read_load(page)
