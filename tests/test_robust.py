"""A public server among strangers: crowds, slow ones, nonsense and floods harm nobody else."""

import asyncio
import json
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tornado.httpclient import HTTPClientError

from crampnb.serve.kernels import WARM
from crampnb.serve.server import address
from crampnb.serve.websocket import (
    BURST,
    CONTROL,
    LARGEST,
    LINES,
    OFFSETS,
    RATE,
    RateLimiter,
    parse_frame,
)
from tests.serving import WAIT, Served, Visitor, frame, kernel_in, pack, running, until

CROWD = 200
VISITORS = 6
#: patience of the server in these tests (s); what would be waited for is the same
BOUNDS = {
    "http_server.ASK_WITHIN": 2,
    "http_server.READ_WITHIN": 2,
    "pages.READ_WITHIN": 2,
    "kernels.RETURN_WITHIN": 0.5,
    "kernels.HURRY_AFTER": 0.5,
    "kernels.CONNECT_WITHIN": 2,
}
MEGABYTE = 1_000_000
#: what the allocator may keep of the largest flood below, 30 MB that are copied on their way (MB)
FLOOD = 100
SITE = "https://example.org/crampnb"
SLIDER = {"method": "update", "buffer_paths": []}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("robust")
    with running(folder, bounds=BOUNDS, visitors=VISITORS) as served:
        yield served
        until(lambda: served.kernels() == WARM)


@pytest.fixture(scope="module")
def most(server: Served) -> float:
    """What the server may have grown to in the end, whatever it has been through (MB)."""
    return memory(server) + FLOOD


@pytest.fixture(autouse=True)
def unharmed(server: Served, most: float) -> Iterator[None]:
    """Whatever happens in a test: no kernel is left to it, and the server has not grown."""
    yield
    until(lambda: server.kernels() <= WARM)
    assert memory(server) < most


def memory(server: Served) -> float:
    """Memory of the server without its kernels (MB)."""
    return float(server.process.memory_info().rss) / MEGABYTE


def arrive(server: Served) -> str:
    """Id of the kernel of a new visitor, who comes back until there is a place."""
    found: list[str | None] = []

    def came() -> bool:
        found.append(kernel_in(server.get()[2]))
        return found[-1] is not None

    until(came)
    return str(found[-1])


def talk(server: Served, with_visitor: Callable[[Visitor], Awaitable[None]]) -> None:
    """Let a new visitor do something, and leave."""
    kernel_id = arrive(server)

    async def visit() -> None:
        async with Visitor(server, kernel_id) as visitor:
            await with_visitor(visitor)

    asyncio.run(asyncio.wait_for(visit(), WAIT))
    assert server.leave(kernel_id) == 204


async def widgets(visitor: Visitor) -> dict[str, dict[str, Any]]:
    """All widgets of the page, {id: state}, as a page asks for them."""
    key = uuid4().hex
    control = {"comm_id": key}
    await visitor.say(frame("comm_open", control | {"target_name": CONTROL, "data": {}}))
    asked = control | {"data": {"method": "request_states"}}
    await visitor.say(frame("comm_msg", asked, msg_id=key))
    states = (await visitor.hear("comm_msg", key))["data"]["states"]
    return {name: model["state"] for name, model in states.items()}


async def move(visitor: Visitor, slider: str, value: object) -> str:
    """Key of the message that moves a slider."""
    key = f"{slider} {value!r:.20} {time.monotonic()}"
    data = SLIDER | {"state": {"value": value}}
    await visitor.say(frame("comm_msg", {"comm_id": slider, "data": data}, msg_id=key))
    return key


def sliders(states: dict[str, dict[str, Any]]) -> list[str]:
    """Ids of the sliders among the widgets."""
    return [name for name, state in states.items() if state["_model_name"].endswith("SliderModel")]


