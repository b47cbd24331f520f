"""Pictures of numbers: plotly specs (plain dicts that `plotly.graph_objects.Figure` accepts) and SVG.

Nothing here computes a risk. Colours are names of the page's style sheet ("var(--accent)"), so
that a picture follows light and dark mode. Axes are fixed where they can be, so that a moved
slider moves the curve and not the scale.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from crampnb.evidence import Input, evidence
from crampnb.explain import Point

Spec = dict[str, Any]

INK, QUIET, RULE = "var(--ink)", "var(--quiet)", "var(--rule)"
ACCENT, SOFT, PAPER = "var(--accent)", "var(--accent-soft)", "var(--paper)"

#: tops that the axis of risk may have (people of 1,000)
TOPS = (50, 100, 200, 400, 700, 1000)
COLUMNS, ROWS = 40, 25


def curve(entry: Input, points: Sequence[Point], today: Point, baseline: float) -> Spec:
    """Risk along one input as people of 1,000, with its 90 % band and today's mark."""
    people = evidence().outcome.people
    x = [point.value for point in points]
    low, mid, high = (
        [people * getattr(point, name) for point in points] for name in ("low", "risk", "high")
    )
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    return {
        "data": [
            {"type": "scatter", "x": x, "y": low, **edge},
            {"type": "scatter", "x": x, "y": high, "fill": "tonexty", "fillcolor": SOFT, **edge},
            {
                "type": "scatter",
                "x": x,
                "y": mid,
                "mode": "lines",
                "line": {"color": ACCENT, "width": 3},
                "hovertemplate": f"%{{x}} {entry.short_unit}: %{{y:.0f}} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "x": [today.value],
                "y": [people * today.risk],
                "mode": "markers+text",
                "marker": {"color": INK, "size": 12, "symbol": "diamond"},
                "text": ["today"],
                "textposition": "top center",
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            xaxis=axis(f"{entry.label} ({entry.short_unit or 'scale'})", list(entry.range)),
            yaxis=axis("people of 1,000", [0, top_of(max(high))]),
            shapes=[level(people * baseline)],
        ),
    }


def risk_map(
    across: tuple[Input, Sequence[float]],
    up: tuple[Input, Sequence[float]],
    risks: Sequence[Sequence[float]],
    today: tuple[float, float],
) -> Spec:
    """Risk over two inputs as shades of people of 1,000, with today's mark."""
    people = evidence().outcome.people
    (x, x_values), (y, y_values) = across, up
    return {
        "data": [
            {
                "type": "heatmap",
                "x": list(x_values),
                "y": list(y_values),
                "z": [[people * risk for risk in row] for row in risks],
                "zmin": 0,
                "colorscale": [[0, PAPER], [1, ACCENT]],
                "colorbar": {"title": {"text": "of 1,000"}, "thickness": 12, "outlinewidth": 0},
                "hovertemplate": "%{z:.0f} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "x": [today[0]],
                "y": [today[1]],
                "mode": "markers",
                "marker": {
                    "color": PAPER,
                    "size": 14,
                    "symbol": "diamond",
                    "line": {"color": INK, "width": 3},
                },
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            xaxis=axis(f"{x.label} ({x.short_unit})", list(x.range)),
            yaxis=axis(f"{y.label} ({y.short_unit})", list(y.range)),
        ),
    }


def stories(
    names: Sequence[str], centres: Sequence[float], ends: Sequence[tuple[float, float]], chosen: int
) -> Spec:
    """The four stories side by side: people of 1,000 with the 90 % interval, the chosen one marked."""
    people = evidence().outcome.people
    x = [people * centre for centre in centres]
    return {
        "data": [
            {
                "type": "scatter",
                "x": x,
                "y": list(names),
                "mode": "markers+text",
                "text": [f"{value:.0f}" for value in x],
                "textposition": "top center",
                "marker": {
                    "size": 14,
                    "color": [ACCENT if i == chosen else QUIET for i in range(len(names))],
                    "symbol": ["diamond" if i == chosen else "circle" for i in range(len(names))],
                },
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [people * (high - c) for c, (_, high) in zip(centres, ends, strict=True)],
                    "arrayminus": [people * (c - low) for c, (low, _) in zip(centres, ends, strict=True)],
                    "color": QUIET,
                    "thickness": 2,
                    "width": 6,
                },
                "hovertemplate": "%{y}: %{x:.0f} of 1,000<extra></extra>",
            }
        ],
        "layout": layout(
            xaxis=axis("people of 1,000", [0, top_of(people * max(high for _, high in ends))]),
            yaxis={"autorange": "reversed", "automargin": True, "color": INK},
        ),
    }


def layout(**parts: Any) -> Spec:
    """The layout that all charts share: no legend, quiet margins, the page's own type and colours."""
    return {
        "showlegend": False,
        "autosize": True,
        "margin": {"l": 56, "r": 16, "t": 16, "b": 52},
        "font": {"family": "inherit", "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "dragmode": False,
        **parts,
    }


def axis(title: str, extent: list[float]) -> Spec:
    """A fixed axis with a title."""
    return {
        "title": {"text": title, "standoff": 8},
        "range": extent,
        "fixedrange": True,
        "color": QUIET,
        "gridcolor": RULE,
        "zeroline": False,
    }


def level(y: float) -> Spec:
    """A dashed line across the chart: the reference."""
    line = {"color": QUIET, "width": 1, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def top_of(highest: float) -> int:
    """The smallest fixed top of the axis that holds the highest value (people of 1,000)."""
    return next((top for top in TOPS if highest <= top), TOPS[-1])


def icon_array(baseline: int, today: int, title: str) -> str:
    """1,000 people as marks in 25 rows of 40: those of the baseline, those added or avoided, the rest.

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
        f'<pattern id="icon-{name}" width="10" height="10" patternUnits="userSpaceOnUse">{mark}</pattern>'
        for name, mark in marks.items()
    )
    return (
        f'<svg class="icons" role="img" aria-label="{title}" viewBox="0 0 {COLUMNS * 10} {ROWS * 10}"'
        f' data-baseline="{baseline}" data-today="{today}"><defs>{patterns}</defs>{areas}</svg>'
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
    at = {name: 100 * value / top for name, value in (("low", low), ("today", today), ("high", high))}
    return (
        '<div class="range" aria-hidden="true">'
        f'<span class="range-bar" style="left:{at["low"]:.1f}%;width:{at["high"] - at["low"]:.1f}%">'
        f'</span><span class="range-mark" style="left:{at["today"]:.1f}%"></span>'
        f'<span class="range-end">0</span><span class="range-end">{top} of 1,000</span></div>'
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
        f'<g class="node node-outcome"><rect x="372" y="{cramp - 34:.0f}" width="22" height="68" rx="6"/>'
        f'<text transform="translate(387 {cramp:.0f}) rotate(-90)" text-anchor="middle">{outcome}</text></g>'
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
        f'<path class="flow {_sign(link["term"])}{dashed}" stroke-width="{_stroke(link["term"]):.1f}"'
        f' d="M186 {y:.0f}C216 {y:.0f} 200 {middle:.0f} 232 {middle:.0f}"/>'
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
        f'<g class="node"><rect x="232" y="{middle - half:.0f}" width="108" height="{2 * half}" rx="8"/>'
        f'<text text-anchor="middle">{text}</text></g>'
    )


def _stroke(term: float) -> float:
    """Width of a stroke; a link without an effect today stays a hairline."""
    return 1 + min(abs(term) * 8, 11)


def _sign(term: float) -> str:
    if abs(term) < 5e-4:
        return "none"
    return "up" if term > 0 else "down"
