"""The lessons' JupyterLab on the machines that people have: it starts, and it is ours."""

import json
import os
import re
import signal
import site
import socket
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from crampnb.serve.jupyterlab import own_copy, workspace, write_settings
from tests.serving import WAIT

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("crampnb")
#: names of the standard library that a pupil's own program may have
NAMES = ("random", "email", "json", "select", "calendar", "statistics", "math", "csv", "types")


@contextmanager
def started(
    command: str, folder: Path, program: Sequence[str | Path] = (COMMAND,), **variables: str
) -> Iterator[str]:
    """Address that a command prints, when it is run in a folder with a home and an environment."""
    with subprocess.Popen(
        [*program, command, "--port", "0", "--no-browser"],
        stdout=subprocess.PIPE,
        cwd=folder,
        text=True,
        env={**os.environ, "HOME": str(folder), **variables},
    ) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        try:
            assert found, "it ended without an address"
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(WAIT)


def asked(address: str, method: str = "GET", path: str = "", body: str = "") -> tuple[int, bytes]:
    """Status and body that a browser gets that knows no proxy; `path` in place of the address's."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=WAIT)
    connection.request(method, f"{path or parts.path}?{parts.query}", body)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def status(address: str) -> int:
    """What a browser is answered that knows no proxy."""
    return asked(address)[0]


def test_each_group_finds_no_tabs_of_the_last_one_and_no_warnings(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = "/lab/api/workspaces/default"
    seen = []
    for group in ("first", "second"):
        with started("lessons", tmp_path) as address:
            seen.append(json.loads(asked(address, path=place)[1])["data"])
            held = {"data": {group: "its tabs"}, "metadata": {"id": "default"}}
            assert asked(address, "PUT", place, json.dumps(held))[0] == 204
            assert group in json.loads(asked(address, path=place)[1])["data"]
    assert seen == [workspace("default", tabs=True)["data"]] * 2
    told = [line for line in capfd.readouterr().err.splitlines() if "stopping" not in line]
    assert [line for line in told if line.strip()] == []


@pytest.mark.parametrize("command", ["lessons", "dashboard"])
def test_this_machine_is_not_asked_through_a_proxy(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes everything in, answers nothing
        proxy = f"http://127.0.0.1:{silent.getsockname()[1]}"
        names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")
        with started(command, tmp_path, **dict.fromkeys(names, proxy), no_proxy="") as address:
            assert status(address) == 200


def test_pupils_get_the_lessons_and_a_teacher_the_answers_too(tmp_path: Path) -> None:
    folders = {path.name for path in own_copy(tmp_path / "pupil").iterdir()}
    assert folders == {"lessons"}
    assert not [*(tmp_path / "pupil").rglob("*answers*")]
    copy = own_copy(tmp_path / "teacher", teacher=True)
    assert (copy / "teachers" / "answers" / "1_predict.ipynb").exists()
    assert (copy / "lessons" / "1_predict.ipynb").exists()


def test_a_kernel_finds_a_pupils_programs_last(tmp_path: Path) -> None:
    write_settings(tmp_path)
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the pupil counts to three')\n")
    (tmp_path / "mine.py").write_text("three = 3\n")
    specs = KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")])
    kernel = KernelManager(kernel_spec_manager=specs, kernel_name="python3")
    kernel.start_kernel(cwd=str(tmp_path))
    talk = kernel.client()
    talk.start_channels()
    talk.wait_for_ready(WAIT)
    code = f"import crampnb.lessons.lesson, mine, {', '.join(NAMES)}; assert mine.three == 3"
    assert talk.execute_interactive(code, timeout=WAIT)["content"]["status"] == "ok"
    talk.stop_channels()
    kernel.shutdown_kernel()


@pytest.mark.parametrize("command", ["lessons", "dashboard"])
def test_a_pupils_own_programs_stand_in_nobodys_way(tmp_path: Path, command: str) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the pupil counts to three')\n")
    with started(command, tmp_path) as address:
        assert status(address) == 200


def test_settings_for_another_jupyter_change_nothing(tmp_path: Path) -> None:
    own = tmp_path / ".jupyter"
    own.mkdir()
    (own / "jupyter_server_config.py").write_text(
        "c.ServerApp.base_url = '/mine/'\n"
        "c.ServerApp.certfile = '/no/such/certificate.pem'\n"
        "c.ServerApp.ip = '192.0.2.1'\n"
        "c.IdentityProvider.token = 'mine'\n"
    )
    with started("lessons", tmp_path) as address:
        assert status(address) == 200


def test_settings_of_the_whole_machine_change_nothing(tmp_path: Path) -> None:
    """They stand beside Python, where no folder of ours comes before them."""
    venv.create(tmp_path / "python", symlinks=True)
    python = tmp_path / "python" / Path(sys.executable).relative_to(sys.prefix)
    shared = tmp_path / "python" / "etc" / "jupyter"
    shared.mkdir(parents=True)
    (shared / "jupyter_lab_config.py").write_text(
        "c.ServerApp.base_url = '/school/'\nc.ServerApp.certfile = '/no/such/certificate.pem'\n"
    )
    (shared / "jupyter_server_config.py").write_text("c.ServerApp.keyfile = '/no/such/key.pem'\n")
    program = (python, "-P", "-c", "import sys; from crampnb.cli import main; sys.exit(main())")
    installed = os.pathsep.join([str(ROOT), *site.getsitepackages()])
    with started("lessons", tmp_path, program, PYTHONPATH=installed) as address:
        assert status(address) == 200


@pytest.mark.parametrize("command", ["lessons", "dashboard"])
def test_a_home_that_cannot_be_written_is_not_needed(tmp_path: Path, command: str) -> None:
    home = tmp_path / "home"
    home.write_text("not even a folder: so that nobody, not even root, can write in it")
    with started(command, tmp_path, HOME=str(home)) as address:
        assert status(address) == 200
