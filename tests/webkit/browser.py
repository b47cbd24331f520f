#!/usr/bin/python3
"""WebKitGTK as a browser that speaks WebDriver BiDi, so that Playwright drives it as it is.

Run by Debian's own Python, which has GTK's bindings. It prints its address and ends when Playwright
says so.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])
from tests.webkit.screen import screen  # noqa: E402

if __name__ == "__main__":
    with screen():
        from tests.webkit.commands import serve  # GTK looks for its screen when it is imported

        serve()
