"""The dashboard's server over HTTP: what it serves, when, to how many, and what it refuses."""

import asyncio
import gzip
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import sync_playwright
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from crampnb import template
from crampnb.cli import main
from crampnb.ports import HOST, listening
from crampnb.server import HEADERS, PORT, WARM
from tests.browser.provide import browser

ROOT = Path(__file__).parents[1]
PROGRAM = """
import json, sys
from pathlib import Path
from crampnb.server import serve
options = json.loads(sys.argv[1])
if "notebook" in options:
    options["notebook"] = Path(options["notebook"])
serve(browser=False, **options)
"""
WAIT = 60  # seconds that a busy machine may need


class Served:
    """A running server: its port, and what it keeps in its temporary folder."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.url = f"http://127.0.0.1:{port}/"

    def get(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers and body; the path goes out as it is written here."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request(
            method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def visit(self) -> str:
        """Id of the kernel of a new visitor."""
        found = re.search(rb'"kernelId": "([\w-]+)"', self.get()[2])
        assert found, "the page names no kernel"
        return found[1].decode()

    def leave(self, kernel_id: str, token: str = "0123abcd", sent: str = "0123abcd") -> int:
        """Status of the goodbye that a page sends."""
        path = f"/voila/api/shutdown/{kernel_id}?_xsrf={sent}"
        return self.get(path, "POST", Cookie=f"_xsrf={token}", Content_Length="0")[0]

    def kernels(self) -> int:
        """How many kernels there are, the warm ones included: each has a connection file."""
        return len(list(self.folder.glob("crampnb-*/voila_*/kernel-*.json")))


def until(holds: Callable[[], bool]) -> None:
    """Nothing; returns as soon as the condition holds and fails if it does not come to."""
    for _ in range(WAIT * 20):
        if holds():
            return
        Event().wait(0.05)
    pytest.fail("waited in vain")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(folder: Path, wait: bool = True, **options: Any) -> Iterator[Served]:
    """A server of its own; `wait` until it says that it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, json.dumps(options | {"port": port})],
        env=os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        if wait:
            said = process.stdout.readline()
            assert said == f"The explainer is at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
        yield Served(port, folder)
    finally:
        process.terminate()
        process.communicate(timeout=WAIT)
    assert process.returncode == 0
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("server")) as served:
        yield served


def notebook(path: Path, code: str) -> str:
    """Path of a notebook with one cell and our template."""
    content = json.loads((ROOT / "notebooks" / "dashboard.ipynb").read_text())
    content["cells"][0]["source"] = code
    path.write_text(json.dumps(content))
    return str(path)


def test_page_is_whole_html_with_its_answer(server: Served) -> None:
    status, headers, body = server.get()
    page = body.decode()
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=UTF-8"
    assert page.startswith('<!doctype html>\n<html lang="en">')
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
    gate, folder = tmp_path / "gate", tmp_path / "server"
    folder.mkdir()
    code = f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.05)\n"
    code += "from crampnb.dashboard import explainer\nexplainer()"
    waiting = notebook(tmp_path / "waiting.ipynb", code)
    with running(folder, wait=False, notebook=waiting) as server:
        until(lambda: answers(server.port))
        connection = HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
        connection.request("GET", "/", headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        early = b""
        while b"</main>" not in early:
            early += answer.read1()
        gate.touch()
        late = answer.read()
    assert b"of 1,000" in early
    assert b"kernelId" not in early
    assert b"kernelId" in late


def test_page_of_a_crashing_notebook_is_friendly(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    crashing = notebook(tmp_path / "crash.ipynb", "raise RuntimeError('inner matters')")
    with running(folder, notebook=crashing) as server:
        page = server.get()[2].decode()
    assert "of 1,000" in page
    assert "The sliders could not start" in page
    assert "data-crampnb-failed hidden" not in page
    for secret in ("Traceback", "inner matters", "RuntimeError", "ExecutionError"):
        assert secret not in page


def test_visitor_beyond_the_bound_reads_the_page_without_sliders(tmp_path: Path) -> None:
    with running(tmp_path, visitors=1) as server:
        kernel_id = server.visit()
        status, headers, body = server.get()
        assert (status, headers["Retry-After"]) == (503, "30")
        assert b"of 1,000" in body
        assert b"All places at the sliders are taken" in body
        assert b"kernelId" not in body
        assert server.leave(kernel_id) == 204
        assert server.get()[0] == 200


def test_goodbye_ends_the_kernel_only_with_the_visitors_token(server: Served) -> None:
    kernel_id = server.visit()
    assert server.leave(kernel_id, sent="") == 403
    assert server.leave(kernel_id, sent="ffff") == 403
    assert server.leave(kernel_id) == 204
    assert server.leave(kernel_id) == 404


def test_visits_leave_no_kernel_behind(server: Served) -> None:
    """Reload, leaving and coming back, closed tabs, a closed browser: only the warm ones stay."""
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


def test_kernel_runs_no_code_of_a_visitors(server: Served, tmp_path: Path) -> None:
    kernel_id, mark = server.visit(), tmp_path / "mark"

    def message(kind: str, content: dict[str, Any]) -> str:
        header = {"msg_id": uuid4().hex, "msg_type": kind, "session": "s", "username": ""}
        header |= {"version": "5.3", "date": "2026-01-01T00:00:00Z"}
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        return json.dumps(parts | {"channel": "shell", "buffers": []})

    async def talk() -> None:
        address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel_id}/channels"
        line = await websocket_connect(HTTPRequest(address, headers={"Origin": server.url[:-1]}))
        code = f"open({str(mark)!r}, 'w').close()"
        await line.write_message(message("execute_request", {"code": code, "silent": False}))
        await line.write_message(message("comm_info_request", {}))
        while "comm_info_reply" not in str(await line.read_message()):
            pass
        line.close()

    asyncio.run(asyncio.wait_for(talk(), WAIT))
    assert not mark.exists()
    assert server.leave(kernel_id) == 204


@pytest.mark.parametrize("path", ["/", "/voila/templates/crampnb/static/live.js", "/nowhere"])
def test_every_answer_is_guarded(server: Served, path: str) -> None:
    _, headers, _ = server.get(path)
    assert HEADERS.items() <= dict(headers).items()
    assert "Set-Cookie" not in headers
    assert "http" not in headers["Content-Security-Policy"]


def test_other_sites_cannot_speak_to_it(server: Served) -> None:
    assert server.get(Host="attacker.example")[0] == 403
    kernel_id = server.visit()
    path = f"/api/kernels/{kernel_id}/channels"
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
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


def test_built_scripts_are_those_of_the_record() -> None:
    record = (ROOT / "scripts" / "widgets" / "built.sha256").read_text().splitlines()
    assert {"jupyter-widgets.js", "jupyter-widgets.css"} < {line.split()[1] for line in record}
    folder = template.STATIC["jupyter-widgets.js"].parent
    for sha256, name in map(str.split, record):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256


def test_taken_port_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["dashboard", "--no-browser", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert str(port) in said.err


def test_usual_port_is_given_up_for_a_free_one() -> None:
    with ExitStack() as taken:
        with suppress(OSError):  # or another program has it already
            taken.enter_context(socket.create_server((HOST, PORT)))
        with listening(None, PORT) as door:
            assert door.getsockname()[1] != PORT
