"""The site sent to a room: its files, nothing else, with what a host should send along."""

import asyncio
import gzip
import random
import socket
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer

from crampnb.cli import main
from crampnb.errors import CommandError
from crampnb.site.build import MARK
from crampnb.site.headers import CONTENT
from crampnb.site.room import address, application

LONG = b"let long = 1;\n" * 50_000
NOISE = random.Random(1).randbytes(1000)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that looks like a site, beside a file that is not of it."""
    site = tmp_path / "site"
    (site / "teachers").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    for name in (MARK, "index.html", "404.html", "teachers/index.html"):
        (site / name).write_text(f"this is {name}")
    (site / "long.js").write_bytes(LONG)
    (site / "python.bin").write_bytes(NOISE)
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


def asked(site: Path, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """What is answered, as it comes."""

    async def ask() -> HTTPResponse:
        server = HTTPServer(application(site))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setblocking(False)
            server.add_sockets([listening])
            url = f"http://127.0.0.1:{listening.getsockname()[1]}/{path}"
            options = {
                "follow_redirects": False,
                "raise_error": False,
                "decompress_response": False,
            }
            answer = await AsyncHTTPClient().fetch(url, method=method, headers=headers, **options)
            server.stop()
            await server.close_all_connections()
            return answer

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("path", "name"), [("", "index.html"), ("teachers/", "teachers/index.html"), (MARK, MARK)]
)
def test_a_folder_shows_its_index_and_a_file_itself(site: Path, path: str, name: str) -> None:
    answer = asked(site, path)
    assert (answer.code, answer.body.decode()) == (200, f"this is {name}")


def test_a_folder_without_its_slash_is_found(site: Path) -> None:
    assert asked(site, "teachers").headers["Location"] == "/teachers/"


@pytest.mark.parametrize(
    "path",
    ["nothing", "../secret.txt", "%2e%2e/secret.txt", "link.txt", "teachers/../../secret.txt"],
)
def test_nothing_else_is_sent(site: Path, path: str) -> None:
    answer = asked(site, path)
    assert answer.code in (403, 404)
    assert answer.body == b"this is 404.html"


def test_texts_are_packed_and_come_whole(site: Path) -> None:
    packed = asked(site, "long.js", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"].startswith("text/javascript")
    assert gzip.decompress(packed.body) == LONG
    plain = asked(site, "long.js")
    assert plain.body == LONG
    assert asked(site, "python.bin", **{"Accept-Encoding": "gzip"}).body == NOISE


def test_what_a_browser_has_is_not_sent_again(site: Path) -> None:
    tag = asked(site, "long.js").headers["Etag"]
    again = asked(site, "long.js", **{"If-None-Match": tag})
    assert (again.code, again.body) == (304, b"")
    head = asked(site, "long.js", "HEAD")
    assert (head.headers["Content-Length"], head.body) == (str(len(LONG)), b"")


def test_a_download_goes_on_where_it_stopped(site: Path) -> None:
    rest = asked(site, "python.bin", Range="bytes=400-")
    assert (rest.code, rest.body) == (206, NOISE[400:])


def test_each_part_of_the_site_has_its_headers(site: Path) -> None:
    explainer, lessons = asked(site, "teachers/").headers, asked(site, "lessons/x").headers
    assert "unsafe-eval'" not in explainer[CONTENT].replace("wasm-unsafe-eval", "")
    assert "'unsafe-eval'" in lessons[CONTENT]
    assert explainer["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in explainer


def test_nothing_can_be_sent_to_it(site: Path) -> None:
    assert asked(site, "", "DELETE").code == 405


def test_only_a_site_is_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="must be a site"):
        application(tmp_path)
    assert main(["serve-site", str(tmp_path)]) == 2
    assert "crampnb site --output" in capsys.readouterr().err


def test_the_address_for_the_board_can_be_typed() -> None:
    assert address("127.0.0.1", 8868) == "http://127.0.0.1:8868/"
    assert address("::1", 80) == "http://[::1]:80/"
    assert address("0.0.0.0", 80).startswith("http://")
