"""A slow and distant line in front of any server.

It passes on bytes, so it slows pages, websockets and workers alike, for every browser.
"""

import asyncio
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

#: bytes passed on at once
PIECE = 8_192
#: pieces on their way at a time; what is more waits with its sender
ON_THE_WAY = 32


@dataclass(frozen=True)
class Speed:
    """How a line is."""

    kbit: float  #: (kbit/s) of all connections together
    delay: float  #: (ms) there and back

    def __str__(self) -> str:
        return f"{self.kbit / 1000:g} Mbit/s, {self.delay:g} ms"


@dataclass
class Meter:
    """What a line has carried to browsers."""

    pieces: list[tuple[float, int]] = field(default_factory=list)  #: (wall clock (s), bytes)

    def until(self, moment: float) -> int:
        """Bytes that had arrived at a moment of the wall clock (s)."""
        return sum(size for when, size in self.pieces if when <= moment)


class Throttle:
    """A listener that passes on what comes, at a speed, to the server at an address."""

    def __init__(self, address: str, speed: Speed, meter: Meter) -> None:
        self._meter = meter
        place = urlsplit(address)
        self._server = (place.hostname, place.port)
        self._one_way = speed.delay / 2000
        self._rate = speed.kbit * 125
        self._due = 0.0

    async def connect(self, browser: StreamReader, to_browser: StreamWriter) -> None:
        """Serve one connection of a browser."""
        await asyncio.sleep(2 * self._one_way)  # the greeting of two machines
        server, to_server = await asyncio.open_connection(*self._server)
        await asyncio.gather(
            self._pass_on(browser, to_server, to_browser=False),
            self._pass_on(server, to_browser, to_browser=True),
        )

    async def _pass_on(self, source: StreamReader, target: StreamWriter, to_browser: bool) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(ON_THE_WAY)
        arriving = asyncio.create_task(self._deliver(pieces, target, to_browser))
        with suppress(ConnectionError):
            while piece := await source.read(PIECE):
                if to_browser:
                    await self._take_time(len(piece))
                await pieces.put((self._now() + self._one_way, piece))
        await pieces.put((0.0, b""))
        await arriving

    async def _deliver(
        self,
        pieces: "asyncio.Queue[tuple[float, bytes]]",
        target: StreamWriter,
        to_browser: bool,
    ) -> None:
        """Hand over each piece when its time has come; nothing is heard of a line that broke."""
        broken = False
        while (arrival := await pieces.get())[1]:
            await asyncio.sleep(arrival[0] - self._now())
            if to_browser:
                self._meter.pieces.append((time.time(), len(arrival[1])))
            try:
                target.write(arrival[1])
                await target.drain()
            except ConnectionError:
                broken = True
        if not broken:
            target.close()

    async def _take_time(self, size: int) -> None:
        self._due = max(self._due, self._now()) + size / self._rate
        await asyncio.sleep(self._due - self._now())

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


@contextmanager
def throttled(address: str, speed: Speed, meter: Meter | None = None) -> Iterator[str]:
    """Address at which a server answers at a speed; the meter counts what a browser gets."""
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Future()

    async def serve() -> None:
        over = asyncio.Event()
        connect = Throttle(address, speed, meter or Meter()).connect
        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            started.set_result((asyncio.get_running_loop(), over, port))
            await over.wait()

    # Playwright has a loop of its own in this thread; `run` ends with every connection.
    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    loop, over, port = started.result()
    try:
        yield f"http://127.0.0.1:{port}{urlsplit(address).path}"
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
