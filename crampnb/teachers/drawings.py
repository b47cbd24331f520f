"""What the worksheets have to write and draw on, as SVG that fills the width of its page."""

from collections.abc import Callable, Mapping
from functools import partial

from crampnb.views import elements as el
from crampnb.views.elements import Html, Value

WIDTH = 1000  # of each drawing, in its own units; a page has some 18 cm
GREY = "#767676"  # can be seen on white paper and on a dark screen
LINE = 46  # from one line to write on to the next; 8 mm

ROWS, COLUMNS = 20, 50  # of people
STEP, RADIUS, GAP = 19.4, 6.5, 6.0  # from person to person; of a ring; between blocks of a hundred

END, MIDDLE, TICK = 100, 55, 8  # of a scale: its last number, its height, half a tick


def people() -> str:
    """1,000 people as rings to mark, in blocks of a hundred."""
    rings = (_ring(at, row) for row in range(ROWS) for at in range(COLUMNS))
    return _drawn(ROWS * STEP + 2 * GAP, el.path(d="".join(rings)))


def _ring(at: int, row: int) -> str:
    x = at * STEP + at // 10 * GAP + GAP
    y = row * STEP + row // 10 * GAP + 1.5 * RADIUS
    half = f"a{RADIUS} {RADIUS} 0 0 0 "
    return f"M{x:g} {y:g}{half}{2 * RADIUS:g} 0{half}-{2 * RADIUS:g} 0"


def scale() -> str:
    """A scale from 0 to 100, with room above it to draw a range."""
    ticks = {number: 20 + number * 9.6 for number in range(0, END + 1, 10)}
    marks = "".join(f"M{x:g} {MIDDLE - TICK}v{2 * TICK}" for x in ticks.values())
    line = el.path(d=f"M{ticks[0]:g} {MIDDLE}H{ticks[END]:g}{marks}")
    font: dict[str, Value] = {"text_anchor": "middle", "font_family": "sans-serif", "font_size": 18}
    labels = (
        el.text(x=f"{x:g}", y=MIDDLE + 32, fill=GREY, stroke="none", **font)[str(number)]
        for number, x in ticks.items()
    )
    return _drawn(MIDDLE + 36, line, *labels)


def lines(count: int) -> str:
    """Lines to write on."""
    return _drawn(
        count * LINE + 4, el.path(d="".join(f"M0 {n * LINE + LINE}h{WIDTH}" for n in range(count)))
    )


def _drawn(height: float, *parts: Html) -> str:
    size: dict[str, Value] = {
        "viewBox": f"0 0 {WIDTH} {height:g}",
        "width": WIDTH,
        "height": f"{height:g}",
    }
    ink: dict[str, Value] = {"fill": "none", "stroke": GREY, "stroke_width": 1.5}
    return str(el.svg(xmlns="http://www.w3.org/2000/svg", **size, **ink)[parts]) + "\n"


#: {file name: what draws it}
DRAWINGS: Mapping[str, Callable[[], str]] = {
    "people.svg": people,
    "scale.svg": scale,
    **{f"lines_{count}.svg": partial(lines, count) for count in (1, 2, 3)},
}
