"""The pages around the explainer as a browser lays them out: tables on a phone, edges in line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crampnb.lessons.plans import lessons
from crampnb.places import TEACHERS
from crampnb.site import pages
from crampnb.site.headers import CONTENT, POLICY
from tests.browser.nginx import serving_by_nginx
from tests.browser.paper import count_pages
from tests.browser.visits import Visits

TEXTS = pages.for_teachers(TEACHERS)
WITH_TABLES = sorted(name for name, html in TEXTS.items() if "<table" in html)
CELLS = """[...document.querySelectorAll('.plain :is(th, td)')].map(cell => ({
  shown: cell.checkVisibility(), as: getComputedStyle(cell).display,
  before: getComputedStyle(cell, '::before').content,
}))"""
LEFT = "[...document.querySelectorAll('.site a, main h1')].map(it => it.getBoundingClientRect().x)"


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Pages that no server sends."""
    opened = Visits(browser, "about:blank")
    yield opened
    opened.close()


def laid_out(visits: Visits, html: str, width: int) -> Page:
    """A page of this width."""
    page = visits.visitor(viewport={"width": width, "height": 740})
    page.set_content(html)
    return page


@pytest.mark.parametrize("name", WITH_TABLES)
def test_a_table_keeps_its_heads_and_has_no_empty_labels_on_a_phone(
    visits: Visits, name: str
) -> None:
    page = laid_out(visits, TEXTS[name], 360)
    cells = page.evaluate(CELLS)
    assert cells
    assert {(cell["shown"], cell["as"], cell["before"]) for cell in cells} == {
        (True, "table-cell", "none")
    }
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index.html", "explainer"])
def test_the_sites_links_stand_on_the_edge_of_the_text(
    visits: Visits, name: str, width: int
) -> None:
    html = pages.explainer(5) if name == "explainer" else TEXTS[name]
    link, *_, heading = laid_out(visits, html, width).evaluate(LEFT)
    assert link == pytest.approx(heading, abs=0.5)


def test_a_worksheet_is_one_page_with_its_drawings(visits: Visits, tmp_path: Path) -> None:
    sheets = sorted(name for name in TEXTS if name.startswith("worksheet_"))
    assert len(sheets) == len(lessons())
    for name in sheets:
        (tmp_path / name).write_text(TEXTS[name])
    for drawing in TEACHERS.glob("*.svg"):
        shutil.copy(drawing, tmp_path)
    with serving_by_nginx(tmp_path, "/") as address:
        page = visits.visitor()
        for name in sheets:
            page.goto(address + name)
            drawn = page.evaluate("[...document.images].map(it => it.naturalWidth)")
            assert drawn
            assert min(drawn) > 0
            assert [count_pages(page, paper) for paper in ("A4", "Letter")] == [1, 1], name


@pytest.mark.parametrize("mangled", ["%23v=1&sitting=10", "%3Fv=1&sitting=10"])
def test_a_link_that_a_mail_program_wrote_anew_leads_to_its_page(
    visits: Visits, tmp_path: Path, mangled: str
) -> None:
    (tmp_path / "explainer").mkdir()
    (tmp_path / "explainer" / "index.html").write_text("<h1>here</h1>")
    (tmp_path / "404.html").write_text(pages.missing())
    sent = f'error_page 404 /some/404.html; add_header {CONTENT} "{POLICY}" always;'
    with serving_by_nginx(tmp_path, "/some/", sent) as address:
        page = visits.visitor()
        page.goto(f"{address}explainer/{mangled}")
        expect(page.get_by_role("heading", name="here")).to_be_visible()
        assert page.url == f"{address}explainer/#v=1&sitting=10"
        page.goto(f"{address}explainer/nothing")
        page.get_by_role("link", name="The page above it").click()
        expect(page.get_by_role("heading", name="here")).to_be_visible()
