"""Figures → rows → a Markdown table with what each row means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

from bench.browser import Left, Load, Step, Wire
from bench.core import Core
from bench.servers import MEGABYTE
from bench.sessions import Crowd
from bench.static import Static

T = TypeVar("T")
#: {warm, cold, dash or voila: a number, or None where it cannot be had}
Values = dict[str, float | None]

NOTES = """\
Times in the browser run on the page's own clock from the start of the navigation; every load has \
an empty cache. Nothing is throttled: server and browser share this machine. No page reaches \
anyone but its own server; a request to anybody else fails at once, which spares it the wait.

1. **Paint**: the browser's first-contentful-paint; "Loading..." counts.
2. **True text**: the sentence with "N of 1,000" is visible and its frame is done, never before \
the first paint. *Warm*: `crampnb dashboard`, a kernel waiting. *Cold*: the same notebook under \
jupyter-server with Voilà's extension, as on Binder; the kernel starts with the visit. Dash has \
no kernels, so its figure stands in both rows; the bare Voilà page is not preheated.
3. **A slider answers**: real key presses (Home, End) go to "Hydration" from the moment it exists, \
one in 50 ms, until the sentence changes.
4. **And the chart is there**: the slider has answered and plotly shows data (ours: the what-if \
curve; peers: the six bars).
5. **Slider → …**: from a key press (Home and End in turn, after a rest) until the page holds the \
new sentence, and until plotly reports a redraw in which something moved. The paint follows in \
the next frame, at most 16 ms later.
6. **Requests, bytes**: in one more visit, until the slider has answered and the network rests; \
bytes as received, headers and websocket messages included, the latter before any compression. \
Requests to anyone else are Voilà's default template asking a CDN for Font Awesome.
7. **Memory**: proportional set size of the server and everything it started, once all is idle. \
Sessions are websocket clients that fetch the page and speak the widgets' protocol (for Dash: its \
own requests), not browsers, which would load the machine themselves. Each further session: the \
growth from the first to the last, divided.
8. **Moving once a second**: for 20 s (5 s with `--quick`) everyone sets "Hydration" once a \
second, not in step; from the message to the message with the sentence, seen by the client.
9. **Kernels left**: a browser opens the page, waits until a slider is there and closes the tab, \
one visit after the other; then kernels are counted, less those that waited before the first.
10. **explain()**: from a mapping in which each input is given, at random, or left out, until \
risk, interval, terms, causes, steps, sentence and stop card are read.
11. **A million risks**: arrays of all numeric inputs and switches, checks included; best of 3. \
*One by one*: the risk alone, of profiles that exist already.
12. **Import**: in a new process, Python's own start not counted.
13. **Fresh clone**: `make dashboard` in a clone of what is committed until a slider answers; \
downloads are taken from pip's cache where it has them.
14. **Site**: `crampnb site`, served by `python -m http.server`, with the rules of 2 and 3; the \
second visit is the same browser's, after it has kept the site.
15. **Bytes of the site**: every file that is asked for until the chart is there, gzipped.
"""


@dataclass(frozen=True)
class Figures:
    """Everything measured; keys are warm, cold, dash and voila."""

    loads: dict[str, list[Load]]
    wires: dict[str, Wire]
    steps: dict[str, list[Step]]
    crowds: dict[str, Crowd]
    left: dict[str, Left]
    core: Core
    fresh: float | None  #: (s)
    machine: str
    static: Static


@dataclass(frozen=True)
class Row:
    """One line of the table; the budget is for `ours`."""

    what: str
    unit: str
    ours: float | None
    dash: float | None = None
    voila: float | None = None
    limit: float | None = None
    #: how the limit follows from a peer
    rule: str = ""
    digits: int = 0

    @property
    def verdict(self) -> str:
        """Whether the budget is kept, where there is one."""
        if self.limit is None or self.ours is None:
            return ""
        return "pass" if self.ours <= self.limit else "over"

    def cells(self) -> list[str]:
        """The row as texts."""
        numbers = (shown(value, self.digits) for value in (self.ours, self.dash, self.voila))
        verdict = "**over**" if self.verdict == "over" else self.verdict
        return [f"{self.what}, {self.unit}".strip(", "), self._budget(), *numbers, verdict]

    def _budget(self) -> str:
        if self.limit is None:
            return ""
        limit = f"≤ {shown(self.limit, self.digits)}"
        return f"{limit} ({self.rule})" if self.rule else limit


def shown(value: float | None, digits: int) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"


def p95(values: Iterable[float]) -> float:
    """95 % point."""
    return quantiles(values, n=20, method="inclusive")[-1]


def table(figures: Figures) -> list[Row]:
    """All rows, in the order of the notes."""
    return [
        *first_rows(figures.loads),
        *step_rows(figures.steps),
        *wire_rows(figures.wires),
        *crowd_rows(figures.crowds),
        *kernel_rows(figures.left),
        *core_rows(figures.core),
        Row("fresh clone to an answer ¹³", "s", figures.fresh, limit=60),
        *static_rows(figures.static),
    ]


def each(figures: Mapping[str, T], of: Callable[[T], float | None]) -> Values:
    """{key: one number of its figures}."""
    return {key: of(of_one) for key, of_one in figures.items()}


def typical(loads: Mapping[str, list[Load]], of: Callable[[Load], float]) -> Values:
    """{key: median over the loads}."""
    return {key: median(map(of, of_one)) for key, of_one in loads.items()}


def row(
    what: str,
    unit: str,
    values: Values,
    limit: float | None = None,
    share: float | None = None,
    digits: int = 0,
) -> Row:
    """A row of warmed kernels and both peers; `share` makes the limit a part of Dash's figure."""
    dash = values.get("dash")
    rule = ""
    if share is not None and dash is not None:
        limit, rule = share * dash, f"{share:g} × Dash"
    return Row(what, unit, values.get("warm"), dash, values.get("voila"), limit, rule, digits)


