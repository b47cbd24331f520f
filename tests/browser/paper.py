"""The print of a page, by Chromium's own outline of it: which heading stands where on the paper."""

import re

from playwright.sync_api import Page

A4 = 842.0  # points
MARGIN = 34.02  # points; 1.2 cm, as page.css has it
LINE = 14.0  # points
_HEADING = re.compile(rb"/Title \((.*?)\)\s*/Dest \[\d+ 0 R /XYZ \S+ (\S+) 0\]")


def printed(page: Page, height: float = A4) -> bytes:
    """The page as PDF, on paper as wide as A4."""
    return page.pdf(width="210mm", height=f"{height / 72:.4f}in", outline=True, tagged=True)


def count_pages(page: Page, paper: str) -> int:
    """How many pages of paper, "A4" or "Letter", the print has."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


def above_the_foot(paper: bytes) -> dict[str, float]:
    """{heading: points between its upper edge and the end of what is printed on its page}."""
    return {title.decode("latin-1"): float(y) - MARGIN for title, y in _HEADING.findall(paper)}


def is_never_left_alone(page: Page, heading: str) -> None:
    """Fail if a heading of the first page stays there where only itself has room."""
    usual = above_the_foot(printed(page))[heading]
    short = A4 - usual + 2 * LINE
    assert above_the_foot(printed(page, short))[heading] > 4 * LINE
