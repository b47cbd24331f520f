"""Figures → rows → a Markdown table with what each row means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

from bench.browser import Burst, Left, Load, Step
from bench.core import Core
from bench.lines import SLOW, SLOWER, USUAL, Wait
from bench.servers import MEGABYTE
from bench.sessions import Crowd
from bench.staying import Staying
from bench.wire import Wire

T = TypeVar("T")
#: {page: a number, or None where it cannot be had}; pages are those of `bench.__main__`
Values = Mapping[str, float | None]

NOTES = """\
Times in the browser run on the page's own clock from the start of the navigation; every load has \
an empty cache. Nothing is throttled but where it says so; server and browser share this machine. \
No page reaches anyone but its own server; a request to anybody else fails at once, which spares \
it the wait. Figures are medians where nothing else is said. On a machine that does other things \
too they are upper bounds.

1. **Paint**: the browser's first-contentful-paint; "Loading..." counts.
2. **True text**: the sentence with "N of 1,000" is visible and its frame is done, never before \
the first paint. *Warm*: `crampnb dashboard`, a kernel waiting. *Cold*: the same notebook under \
jupyter-server with Voilà's extension, as on Binder; the kernel starts with the visit. *Site*: \
`crampnb site` on a host that compresses texts, as most do; *again* is the same browser's next \
visit, after it has kept the site. Dash has no kernels, so its figure stands in all rows; the bare \
Voilà page is not preheated; Panel's page is a file with the answers to five steps of each slider, \
which needs no Python.
3. **A slider answers**: the page says that it is live, and real key presses (Home, End), which go \
to "Hydration" from the moment it exists, one in 50 ms, have changed the sentence.
4. **Python is there**: the page says that it answers everything. **The chart is there**: plotly \
shows data, too (ours: the what-if curve; peers: the six bars).
5. **Slider → …**: from a key press (Home and End in turn, after a rest) until the page holds the \
new sentence, and until plotly reports a redraw in which something moved, with the chart in sight. \
The paint follows in the next frame, at most 16 ms later. *At 300 ms*: a line in front of the \
server passes everything on so late, there and back.
6. **Arrow keys**: sixty, one right after the other, from the last until the page holds the last \
sentence, and until everything that Python draws belongs to it.
7. **Requests, bytes**: as they come out of a line in front of the server, headers and messages \
included. Until a slider answers: on a line of 1.6 Mbit/s, where only what must has come before. \
All: until Python and the chart are there. Requests to anyone else are Voilà's default template \
asking a CDN for Font Awesome, and Panel asking one for its styles.
8. **Lines**: a process between server and browser that passes on so many bits a second, so late; \
the page's processor (not its workers') slowed by the browser. *Memory late*: on loopback, the \
site's largest file held back.
9. **Memory**: proportional set size of the server and everything it started, once all is idle. \
Sessions are websocket clients that fetch the page and speak the widgets' protocol (for Dash: its \
own requests), not browsers, which would load the machine themselves. Each further session: the \
growth from the first to the last, divided.
10. **Moving once a second**: for 20 s (5 s with `--quick`) everyone sets "Hydration" once a \
second, not in step; from the message to Python's answer, seen by the client.
11. **Kernels left**: a browser opens the page, waits until Python is there and closes the tab, \
one visit after the other; then kernels are counted, less those that waited before the first.
12. **explain()**: from a mapping in which each input is given, at random, or left out, until \
risk, interval, terms, causes, steps, sentence and stop card are read.
13. **A million risks**: arrays of all numeric inputs and switches, checks included; best of 3. \
*One by one*: the risk alone, of profiles that exist already.
14. **Import**: in a new process, Python's own start not counted.
15. **After many moves**: growth of what the page's heap holds and of its kernel's resident \
memory, in one visit, each move answered by Python before the next. Machine code that the browser \
compiles for what runs often has a row of its own: it grows until all is compiled.
16. **Fresh clone**: `make dashboard` in a clone of what is committed until a slider answers; \
downloads are taken from pip's cache where it has them.
"""


@dataclass(frozen=True)
class Row:
    """One line of the table; the budget is for `ours`."""

    what: str
    unit: str
    ours: float | None
    dash: float | None = None
    voila: float | None = None
    panel: float | None = None
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
        values = (self.ours, self.dash, self.voila, self.panel)
        numbers = (shown(value, self.digits) for value in values)
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


def each(figures: Mapping[str, T], of: Callable[[T], float | None]) -> Values:
    """{page: one number of its figures}."""
    return {key: of(of_one) for key, of_one in figures.items()}


def typical(loads: Mapping[str, list[Load]], of: Callable[[Load], float | None]) -> Values:
    """{page: median over the loads}."""
    found = {key: [of(one) for one in of_one] for key, of_one in loads.items()}
    return {
        key: median(value for value in values if value is not None)
        for key, values in found.items()
        if None not in values
    }


def row(
    what: str,
    unit: str,
    values: Values,
    limit: float | None = None,
    share: float | None = None,
    digits: int = 0,
    ours: str = "warm",
) -> Row:
    """A row of one of our pages and the peers; `share` of Dash's figure is a limit as well."""
    dash = values.get("dash")
    rule = ""
    if share is not None and dash is not None and share * dash <= (limit or share * dash):
        limit, rule = share * dash, f"{share:g} × Dash"
    peers = (dash, values.get("voila"), values.get("panel"))
    return Row(what, unit, values.get(ours), *peers, limit, rule, digits)


