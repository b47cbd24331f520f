"""The browsers of the tests: the ones installed, else Playwright's Chromium, else Debian's.

Run as a script, with the names of engines or none for Chromium, it prints the paths, and installs
first what is missing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
#: Debian's own Python, which has the bindings of GTK and WebKitGTK
PYTHON = "/usr/bin/python3"
WEBKIT = (
    "import gi\n"
    "for name in (('WebKit2', '4.1'), ('Soup', '3.0')): gi.require_version(*name)\n"
    "from gi.repository import WebKit2\n"
    "print(f'WebKitGTK {WebKit2.get_major_version()}.{WebKit2.get_minor_version()}')"
)
PACKAGES = {
    "chromium": ["chromium"],
    "firefox": ["firefox-esr"],
    "webkit": ["python3-gi", "gir1.2-webkit2-4.1", "xvfb"],
}
NEITHER = (
    "No {name} for the tests: it comes from Debian's packages {packages}, and apt-get could not "
    "install them here (it needs root on Debian or Ubuntu). Run this on such a machine, or test "
    "with Chromium alone: make test."
)
MISSING = (
    "No browser for the tests: none is installed, Playwright's could not be downloaded or lacks "
    "system libraries, and apt-get could not install one (it needs root on Debian). Install "
    "Chromium or Google Chrome, or set CRAMPNB_BROWSER to the path of one, and run this again."
)


class BrowserMissingError(Exception):
    """A browser is not there and could not be installed."""


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
    return installed() if debian_installs("chromium") else None


@cache
def firefox() -> Path:
    """Path of a Firefox that runs, installed if need be; raises `BrowserMissingError`."""
    return of_debian("firefox", firefox_installed)


def firefox_installed() -> Path | None:
    """Path of the Firefox of this machine, or None."""
    found = filter(None, map(shutil.which, ("firefox-esr", "firefox")))
    return next((Path(path) for path in found if "Firefox" in output([path, "--version"])), None)


@cache
def webkit() -> Path:
    """Path of a Python that runs WebKitGTK, installed if need be; raises `BrowserMissingError`."""
    return of_debian("webkit", webkit_installed)


def webkit_installed() -> Path | None:
    """Path of Debian's Python if it has WebKitGTK and a screen that nobody sees, or None."""
    there = shutil.which("Xvfb") and "WebKitGTK" in output([PYTHON, "-c", WEBKIT])
    return Path(PYTHON) if there else None


def of_debian(name: str, installed: Callable[[], Path | None]) -> Path:
    """Path of a browser that only Debian's packages bring; raises `BrowserMissingError`."""
    found = installed() or (installed() if debian_installs(name) else None)
    if found:
        return found
    raise BrowserMissingError(NEITHER.format(name=name, packages=", ".join(PACKAGES[name])))


def debian_installs(name: str) -> bool:
    """Whether apt-get has installed a browser; it needs root."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return False
    say(f"Installing Debian's packages for {name} ...")
    # The packages recommend no fonts, and without any a page has no text to measure.
    packages = [*PACKAGES[name], "fonts-dejavu-core"]
    steps = (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # Another program may be installing something: that is waited for.
    command = ["apt-get", "--quiet", "--option", "DPkg::Lock::Timeout=300"]
    return all(finishes([*command, *step], 600, quiet) for step in steps)


PROVIDERS = {"chromium": browser, "firefox": firefox, "webkit": webkit}


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
    """Tell the person `text`, on standard error, as standard output is the path."""
    print(text, file=sys.stderr)


def main() -> None:
    """Print the paths, or the one message on standard error and exit status 1."""
    try:
        for name in sys.argv[1:] or ["chromium"]:
            print(PROVIDERS[name]())
    except BrowserMissingError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
