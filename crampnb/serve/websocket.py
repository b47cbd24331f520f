"""The line between a browser and its kernel: what may pass, how much of it, and how quickly.

A page says little: it asks which widgets there are, and moves them. Whatever else a stranger might
send ends here, before Jupyter or a kernel reads it. Frames have one form only, the binary one of
`v1.kernel.websocket.jupyter.org`: how many offsets, the offsets, then the parts they point to.
"""

import asyncio
import json
from itertools import pairwise
from typing import Any

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError

from crampnb.serve.http_server import Plain

PROTOCOL = "v1.kernel.websocket.jupyter.org"
#: bytes of one frame from a browser; what a page sends has fewer than 5,000
LARGEST = 65_536
#: offsets of a frame: of the channel, header, parent header, metadata and content, and the end
OFFSETS = 6
#: what a page sends; nothing of it runs code
ASKED = {"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"}
#: what a page reads; nothing of it holds what a kernel printed or where it failed
TOLD = {"comm_open", "comm_msg", "comm_close", "comm_info_reply", "kernel_info_reply", "status"}
#: the one channel that a page opens itself; all others are widgets that Python has made
CONTROL = "jupyter.widget.control"
#: messages at once, and then a second; a slider that is dragged sends no more than 60
BURST, RATE = 120, 60
#: bytes that may wait for a browser to read them; all widgets together are a tenth
UNREAD = 4_000_000
#: lines to one kernel at a time; a page has one, and another when it lost the first unseen
LINES = 4


def parse_frame(frame: bytes | str) -> list[bytes]:
    """Header, parent header, metadata and content of a frame from a browser.

    Nothing where the frame is not whole, or not one that a page would send.
    """
    try:
        channel, *texts = _parts(frame)
        header, _, _, content = parts = [json.loads(text) for text in texts]
    except (ValueError, RecursionError):
        return []
    if channel != b"shell" or not all(isinstance(part, dict) for part in parts):
        return []
    kind = header.get("msg_type")
    wanted = isinstance(kind, str) and kind in ASKED
    return texts if wanted and (kind != "comm_open" or _opens_control(content)) else []


def _opens_control(content: dict[str, Any]) -> bool:
    return bool(content.get("target_name") == CONTROL)


def _parts(frame: bytes | str) -> list[bytes]:
    """The parts of a frame; `ValueError` where it has not as many as it should."""
    if isinstance(frame, str) or int.from_bytes(frame[:8], "little") != OFFSETS:
        raise ValueError("not a frame of the protocol")
    offsets = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, OFFSETS + 1)]
    if offsets[0] < 8 * (OFFSETS + 1) or offsets != sorted(offsets) or offsets[-1] > len(frame):
        raise ValueError("offsets that point nowhere")
    return [frame[start:end] for start, end in pairwise(offsets)]


def is_told(frame: bytes) -> bool:
    """Whether a frame from a kernel is one that a page reads."""
    start, end = (int.from_bytes(frame[i : i + 8], "little") for i in (16, 24))
    return json.loads(frame[start:end])["msg_type"] in TOLD


class RateLimiter:
    """`BURST` messages pass at once and `RATE` a second from then on."""

    def __init__(self) -> None:
        self._due = 0.0

    def wait(self, now: float) -> float:
        """How long the next message has to wait (s)."""
        self._due = max(self._due, now - BURST / RATE) + 1 / RATE
        return max(0.0, self._due - now)


class Channels(Plain, KernelWebsocketHandler):
    """The line to a visitor's kernel."""

    connection: Any = None

    def initialize(self) -> None:
        """Start with nothing said and nothing unread."""
        self._limiter = RateLimiter()
        self._unread = 0

    async def pre_get(self) -> None:
        """Refuse another protocol with status 400 and too many lines with 429."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        if PROTOCOL not in map(str.strip, offered):
            raise HTTPError(400)
        if self.settings["kernel_manager"].lines(self.kernel_id) >= LINES:
            raise HTTPError(429)
        await super().pre_get()  # type: ignore[no-untyped-call]

    async def on_message(self, frame: bytes | str) -> None:
        """Pass a frame on at its time; the next is read only then, so a flood waits outside."""
        if wait := self._limiter.wait(asyncio.get_running_loop().time()):
            await asyncio.sleep(wait)
        # Jupyter's own reader takes the frames of a line that has just closed for those of another
        # protocol, and makes room for as many parts as their first bytes happen to say.
        shell = self.connection and self.connection.channels.get("shell")
        if shell and not shell.closed() and (parts := parse_frame(frame)):
            self.connection.session.send_raw(shell, parts)

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a frame that is for a page and that somebody still reads; its future, else None."""
        if self.ws_connection is None or self.ws_connection.is_closing() or not is_told(message):
            return None
        if self._unread > UNREAD:
            self.close()
            return None
        self._unread += len(message)
        sent = super().write_message(message, binary)
        sent.add_done_callback(lambda done: self._count_read(len(message), done))
        return sent

    def _count_read(self, size: int, done: "asyncio.Future[None]") -> None:
        self._unread -= size
        if not done.cancelled():
            done.exception()  # of a line that broke: seen, and nothing to report

    def log_exception(self, *details: Any) -> None:
        """Log a fault, which a visitor who leaves while the line is being opened is not."""
        if self.connection is not None:
            super().log_exception(*details)
