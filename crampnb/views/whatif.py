"""What if: the curve along any input, and the map over two, each with a table twin."""

from collections.abc import Sequence

from crampnb.model.curves import Point, grid, sweep
from crampnb.model.evidence import evidence
from crampnb.model.frequency import natural_frequency
from crampnb.model.inputs import Input
from crampnb.views.charts import Spec, risk_map
from crampnb.views.charts import curve as draw_curve
from crampnb.views.elements import Html, fragment, p
from crampnb.views.html import details, table
from crampnb.views.screen import Screen

POINTS, CELLS, TABLE_ROWS = 41, 13, 7


def places(entry: Input, count: int) -> list[float]:
    """`count` evenly spaced values over the range of an input, in its unit."""
    low, high = entry.range
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def spoken_places(entry: Input, count: int) -> list[float]:
    """The same, each exactly as a table says it."""
    return [round(value, entry.decimals) for value in places(entry, count)]


def curve(screen: Screen) -> Spec:
    """The what-if curve as a plotly spec."""
    entry, answer = evidence().inputs[screen.along], screen.answer
    points = sweep(answer.profile, answer.hypothesis, screen.along, places(entry, POINTS))
    today = Point(getattr(answer.profile, screen.along), answer.risk, *answer.interval)
    return draw_curve(entry, points, today, answer.baseline)


def heat(screen: Screen) -> Spec:
    """The map over two inputs as a plotly spec."""
    x, y = (evidence().inputs[name] for name in screen.over)
    across, up = (x, places(x, CELLS)), (y, places(y, CELLS))
    profile = screen.answer.profile
    risks = grid(profile, screen.answer.hypothesis, (x.name, across[1]), (y.name, up[1]))
    return risk_map(across, up, risks, (getattr(profile, x.name), getattr(profile, y.name)))


def what_if(screen: Screen) -> Html:
    """The curve in words and as a table."""
    entry, answer = evidence().inputs[screen.along], screen.answer
    points = sweep(
        answer.profile, answer.hypothesis, screen.along, spoken_places(entry, TABLE_ROWS)
    )
    lowest, highest = (end(points, key=lambda point: point.risk) for end in (min, max))
    rows = [
        (
            entry.speak(point.value),
            *(str(natural_frequency(risk)) for risk in (point.risk, point.low, point.high)),
        )
        for point in points
    ]
    label = entry.label.lower()
    if natural_frequency(lowest.risk) == natural_frequency(highest.risk):
        told = f"In this story {label} alone changes nothing that whole people can show."
    else:
        told = (
            f"With {label} from {entry.speak(lowest.value)} to {entry.speak(highest.value)},"
            f" everything else as it is, the figure goes from {natural_frequency(lowest.risk)} to"
            f" {natural_frequency(highest.risk)} of 1,000."
        )
    head = (entry.label, "of 1,000", "range from", "to")
    return fragment[
        p[told],
        _cautions(entry),
        details("The curve as a table", table("What if", head, rows, "numbers")),
    ]


def map_table(screen: Screen) -> Html:
    """The map in a table of people of 1,000."""
    x, y = (evidence().inputs[name] for name in screen.over)
    across, up = spoken_places(x, 5), spoken_places(y, 5)
    answer = screen.answer
    risks = grid(answer.profile, answer.hypothesis, (x.name, across), (y.name, up))
    rows = [
        (y.speak(value), *(str(natural_frequency(risk)) for risk in row))
        for value, row in zip(up, risks, strict=True)
    ]
    head = (f"{y.label} \\ {x.label}", *_spoken(x, across))
    others = (entry for entry in (x, y) if entry.name != screen.along)
    return fragment[
        _cautions(*others),
        details(
            "The map as a table", table("People of 1,000 over two inputs", head, rows, "numbers")
        ),
    ]


def _cautions(*along: Input) -> Html:
    """What the picture along these inputs must not be taken for."""
    return fragment[[p("card note")[entry.caution] for entry in along if entry.caution]]


def _spoken(entry: Input, values: Sequence[float]) -> list[str]:
    return [f"{value:,.{entry.decimals}f} {entry.short_unit}".strip() for value in values]
