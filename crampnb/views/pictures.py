"""Pictures that need no chart library: 1,000 people, a range, a bar."""

import math
from collections.abc import Collection, Iterable

from crampnb.model.frequency import People, denominator
from crampnb.views import elements as el
from crampnb.views.charts import top_of
from crampnb.views.elements import Html, Value, div, span
from crampnb.views.live import figure

COLUMNS, ROWS = 40, 25


#: log odds of the longest bar
LONGEST_BAR = math.log(8)
#: a line that shows a guess ends at most at so many times the highest range
FAR = 2
#: marks that are drawn one by one, from the middle of their place on
DIAMOND = "m0-4.4 4.4 4.4-4.4 4.4-4.4-4.4z"
RING = "m-3 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0z"


def icon_array(baseline: int, today: int, title: str, **live: Value) -> Html:
    """1,000 people as marks: those of the baseline, those added or avoided, the rest.

    With attributes of `views.live` the browser draws it anew, by `browser/explainer/icons.js`.

    The many are dots of a dashed line, so that the picture is a few hundred bytes. It needs no id:
    the tab of a notebook may hold several pictures, and an id means the first of its name.
    """
    settled, changed = min(baseline, today), max(baseline, today)
    shape = DIAMOND if today > baseline else RING
    groups = {
        "base": _rows(0, settled),
        "more" if today > baseline else "fewer": _marks(settled, changed, shape),
        "rest": _rows(changed, COLUMNS * ROWS),
    }
    return el.svg(
        "icons",
        role="img",
        aria_label=title,
        viewBox=f"0 0 {COLUMNS * 10} {ROWS * 10}",
        **live,
    )[[el.path(f"icons-{name}", d=d) for name, d in groups.items() if d]]


def _rows(start: int, end: int) -> str:
    """SVG path along the places from `start` up to `end`, row by row; each ends on a dot."""
    pieces = []
    while start < end:
        row, column = divmod(start, COLUMNS)
        stop = min(end, (row + 1) * COLUMNS)
        pieces.append(f"M{column * 10 + 5} {row * 10 + 5}h{(stop - start - 1) * 10 + 1}")
        start = stop
    return "".join(pieces)


def _marks(start: int, end: int, shape: str) -> str:
    """SVG path with a shape in each place from `start` up to `end`."""
    return "".join([place + shape for place in _PLACES[start:end]])


#: where the path of each person begins, row by row
_PLACES = [f"M{x * 10 + 5} {y * 10 + 5}" for y in range(ROWS) for x in range(COLUMNS)]


def range_bar(low: int, today: int, high: int) -> Html:
    """The 90 % interval on a scale of people of 1,000; the sentence beside it says the same."""
    top = top_of(high)
    return div("range", data_range=True, aria_hidden="true")[
        _reach(low, high, top),
        span("range-mark", style=f"left:{100 * today / top:.1f}%")[""],
        span("range-end")["0"],
        span("range-end")[figure("top", f"{top:,}"), " of 1,000"],
    ]


def reach(guesses: Iterable[int], highs: Collection[int]) -> int:
    """Where lines end that show guesses beside ranges (people of 1,000).

    A guess far off leaves the ranges their room.
    """
    return top_of(min(max(*guesses, *highs), FAR * max(highs)))


def gap(guess: int, low: int, today: int, high: int, top: int) -> Html:
    """A guess beside the model's figure and its range, on a line to `top` (people of 1,000)."""
    beyond = guess > top
    mark = "guess-mark beyond" if beyond else "guess-mark"
    label = f"Your guess {guess}, the model {today}, range {low} to {high} of 1,000"
    return div("gap", role="img", aria_label=label)[
        _reach(low, high, top),
        span("range-mark", style=f"left:{100 * today / top:.1f}%")[""],
        span(mark, style=f"left:{100 * min(guess, top) / top:.1f}%")[
            f"you: {guess} →" if beyond else "you"
        ],
        span("gap-ends")[span["0"], span[f"{top} of 1,000"]],
    ]


def pair(before: People, now: People) -> Html:
    """A and now on one scale: two ranges, a mark in each, and the slope from mark to mark.

    Across it is drawn in parts of a hundred and down in pixels, so that its text keeps its size.
    """
    top = top_of(max(before.high, now.high))
    upper, lower = 34, 78
    told = f"A: {_told(before)}", f"Now: {_told(now)}"
    start, end = _across(before.risk, top), _across(now.risk, top)
    return el.svg("pair", role="img", aria_label="; ".join(told))[
        el.text("pair-told", x=0, y=upper - 16)[told[0]],
        el.text("pair-told", x=0, y=lower + 26)[told[1]],
        _band("a", before, top, upper),
        _band("now", now, top, lower),
        el.line("pair-slope", x1=start, y1=upper, x2=end, y2=lower),
        el.circle("pair-a", cx=start, cy=upper, r=6),
        el.svg(x=end, y=lower, width=1, height=1, overflow="visible")[
            el.path("pair-now", d="m0-8 8 8-8 8-8-8z")
        ],
        el.line("pair-axis", x1=0, y1=124, x2="100%", y2=124),
        el.text("pair-end", x=0, y=142)["0"],
        el.text("pair-end", x="100%", y=142, text_anchor="end")[f"{top} of {denominator()}"],
    ]


def _told(people: People) -> str:
    return f"{people.risk} of {denominator()} ({people.low} to {people.high})"


def _across(people: int, top: int) -> str:
    """The place of a number of people on a scale from 0 to `top`."""
    return f"{100 * people / top:.1f}%"


def _band(kind: str, people: People, top: int, y: int) -> Html:
    """The range of an answer on a scale from 0 to `top`."""
    width = _across(people.high - people.low, top)
    return el.rect(
        f"pair-range pair-range-{kind}",
        x=_across(people.low, top), width=width, y=y - 5, height=10, rx=5,
    )  # fmt: skip


def _reach(low: int, high: int, top: int) -> Html:
    """The range on a scale from 0 to `top`."""
    left, right = 100 * low / top, 100 * high / top
    return span("range-bar", style=f"left:{left:.1f}%;width:{right - left:.1f}%")[""]


def bar(term: float, name: str = "") -> Html:
    """A term as a bar from the middle: right raises the odds, left lowers them.

    With a name the browser moves it (`views.live`).
    """
    width = min(abs(term) / LONGEST_BAR, 1) * 50
    left = 50 if term >= 0 else 50 - width
    sign = "up" if term >= 0 else "down"
    return span("bar", data_bar=name or False, aria_hidden="true")[
        span(f"bar-{sign}", style=f"left:{left:.1f}%;width:{width:.1f}%")[""]
    ]
