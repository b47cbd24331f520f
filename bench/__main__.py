"""`python -m bench`: all figures, ours beside the peers', in one run and one table."""

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser

from bench import core, lines, sites, staying, table
from bench.browser import Left, Load, burst, chromium, left_behind, load, load_twice, steps
from bench.fresh import fresh_clone
from bench.servers import Server, wait_until_idle
from bench.sessions import Crowd, crowd
from bench.table import Row, markdown
from bench.wire import Wire, weigh
from tools.throttle import Speed, throttled

SITES = {
    "warm": sites.WARM,
    "cold": sites.COLD,
    "site": sites.STATIC,
    "dash": sites.DASH,
    "voila": sites.VOILA,
    "panel": sites.PANEL,
}
#: what is moved, what of it at the end of a long line; Panel has no chart
MOVED, FROM_AFAR = ("warm", "site", "dash", "voila"), ("warm", "dash")
#: a line as quick as any, but to the other side of the world
FAR = Speed(1_000_000, 300)
#: those that keep something of a visitor
WITH_KERNELS = ("warm", "voila")


@dataclass(frozen=True)
class Plan:
    """How often everything is done."""

    loads: int
    presses: int = 60
    sessions: int = 30
    seconds: int = 20
    visits: int = 30
    profiles: int = 5000
    imports: int = 9
    few: int = 500
    many: int = 5000


QUICK = Plan(
    loads=3, presses=20, sessions=6, seconds=5, visits=5, profiles=1000, imports=3, few=50, many=150
)
#: all that was measured, and its rows in the table
Measured = tuple[Any, list[Row]]


