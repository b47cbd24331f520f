"""The site on a slow line, from three hosts.

Each takes more than a minute in each browser, so only `make test-browsers` runs them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import answering
from tests.browser.nginx import serving_by_nginx
from tests.browser.visits import Visits, shows, slider
from tools.throttle import Speed, throttled

#: a mobile line at its worst
SLOW = Speed(1_600, 150)
HOSTS: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "http.server": lambda folder: answering(
        "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)
    ),
    "keeps its connections": lambda folder: answering("tools.host", str(folder)),
    "nginx": serving_by_nginx,
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_it_wakes_up_on_a_slow_line(
    visits: Visits, folder: Path, host: Callable[[Path], AbstractContextManager[str]]
) -> None:
    with host(folder) as fast, throttled(f"{fast}explainer/", SLOW) as visits.address:
        page = visits.open()
        sliders = page.locator("#crampnb-page")
        expect(sliders).to_have_attribute("data-crampnb", "ready", timeout=150_000)
        slider(page, "sitting").press("End")
        shows(page, {"sitting": 16})
