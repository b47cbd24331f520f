"""A dashboard's server of a test's own, and visits to it over plain HTTP."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import psutil  # type: ignore[import-untyped]
import pytest
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from crampnb.serve.kernels import WARM
from crampnb.serve.websocket import PROTOCOL

ROOT = Path(__file__).parents[1]
PROGRAM = """
import json, sys
from importlib import import_module
from pathlib import Path
from crampnb.serve.options import Options
from crampnb.serve.server import serve
options = json.loads(sys.argv[1])
for name, value in options.pop("bounds").items():
    module, _, bound = name.partition(".")
    setattr(import_module(f"crampnb.serve.{module}"), bound, value)
if "notebook" in options:
    options["notebook"] = Path(options["notebook"])
serve(Options(browser=False, **options))
"""
WAIT = 60  # seconds that a busy machine may need


class Served:
    """A running server: its port, what it keeps in its temporary folder, and its process."""

    def __init__(self, port: int, folder: Path, process: "subprocess.Popen[str]") -> None:
        self.port, self.folder, self._process = port, folder, process
        self.process = psutil.Process(process.pid)
        self.url = f"http://127.0.0.1:{port}/"
        self._visitors: set[str] = set()

    def said(self) -> str:
        """The next line of what it prints."""
        assert self._process.stdout
        return self._process.stdout.readline()

    def get(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers and body; the path goes out as it is written here."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request(
            method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self._visitors |= {kernel_in(body) or ""} - {""}
        return answer.status, answer.headers, body

    def visit(self) -> str:
        """Id of the kernel of a new visitor."""
        kernel_id = kernel_in(self.get()[2])
        assert kernel_id, "the page names no kernel"
        return kernel_id

    def leave(self, kernel_id: str, token: str = "0123abcd", sent: str = "0123abcd") -> int:
        """Status of the goodbye that a page sends."""
        path = f"/voila/api/shutdown/{kernel_id}?_xsrf={sent}"
        return self.get(path, "POST", Cookie=f"_xsrf={token}", Content_Length="0")[0]

    def rest(self) -> None:
        """All who got a page by `get` leave; come back when only the warm kernels are there.

        Without it a count may change at any moment: the pool fills up after the server says that
        it answers, and again after each visit.
        """
        gone = {f"kernel-{kernel_id}.json" for kernel_id in self._visitors}
        while self._visitors:
            self.leave(self._visitors.pop())
        until(lambda: self.kernels() == WARM and gone.isdisjoint(self.kernel_files()))

    def kernels(self) -> int:
        """How many kernels there are, the warm ones included."""
        return len(self.kernel_files())

    def kernel_files(self) -> set[str]:
        """The kernels' connection files: each has one while it lives."""
        return {path.name for path in self.folder.glob("crampnb-*/voila_*/kernel-*.json")}


def kernel_in(page: bytes) -> str | None:
    """Id of the kernel that a page names, as its script finds it."""
    found = re.search(rb'<script id="crampnb-kernel" type="application/json">(.*?)</script>', page)
    return found and json.loads(found[1])["kernelId"]


def until(holds: Callable[[], bool]) -> None:
    """Return as soon as the condition holds; fail if it does not come to."""
    for _ in range(WAIT * 20):
        if holds():
            return
        Event().wait(0.05)
    pytest.fail("waited in vain")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    folder: Path, wait: bool = True, bounds: dict[str, float] | None = None, **options: Any
) -> Iterator[Served]:
    """A server of its own; `wait` until it says that it answers. It leaves no file behind.

    `bounds` are other values for the constants of its modules: {"http_server.ASK_WITHIN": 1}.
    """
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            PROGRAM,
            json.dumps(options | {"port": port, "bounds": bounds or {}}),
        ],
        env=os.environ | {"TMPDIR": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        if wait:
            said = process.stdout.readline()
            assert said == f"The explainer is at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
        yield Served(port, folder, process)
    finally:
        process.terminate()
        process.communicate(timeout=WAIT)
    assert process.returncode == 0
    assert list(folder.iterdir()) == []


def notebook(path: Path, code: str) -> str:
    """Path of a notebook with one cell and our template."""
    content = json.loads((ROOT / "notebooks" / "dashboard.ipynb").read_text())
    content["cells"][0]["source"] = code
    path.write_text(json.dumps(content))
    return str(path)


@contextmanager
def held_back(folder: Path) -> Iterator[tuple[Served, Path]]:
    """A server that answers, and the file without which its notebook does not begin."""
    gate, kept = folder / "gate", folder / "server"
    kept.mkdir()
    code = f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.05)\n"
    code += "from crampnb.dashboard import explainer\nexplainer()"
    waiting = notebook(folder / "waiting.ipynb", code)
    with running(kept, wait=False, notebook=waiting) as server:
        until(lambda: answers(server.port))
        yield server, gate


class Visitor:
    """A browser's line to a kernel, spoken by hand; to be used in one event loop."""

    def __init__(self, server: Served, kernel_id: str) -> None:
        self.server, self.kernel_id, self.session = server, kernel_id, uuid4().hex
        self.line: WebSocketClientConnection

    async def __aenter__(self) -> "Visitor":
        """The visitor, connected."""
        address = f"ws://127.0.0.1:{self.server.port}/api/kernels/{self.kernel_id}/channels"
        request = HTTPRequest(
            f"{address}?session_id={self.session}", headers={"Origin": self.server.url[:-1]}
        )
        self.line = await websocket_connect(request, subprotocols=[PROTOCOL])
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the line."""
        self.line.close()

    async def say(self, frame: bytes | str) -> None:
        """Send a frame."""
        await self.line.write_message(frame, binary=isinstance(frame, bytes))

    async def hear(self, kind: str, parent: str) -> Any:
        """Content of the kernel's message of a kind that answers message `parent`."""
        while True:
            frame = await self.line.read_message()
            assert isinstance(frame, bytes), "the line was closed"
            _, texts = deserialize_msg_from_ws_v1(frame)  # type: ignore[no-untyped-call]
            header, to, _, content = (json.loads(text) for text in texts[:4])
            if header["msg_type"] == kind and to.get("msg_id") == parent:
                return content

    async def ask(self, kind: str, content: object) -> Any:
        """Content of the kernel's reply."""
        key = uuid4().hex
        await self.say(frame(kind, content, msg_id=key))
        return await self.hear(kind.replace("_request", "_reply"), key)


def frame(kind: str, content: object, channel: str = "shell", **header: str) -> bytes:
    """A message as a browser sends it."""
    head = {"msg_id": uuid4().hex, "msg_type": kind, "session": "s", "username": ""}
    head |= {"version": "5.3", "date": "2026-01-01T00:00:00Z", **header}
    metadata = {"version": "1.0.0"}  # of the widgets' control protocol
    return pack([json.dumps(part).encode() for part in (head, {}, metadata, content)], channel)


def pack(parts: list[bytes], channel: str = "shell") -> bytes:
    """A frame of these parts."""
    found: bytes = serialize_msg_to_ws_v1(parts, channel)  # type: ignore[no-untyped-call]
    return found


def halves(netloc: str, path: str, gate: Path) -> tuple[bytes, bytes]:
    """A page up to the end of what needs no kernel, and what comes once the gate is open."""
    with closing(HTTPConnection(netloc, timeout=WAIT)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        early = b""
        while b"</main>" not in early:
            early += answer.read1()
        gate.touch()
        return early, answer.read()