#: {how our page is served: which peers are beside it}; only a cold kernel is a peer of bare Voilà's
BESIDE = {
    "warm": ("dash",),
    "cold": ("dash", "voila"),
    "site": ("dash", "panel"),
    "again": (),
}
IN_WORDS = {"warm": "warm", "cold": "cold", "site": "site", "again": "site, again"}


def for_each_way(
    what: str, values: Values, limit: float | None = None, share: float | None = None
) -> list[Row]:
    """A row (ms) for each way in which our page is served."""
    return [
        row(
            f"{what}, {IN_WORDS[way]}",
            "ms",
            {key: values.get(key) for key in (way, *peers)} | {"dash": values.get("dash")},
            limit,
            share,
            ours=way,
        )
        for way, peers in BESIDE.items()
    ]


def load_rows(loads: Mapping[str, list[Load]]) -> list[Row]:
    """How soon a page tells and answers."""
    python = typical(loads, lambda load: load.ready)
    ours = {key: value for key, value in python.items() if key in BESIDE}
    whole = typical(loads, lambda load: load.whole)
    return [
        *for_each_way("first paint ¹", typical(loads, lambda load: load.paint)),
        *for_each_way("first true text ²", typical(loads, lambda load: load.first_text), 300),
        *for_each_way(
            "a slider answers ³", typical(loads, lambda load: load.interactive), share=0.6
        ),
        *for_each_way("Python is there ⁴", ours),
        *for_each_way("the chart is there ⁴", whole),
    ]


def step_rows(steps: Mapping[str, list[Step]], late: Mapping[str, list[Step]]) -> list[Row]:
    """How quickly what a slider changes is there; `late` is at the end of a long line."""
    sentences = each(steps, lambda of_one: p95(step.sentence for step in of_one))
    from_afar = each(late, lambda of_one: p95(step.sentence for step in of_one))
    charts = each(steps, lambda of_one: p95(step.chart for step in of_one))
    return [
        row("slider → sentence ⁵, p95, dashboard", "ms", sentences, 17, digits=1),
        row("slider → sentence ⁵, p95, site", "ms", sentences, 17, digits=1, ours="site"),
        row("slider → sentence ⁵, p95, at 300 ms", "ms", from_afar, 17, digits=1),
        row("slider → curve ⁵, p95, dashboard", "ms", charts, 25, 0.5, digits=1),
        row("slider → curve ⁵, p95, site", "ms", charts, 25, 0.5, digits=1, ours="site"),
    ]


def burst_rows(bursts: Mapping[str, Burst]) -> list[Row]:
    """How long after the last of many keys all is there."""
    sentences = each(bursts, lambda burst: burst.sentence)
    ours = each({key: bursts[key] for key in ("warm", "site")}, lambda burst: burst.settled)
    return [
        row("after sixty arrow keys ⁶: the sentence, dashboard", "ms", sentences),
        row("after sixty arrow keys ⁶: the sentence, site", "ms", sentences, ours="site"),
        row("… all that Python draws, dashboard", "ms", ours),
        row("… all that Python draws, site", "ms", ours, ours="site"),
    ]


