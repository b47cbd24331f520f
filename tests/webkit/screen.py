"""A screen that nobody sees, and what the pages on it write."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gi.repository import GLib


@contextmanager
def screen() -> Iterator[None]:
    """Let GTK draw on a display of its own."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout
        os.environ["DISPLAY"] = f":{running.stdout.readline().decode().strip()}"
        os.environ["GDK_BACKEND"] = "x11"
        try:
            yield
        finally:
            running.terminate()


def console(hear: Callable[[str], None]) -> int:
    """Let `hear` have each line of the pages' consoles; the file number of the former output.

    WebKit writes them to the standard error of the page's process, which inherits ours.
    """
    reading, writing = os.pipe()
    former = os.dup(2)
    os.dup2(writing, 2)
    rest = b""

    def read(*_: object) -> bool:
        nonlocal rest
        *lines, rest = (rest + os.read(reading, 65_536)).split(b"\n")
        for line in lines:
            hear(line.decode(errors="replace"))
        return True

    GLib.io_add_watch(reading, GLib.IO_IN, read)
    return former
