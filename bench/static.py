"""The site without a server: how soon it tells and answers, first and again, and what it weighs."""

import gzip
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from bench.browser import Load, Step, read_load, steps, until_answered, watched_page
from bench.servers import free_port, serving
from bench.sites import OURS
from crampnb.site.build import build
from tests.browser.visits import comes_true

EXPLAINER = "explainer/"
KEPT = "navigator.serviceWorker.controller"


@dataclass(frozen=True)
class Static:
    """What was measured of the built site."""

    first: list[Load]  #: visits of somebody who was never here
    second: list[Load]  #: the next visit of the same
    steps: list[Step]
    compressed: float  #: bytes of all that the explainer loads, each file gzipped


def measure(browser: Browser, loads: int, presses: int) -> Static:
    """The site built, served as plain files and visited."""
    with TemporaryDirectory(prefix="crampnb-") as folder:
        site = Path(folder) / "site"
        build(site)
        port = free_port()
        command = [sys.executable, "-m", "http.server", f"{port}", "--bind", "127.0.0.1"]
        with serving([*command, "--directory", str(site)], port) as server:
            url = f"{server.address}/{EXPLAINER}"
            visits = [two_visits(browser, url) for _ in range(loads)]
            first, second = map(list, zip(*visits, strict=True))
            moved = steps(browser, url, OURS, presses)
            return Static(first, second, moved, weigh(browser, url, site))


def two_visits(browser: Browser, url: str) -> tuple[Load, Load]:
    """The first visit and, once the browser has kept the site, the second."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = watched_page(context, OURS)
        first = visit(page, url)
        comes_true(page, KEPT)
        page.close()
        return first, visit(watched_page(context, OURS), url)
    finally:
        context.close()


def visit(page: Page, url: str) -> Load:
    """One load of a page."""
    page.goto(url, wait_until="commit")
    return read_load(page)


def weigh(browser: Browser, url: str, site: Path) -> float:
    """Bytes of the files that one visit asks for until the chart is there, each gzipped."""
    context = browser.new_context()
    asked: set[str] = set()

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc == urlsplit(url).netloc:
            asked.add(address.path)

    page = watched_page(context, OURS)
    page.on("request", note)
    page.goto(url, wait_until="commit")
    until_answered(page)
    context.close()
    files = [site / path.strip("/") for path in asked]
    return sum(len(gzip.compress(whole(file).read_bytes(), mtime=0)) for file in files)


def whole(path: Path) -> Path:
    """The file that a host sends for a path."""
    return path / "index.html" if path.is_dir() else path
