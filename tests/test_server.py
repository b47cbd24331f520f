"""The dashboard's server over HTTP: what it serves, when, to how many, and what it refuses."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import sync_playwright
from traitlets.utils.importstring import import_item

from crampnb.cli import main
from crampnb.errors import CommandError
from crampnb.modelcard import card
from crampnb.serve import template
from crampnb.serve.http_server import HEADERS
from crampnb.serve.kernels import LONGEST_PATH, WARM, SocketKernel
from crampnb.serve.server import PORT
from crampnb.serve.sockets import HOST, SOCKET_KERNEL, listen
from crampnb.serve.websocket import PROTOCOL
from tests.serving import (
    WAIT,
    Served,
    free_port,
    halves,
    held_back,
    notebook,
    running,
    until,
)
from tools.provide import browser

ROOT = Path(__file__).parents[1]
NOBODY = "0a-0b-0c-0d-0e"  # no kernel's id


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("server")) as served:
        yield served


def test_page_is_whole_html_with_its_answer(server: Served) -> None:
    status, headers, body = server.get()
    page = body.decode()
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=UTF-8"
    assert page.startswith('<!doctype html>\n<html lang="en" ')
    assert page.rstrip().endswith("</html>")
    for part in (
        "<title>",
        'name="viewport"',
        'name="color-scheme"',
        "<main>",
        'id="crampnb-page"',
    ):
        assert page.count(part) == 1
    assert re.search(r"\d+ of 1,000", page[: page.index("</main>")])
    assert "data-crampnb-failed hidden" in page


def test_page_names_no_other_host(server: Served) -> None:
    page = server.get()[2].decode()
    fetched = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page)
    assert fetched
    assert all(
        address.startswith(("/voila/templates/crampnb/static/", "data:")) for address in fetched
    )


def test_page_is_readable_before_its_kernel_is_ready(tmp_path: Path) -> None:
    with held_back(tmp_path) as (server, gate):
        early, late = halves(f"127.0.0.1:{server.port}", "/", gate)
    assert b"of 1,000" in early
    assert b"kernelId" not in early
    assert b"kernelId" in late


def test_page_of_a_crashing_notebook_is_friendly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    crashing = notebook(tmp_path / "crash.ipynb", "raise RuntimeError('inner matters')")
    bounds = {"kernels.CONNECT_WITHIN": 0.5}
    with running(folder, bounds=bounds, notebook=crashing) as server:
        until(lambda: server.kernels() == WARM)
        before = server.kernel_files()
        page = server.get()[2].decode()
        until(lambda: len(before - server.kernel_files()) == 1)  # nobody comes for its kernel
        assert "the page answers, but its sliders do not start" in capfd.readouterr().err
    assert "of 1,000" in page
    assert "Python could not start" in page
    assert "data-crampnb-failed hidden" not in page
    for secret in ("Traceback", "inner matters", "RuntimeError", "ExecutionError"):
        assert secret not in page


def test_visitor_beyond_the_bound_reads_the_page_without_sliders(tmp_path: Path) -> None:
    with running(tmp_path, visitors=1) as server:
        kernel_id = server.visit()
        status, headers, body = server.get()
        assert (status, headers["Retry-After"]) == (503, "30")
        assert b"of 1,000" in body
        assert b"All places at Python are taken" in body
        assert b"kernelId" not in body
        assert server.leave(kernel_id) == 204
        assert server.get()[0] == 200


def test_the_model_card_is_a_page_that_needs_no_kernel(tmp_path: Path) -> None:
    with running(tmp_path, visitors=1) as server:
        server.visit()
        status, headers, body = server.get("/model.html")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
        told = unescape(body.decode())
        for heading in re.findall(r"^#+ (.+)$", card(), re.MULTILINE):
            assert re.search(rf"<h\d[^>]*>{re.escape(heading)}</h\d>", told)
        assert server.get("/model.html", If_None_Match=headers["ETag"])[0] == 304
        status, _, full = server.get()  # the one place is taken
        assert status == 503
        assert b'href="model.html"' in full
        assert b"--model-card: block" in full


def lives(process: psutil.Process) -> bool:
    """Whether a process runs; one that has ended is a zombie until its parent asks."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_kernel_that_died_while_it_waited_is_nobodys(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        until(lambda: server.kernels() == WARM)
        dead = server.process.children()
        for kernel in dead:
            kernel.kill()
        until(lambda: not any(map(lives, dead)))
        server.visit()
        assert set(server.process.children()) - set(dead)


