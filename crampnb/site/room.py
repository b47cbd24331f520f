"""The built site, sent to a room by one laptop: files alone; nothing of a visitor runs here."""

import asyncio
import signal
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from tornado.web import Application, GZipContentEncoding, StaticFileHandler

from crampnb.errors import CommandError
from crampnb.serve.http_server import BoundedHTTPServer
from crampnb.serve.sockets import listen
from crampnb.site.build import MARK
from crampnb.site.headers import RULES

PORT = 8868
INDEX, MISSING = "index.html", "404.html"
#: kinds of files that a machine's own list may not have, or have wrong
KINDS = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".ipynb": "application/json",
    ".bin": "application/octet-stream",
}


class Packed(GZipContentEncoding):
    """Texts as gzip, and the lessons' Python, which is a third as large then."""

    CONTENT_TYPES = GZipContentEncoding.CONTENT_TYPES | {KINDS[".wasm"]}
    GZIP_LEVEL = 1  # thirty ask at once, and the room's line is no quicker than this


class Sent(StaticFileHandler):
    """One file, or the page that is shown where nothing is."""

    def set_default_headers(self) -> None:
        """Send what a host is told to send with each path."""
        self.clear_header("Server")
        for rule, headers in RULES.items():
            start = rule.removesuffix("*")
            if self.request.path == rule or (start != rule and self.request.path.startswith(start)):
                for name, value in headers.items():
                    self.set_header(name, value)

    def set_extra_headers(self, path: str) -> None:
        """Undo what would let a browser keep a file without asking again."""
        self.set_header("Cache-Control", RULES["/*"]["Cache-Control"])

    def get_content_type(self) -> str:
        """The kind of the file, whatever this machine takes it for."""
        return KINDS.get(Path(self.absolute_path or "").suffix) or super().get_content_type()

    def write_error(self, status_code: int, **details: Any) -> None:
        """Show the page that is shown where nothing is."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(Path(self.root, MISSING).read_bytes())

    def log_exception(self, *details: Any) -> None:
        """Write nothing about who asked for what."""


def application(site: Path) -> Application:
    """All that is sent; `CommandError` where there is no built site."""
    if not (site / MARK).is_file():
        raise CommandError(f"{site}: must be a site; crampnb site --output {site} builds one")
    sent = (r"/(.*)", Sent, {"path": str(site.resolve()), "default_filename": INDEX})
    return Application([sent], transforms=[Packed], log_function=lambda _: None)


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
