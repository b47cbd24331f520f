"""What if: the curve along any input, and the map over two, each with a table twin."""

from collections.abc import Sequence

from crampnb.evidence import Input, evidence
from crampnb.explain import Point, grid, natural_frequency, sweep
from crampnb.figures import Spec, risk_map
from crampnb.figures import curve as draw_curve
from crampnb.views.html import details, table
from crampnb.views.screen import Screen

POINTS, CELLS, TABLE_ROWS = 41, 13, 7


def numeric_inputs() -> tuple[Input, ...]:
    """The inputs that a curve can run along."""
    return tuple(entry for entry in evidence().inputs.values() if entry.kind == "number")


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


def what_if(screen: Screen) -> str:
    """The curve in words and as a table."""
    if screen.stopped:
        return ""
    entry, answer = evidence().inputs[screen.along], screen.answer
    points = sweep(
        answer.profile, answer.hypothesis, screen.along, spoken_places(entry, TABLE_ROWS)
    )
    lowest, highest = (end(points, key=lambda point: point.risk) for end in (min, max))
    rows = [
        (entry.speak(p.value), *(str(natural_frequency(risk)) for risk in (p.risk, p.low, p.high)))
        for p in points
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
    return f"<p>{told}</p>" + details(
        "The curve as a table", table("What if", head, rows, "numbers")
    )


def map_table(screen: Screen) -> str:
    """The map in a table of people of 1,000."""
    if screen.stopped:
        return ""
    x, y = (evidence().inputs[name] for name in screen.over)
    across, up = spoken_places(x, 5), spoken_places(y, 5)
    answer = screen.answer
    risks = grid(answer.profile, answer.hypothesis, (x.name, across), (y.name, up))
    rows = [
        (y.speak(value), *(str(natural_frequency(risk)) for risk in row))
        for value, row in zip(up, risks, strict=True)
    ]
    head = (f"{y.label} \\ {x.label}", *_spoken(x, across))
    return details(
        "The map as a table", table("People of 1,000 over two inputs", head, rows, "numbers")
    )


def _spoken(entry: Input, values: Sequence[float]) -> list[str]:
    return [f"{value:,.{entry.decimals}f} {entry.short_unit}".strip() for value in values]
