"""The site without a server: read before Python is there, kept for visits without a network."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from crampnb.lessons.plans import lessons
from crampnb.model.explain import explain
from crampnb.site.build import keep_all
from tests.browser.conftest import answering
from tests.browser.paper import is_never_left_alone
from tests.browser.site.keeping import is_kept
from tests.browser.visits import Visits, ready, shows, slider, status
from tools.waiting import comes_true

VIEWS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
}
BROKEN = re.compile(r"get_next_output failed|^The operation was aborted")
PAGES = ("", "explainer/", "teachers/", "teachers/worksheet_1.html", "explainer/model.html")


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the site, without the lessons, to be changed."""
    ignore = shutil.ignore_patterns("lessons")
    return shutil.copytree(folder, tmp_path / "site", ignore=ignore)


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder and gives its address; the same folder goes on under the same address."""
    with ExitStack() as running:
        known: dict[Path, str] = {}

        def address(folder: Path) -> str:
            if folder not in known:
                host = answering("tools.host", str(folder))
                known[folder] = running.enter_context(host)
            return known[folder]

        yield address


def test_the_page_is_true_before_python_is_there_and_says_what_is_loading(
    visits: Visits, folder: Path
) -> None:
    page = visits.visitor()
    page.route("**/memory.bin", lambda route: None)  # it never arrives
    page.goto(visits.address, wait_until="commit")
    expect(status(page)).to_contain_text(explain({}).sentence.split(".")[0])
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.locator("[data-loading]")).to_contain_text("MB")
    sizes = {file.name: file.stat().st_size for file in (folder / "static").iterdir()}
    core = sizes["core.bin"] + sizes["runtime.bin"]
    expect(bar).to_have_attribute("max", str(core + sizes["memory.bin"]))
    assert comes_true(page, f"document.querySelector('progress').value === {core}")


def test_python_may_be_there_before_the_page(visits: Visits) -> None:
    page = visits.visitor()
    held: list[Route] = []
    page.route("**/jupyter-widgets.js", lambda route: held.append(route))
    with page.expect_worker() as started:
        page.goto(visits.address, wait_until="commit")
    started.value.evaluate(
        "new Promise(done => { const look = () => onmessage ? done() : setTimeout(look); look() })"
    )
    held[0].continue_()
    slider(ready(page), "sitting").press("End")
    shows(page, {"sitting": 16})


def test_a_second_visit_needs_no_network(visits: Visits, folder: Path) -> None:
    page = ready(visits.open())
    is_kept(page, folder)
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"{visits.address}#v=1&sitting=10")
    ready(page)
    shows(page, {"sitting": 10})
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
    page.goto(urljoin(visits.address, "../teachers/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("For teachers")
    page.goto(urljoin(visits.address, "../"))
    expect(page.get_by_role("link", name="The explainer")).to_be_visible()


def test_a_new_version_replaces_the_one_that_was_kept(
    visits: Visits, copy: Path, serve: Callable[[Path], str]
) -> None:
    visits.address = f"{serve(copy)}explainer/"
    page = ready(visits.open())
    is_kept(page, copy)
    publish(copy, "The answer, newly written")
    page.add_init_script(
        "navigator.serviceWorker.addEventListener('controllerchange', () => { window.renewed = 1 })"
    )
    page.reload()  # the kept page, while the new one is fetched
    assert comes_true(ready(page), "window.renewed")
    page.reload()
    expect(page.locator("#answer-title")).to_have_text("The answer, newly written")
    is_kept(ready(page), copy)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#answer-title")).to_have_text("The answer, newly written")


def publish(site: Path, heading: str) -> None:
    """Give the site another heading, and say so to those who kept it."""
    explainer = site / "explainer" / "index.html"
    explainer.write_text(
        explainer.read_text("utf-8").replace(">The answer</h2>", f">{heading}</h2>")
    )
    keep_all(site)


@pytest.mark.parametrize("harm", ["gone", "broken"])
def test_a_damaged_store_repairs_itself_alone(visits: Visits, folder: Path, harm: str) -> None:
    page = ready(visits.open())
    is_kept(page, folder)
    page.evaluate(
        """async harm => {
          const ours = (name) => name.startsWith("crampnb-explainer");
          const cache = await caches.open((await caches.keys()).find(ours));
          const memory = (await cache.keys()).find(({ url }) => url.includes("memory.bin"));
          if (harm === "gone") await cache.delete(memory);
          else await cache.put(memory, new Response("half a fi"));
          await caches.open("another site of this host");
        }""",
        harm,
    )
    page.reload()
    slider(ready(page), "sitting").press("End")
    shows(page, {"sitting": 16})
    assert page.evaluate("caches.has('another site of this host')")
    if harm == "broken":  # Firefox tells of the file, and of what the page broke off for it
        visits.errors[:] = [told for told in visits.errors if not BROKEN.search(told)]


def test_without_webassembly_the_page_is_read_as_it_is(visits: Visits) -> None:
    page = visits.visitor()
    page.add_init_script("delete globalThis.WebAssembly")
    page.goto(visits.address)
    expect(page.get_by_role("alert").filter(has_text="cannot run Python")).to_be_visible()
    expect(status(page)).to_contain_text(explain({}).sentence.split(".")[0])
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_text("The curve as a table").click()
    expect(page.locator("#what-if table").first).to_be_visible()


def test_python_that_does_not_come_is_said(visits: Visits) -> None:
    page = visits.visitor()
    page.route("**/memory.bin", lambda route: route.fulfill(status=404))
    page.goto(visits.address)
    notice = page.get_by_role("alert").filter(has_text="could not start")
    expect(notice).to_contain_text("memory.bin is missing on this host (404).")
    visits.errors.clear()  # the 404 that was asked for


def test_every_door_leads_somewhere(site: str) -> None:
    seen: set[str] = set()
    waiting = {site, f"{site}explainer/"}
    while waiting - seen:
        url = (waiting - seen).pop()
        seen.add(url)
        with urlopen(url) as answer:
            assert answer.status == 200
            if "html" in answer.headers["Content-Type"] and "/lab/" not in url:
                links = Links(answer.read().decode())
                waiting |= {urldefrag(urljoin(url, link))[0] for link in links.found}
        waiting = {each for each in waiting if each.startswith(site)}
    assert len([url for url in seen if "/lab/" in url]) >= 2 * len(lessons())


class Links(HTMLParser):
    """Where the links of a page lead, and what it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Remember the address."""
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_pages_around_are_for_everyone(
    visits: Visits, site: str, path: str, view: dict[str, Any]
) -> None:
    page = visits.visitor(**view)
    page.goto(site + path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("path", "heading"),
    [("teachers/", "Checklist"), ("teachers/1_predict.html", "Take care")],
    ids=["teachers", "lesson"],
)
def test_no_heading_around_stands_alone_on_paper(
    visits: Visits, site: str, path: str, heading: str
) -> None:
    page = visits.visitor()
    page.goto(site + path)
    is_never_left_alone(page, heading)


def test_the_start_names_every_lesson_in_one_screen(visits: Visits, site: str) -> None:
    page = visits.visitor()
    page.goto(site)
    for plan in lessons().values():
        expect(page.get_by_role("link", name=plan.title)).to_be_visible()
    expect(page.get_by_role("contentinfo").or_(page.locator("footer"))).to_be_in_viewport()
    page.get_by_role("link", name="The explainer").click()
    ready(page)