async def answers(visitor: Visitor) -> None:
    """Fail unless a moved slider is answered with a sentence."""
    found = await widgets(visitor)
    slider = sliders(found)[0]
    here, low, high = (found[slider][name] for name in ("value", "min", "max"))
    moved = await move(visitor, slider, low if here == high else high)
    while "of 1,000" not in json.dumps(await visitor.hear("comm_msg", moved)):
        pass


# ---------------------------------------------------------------- crowds


def connected(server: Served, buffer: int | None = None) -> socket.socket:
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(WAIT)
    line.connect(("127.0.0.1", server.port))
    return line


def is_open(server: Served) -> bool:
    """Whether the server answers a new connection."""
    with suppress(OSError, HTTPException):
        return server.get("/health")[0] == 200
    return False


def ends(line: socket.socket) -> bool:
    """Whether the server ends a connection."""
    try:
        while line.recv(65536):
            pass
    except ConnectionError:
        pass
    line.close()
    return True


def test_two_hundred_who_leave_at_once_take_nobodys_place(server: Served) -> None:
    for _ in range(CROWD):
        with connected(server) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    talk(server, answers)


def test_slow_ones_are_not_waited_for(server: Served) -> None:
    """Half of them dribble what they ask, half of them never read; meanwhile others are served."""
    asking = [connected(server) for _ in range(CROWD // 2)]
    for line in asking:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    deaf = [connected(server, buffer=4096) for _ in range(CROWD // 2)]
    for line in deaf:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert server.get("/health")[0] == 200
    arrive(server)
    assert all(map(ends, asking + deaf))
    talk(server, answers)


# ---------------------------------------------------------------- nonsense


def offsets(*numbers: int, body: bytes = b"") -> bytes:
    """A frame that begins with these numbers."""
    return b"".join(number.to_bytes(8, "little") for number in numbers) + body


HEAD = 8 * (OFFSETS + 1)
DEEP = b"[" * 20_000 + b"]" * 20_000
NONSENSE: dict[str, bytes | str] = {
    "nothing": b"",
    "too short": b"\x06",
    "no JSON": offsets(OFFSETS, HEAD, HEAD + 5, *[HEAD + 6] * 4, body=b"shell{"),
    "no protocol of ours": json.dumps({"channel": "shell", "header": {"msg_type": "comm_msg"}}),
    "as many offsets as fit a number": offsets(2**64 - 1, *[HEAD] * OFFSETS),
    "more offsets than bytes": offsets(2**40),
    "offsets behind the end": offsets(OFFSETS, *[2**63] * OFFSETS),
    "offsets that go back": offsets(OFFSETS, HEAD + 5, *[HEAD] * 5, body=b"shell"),
    "offsets into themselves": offsets(OFFSETS, *[0] * OFFSETS),
    "empty parts": offsets(OFFSETS, *[HEAD] * OFFSETS),
    "a nest": pack([b'{"msg_type": "comm_msg"}', b"{}", b"{}", DEEP]),
    "content that is a list": frame("comm_msg", [1]),
    "a header without a kind": frame("comm_msg", {}).replace(b"msg_type", b"msg_typo"),
    "a kind that is a list": frame("comm_msg", {}).replace(b'"comm_msg"', b'["abc_d"]'),
    **{
        kind: frame(kind, {"code": "open(MARK, 'w')", "silent": False, "restart": False})
        for kind in (
            *("execute_request", "shutdown_request", "interrupt_request", "debug_request"),
            *("complete_request", "inspect_request", "history_request", "input_reply"),
            *("execute_input", "usage_request", "create_subshell_request", "no_such_request", ""),
        )
    },
    **{
        f"on {channel}": frame("kernel_info_request", {}, channel)
        for channel in ("control", "stdin", "iopub", "hb", "", "shell\0", "no such")
    },
    "another target": frame("comm_open", {"comm_id": "a", "target_name": "jupyter.widget"}),
    "no target": frame("comm_open", {"comm_id": "a"}),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_frame_that_no_page_sends_is_known(name: str) -> None:
    assert not parse_frame(NONSENSE[name])


@pytest.mark.parametrize("kind", ["comm_msg", "comm_close", "comm_info_request"])
def test_a_frame_that_pages_send_passes(kind: str) -> None:
    assert parse_frame(frame(kind, {"comm_id": "a"}))
    assert parse_frame(frame("comm_open", {"comm_id": "a", "target_name": CONTROL}))
    assert not parse_frame(frame(kind, {"comm_id": "a"})[:-1])


def test_nonsense_reaches_no_kernel(server: Served, tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    async def send(visitor: Visitor) -> None:
        for text in NONSENSE.values():
            if isinstance(text, bytes):
                text = text.replace(b"MARK", repr(str(mark)).encode())
            await visitor.say(text)
        assert "comms" in await visitor.ask("comm_info_request", {})
        await answers(visitor)

    talk(server, send)
    assert not mark.exists()


ABSURD: list[Any] = [
    *(float("nan"), float("inf"), -1e308, 10**400, True, None, [], {}, "", "x" * 50_000),
    *([[]] * 9, {"a": {"b": 1}}, ["\ud800"], "IPY_MODEL_no-such"),
]

ACTIONS: list[Any] = ["apply", "download", "link", "story", "scenario", "rest", "nothing", 1, []]
VALUES: list[Any] = ["x", "#" * 50_000, None, [], "v=1&" * 5000, "sitting=nan&age=1e999"]
SHAPES: list[Any] = [None, [], "x", {}, {"method": 1}, {"method": "update"}, {"state": []}]


def test_absurd_states_are_survived(server: Served) -> None:
    """Every widget is told nonsense; then each of another visitor's still answers, and ours too."""

    async def send(visitor: Visitor) -> None:
        found = await widgets(visitor)
        for name in [*sliders(found), "no-such-comm", ""]:
            for value in ABSURD:
                await move(visitor, name, value)
        page = next(name for name, state in found.items() if state["_model_name"] == "AnyModel")
        said = [{"action": action, "value": value} for action in ACTIONS for value in VALUES]
        for data in [*({"method": "custom", "content": content} for content in said), *SHAPES]:
            await visitor.say(frame("comm_msg", {"comm_id": page, "data": data}))
        await visitor.say(frame("comm_msg", {}))
        await answers(visitor)

    talk(server, send)


# ---------------------------------------------------------------- floods


def test_an_oversized_frame_ends_the_line_and_not_the_visit(server: Served) -> None:
    kernel_id = server.visit()

    async def send() -> None:
        async with Visitor(server, kernel_id) as visitor:
            await visitor.say(frame("comm_msg", {"comm_id": "x" * LARGEST}))
            while await visitor.line.read_message() is not None:
                pass
            assert visitor.line.close_code == 1009
        async with Visitor(server, kernel_id) as visitor:
            await answers(visitor)

    asyncio.run(asyncio.wait_for(send(), WAIT))


def test_a_flood_waits_outside_and_others_are_answered(server: Served) -> None:
    loud, calm = server.visit(), server.visit()

    async def pour(visitor: Visitor) -> None:
        for _ in range(100 * BURST):
            await visitor.say(frame("comm_msg", {"comm_id": "no such", "data": "x" * 30_000}))

    async def flood() -> None:
        async with Visitor(server, loud) as one, Visitor(server, calm) as other:
            pouring = asyncio.create_task(pour(one))
            for _ in range(5):
                await answers(other)
            assert not pouring.done()
            pouring.cancel()

    asyncio.run(asyncio.wait_for(flood(), WAIT))


def test_a_hand_is_not_held_up_and_a_flood_is() -> None:
    limiter = RateLimiter()
    assert [limiter.wait(1000 + i / RATE) for i in range(1000)] == [0] * 1000
    waits = [limiter.wait(2000) for _ in range(BURST + RATE)]
    assert max(waits[:BURST]) == 0
    assert waits[-1] == pytest.approx(1)


def test_who_asks_and_never_reads_is_let_go(server: Served) -> None:
    async def ask() -> None:
        async with Visitor(server, server.visit()) as visitor:
            found = await widgets(visitor)
            page = next(name for name, state in found.items() if state["_model_name"] == "AnyModel")
            data = {"method": "custom", "content": {"action": "plotly"}}
            for _ in range(20):  # 30 MB to read
                await visitor.say(frame("comm_msg", {"comm_id": page, "data": data}))
            until(lambda: server.kernels() == WARM)

    asyncio.run(asyncio.wait_for(ask(), WAIT))


def test_a_kernel_has_few_lines_and_all_speak_the_protocol(server: Served) -> None:
    kernel_id = server.visit()

    async def crowd() -> None:
        lines = [Visitor(server, kernel_id) for _ in range(LINES)]
        for line in lines:
            await line.__aenter__()
        with pytest.raises(HTTPClientError, match="429"):
            await Visitor(server, kernel_id).__aenter__()
        await answers(lines[0])
        for line in lines:
            await line.__aexit__()

    asyncio.run(asyncio.wait_for(crowd(), WAIT))
    path = f"/api/kernels/{kernel_id}/channels"
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
    assert server.get(path, Origin=server.url[:-1], **upgrade, **key)[0] == 400


# ---------------------------------------------------------------- requests


def test_nothing_of_an_address_reaches_the_next_kernel(server: Served) -> None:
    assert server.get("/?query=noise&template=lab&theme=dark")[0] == 200
    until(lambda: server.kernels() > WARM)
    kernels = server.process.children()
    assert kernels
    for kernel in kernels:
        assert "noise" not in json.dumps(kernel.environ())


def test_headers_without_end_are_not_read(server: Served) -> None:
    line = connected(server)
    line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 70_000)
    assert ends(line)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("192.0.2.7", "http://192.0.2.7:80/"),
        ("::", "http://[::1]:80/"),
        ("2001:db8::7", "http://[2001:db8::7]:80/"),
    ],
)
def test_the_address_that_is_announced(host: str, url: str) -> None:
    assert address(host, 80) == url


# ---------------------------------------------------------------- a small public server


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for the world with one place, from which who never connects is soon sent away."""
    bounds = {"kernels.HURRY_AFTER": 0.0, "http_server.CONNECTIONS": 5}
    folder = tmp_path_factory.mktemp("small")
    with running(folder, bounds=bounds, host="0.0.0.0", visitors=1, site=SITE) as served:
        assert f"Anyone who can reach port {served.port}" in served.said()
        yield served


def test_a_public_server_is_known_by_any_name(small: Served) -> None:
    assert small.get("/health", Host="cramps.example")[0] == 200
    assert small.get(Host="cramps.example")[0] == 200


def test_who_only_reads_gives_way_and_who_moves_sliders_stays(small: Served) -> None:
    first, second = small.visit(), small.visit()
    assert small.leave(first) == 404

    async def stay() -> None:
        async with Visitor(small, second) as visitor:
            status, _, body = small.get()
            assert status == 503
            assert b'<a href="https://example.org/crampnb/explainer/" data-site>' in body
            assert b"jupyter-widgets.js" not in body
            assert small.get("/health")[0] == 200
            await answers(visitor)

    asyncio.run(asyncio.wait_for(stay(), WAIT))
    assert small.leave(second) == 204


def is_answered(line: socket.socket) -> bool:
    """Whether the server answers on a connection, which stays."""
    try:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return line.recv(65536).startswith(b"HTTP/1.1 200 OK")
    except ConnectionError:
        return False


def test_more_connections_than_there_is_room_for_end_at_once(small: Served) -> None:
    inside: list[socket.socket] = []

    def all_are_in() -> bool:  # once those of an earlier test have gone
        for line in inside:
            line.close()
        inside[:] = [connected(small) for _ in range(5)]
        return all(map(is_answered, inside))

    until(all_are_in)
    assert ends(connected(small))
    for line in inside:
        assert is_answered(line)
        line.close()
    until(lambda: is_open(small))
