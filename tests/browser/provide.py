"""A Chromium for the browser tests: the one installed, else Playwright's, else Debian's.

Run as a script it prints the path, and installs a browser first where there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "No browser for the tests: none is installed, Playwright's could not be downloaded or lacks "
    "system libraries, and apt-get could not install one (it needs root on Debian). Install "
    "Chromium or Google Chrome, or set CRAMPNB_BROWSER to the path of one, and run this again."
)


class BrowserMissingError(Exception):
    """No Chromium, and none could be installed."""


@cache
def browser() -> Path:
    """Path of a Chromium that runs, installed if need be; raises `BrowserMissingError`."""
    for provide in (installed, already_downloaded, downloaded, from_debian):
        if path := provide():
            return path
    raise BrowserMissingError(MISSING)


def installed() -> Path | None:
    """Path of the first Chromium or Chrome of this machine that runs, or None."""
    return next(filter(runs, candidates()), None)


def candidates() -> Iterator[Path]:
    """Places where a browser may be, the one that the user named first."""
    if named := os.environ.get("CRAMPNB_BROWSER"):
        yield Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from map(Path, MAC)


def already_downloaded() -> Path | None:
    """Path of Playwright's Chromium if an earlier download left one that runs, or None."""
    program = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    # A process of its own: the caller may have an event loop that Playwright would refuse.
    path = Path(output([sys.executable, "-c", program]).strip())
    return path if runs(path) else None


def downloaded() -> Path | None:
    """Path of Playwright's Chromium after a download, or None where that fails."""
    say("Downloading a browser ...")
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    # A network that swallows packets must not hold the tests up for minutes.
    finishes(command, 240, {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"})
    return already_downloaded()


def from_debian() -> Path | None:
    """Path of Debian's Chromium after apt-get has installed it, or None where that fails."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    say("Installing Debian's Chromium ...")
    # The package recommends no fonts, and without any a page has no text to measure.
    packages = ["chromium", "fonts-dejavu-core"]
    steps = (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    done = all(finishes(["apt-get", "--quiet", *step], 600, quiet) for step in steps)
    return installed() if done else None


def runs(path: Path) -> bool:
    """Whether the browser at `path` starts; one that lacks system libraries does not."""
    return path.is_file() and "Chrom" in output([str(path), "--version"])


def output(command: Sequence[str]) -> str:
    """What `command` prints, or nothing where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def finishes(command: Sequence[str], seconds: float, environment: Mapping[str, str]) -> bool:
    """Whether `command` succeeds within `seconds`; where it fails, the reason is shown."""
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=True,
            env={**os.environ, **environment},
        )
    except subprocess.CalledProcessError as error:
        say(reason(error.output))
    except (OSError, subprocess.TimeoutExpired) as error:
        say(str(error))
    else:
        return True
    return False


def reason(printed: str) -> str:
    """First line of `printed` that names an error, of Playwright's or apt-get's, else the last."""
    lines = printed.splitlines() or ["no word of why"]
    return next((line for line in lines if line.startswith(("Error", "E:"))), lines[-1])


def say(text: str) -> None:
    """Nothing; `text` goes to the person, on standard error, as standard output is the path."""
    print(text, file=sys.stderr)


def main() -> None:
    """Nothing; prints the path, or the one message on standard error and exit status 1."""
    try:
        print(browser())
    except BrowserMissingError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
