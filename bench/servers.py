"""Servers as they run: started, waited for, weighed with everything that they started, ended."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).parents[1]
MEGABYTE = 1e6
#: what a tree of processes may use and still be called idle (share of one core)
IDLE = 0.03


@dataclass(frozen=True)
class Server:
    """A running server and the processes it starts."""

    process: psutil.Process
    address: str

    def tree(self) -> list[psutil.Process]:
        """The server and all that came from it."""
        with suppress(psutil.NoSuchProcess):
            return [self.process, *self.process.children(recursive=True)]
        return []

    def memory(self) -> float | None:
        """Proportional set size of the tree (MB); None where the system does not tell."""
        sizes = [size for process in self.tree() if (size := memory(process)) is not None]
        return sum(sizes) if sizes else None

    def kernels(self) -> int:
        """Kernels that run, those of a preheated pool too."""
        return sum(is_kernel(process) for process in self.tree())

    def busy_seconds(self) -> float:
        """Processor time that the tree has used so far (s)."""
        return sum(map(busy_seconds, self.tree()))


def memory(process: psutil.Process) -> float | None:
    """Proportional set size (MB): pages that processes share are divided among them."""
    with suppress(psutil.Error, AttributeError):
        return float(process.memory_full_info().pss) / MEGABYTE
    return None


def is_kernel(process: psutil.Process) -> bool:
    """Whether the process was started with a kernel's connection file."""
    with suppress(psutil.Error):
        return any("kernel-" in word and ".json" in word for word in process.cmdline())
    return False


def busy_seconds(process: psutil.Process) -> float:
    """Processor time of one process (s)."""
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def wait_until_idle(servers: Sequence[Server], timeout: float = 60) -> None:
    """Wait for a second in which no process starts, ends or works."""
    deadline = time.monotonic() + timeout
    quiet = 0
    while quiet < 2 and time.monotonic() < deadline:
        before = [(len(server.tree()), server.busy_seconds()) for server in servers]
        time.sleep(0.5)
        after = [(len(server.tree()), server.busy_seconds()) for server in servers]
        calm = all(
            count == later and busy - was < 0.5 * IDLE
            for (count, was), (later, busy) in zip(before, after, strict=True)
        )
        quiet = quiet + 1 if calm else 0


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[Server]:
    """A server for as long as the block runs; it answers and is idle when the block begins."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as popen:
        server = Server(psutil.Process(popen.pid), address)
        try:
            wait_until_answering(popen, address)
            wait_until_idle([server])
            yield server
        finally:
            end(server)


def environment() -> dict[str, str]:
    """Environment of a server: bytecode is kept, and nothing of this `make` is passed on."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"PYTHONPATH": str(ROOT), "BROWSER": "true"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_answering(popen: subprocess.Popen[bytes], address: str, timeout: float = 60) -> None:
    """Return when the server answers; `RuntimeError` if it ends or does not in time (s)."""
    deadline = time.monotonic() + timeout
    while popen.poll() is None and time.monotonic() < deadline:
        # Any reply will do, and asking for the page itself would start a kernel.
        with suppress(urllib.error.URLError):
            return answer_to(f"{address}/favicon.ico")
        time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")


def answer_to(url: str) -> None:
    """Ask for an address; `URLError` if nobody is there. "Not found" is an answer."""
    with suppress(urllib.error.HTTPError), urllib.request.urlopen(url, timeout=10):
        pass


def end(server: Server) -> None:
    """End the server politely, then whatever of its tree is still there."""
    tree = server.tree()
    for process in tree[:1]:
        process.terminate()
    _, alive = psutil.wait_procs(tree, timeout=10)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
