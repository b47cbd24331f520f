"""Charts as plotly specs: plain dicts that `plotly.graph_objects.Figure` accepts.

Nothing here computes a risk. Colours are names of the page's style sheet ("var(--accent)"), so
that a picture follows light and dark mode. Axes are fixed where they can be, so that a moved
slider moves the curve and not the scale.
"""

import html
from collections.abc import Sequence
from typing import Any

from crampnb.model.curves import Point
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input

Spec = dict[str, Any]

INK, QUIET, RULE = "var(--ink)", "var(--quiet)", "var(--rule)"
ACCENT, SOFT, PAPER = "var(--accent)", "var(--accent-soft)", "var(--paper)"

#: tops that the axis of risk may have (people of 1,000)
TOPS = (50, 100, 200, 400, 700, 1000)
#: ends that the axis of what causes add may have, to both sides
REACHES = (10, 20, *TOPS)


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
                "hovertemplate": curve_hover(entry),
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
            xaxis=axis(axis_title(entry), list(entry.range)),
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
            xaxis=axis(axis_title(x), list(x.range)),
            yaxis=axis(axis_title(y), list(y.range)),
        ),
    }


def stories(
    names: Sequence[str], centres: Sequence[float], ends: Sequence[tuple[float, float]], chosen: int
) -> Spec:
    """The four stories side by side: people of 1,000 with the 90 % interval, one marked."""
    people = evidence().outcome.people
    x = [people * centre for centre in centres]
    return {
        "data": [
            {
                "type": "scatter",
                "x": x,
                "y": [as_written(name) for name in names],
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
                    "array": [
                        people * (high - c) for c, (_, high) in zip(centres, ends, strict=True)
                    ],
                    "arrayminus": [
                        people * (c - low) for c, (low, _) in zip(centres, ends, strict=True)
                    ],
                    "color": QUIET,
                    "thickness": 2,
                    "width": 6,
                },
                "hovertemplate": "%{y}: %{x:.0f} of 1,000<extra></extra>",
            }
        ],
        "layout": layout(
            xaxis=axis("people of 1,000", [0, top_of(people * max(high for _, high in ends))]),
            yaxis=rows(len(names) - 0.5, -0.8),  # with room for the first's number
        ),
    }


def axis_title(entry: Input) -> str:
    """An input with its unit."""
    return f"{entry.label} ({entry.short_unit})"


def curve_hover(entry: Input) -> str:
    """What plotly says of a point of the curve."""
    unit = as_written(entry.short_unit)
    return f"%{{x}} {unit}: %{{y:.0f}} of 1,000<extra></extra>"


def causes(labels: Sequence[str], people: Sequence[int]) -> Spec:
    """What each cause adds (people of 1,000), as bars: right adds, left spares."""
    longest = next(reach for reach in REACHES if max(map(abs, people)) <= reach)
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": list(people),
                "y": [as_written(label) for label in labels],
                "text": [f"{number:+d}".replace("-", "−") if number else "0" for number in people],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": ACCENT},
                "hovertemplate": "%{y}: %{text} of 1,000<extra></extra>",
            }
        ],
        "layout": layout(
            xaxis=axis("people of 1,000", [-longest, longest]),
            yaxis=rows(len(labels) - 0.5, -0.5),
        ),
    }


def rows(bottom: float, top: float) -> Spec:
    """A fixed axis of names, the first on top."""
    return {
        "range": [bottom, top],
        "fixedrange": True,
        "automargin": True,
        "color": INK,
        "showgrid": False,
    }


def layout(**parts: Any) -> Spec:
    """The layout that all charts share: no legend, quiet margins, the page's own type."""
    return {
        "showlegend": False,
        "autosize": True,
        "margin": {"l": 56, "r": 24, "t": 16, "b": 52},
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
        "title": {"text": as_written(title)},
        "ticklabeloverflow": "allow",
        "range": extent,
        "fixedrange": True,
        "color": QUIET,
        "gridcolor": RULE,
        "zeroline": False,
    }


def as_written(text: str) -> str:
    """A text for plotly, which would take tags and entities in it for markup."""
    return html.escape(text, quote=False)


def level(y: float) -> Spec:
    """A dashed line across the chart: the reference."""
    line = {"color": QUIET, "width": 1, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def top_of(highest: float) -> int:
    """The smallest fixed top of the axis that holds the highest value (people of 1,000)."""
    return next((top for top in TOPS if highest <= top), TOPS[-1])
