"""Staying power: what the page and its kernel keep of many moves, once their garbage is collected.

The page is weighed by a snapshot of its heap, without the machine code that the browser compiles
as it learns what a page does often: that is counted apart.
"""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.browser import KEYS, until_answered, visitor
from bench.servers import MEGABYTE, Server, is_kernel
from bench.sites import OURS, WARM
from tools.waiting import comes_true


@dataclass(frozen=True)
class Weight:
    """What is kept after some moves (MB)."""

    objects: float  #: all that the page's heap holds but compiled code
    code: float
    kernel: float  #: resident memory of the busiest kernel


@dataclass(frozen=True)
class Staying:
    """The same page after few moves and after many."""

    few: int
    many: int
    before: Weight
    after: Weight

    def growth(self, kind: str) -> float:
        """How much more is kept after many moves (%)."""
        before, after = getattr(self.before, kind), getattr(self.after, kind)
        return float(100 * (after / before - 1))


def measure(browser: Browser, few: int, many: int) -> Staying:
    """One visitor who moves a slider `many` times, weighed after `few` of them as well."""
    with WARM.served() as (server, url), visitor(browser, OURS) as page:
        page.goto(url, wait_until="commit")
        until_answered(page)
        page.wait_for_load_state("networkidle")
        session = page.context.new_cdp_session(page)
        move(page, few)
        before = weigh(session, server)
        move(page, many - few)
        return Staying(few, many, before, weigh(session, server))


def move(page: Page, times: int) -> None:
    """Press keys on the slider, each when the one before is answered, by Python too."""
    for i in range(times):
        page.evaluate("benchProbe.clear()")
        page.keyboard.press(KEYS[i % 2])
        comes_true(page, "benchProbe.changes.length && benchProbe.isSettled()")


def weigh(session: CDPSession, server: Server) -> Weight:
    """The page and its kernel now."""
    sizes = heap(session)
    code = sizes.pop("code")
    kernels = (process for process in server.tree() if is_kernel(process))
    busiest = max(kernels, key=lambda process: sum(process.cpu_times()[:2]))
    kernel = busiest.memory_info().rss / MEGABYTE
    return Weight(sum(sizes.values()) / MEGABYTE, code / MEGABYTE, kernel)


def heap(session: CDPSession) -> dict[str, int]:
    """{kind of object: bytes that all of it takes}; a snapshot collects garbage first."""
    pieces: list[str] = []

    def take(event: dict[str, Any]) -> None:
        pieces.append(event["chunk"])

    session.on("HeapProfiler.addHeapSnapshotChunk", take)
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.remove_listener("HeapProfiler.addHeapSnapshotChunk", take)
    return sizes_of(json.loads("".join(pieces)))


def sizes_of(snapshot: dict[str, Any]) -> dict[str, int]:
    """{kind of object: bytes} of a heap snapshot, whose nodes are one long row of numbers."""
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    width, kinds = len(meta["node_fields"]), meta["node_types"][0]
    kind, size = meta["node_fields"].index("type"), meta["node_fields"].index("self_size")
    sizes = dict.fromkeys(kinds, 0)
    for start in range(0, len(nodes), width):
        sizes[kinds[nodes[start + kind]]] += nodes[start + size]
    return sizes