def wire_rows(wires: Mapping[str, Wire]) -> list[Row]:
    """What a page costs to fetch."""
    answered = each(wires, lambda wire: wire.answered / 1000)
    whole = each(wires, lambda wire: wire.whole / MEGABYTE)
    return [
        row("requests ⁷, dashboard", "", each(wires, lambda wire: wire.requests)),
        row("requests to anyone else ⁷", "", each(wires, lambda wire: wire.third_party), limit=0),
        row("bytes until a slider answers ⁷, dashboard", "kB", answered, 150),
        row("bytes until a slider answers ⁷, site", "kB", answered, 150, ours="site"),
        row("all bytes ⁷, dashboard", "MB", whole, 1.2, digits=2),
        row("all bytes ⁷, site with Python", "MB", whole, 10.5, digits=2, ours="site"),
    ]


#: {line: budgets for a slider and for Python, on the site (s)}
LINES = {f"site, {USUAL}": (1.2, 15), f"site, {SLOW}": (2.5, 75)}


def line_rows(waits: Mapping[str, Wait]) -> list[Row]:
    """What a reader waits for at the end of a line; the peers have no page without a server."""
    rows = []
    for key, wait in waits.items():
        answer, python = LINES.get(key, (None, None))
        name = key if "late" in key else f"{key}, CPU ÷ {SLOWER}"
        rows += [
            Row(f"{name}: true text ⁸", "s", wait.first_text / 1000, digits=2),
            Row("… a slider answers", "s", wait.interactive / 1000, limit=answer, digits=2),
            Row("… Python is there", "s", wait.ready / 1000, limit=python, digits=2),
        ]
    return rows


def crowd_rows(crowds: Mapping[str, Crowd]) -> list[Row]:
    """What many sessions cost; the budgets of thirty hold for thirty."""
    count = crowds["warm"].sessions
    most, slowest = (1600, 50) if count == 30 else (None, None)
    moves = each(crowds, lambda crowd: p95(crowd.moves))
    return [
        row("memory, one session ⁹", "MB", each(crowds, lambda crowd: crowd.alone)),
        row("each further session ⁹", "MB", each(crowds, lambda crowd: crowd.each_further), 45),
        row(f"{count} sessions ⁹", "MB", each(crowds, lambda crowd: crowd.together), most),
        row(f"{count} sessions moving ¹⁰, p95", "ms", moves, slowest),
    ]


def kernel_rows(left: Mapping[str, Left]) -> list[Row]:
    """Kernels that visits leave behind."""
    visits = left["warm"].visits
    return [
        row(f"kernels left after {visits} visits ¹¹", "", each(left, lambda one: one.kernels), 0)
    ]


def core_rows(core: Core) -> list[Row]:
    """How quick the model and the package are; the peers use the same."""
    return [
        Row("explain() ¹², median", "µs", median(core.explains), limit=200),
        Row("explain() ¹², p95", "µs", p95(core.explains)),
        Row("a million risks, arrays ¹³", "s", core.million, limit=0.5, digits=2),
        Row("risks, one by one ¹³", "per s", core.risks_a_second),
        *(Row(f"import {name} ¹⁴", "ms", took) for name, took in core.imports.items()),
    ]


def staying_rows(staying: Staying) -> list[Row]:
    """What many moves leave behind."""
    span = f"after {staying.many:,} moves, beside {staying.few:,} ¹⁵"
    return [
        Row(f"page, {span}", "%", staying.growth("objects"), limit=5, digits=1),
        Row("… its compiled code", "%", staying.growth("code"), digits=1),
        Row(f"kernel, {span}", "%", staying.growth("kernel"), limit=5, digits=1),
    ]


def fresh_rows(took: float) -> list[Row]:
    """How long a newcomer waits."""
    return [Row("fresh clone to an answer ¹⁶", "s", took, limit=60)]


def markdown(machine: str, rows: Sequence[Row]) -> str:
    """The machine, the table and its notes."""
    head = ["", "budget", "crampnb", "bare Dash", "bare Voilà", "Panel, embedded", ""]
    lines = [head, ["---", *["---:"] * 5, "---"], *(one.cells() for one in rows)]
    cells = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{machine}\n\n{cells}\n\n{NOTES}"
