"""`python -m bench`: all figures, ours beside the peers', in one run and one table."""

import argparse
import asyncio
import json
import os
import platform
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser

from bench import core, sites, static
from bench.browser import Left, Load, Step, Wire, chromium, left_behind, load, steps, weigh
from bench.fresh import fresh_clone
from bench.servers import wait_until_idle
from bench.sessions import Crowd, crowd
from bench.table import Figures, Row, markdown, table

SITES = {"warm": sites.WARM, "cold": sites.COLD, "dash": sites.DASH, "voila": sites.VOILA}
ONE_OF_EACH = ("warm", "dash", "voila")
#: Dash keeps nothing of a visitor
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


QUICK = Plan(loads=3, presses=20, sessions=6, seconds=5, visits=5, profiles=1000, imports=3)


def main() -> None:
    """Nothing; prints the table, and writes every figure where `--json` says."""
    arguments = parse()
    plan = QUICK if arguments.quick else Plan(loads=arguments.loads)
    say("the peers' environment")
    sites.provide_peers()
    figures = measure(plan, arguments.fresh)
    rows = table(figures)
    print(markdown(figures.machine, rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(record(plan, figures, rows), indent=2) + "\n")


def parse() -> argparse.Namespace:
    """What the user asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--loads", type=int, default=10, metavar="N", help="loads of each page")
    parser.add_argument("--quick", action="store_true", help="few of everything, to try it out")
    parser.add_argument(
        "--fresh", action="store_true", help="`make dashboard` in a fresh clone too"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write every figure")
    return parser.parse_args()


def measure(plan: Plan, fresh: bool) -> Figures:
    """Every figure, one kind after the other so that none disturbs another."""
    machine = about_the_machine()
    say("the model")
    model = core.measure(plan.profiles, plan.imports)
    with chromium() as browser:
        loads, wires, moved = side_by_side(browser, plan)
        left = {key: visits_to(browser, key, plan.visits) for key in WITH_KERNELS}
        say("the site without a server")
        plain = static.measure(browser, plan.loads, plan.presses)
    crowds = crowds_of_all(plan)
    say("a fresh clone, if asked for")
    cloned = fresh_clone() if fresh else None
    return Figures(loads, wires, moved, crowds, left, model, cloned, machine, plain)


def about_the_machine() -> str:
    """What the figures were taken on, and how busy it was before."""
    with chromium() as browser:
        version = browser.version
    busy, _, _ = psutil.getloadavg()
    return (
        f"{date.today():%Y-%m-%d}, {os.cpu_count()} cores, {platform.platform(terse=True)}, "
        f"Python {platform.python_version()}, Chromium {version}, load {busy:.1f} before the run"
    )


def side_by_side(
    browser: Browser, plan: Plan
) -> tuple[dict[str, list[Load]], dict[str, Wire], dict[str, list[Step]]]:
    """Loads of all pages in turn, so that a slow minute meets all of them; bytes; steps."""
    loads: dict[str, list[Load]] = {key: [] for key in SITES}
    wires: dict[str, Wire] = {}
    moved: dict[str, list[Step]] = {}
    with ExitStack() as stack:
        served = {key: stack.enter_context(site.served()) for key, site in SITES.items()}
        servers = [server for server, _ in served.values()]
        for number in range(plan.loads):
            say(f"load {number + 1} of {plan.loads} of each page")
            for key, (_, url) in served.items():
                wait_until_idle(servers)
                loads[key].append(load(browser, url, SITES[key].parts))
        for key, (_, url) in served.items():
            say(f"bytes, {SITES[key].name}")
            wires[key] = weigh(browser, url, SITES[key].parts)
        for key in ONE_OF_EACH:
            say(f"{plan.presses} key presses, {SITES[key].name}")
            wait_until_idle(servers)
            moved[key] = steps(browser, served[key][1], SITES[key].parts, plan.presses)
    return loads, wires, moved


def visits_to(browser: Browser, key: str, visits: int) -> Left:
    """Kernels that visits leave on a server of their own."""
    site = SITES[key]
    say(f"{visits} visits, {site.name}")
    with site.served() as (server, url):
        return left_behind(browser, server, url, site.parts, visits)


def crowds_of_all(plan: Plan) -> dict[str, Crowd]:
    """A crowd on each site; a peer that gives up under it is left out of the table."""
    crowds = {"warm": crowd_of("warm", plan)}
    for key in ("dash", "voila"):
        try:
            crowds[key] = crowd_of(key, plan)
        except (RuntimeError, TimeoutError, OSError) as error:
            say(f"{SITES[key].name} gave up: {error}; its row stays empty")
    return crowds


def crowd_of(key: str, plan: Plan) -> Crowd:
    """Many sessions at once, on a server of their own."""
    site = SITES[key]
    say(f"{plan.sessions} sessions, {site.name}")
    with site.served() as (server, url):
        return asyncio.run(crowd(site.open_session, server, url, plan.sessions, plan.seconds))


def record(plan: Plan, figures: Figures, rows: list[Row]) -> dict[str, Any]:
    """All that was measured, and the rows of the table."""
    return {
        "plan": asdict(plan),
        "rows": [asdict(row) | {"verdict": row.verdict} for row in rows],
        "figures": asdict(figures),
    }


def say(what: str) -> None:
    """Nothing; tells whoever waits what is being measured."""
    print(f"measuring: {what} ...", file=sys.stderr)


if __name__ == "__main__":
    main()
