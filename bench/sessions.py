"""Sessions without browsers, so that thirty of them weigh on the server alone.

A session of a Voilà page is what its tab would be: the page fetched, its kernel's websocket
opened, the slider found among the widgets and moved by widget messages. A session of the Dash app
posts what its tab would post.
"""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, Protocol

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.peers.answer import SLIDERS, start
from bench.servers import Server, wait_until_idle

HYDRATION = SLIDERS[0]
#: how Voilà's pages speak to their kernels
PROTOCOL = "v1.kernel.websocket.jupyter.org"
#: what only a message with the sentence holds; of ours, where the browser writes that, what all
#: that Python draws comes in
SENTENCE, DRAWN = "people living like this", '"drawn"'
TIMEOUT = 60


class Session(Protocol):
    """Somebody who has the page open."""

    async def move(self, value: float) -> None:
        """Set "Hydration" (L/day) and return when the answer is there."""


Open = Callable[[str], Awaitable[Session]]


@dataclass(frozen=True)
class Crowd:
    """What many sessions at once cost."""

    sessions: int
    alone: float | None  #: server and kernels with one session (MB)
    together: float | None  #: with all of them, after everyone has moved for a while (MB)
    moves: Sequence[float]  #: from a moved slider to the sentence (ms)

    @property
    def each_further(self) -> float | None:
        """Memory for each session after the first (MB)."""
        if self.alone is None or self.together is None:
            return None
        return (self.together - self.alone) / (self.sessions - 1)


async def crowd(open_session: Open, server: Server, url: str, count: int, seconds: int) -> Crowd:
    """`count` sessions, each of which moves the slider once a second for `seconds`."""
    sessions = [await arrive(open_session, url)]
    alone = settled_memory(server)
    sessions += [await arrive(open_session, url) for _ in range(count - 1)]
    wait_until_idle([server])
    delays = [number / count for number in range(count)]
    moving = map(move_about, sessions, delays, [seconds] * count)
    moves = [took for of_one in await asyncio.gather(*moving) for took in of_one]
    return Crowd(count, alone, settled_memory(server), moves)


async def arrive(open_session: Open, url: str) -> Session:
    """A session that has moved the slider once, so that all it needs is loaded."""
    session = await open_session(url)
    for value in HYDRATION.range:
        await session.move(value)
    return session


async def move_about(session: Session, delay: float, seconds: int) -> list[float]:
    """From each move to its sentence (ms); the moves begin after `delay`, one a second (s)."""
    begin = time.perf_counter() + delay
    moves = []
    for second, value in enumerate(islice(cycle(HYDRATION.range), seconds)):
        await asyncio.sleep(begin + second - time.perf_counter())
        moved = time.perf_counter()
        await session.move(value)
        moves.append((time.perf_counter() - moved) * 1000)
    return moves


def settled_memory(server: Server) -> float | None:
    """Memory of the server and its kernels once they rest, the pool refilled (MB)."""
    wait_until_idle([server])
    return server.memory()


async def fetch(url: str, **options: Any) -> str:
    """The text at `url`."""
    request = HTTPRequest(url, request_timeout=TIMEOUT, **options)
    return (await AsyncHTTPClient().fetch(request)).body.decode()


@dataclass
class VoilaSession:
    """A visitor of a Voilà page: a kernel, its websocket, and the slider's model there."""

    socket: WebSocketClientConnection
    answered: str  #: what the answer to a move holds
    slider: str = ""

    @classmethod
    async def open(cls, url: str, answered: str = DRAWN) -> "VoilaSession":
        """A session of the page at `url`."""
        page = await fetch(url)
        found = re.search(r'"kernelId": *"([\w-]+)"', page)
        if found is None:
            raise RuntimeError(f"no kernel in {url}")
        origin = re.sub(r"^http(://[^/]+).*", r"ws\1", url)
        channels = f"{origin}/api/kernels/{found[1]}/channels?session_id={uuid.uuid4().hex}"
        socket = await websocket_connect(channels, subprotocols=[PROTOCOL], max_message_size=2**30)
        session = cls(socket, answered)
        session.slider = await session.find_slider()
        return session

    async def find_slider(self) -> str:
        """Key of the model of the "Hydration" slider."""
        comm = {"comm_id": uuid.uuid4().hex}
        await self.send("comm_open", comm | {"target_name": "jupyter.widget.control", "data": {}})
        asked = await self.send("comm_msg", comm | {"data": {"method": "request_states"}})
        answer = await self.answer(asked, '"update_states"')
        _, parts = deserialize_msg_from_ws_v1(answer)  # type: ignore[no-untyped-call]
        for key, model in json.loads(parts[3])["data"]["states"].items():
            if is_hydration(model["state"]):
                return str(key)
        raise RuntimeError("no slider among the widgets")

    async def move(self, value: float) -> None:
        """Set the slider and wait for what Python says of it."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        moved = await self.send("comm_msg", {"comm_id": self.slider, "data": data})
        await self.answer(moved, self.answered)

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """Key of the message that was sent to the kernel."""
        key = uuid.uuid4().hex
        header = {"msg_id": key, "msg_type": kind, "session": key, "username": "", "version": "5.3"}
        metadata = {"version": "1.0.0"}  # of the widgets' control protocol
        parts = [json.dumps(part).encode() for part in (header, {}, metadata, content)]
        frame = serialize_msg_to_ws_v1(parts, "shell")  # type: ignore[no-untyped-call]
        await self.socket.write_message(frame, binary=True)
        return key

    async def answer(self, asked: str, mark: str) -> bytes:
        """The first message that answers `asked` and holds `mark`."""
        async with asyncio.timeout(TIMEOUT):
            while (message := await self.socket.read_message()) is not None:
                found = message if isinstance(message, bytes) else message.encode()
                if asked.encode() in found and mark.encode() in found:
                    return found
        raise RuntimeError("the kernel has gone")


def is_hydration(state: dict[str, Any]) -> bool:
    """Whether a widget's state is that of the slider with Hydration's range and step."""
    expected = (*HYDRATION.range, HYDRATION.step)
    slider = str(state.get("_model_name", "")).endswith("SliderModel")
    return slider and (state.get("min"), state.get("max"), state.get("step")) == expected


@dataclass(frozen=True)
class DashSession:
    """A visitor of the Dash app; the server keeps nothing of one."""

    url: str

    @classmethod
    async def open(cls, url: str) -> "DashSession":
        """A session of the app at `url`."""
        await fetch(url)
        return cls(url)

    async def move(self, value: float) -> None:
        """Post the sliders' values and wait for the answer."""
        values = {slider.name: start(slider) for slider in SLIDERS} | {HYDRATION.name: value}
        outputs = [("sentence", "children"), ("bars", "figure")]
        question = {
            "output": "..sentence.children...bars.figure..",
            "outputs": [{"id": key, "property": name} for key, name in outputs],
            "inputs": [{"id": key, "property": "value", "value": v} for key, v in values.items()],
            "changedPropIds": [f"{HYDRATION.name}.value"],
        }
        answer = await fetch(
            f"{self.url}_dash-update-component",
            method="POST",
            body=json.dumps(question),
            headers={"Content-Type": "application/json"},
        )
        if SENTENCE not in answer:
            raise RuntimeError("no sentence in Dash's answer")