def warm_and_cold(
    what: str,
    values: Values,
    limit: float | None = None,
    shares: tuple[float | None, float | None] = (None, None),
) -> list[Row]:
    """A row for warmed kernels, which the bare Voilà page has not, and one for cold ones."""
    warm = {key: values[key] for key in ("warm", "dash")}
    cold = values | {"warm": values["cold"]}
    return [
        row(f"{what}, warm", "ms", warm, limit, shares[0]),
        row(f"{what}, cold", "ms", cold, limit, shares[1]),
    ]


def first_rows(loads: Mapping[str, list[Load]]) -> list[Row]:
    """How soon a page tells and answers."""
    return [
        *warm_and_cold("first paint ¹", typical(loads, lambda load: load.paint)),
        *warm_and_cold("first true text ²", typical(loads, lambda load: load.first_text), 300),
        *warm_and_cold(
            "a slider answers ³", typical(loads, lambda load: load.interactive), shares=(0.9, 1.4)
        ),
        *warm_and_cold("… and the chart is there ⁴", typical(loads, lambda load: load.whole)),
    ]


def step_rows(steps: Mapping[str, list[Step]]) -> list[Row]:
    """How quickly a page moves."""
    sentences = {key: [step.sentence for step in of_one] for key, of_one in steps.items()}
    charts = {key: [step.chart for step in of_one] for key, of_one in steps.items()}
    return [
        row("slider → sentence ⁵, median", "ms", each(sentences, median)),
        row("slider → sentence ⁵, p95", "ms", each(sentences, p95), limit=30),
        row("slider → chart ⁵, median", "ms", each(charts, median)),
        row("slider → chart ⁵, p95", "ms", each(charts, p95), share=0.75),
    ]


def wire_rows(wires: Mapping[str, Wire]) -> list[Row]:
    """What a page costs to fetch."""
    return [
        row("requests ⁶", "", each(wires, lambda wire: wire.requests)),
        row("requests to anyone else ⁶", "", each(wires, lambda wire: wire.third_party), limit=0),
        row("bytes ⁶", "MB", each(wires, lambda wire: wire.bytes / MEGABYTE), limit=6, digits=2),
    ]


def crowd_rows(crowds: Mapping[str, Crowd]) -> list[Row]:
    """What many sessions cost; the budgets of thirty hold for thirty."""
    count = crowds["warm"].sessions
    most, slowest = (2500, 200) if count == 30 else (None, None)
    moves = each(crowds, lambda crowd: p95(crowd.moves))
    return [
        row("memory, one session ⁷", "MB", each(crowds, lambda crowd: crowd.alone)),
        row("each further session ⁷", "MB", each(crowds, lambda crowd: crowd.each_further), 60),
        row(f"{count} sessions ⁷", "MB", each(crowds, lambda crowd: crowd.together), most),
        row(f"{count} sessions moving ⁸, p95", "ms", moves, slowest),
    ]


def kernel_rows(left: Mapping[str, Left]) -> list[Row]:
    """Kernels that visits leave behind."""
    visits = left["warm"].visits
    return [
        row(f"kernels left after {visits} visits ⁹", "", each(left, lambda one: one.kernels), 0)
    ]


def core_rows(core: Core) -> list[Row]:
    """How quick the model and the package are; the peers use the same."""
    return [
        Row("explain() ¹⁰, median", "µs", median(core.explains), limit=200),
        Row("explain() ¹⁰, p95", "µs", p95(core.explains)),
        Row("a million risks, arrays ¹¹", "s", core.million, limit=1, digits=2),
        Row("risks, one by one ¹¹", "per s", core.risks_a_second),
        *(Row(f"import {name} ¹²", "ms", took) for name, took in core.imports.items()),
    ]


def static_rows(static: Static) -> list[Row]:
    """The site without a server; the peers have none."""
    first_text = median(load.first_text for load in static.first)
    charts = [step.chart for step in static.steps]
    return [
        Row("site: first true text ¹⁴", "ms", first_text, limit=300),
        Row("site: a slider answers, first visit ¹⁴", "ms", answers(static.first), limit=5000),
        Row("site: … second visit ¹⁴", "ms", answers(static.second), limit=3000),
        Row("site: slider → chart ⁵, p95", "ms", p95(charts), limit=40),
        Row("site: bytes, gzipped ¹⁵", "MB", static.compressed / MEGABYTE, limit=12, digits=2),
    ]


def answers(loads: Sequence[Load]) -> float:
    """When a slider answers (ms), median."""
    return median(load.interactive for load in loads)


def markdown(machine: str, rows: Sequence[Row]) -> str:
    """The machine, the table and its notes."""
    head = ["", "budget", "crampnb", "bare Dash", "bare Voilà", ""]
    lines = [head, ["---", *["---:"] * 4, "---"], *(one.cells() for one in rows)]
    cells = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{machine}\n\n{cells}\n\n{NOTES}"
