"""What strangers on the web may do: how long it may take, how much is read, what is sent along.

`BoundedHTTPServer` is Tornado's server with bounds. Nobody is waited for without end, so
connections that do nothing cannot use it up.
"""

import re
import socket
from collections.abc import Mapping
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.iostream import IOStream
from tornado.routing import Matcher
from tornado.web import Application, HTTPError, OutputTransform, RequestHandler

#: connections that ask or wait, lines to kernels not counted; a browser opens six
CONNECTIONS = 400
#: seconds in which a whole request arrives; a connection that asks nothing ends after them too
ASK_WITHIN = 20
#: seconds in which a browser takes in something of what is sent to it
READ_WITHIN = 30
#: characters of an address, its query included; the page needs none
LONGEST_ADDRESS = 2_000
#: characters of all headers together; other programs on the same machine may have set cookies
LONGEST_HEADERS = 16_000
#: bytes of what is sent with a request; the goodbye of a page has 200
LARGEST_BODY = 4_096

#: {directive: sources} that every page of ours needs, whoever sends it
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",  # blob: is how widgets load their scripts, sent as text
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
#: no other page may show one of ours in itself; only a server's header can say so
UNFRAMED = {"frame-ancestors": "'self'"}


def policy_text(policy: Mapping[str, str]) -> str:
    """A Content-Security-Policy in its own words."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": policy_text(POLICY | UNFRAMED),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class BoundedHTTPServer(HTTPServer):
    """An HTTP server with bounds for time, sizes and connections."""

    def initialize(self, app: Application) -> None:  # type: ignore[override]
        """Start without a connection."""
        self._open = 0
        super().initialize(
            app,
            idle_connection_timeout=ASK_WITHIN,
            body_timeout=ASK_WITHIN,
            max_body_size=LARGEST_BODY,
        )

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Serve the connection, or close it where there are too many."""
        if self._open >= CONNECTIONS:
            stream.close()
            return
        self._open += 1
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: ends it when nothing sent is taken in
            took = READ_WITHIN * 1000
            stream.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, took)
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        """Make room for another."""
        self._open -= 1
        super().on_close(server_conn)


def has_left(request: HTTPServerRequest) -> bool:
    """Whether whoever asked has closed the connection; the event loop may not have seen it yet."""
    stream: IOStream = request.connection.stream  # type: ignore[union-attr]
    try:
        return stream.closed() or stream.socket.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


class SafeHeaders(OutputTransform):
    """`HEADERS` on every answer, errors and files included."""

    def transform_first_chunk(
        self, status_code: int, headers: Any, chunk: bytes, finishing: bool
    ) -> tuple[int, Any, bytes]:
        """The answer with our headers."""
        headers.pop("Server", None)  # nobody needs its version
        for name, value in HEADERS.items():
            headers[name] = value
        return status_code, headers, chunk


class Plain(RequestHandler):
    """Errors as one plain line, without Jupyter's page and its links."""

    def write_error(self, status_code: int, **details: Any) -> None:
        """Write the line."""
        RequestHandler.write_error(self, status_code)


class Oversized(Matcher):
    """Requests that say more than any page does."""

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """An empty mapping for a request that is refused, else None."""
        headers = sum(len(name) + len(value) for name, value in request.headers.get_all())
        return {} if address_is_long(request) or headers > LONGEST_HEADERS else None


def address_is_long(request: HTTPServerRequest) -> bool:
    """Whether the address asked for is longer than any that we know."""
    return len(request.uri or "") > LONGEST_ADDRESS


class TooMuch(Plain):
    """The answer to an oversized request."""

    def prepare(self) -> None:
        """Refuse the request before any handler's method is called."""
        raise HTTPError(414 if address_is_long(self.request) else 431)


class Health(Plain):
    """A sign of life for whoever looks after the server; no kernel is asked."""

    def get(self) -> None:
        """Say that the server is there."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish("ok\n")

    head = get


class Mended(Plain):
    """The page, for whom a mail program wrote the # of a link as %23, or a ? as %3F."""

    def initialize(self, base_url: str) -> None:
        """Keep where the page is."""
        self._page = base_url

    def get(self, settings: str) -> None:
        """Send on to the page with the settings where they belong, as they were written."""
        written = re.split("%23|%3f", self.request.path, maxsplit=1, flags=re.IGNORECASE)[1]
        self.set_header("Cache-Control", "no-store")
        self.redirect(f"{self._page}#{written}")

    head = get


class NotFound(Plain):
    """The answer for every other address."""

    def prepare(self) -> None:
        """Refuse the request before any handler's method is called."""
        raise HTTPError(404)