def main() -> None:
    """Print the table, and write every figure where `--json` says."""
    arguments = parse()
    plan = QUICK if arguments.quick else Plan(loads=arguments.loads)
    wanted = arguments.only or [part for part in PARTS if part != "fresh" or arguments.fresh]
    machine = about_the_machine()
    say("the peers' environment")
    sites.provide_peers()
    measured = {part: PARTS[part](plan) for part in wanted}
    rows = [row for _, of_part in measured.values() for row in of_part]
    print(markdown(machine, rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(record(plan, machine, measured), indent=2) + "\n")


def parse() -> argparse.Namespace:
    """What the user asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--loads", type=int, default=10, metavar="N", help="loads of each page")
    parser.add_argument("--quick", action="store_true", help="few of everything, to try it out")
    parser.add_argument(
        "--fresh", action="store_true", help="`make dashboard` in a fresh clone too"
    )
    parser.add_argument("--only", choices=list(PARTS), nargs="+", help="these figures alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write every figure")
    return parser.parse_args()


def about_the_machine() -> str:
    """What the figures were taken on, and how busy it was before."""
    with chromium() as browser:
        version = browser.version
    busy, _, _ = psutil.getloadavg()
    return (
        f"{date.today():%Y-%m-%d}, {os.cpu_count()} cores, {platform.platform(terse=True)}, "
        f"Python {platform.python_version()}, Chromium {version}, load {busy:.1f} before the run"
    )


@contextmanager
def all_served(keys: Iterable[str]) -> Iterator[tuple[list[Server], dict[str, str]]]:
    """The servers of these pages, and {page: address}."""
    with ExitStack() as stack:
        served = {key: stack.enter_context(SITES[key].served()) for key in keys}
        yield (
            [server for server, _ in served.values()],
            {key: url for key, (_, url) in served.items()},
        )


def measure_model(plan: Plan) -> Measured:
    """The model alone."""
    say("the model")
    measured = core.measure(plan.profiles, plan.imports)
    return measured, table.core_rows(measured)


def measure_loads(plan: Plan) -> Measured:
    """Loads of all pages in turn, so that a slow minute meets all of them."""
    loads: dict[str, list[Load]] = {key: [] for key in (*SITES, "again")}
    with chromium() as browser, all_served(SITES) as (servers, urls):
        for number in range(plan.loads):
            say(f"load {number + 1} of {plan.loads} of each page")
            for key, url in urls.items():
                wait_until_idle(servers)
                if key == "site":
                    first, again = load_twice(browser, url, SITES[key].parts)
                    loads["site"].append(first)
                    loads["again"].append(again)
                else:
                    loads[key].append(load(browser, url, SITES[key].parts))
    return loads, table.load_rows(loads)


def measure_steps(plan: Plan) -> Measured:
    """Key presses, one after the other with a rest, near and far, and many at once."""
    with chromium() as browser, all_served(MOVED) as (servers, urls):

        def moved(key: str, url: str) -> list[Any]:
            wait_until_idle(servers)
            say(f"{plan.presses} key presses, {SITES[key].name}")
            return steps(browser, url, SITES[key].parts, plan.presses)

        near = {key: moved(key, url) for key, url in urls.items()}
        far = {}
        for key in FROM_AFAR:
            with throttled(urls[key], FAR) as url:
                far[key] = moved(key, url)
        bursts = {key: burst(browser, url, SITES[key].parts, 60) for key, url in urls.items()}
    return [near, far, bursts], table.step_rows(near, far) + table.burst_rows(bursts)


def measure_bytes(_: Plan) -> Measured:
    """What each page costs to fetch."""
    wires: dict[str, Wire] = {}
    with chromium() as browser, all_served(SITES) as (servers, urls):
        for key, url in urls.items():
            say(f"bytes, {SITES[key].name}")
            wait_until_idle(servers)
            wires[key] = weigh(browser, url, SITES[key].parts, lines.SLOW)
    return wires, table.wire_rows(wires)


def measure_lines(plan: Plan) -> Measured:
    """Our pages at the end of slow lines."""
    say("slow lines")
    with chromium() as browser:
        waits = lines.waits(browser, max(1, plan.loads // 3))
    return waits, table.line_rows(waits)


def measure_sessions(plan: Plan) -> Measured:
    """A crowd on each page; a peer that gives up under it is left out of the table."""
    crowds = {"warm": crowd_of("warm", plan)}
    for key in ("dash", "voila"):
        try:
            crowds[key] = crowd_of(key, plan)
        except (RuntimeError, TimeoutError, OSError) as error:
            say(f"{SITES[key].name} gave up: {error}; its row stays empty")
    return crowds, table.crowd_rows(crowds)


def crowd_of(key: str, plan: Plan) -> Crowd:
    """Many sessions at once, on a server of their own."""
    site = SITES[key]
    assert site.open_session is not None, f"{site.name} has no sessions"
    say(f"{plan.sessions} sessions, {site.name}")
    with site.served() as (server, url):
        return asyncio.run(crowd(site.open_session, server, url, plan.sessions, plan.seconds))


def measure_kernels(plan: Plan) -> Measured:
    """Kernels that visits leave, each page on a server of its own."""
    with chromium() as browser:
        left = {key: visits_to(browser, key, plan.visits) for key in WITH_KERNELS}
    return left, table.kernel_rows(left)


def visits_to(browser: Browser, key: str, visits: int) -> Left:
    """Kernels that visits leave on a server of their own."""
    site = SITES[key]
    say(f"{visits} visits, {site.name}")
    with site.served() as (server, url):
        return left_behind(browser, server, url, site.parts, visits)


def measure_staying(plan: Plan) -> Measured:
    """What many moves on one page leave."""
    say(f"{plan.many} moves on one page")
    with chromium() as browser:
        stayed = staying.measure(browser, plan.few, plan.many)
    return stayed, table.staying_rows(stayed)


def measure_fresh(_: Plan) -> Measured:
    """A newcomer's wait."""
    say("a fresh clone")
    took = fresh_clone()
    return took, table.fresh_rows(took)


#: {part: what measures it alone}, in the order of the table
PARTS: dict[str, Callable[[Plan], Measured]] = {
    "loads": measure_loads,
    "steps": measure_steps,
    "bytes": measure_bytes,
    "lines": measure_lines,
    "sessions": measure_sessions,
    "kernels": measure_kernels,
    "model": measure_model,
    "staying": measure_staying,
    "fresh": measure_fresh,
}


def record(plan: Plan, machine: str, measured: dict[str, Measured]) -> dict[str, Any]:
    """All that was measured, and the rows of the table."""
    rows = [row for _, of_part in measured.values() for row in of_part]
    return {
        "plan": plain(plan),
        "machine": machine,
        "rows": [plain(row) | {"verdict": row.verdict} for row in rows],
        "figures": plain({part: figures for part, (figures, _) in measured.items()}),
    }


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def say(what: str) -> None:
    """Tell whoever waits what is being measured."""
    print(f"measuring: {what} ...", file=sys.stderr)


if __name__ == "__main__":
    main()
