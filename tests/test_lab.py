"""The lessons' JupyterLab on the machines that people have: it starts, and it is ours."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from crampnb.serve.jupyterlab import own_copy, write_settings
from tests.serving import WAIT

COMMAND = Path(sys.executable).with_name("crampnb")
#: names of the standard library that a pupil's own program may have
NAMES = ("random", "email", "json", "select", "calendar", "statistics", "math", "csv", "types")


@contextmanager
def started(command: str, folder: Path, **variables: str) -> Iterator[str]:
    """Address that a command prints, when it is run in a folder with a home and an environment."""
    with subprocess.Popen(
        [COMMAND, command, "--port", "0", "--no-browser"],
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


def status(address: str) -> int:
    """What a browser is answered that knows no proxy."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=WAIT)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse().status
    connection.close()
    return answer


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
    shared = tmp_path / "etc"
    shared.mkdir()
    (shared / "jupyter_lab_config.py").write_text(
        "c.ServerApp.base_url = '/school/'\nc.ServerApp.certfile = '/no/such/certificate.pem'\n"
    )
    with started("lessons", tmp_path, JUPYTER_CONFIG_PATH=str(shared)) as address:
        assert status(address) == 200


@pytest.mark.parametrize("command", ["lessons", "dashboard"])
def test_a_home_that_cannot_be_written_is_not_needed(tmp_path: Path, command: str) -> None:
    home = tmp_path / "home"
    home.write_text("not even a folder: so that nobody, not even root, can write in it")
    with started(command, tmp_path, HOME=str(home)) as address:
        assert status(address) == 200
