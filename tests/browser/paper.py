"""The print of a page, how many pages, and by Chromium's own outline which heading stands where."""

import re
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser import engines

SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # mm
A4 = 842.0  # points
MARGIN = 34.02  # points; 1.2 cm, as page.css has it
LINE = 14.0  # points
_HEADING = re.compile(rb"/Title \((.*?)\)\s*/Dest \[\d+ 0 R /XYZ \S+ (\S+) 0\]")


def printed(page: Page, height: float = A4) -> bytes:
    """The page as PDF, on paper as wide as A4."""
    return page.pdf(width="210mm", height=f"{height / 72:.4f}in", outline=True, tagged=True)


def count_pages(page: Page, paper: str) -> int:
    """How many pages of paper, "A4" or "Letter", the print has."""
    width, height = (f"{size * engines.PAPER}mm" for size in SIZES[paper])
    return len(PdfReader(BytesIO(page.pdf(width=width, height=height))).pages)


def above_the_foot(paper: bytes) -> dict[str, float]:
    """{heading: points between its upper edge and the end of what is printed on its page}."""
    return {title.decode("latin-1"): float(y) - MARGIN for title, y in _HEADING.findall(paper)}


def is_never_left_alone(page: Page, heading: str) -> None:
    """Fail if a heading of the first page stays there where only itself has room."""
    usual = above_the_foot(printed(page))[heading]
    short = A4 - usual + 2 * LINE
    assert above_the_foot(printed(page, short))[heading] > 4 * LINE
