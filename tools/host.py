"""A host of plain files, `python -m tools.host FOLDER`: it prints its address and serves.

As `http.server`, which lets only five connections wait: on a busy machine a browser's seventh is
then lost for up to 20 s. Any real host lets more of them wait.
"""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Files(SimpleHTTPRequestHandler):
    """The files of a folder, one connection for many of them."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Log no request."""


class Host(ThreadingHTTPServer):
    """The server; any free port where none is named."""

    request_queue_size = 128

    def __init__(self, folder: str, files: type[Files] = Files, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), partial(files, directory=folder))

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}/"


if __name__ == "__main__":
    with Host(sys.argv[1]) as host:
        print(host.address, flush=True)
        host.serve_forever()
