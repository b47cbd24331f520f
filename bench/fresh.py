"""How long a newcomer waits: from `make dashboard` in a fresh clone to a slider that answers."""

import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]  # it ships no types

from bench.browser import chromium, load
from bench.servers import ROOT, Server, end, environment
from bench.sites import OURS


def fresh_clone() -> float:
    """Time from the command to an answering slider (s); the clone holds what is committed."""
    with TemporaryDirectory(prefix="crampnb-fresh-") as folder:
        subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
        return time_to_answer(Path(folder))


def time_to_answer(folder: Path) -> float:
    """Time of `make dashboard` in `folder` until a slider answers (s)."""
    settings = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    command = ["make", "dashboard", f"PYTHON={sys.executable}"]
    begin = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as popen:
        server = Server(psutil.Process(popen.pid), "")
        try:
            url = printed_address(popen)
            with chromium() as browser:
                waited = time.monotonic() - begin
                return waited + load(browser, url, OURS).interactive / 1000
        finally:
            end(server)


def printed_address(popen: subprocess.Popen[str]) -> str:
    """The first address that the command prints."""
    for line in popen.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise RuntimeError("`make dashboard` ended without an address")
