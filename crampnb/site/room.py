"""The built site, sent to a room by one laptop: plain files, and nothing of a visitor's runs here.

Only files that were there at the start are sent, so no address can lead anywhere else. Texts are
packed once for all, as thirty browsers ask for the same ones in the same minute.
"""

import asyncio
import mimetypes
import signal
import socket
from collections.abc import Mapping
from functools import cached_property
from gzip import compress, decompress
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import Application

from crampnb.errors import CommandError
from crampnb.serve.http_server import BoundedHTTPServer, Plain
from crampnb.serve.sockets import listen
from crampnb.site.build import MARK
from crampnb.site.headers import RULES

PORT = 8868
INDEX, MISSING = "index.html", "404.html"
#: bytes that wait for one browser to take them
PIECE = 256_000
#: share of a file's bytes that packing has to save
WORTHWHILE = 0.1
#: kinds of files that `mimetypes` may not know, or that a machine's own list has wrong
KINDS = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".ipynb": "application/json",
}


class File:
    """A file of the site as it is sent."""

    def __init__(self, path: Path) -> None:
        """The file; it is read when it is first asked for."""
        self._path = path
        guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = KINDS.get(path.suffix, guessed)
        self.kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    @cached_property
    def _read(self) -> tuple[bytes, bool, str]:
        content = self._path.read_bytes()
        packed = compress(content, 6)
        small = len(packed) < (1 - WORTHWHILE) * len(content)
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        return (packed, True, tag) if small else (content, False, tag)

    @property
    def tag(self) -> str:
        """What a browser knows this very content by."""
        return self._read[2]

    def sent(self, gzip: bool) -> tuple[bytes, bool]:
        """What is sent to a browser that takes gzip or does not, and whether it is packed."""
        content, packed, _ = self._read
        return (decompress(content), False) if packed and not gzip else (content, packed)


def files_of(site: Path) -> dict[str, File]:
    """{path: file} of all that a built site has; `CommandError` where there is none."""
    if not (site / MARK).is_file():
        raise CommandError(f"{site}: must be a site; crampnb site --output {site} builds one")
    found = {
        path.relative_to(site).as_posix(): File(path)
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    folders = {name.removesuffix(INDEX): it for name, it in found.items() if name.endswith(INDEX)}
    return found | folders


class Sent(Plain):
    """One file, or the page that is shown where nothing is."""

    def initialize(self, files: Mapping[str, File]) -> None:
        """Keep what there is."""
        self._files = files

    def set_default_headers(self) -> None:
        """Send what a host is told to send with each path."""
        self.clear_header("Server")
        for rule, headers in RULES.items():
            start = rule.removesuffix("*")
            if self.request.path == rule or (start != rule and self.request.path.startswith(start)):
                for name, value in headers.items():
                    self.set_header(name, value)

    async def get(self, path: str) -> None:
        """Send the file, or only say that the browser has it already."""
        file = self._files.get(path)
        if file is None and f"{path}/" in self._files:
            self.redirect(f"/{path}/")
            return
        if file is None:
            self.set_status(404)
            file = self._files[MISSING]
        elif file.tag in self.request.headers.get("If-None-Match", ""):
            self.set_status(304)
            return
        await self._send(file)

    head = get

    async def _send(self, file: File) -> None:
        accepted = self.request.headers.get("Accept-Encoding", "")
        content, packed = file.sent("gzip" in accepted)
        if packed:
            self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Content-Type", file.kind)
        self.set_header("Content-Length", len(content))
        self.set_header("Etag", file.tag)
        if self.request.method == "HEAD":
            return
        try:
            for start in range(0, len(content), PIECE):
                self.write(content[start : start + PIECE])
                await self.flush()
        except StreamClosedError:  # whoever asked has left
            pass

    def compute_etag(self) -> str | None:
        """Leave it to `get`, which knows it."""
        return None


def application(site: Path) -> Application:
    """All that is sent."""
    return Application([(r"/(.*)", Sent, {"files": files_of(site)})], log_function=_unsaid)


def _unsaid(_: Any) -> None:
    """Write nothing about who asked for what."""


def serve(site: Path, host: str, port: int | None = None) -> None:
    """Send the site to whoever can reach this machine at `host`, until it is interrupted.

    `CommandError` where there is no site, or host or port cannot be had.
    """
    app = application(site)
    listening = listen(port, PORT, host)
    number = listening.getsockname()[1]
    print(f"The site is at {address(host, number)} (Ctrl-C ends it)", flush=True)
    asyncio.run(_run(app, listening))


async def _run(app: Application, listening: socket.socket) -> None:
    server = BoundedHTTPServer(app)
    server.add_sockets([listening])
    end, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, end.set)
        except NotImplementedError:  # Windows: Ctrl-C ends it all the same
            break
    await end.wait()
    server.stop()
    await server.close_all_connections()


def address(host: str, port: int) -> str:
    """What to write on the board for a server that listens on an IP address."""
    found = ip_address(_here(host) if ip_address(host).is_unspecified else host)
    return f"http://[{found}]:{port}/" if found.version == 6 else f"http://{found}:{port}/"


def _here(host: str) -> str:
    """This machine's address in its network, as far as it can be known; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation, which is nobody's
            return str(probe.getsockname()[0])
        except OSError:  # no network
            return host
