"""Hosts as the world has them: late, busy, and with lines that stall or break in the middle."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO

from tools.host import Files, Host


@dataclass
class Line:
    """How a host's line to a visitor is; what it carried is noted."""

    held: dict[str, float] = field(default_factory=dict)  #: seconds, {file name: before its body}
    stalls: dict[str, int] = field(default_factory=dict)  #: {file name: bytes before nothing comes}
    cuts: dict[str, int] = field(default_factory=dict)  #: {file name: bytes before the line breaks}
    busy: set[str] = field(default_factory=set)  #: names of files that are answered with 503 once
    mute: dict[str, int] = field(default_factory=dict)  #: {file name: how often it is not answered}
    types: dict[str, str] = field(default_factory=dict)  #: {ending: content type}
    headers: dict[str, str] = field(default_factory=dict)  #: sent with everything
    ranges: bool = True  #: whether a file may be asked for from its middle
    asked: list[tuple[str, str]] = field(default_factory=list)  #: (file name, range) of requests
    waits: str = ""  #: name of the file whose line breaks only when `breaks` is set
    breaks: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)  #: set when the host ends


class OnLine(Files):
    """The files of a folder at the end of a line."""

    line: Line

    @property
    def name(self) -> str:
        """Name of the file asked for."""
        return self.path.partition("?")[0].rsplit("/", 1)[-1]

    def do_GET(self) -> None:  # noqa: N802, the name that the library calls
        """Send a file, or the part asked for, as the line is."""
        asked = self.headers.get("Range", "")
        self.line.asked.append((self.name, asked))
        if self.line.mute.get(self.name):
            self.line.mute[self.name] -= 1
            self.close_connection = True
        elif self.name in self.line.busy:
            self.line.busy.remove(self.name)
            self.send_error(503)
        elif self.line.ranges and (start := re.fullmatch(r"bytes=(\d+)-", asked)):
            self._send_rest(int(start[1]))
        else:
            super().do_GET()

    def _send_rest(self, start: int) -> None:
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        modified = Path(self.translate_path(self.path)).stat().st_mtime
        self.send_header("Last-Modified", self.date_time_string(int(modified)))
        self.end_headers()
        self._send(content[start:])

    def copyfile(self, source: Any, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send the whole file."""
        self.line.over.wait(self.line.held.get(self.name, 0.0))
        self._send(source.read())

    def _send(self, content: bytes) -> None:
        stall, cut = (each.pop(self.name, None) for each in (self.line.stalls, self.line.cuts))
        sent = content[: stall or cut]
        self.wfile.write(sent)
        if stall:
            self.line.over.wait()
        if cut and self.line.waits == self.name:
            self.line.breaks.wait()
        if stall or cut:
            self.close_connection = True

    def end_headers(self) -> None:
        """Add what this host sends with everything."""
        for name, value in self.line.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        """Content type of a file, as this host sees it."""
        return self.line.types.get(Path(path).suffix) or super().guess_type(path)


@contextmanager
def at_the_end_of(line: Line, folder: Path) -> Iterator[str]:
    """Address of a folder's files at the end of a line."""
    with Host(str(folder), type("Lined", (OnLine,), {"line": line})) as host:
        Thread(target=host.serve_forever, daemon=True).start()
        try:
            yield host.address
        finally:
            line.over.set()
            host.shutdown()
