"""Pictures that need no chart library: 1,000 people, a range, a bar, the mechanism."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from crampnb.figures import top_of

COLUMNS, ROWS = 40, 25


def icon_array(baseline: int, today: int, title: str) -> str:
    """1,000 people as marks: those of the baseline, those added or avoided, the rest.

    Each group is one area filled with a pattern, so that the picture is a few hundred bytes.
    """
    settled, changed = min(baseline, today), max(baseline, today)
    groups = [
        ("base", 0, settled),
        ("more" if today > baseline else "fewer", settled, changed),
        ("rest", changed, COLUMNS * ROWS),
    ]
    areas = "".join(
        f'<path class="icons-{name}" fill="url(#icon-{name})" d="{_area(start, end)}"/>'
        for name, start, end in groups
        if end > start
    )
    marks = {
        "base": '<circle cx="5" cy="5" r="3.6" class="mark-base"/>',
        "more": '<path d="M5 .6 9.4 5 5 9.4 .6 5z" class="mark-more"/>',
        "fewer": '<circle cx="5" cy="5" r="3" class="mark-fewer"/>',
        "rest": '<circle cx="5" cy="5" r="1.7" class="mark-rest"/>',
    }
    patterns = "".join(
        f'<pattern id="icon-{name}" width="10" height="10" patternUnits="userSpaceOnUse">'
        f"{mark}</pattern>"
        for name, mark in marks.items()
    )
    return (
        f'<svg class="icons" role="img" aria-label="{title}"'
        f' viewBox="0 0 {COLUMNS * 10} {ROWS * 10}" data-baseline="{baseline}"'
        f' data-today="{today}"><defs>{patterns}</defs>{areas}</svg>'
    )


def _area(start: int, end: int) -> str:
    """SVG path over the marks from `start` up to `end`, counted along the rows."""
    pieces = []
    while start < end:
        row, column = divmod(start, COLUMNS)
        stop = min(end, (row + 1) * COLUMNS)
        whole_rows = (end - start) // COLUMNS if column == 0 else 0
        if whole_rows:
            stop = start + whole_rows * COLUMNS
        height = max(whole_rows, 1) * 10
        width = COLUMNS * 10 if whole_rows else (stop - start) * 10
        pieces.append(f"M{column * 10} {row * 10}h{width}v{height}h-{width}z")
        start = stop
    return "".join(pieces)


def range_bar(low: int, today: int, high: int) -> str:
    """The 90 % interval on a scale of people of 1,000; the sentence beside it says the same."""
    top = top_of(high)
    at = {
        name: 100 * value / top for name, value in (("low", low), ("today", today), ("high", high))
    }
    return (
        '<div class="range" aria-hidden="true">'
        f'<span class="range-bar" style="left:{at["low"]:.1f}%;'
        f'width:{at["high"] - at["low"]:.1f}%"></span>'
        f'<span class="range-mark" style="left:{at["today"]:.1f}%"></span>'
        f'<span class="range-end">0</span><span class="range-end">{top} of 1,000</span></div>'
    )


def gap(guess: int, low: int, today: int, high: int) -> str:
    """A guess beside the model's figure and its range, on one line (people of 1,000)."""
    top = top_of(max(guess, high))
    label = f"Your guess {guess}, the model {today}, range {low} to {high} of 1,000"
    left, right = 100 * low / top, 100 * high / top
    return (
        f'<div class="gap" role="img" aria-label="{label}"><span class="range-bar"'
        f' style="left:{left:.1f}%;width:{right - left:.1f}%"></span>'
        f'<span class="range-mark" style="left:{100 * today / top:.1f}%"></span>'
        f'<span class="guess-mark" style="left:{100 * min(guess, top) / top:.1f}%">you</span>'
        f'<span class="gap-ends"><span>0</span><span>{top} of 1,000</span></span></div>'
    )


def bar(term: float) -> str:
    """A term as a bar from the middle: right raises the odds, left lowers them."""
    longest = math.log(8)
    width = min(abs(term) / longest, 1) * 50
    left = 50 if term >= 0 else 50 - width
    sign = "up" if term >= 0 else "down"
    return (
        f'<span class="bar" aria-hidden="true"><span class="bar-{sign}"'
        f' style="left:{left:.1f}%;width:{width:.1f}%"></span></span>'
    )


def mechanism(
    groups: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], outcome: str, title: str
) -> str:
    """From what a day does, through what might happen in muscle and nerve, to the cramp.

    Each group is a mechanism and its links: {text, term, judged}. Strokes grow with today's terms;
    links that were judged and not measured are dashed.
    """
    row, gap = 24, 18
    parts, y, centres = [], 8.0, []
    height = sum(row * len(links) + gap for _, links in groups) + 16
    for name, links in groups:
        middle = y + row * len(links) / 2
        for i, link in enumerate(links):
            parts.append(_link(link, y + row * (i + 0.5), middle))
        total = sum(link["term"] for link in links)
        parts.append(_node(name, middle))
        centres.append((middle, total))
        y += row * len(links) + gap
    cramp = height / 2
    parts += [
        f'<path class="flow {_sign(total)}" stroke-width="{_stroke(total):.1f}"'
        f' d="M340 {middle:.0f}C362 {middle:.0f} 352 {cramp:.0f} 372 {cramp:.0f}"/>'
        for middle, total in centres
    ]
    parts.append(
        '<g class="node node-outcome">'
        f'<rect x="372" y="{cramp - 34:.0f}" width="22" height="68" rx="6"/>'
        f'<text transform="translate(387 {cramp:.0f}) rotate(-90)" text-anchor="middle">'
        f"{outcome}</text></g>"
    )
    return (
        f'<svg class="mechanism" role="img" aria-label="{title}" viewBox="0 0 400 {height:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _link(link: Mapping[str, Any], y: float, middle: float) -> str:
    """One line of text and its stroke to the mechanism."""
    dashed = " judged" if link["judged"] else ""
    return (
        f'<text class="exposure" x="0" y="{y + 4:.0f}">{link["text"]}</text>'
        f'<path class="flow {_sign(link["term"])}{dashed}"'
        f' stroke-width="{_stroke(link["term"]):.1f}"'
        f' d="M198 {y:.0f}C222 {y:.0f} 208 {middle:.0f} 232 {middle:.0f}"/>'
    )


def _node(name: str, middle: float) -> str:
    """A mechanism's box; its name may break into lines at "/"."""
    lines = name.split("/")
    top = middle - 7 * (len(lines) - 1)
    text = "".join(
        f'<tspan x="286" y="{top + 14 * i + 4:.0f}">{line}</tspan>' for i, line in enumerate(lines)
    )
    half = 9 + 7 * len(lines)
    return (
        '<g class="node">'
        f'<rect x="232" y="{middle - half:.0f}" width="108" height="{2 * half}" rx="8"/>'
        f'<text text-anchor="middle">{text}</text></g>'
    )


def _stroke(term: float) -> float:
    """Width of a stroke; a link without an effect today stays a hairline."""
    return 1 + min(abs(term) * 8, 11)


def _sign(term: float) -> str:
    if abs(term) < 5e-4:
        return "none"
    return "up" if term > 0 else "down"
