"""Behind a real nginx: the dashboard below a path, with the settings that README gives."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.browser import nginx
from tests.browser.conftest import answering
from tests.browser.nginx import serving_by_nginx
from tests.browser.visits import Visits, charts_are_drawn, kernel_of, ready, shows, slider
from tests.serving import halves, held_back, until

README = Path(__file__).parents[2] / "README.md"
RULES = re.findall(r"```nginx\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


@contextmanager
def proxied(base_url: str = "/cramps/") -> Iterator[str]:
    """Address below which nginx shows a dashboard as README says."""
    options = ("--port", "0", "--no-browser", "--base-url", base_url)
    with answering("crampnb.cli", "dashboard", *options) as dashboard:
        here = f"http://{urlsplit(dashboard).netloc}"
        rules = RULES[0].replace("http://127.0.0.1:8866", here)
        assert here in rules
        with nginx.running(rules) as address:
            yield f"{address}/cramps/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with proxied() as found:
        yield found


def answered(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status, and the address that the answer sends on to."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Location", "")


def test_the_page_is_alive_below_a_path_and_its_kernel_ends_with_it(visits: Visits) -> None:
    page = ready(visits.open("#v=1&sitting=10"))
    charts_are_drawn(page)
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
    kernel = kernel_of(page)
    page.goto("about:blank")
    until(lambda: not kernel.is_running())


def test_the_first_part_of_the_page_is_not_held_back(tmp_path: Path) -> None:
    with (
        held_back(tmp_path) as (server, gate),
        nginx.running(f"location / {{ proxy_pass {server.url}; }}") as address,
    ):
        early, late = halves(urlsplit(address).netloc, "/", gate)
    assert b"kernelId" not in early
    assert b"kernelId" in late


@pytest.mark.parametrize(
    ("method", "path", "status", "goes_to"),
    [
        ("GET", "/cramps/health", 200, ""),
        ("HEAD", "/cramps/", 200, ""),
        ("GET", "/cramps/nowhere", 404, ""),
        ("GET", "/cramps/%23v=1&sitting=10", 302, "/cramps/#v=1&sitting=10"),
        ("GET", "/cramps/%3Fv=1&sitting=10", 302, "/cramps/#v=1&sitting=10"),
    ],
)
def test_all_addresses_are_below_the_path(
    address: str, method: str, path: str, status: int, goes_to: str
) -> None:
    assert answered(address, path, method) == (status, goes_to)


def test_the_page_is_known_by_the_name_that_it_was_given() -> None:
    with proxied("https://cramps.example/cramps") as address:
        assert answered(address, "/cramps/", "HEAD", Host="cramps.example")[0] == 200
        assert answered(address, "/cramps/", "HEAD", Host="attacker.example")[0] == 403


@pytest.mark.parametrize("path", ["/", "/some/path/"])
def test_nginx_serves_the_files_of_a_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "index.html").write_text("<p>here</p>")
    (tmp_path / "one.js").write_text("1")
    with serving_by_nginx(tmp_path, path, "gzip on;") as address:
        assert address.endswith(path)
        with urlopen(address) as answer:
            assert answer.read() == b"<p>here</p>"
            assert answer.headers["Server"].startswith("nginx")
        with urlopen(f"{address}one.js") as answer:
            assert answer.headers["Content-Type"] == "application/javascript"


def test_a_missing_nginx_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "PLACES", "")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(nginx.NginxMissingError, match="apt-get install"):
        nginx.nginx.__wrapped__()