def test_no_program_can_take_the_port_that_a_kernel_was_to_have() -> None:
    """It would neither start nor end: ports are chosen before they are opened."""
    with TemporaryDirectory(dir="/tmp") as folder, running(Path(folder)) as server:
        server.rest()
        found = [json.loads(path.read_text()) for path in server.folder.rglob("kernel-*.json")]
        assert len(found) == WARM
        assert {told["transport"] for told in found} == {"ipc"}
        files = [Path(f"{told['ip']}-{number}") for told in found for number in range(1, 6)]
        until(lambda: all(map(Path.is_socket, files)))


def test_where_a_socket_s_path_would_be_too_long_a_kernel_has_ports(tmp_path: Path) -> None:
    assert import_item(SOCKET_KERNEL) is SocketKernel
    deep = tmp_path / ("deep" * LONGEST_PATH)
    assert SocketKernel(connection_file=str(deep / "kernel-1.json")).transport == "tcp"


def test_goodbye_ends_the_kernel_only_with_the_visitors_token(server: Served) -> None:
    kernel_id = server.visit()
    assert server.leave(kernel_id, sent="") == 403
    assert server.leave(kernel_id, sent="ffff") == 403
    assert server.leave(kernel_id) == 204
    assert server.leave(kernel_id) == 404


def test_visits_leave_no_kernel_behind(server: Served) -> None:
    """Reload, leaving and coming back, closed tabs, a closed browser: only the warm ones stay."""
    server.rest()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        pages = [chromium.new_page() for _ in range(3)]
        for page in pages:
            page.goto(server.url)
            page.wait_for_selector("[data-crampnb=ready]", timeout=WAIT * 1000)
        pages[0].reload()
        pages[0].wait_for_selector("[data-crampnb=ready]", timeout=WAIT * 1000)
        pages[1].goto("about:blank")
        pages[1].go_back()
        pages[1].wait_for_selector("[data-crampnb=ready]", timeout=WAIT * 1000)
        until(lambda: server.kernels() == WARM + 3)
        pages[0].close()
        pages[1].goto("about:blank")
        until(lambda: server.kernels() == WARM + 1)
        chromium.close()
    until(lambda: server.kernels() == WARM)


@pytest.mark.parametrize(
    "path",
    [
        "/static/etc/passwd",
        "/dashboard.ipynb",
        "/notebooks/dashboard.ipynb",
        "/voila/files/dashboard.ipynb",
        "/voila/files/../dashboard.ipynb",
        "/voila/files/%2e%2e/%2e%2e/etc/passwd",
        "/voila/render/dashboard.ipynb",
        "/voila/static/../../../../etc/passwd",
        "/voila/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/voila/templates/crampnb/static/../conf.json",
        "/voila/templates/crampnb/static/..%2fconf.json",
        "/voila/templates/crampnb/static/%2e%2e/index.html.j2",
        "/voila/templates/lab/static/voila.js",
        "/voila/labextensions/anywidget/package.json",
        "/voila/api/contents/",
        "/api/contents/dashboard.ipynb",
        "/api/kernels",
        "/server.py",
        "//etc/passwd",
    ],
)
def test_nothing_else_can_be_fetched(server: Served, path: str) -> None:
    status, headers, body = server.get(path)
    assert status == 404
    assert body == b"<html><title>404: Not Found</title><body>404: Not Found</body></html>"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("status", "path", "method", "sent"),
    [
        (200, "/", "GET", {}),
        (200, "/health", "GET", {}),
        (200, "/model.html", "GET", {}),
        (200, "/voila/templates/crampnb/static/live.js", "GET", {}),
        (400, f"/api/kernels/{NOBODY}/channels", "GET", {}),
        (403, "/", "GET", {"Host": "attacker.example"}),
        (403, f"/voila/api/shutdown/{NOBODY}", "POST", {"Content_Length": "0"}),
        (200, "/", "HEAD", {}),
        (200, "/health", "HEAD", {}),
        (302, "/%23v=1&sitting=10", "GET", {}),
        (404, "/nowhere", "GET", {}),
        (405, "/health", "PUT", {}),
        (414, f"/?{'a' * 3000}", "GET", {}),
        (431, "/", "GET", {"Cookie": "a" * 20_000}),
    ],
)
def test_every_answer_is_guarded(
    server: Served, status: int, path: str, method: str, sent: dict[str, str]
) -> None:
    server.rest()
    kernels = server.kernel_files()
    answered, headers, body = server.get(path, method, **sent)
    assert answered == status
    got_page = (status, path, method) == (200, "/", "GET")
    assert got_page or (b"kernelId" not in body and server.kernel_files() == kernels)
    assert HEADERS.items() <= dict(headers).items()
    assert "Set-Cookie" not in headers
    assert "http" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/", "/health", "/model.html", "/voila/templates/crampnb/static/live.js"]
)
def test_head_is_get_without_its_body(server: Served, path: str) -> None:
    status, headers, body = server.get(path, "HEAD")
    assert (status, body) == (200, b"")
    _, others, whole = server.get(path)
    assert set(headers) | {"Transfer-Encoding"} >= set(others) - {"Content-Length", "Date"}
    assert headers["Content-Type"] == others["Content-Type"]
    if "Content-Length" in others:
        assert headers["Content-Length"] == str(len(whole))


@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        ("/%23v=1&fluid_intake=1.2", "/#v=1&fluid_intake=1.2"),
        ("/%3Fv=1&fluid_intake=1.2", "/#v=1&fluid_intake=1.2"),
        ("/%3fv%3D1%26sitting%3D10", "/#v%3D1%26sitting%3D10"),
        ("/%23v=1?utm_source=mail", "/#v=1"),
        ("/%23//evil.example/%0d%0aX: 1", "/#//evil.example/%0d%0aX: 1"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_that_a_mail_program_wrote_anew_leads_to_the_page(
    server: Served, method: str, path: str, goes_to: str
) -> None:
    status, headers, _ = server.get(path.replace(" ", "%20"), method)
    assert (status, headers["Location"]) == (302, goes_to.replace(" ", "%20"))


def test_other_sites_cannot_speak_to_it(server: Served) -> None:
    assert server.get(Host="attacker.example")[0] == 403
    kernel_id = server.visit()
    path = f"/api/kernels/{kernel_id}/channels"
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg==", "Sec_WebSocket_Protocol": PROTOCOL}
    assert server.get(path, Origin="http://attacker.example", **upgrade, **key)[0] == 403
    assert server.leave(kernel_id) == 204


@pytest.mark.parametrize("name", sorted(template.STATIC))
def test_static_files_are_sent_packed_and_kept(server: Served, name: str) -> None:
    path = f"/voila/templates/crampnb/static/{name}"
    content = template.STATIC[name].read_bytes()
    assert server.get(path)[2] == content
    _, headers, packed = server.get(path, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == content
    again, _, nothing = server.get(path, Accept_Encoding="gzip", If_None_Match=headers["ETag"])
    assert (again, nothing) == (304, b"")


def test_taken_port_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["dashboard", "--no-browser", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert str(port) in said.err


def test_address_of_another_machine_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dashboard", "--no-browser", "--host", "192.0.2.1"]) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "192.0.2.1" in said.err


@pytest.mark.parametrize("host", ["fe80::1", "ff02::1", "192.0.2.1"])
def test_an_address_that_cannot_be_listened_on_is_not_the_ports_fault(host: str) -> None:
    for port in (None, 0, free_port()):
        with pytest.raises(CommandError, match=r"^host = .*an address of this machine"):
            listen(port, PORT, host)


def test_usual_port_is_given_up_for_a_free_one() -> None:
    with ExitStack() as taken:
        with suppress(OSError):  # or another program has it already
            taken.enter_context(socket.create_server((HOST, PORT)))
        with listen(None, PORT) as opened:
            assert opened.getsockname()[1] != PORT
