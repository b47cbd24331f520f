"""JupyterLab on the lessons: a folder of the learner's own, nothing asked of anybody outside."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crampnb.errors import CommandError
from crampnb.places import NOTEBOOKS
from crampnb.serve.sockets import HOST, SOCKET_KERNEL, listen

PORT = 8867
FOLDER = "crampnb-lessons"
#: seconds in which JupyterLab comes up, on a slow laptop too
START_WITHIN = 120

#: the kernel is this very Python, and a learner's `random.py` is found last, not first
KERNEL = {
    "argv": [
        *(sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
        "--IPKernelApp.exec_lines=__import__('sys').path.append('')",
        "--IPKernelApp.log_level=ERROR",  # it warns of its line, which ends on this machine
    ],
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "metadata": {"debugger": True},
}
#: Voilà, which the lessons do not need, would have each start tell of what Jupyter should mend
SERVER = {"ServerApp": {"jpserver_extensions": {"voila.server_extension": False}}}
#: no news: nobody outside is asked
CONFIG = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
#: sliders are answered by the thread that runs the cells, one after the other; a second one would
#: start with a lesson for nothing, and leave an error for every widget of a kernel that ends then
DEFAULTS = {
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    # Dark where the system is, as the cards are.
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    # Seconds after which typed code is kept; of two minutes much is lost with a reload.
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},
}


def workspace(name: str, tabs: bool) -> dict[str, Any]:
    """How JupyterLab looks at first: the notebook alone, at its left the tabs of closed panels."""
    closed = {"collapsed": True, "current": None}
    layout = {"left": {**closed, "visible": tabs}, "right": {**closed, "visible": False}}
    return {"data": {"layout-restorer:data": layout}, "metadata": {"id": name}}


#: where JupyterLab notes what is open; the name ends with four digits of SHA-256 of "default"
WORKSPACE = "workspaces/default-37a8.jupyterlab-workspace"
#: {file: content} of our own settings
SETTINGS: Mapping[str, object] = {
    WORKSPACE: workspace("default", tabs=True),
    "jupyter_server_config.json": SERVER,
    "labconfig/page_config.json": CONFIG,
    "labconfig/default_setting_overrides.json": DEFAULTS,
    "kernels/python3/kernel.json": KERNEL,
}
#: what a learner may have set for another JupyterLab, by a file or by a name of the machine's
OURS = ("--ServerApp.base_url=/", "--ServerApp.certfile=", "--ServerApp.keyfile=")
#: no search for updates, no list of extensions
QUIET = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--LabApp.expose_app_in_browser=True",  # for the button of a card that sleeps
    "--Application.log_level=ERROR",
    "--MappingKernelManager.cull_idle_timeout=3600",
    f"--MappingKernelManager.kernel_manager_class={SOCKET_KERNEL}",
)


def own_copy(folder: Path, teacher: bool = False) -> Path:
    """Copy every lesson that the folder does not hold yet; what a learner changed stays.

    What is for a teacher, the answers among it, is copied for one only.
    """
    for name in ("lessons", "teachers") if teacher else ("lessons",):
        for file in sorted((NOTEBOOKS / name).rglob("*")):
            target = folder / name / file.relative_to(NOTEBOOKS / name)
            if file.is_file() and ".ipynb_checkpoints" not in file.parts and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    return folder


def serve(port: int | None = None, browser: bool = True, teacher: bool = False) -> None:
    """Serve JupyterLab until it is interrupted. `CommandError` where it cannot be had."""
    try:
        folder = own_copy(Path.cwd() / FOLDER, teacher)
    except OSError as error:
        raise CommandError(f"{FOLDER} cannot be written here: {error.strerror}") from None
    with listen(port, PORT) as probe:
        number = probe.getsockname()[1]
    token = secrets.token_urlsafe(24)
    signal.signal(signal.SIGTERM, _interrupt)  # or JupyterLab would outlive us
    with TemporaryDirectory(prefix="crampnb-") as settings:
        write_settings(Path(settings))
        environment = {**os.environ, "JUPYTER_TOKEN": token, **_folders(settings, folder)}
        with subprocess.Popen(_command(folder, number), env=environment) as lab:
            _run(lab, number, token, folder, browser)


def write_settings(folder: Path) -> None:
    """Write our own settings for Jupyter."""
    for name, content in SETTINGS.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))


def _folders(settings: str, lessons: Path) -> dict[str, str]:
    """Where Jupyter reads and writes: never a learner's home, which may say otherwise or be shut.

    What should last until the next time, such as a theme, stays with the lessons. The tabs that
    were open do not, as somebody else may sit here then.
    """
    kept = lessons / ".jupyter"
    return {
        "JUPYTER_CONFIG_DIR": settings,
        "JUPYTER_CONFIG_PATH": settings,
        "JUPYTER_PATH": settings,
        "JUPYTER_RUNTIME_DIR": str(Path(settings, "runtime")),
        "JUPYTER_DATA_DIR": str(kept),
        "JUPYTERLAB_SETTINGS_DIR": str(kept / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(Path(settings, "workspaces")),
        "IPYTHONDIR": str(kept / "ipython"),
    }


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _command(folder: Path, port: int) -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        *(sys.executable, "-P", "-m", "jupyterlab"),
        *("--no-browser", f"--ip={HOST}"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}"),
        *(*OURS, *QUIET),
        *(("--allow-root",) if root else ()),
    ]


def _run(
    lab: "subprocess.Popen[bytes]", port: int, token: str, folder: Path, browser: bool
) -> None:
    """Say where the lessons are once they answer, and wait for their end."""
    address = f"http://{HOST}:{port}/lab/tree/lessons/1_predict.ipynb?token={token}"
    try:
        _wait(lab, port)
        print(f"The lessons are at {address}", flush=True)
        print(f"Your copies are in {folder} (Ctrl-C ends it)", flush=True)
        if browser:
            webbrowser.open(address)
        lab.wait()
    except KeyboardInterrupt:
        pass
    finally:
        lab.terminate()


def _wait(lab: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when JupyterLab answers; `CommandError` unless it does in time."""
    begun = time.monotonic()
    while lab.poll() is None and time.monotonic() - begun < START_WITHIN:
        if _answers(port):
            return
        time.sleep(0.2)
    raise CommandError("JupyterLab did not start; see its own messages above")


def _answers(port: int) -> bool:
    """Whether the port of this machine, asked directly and through no proxy, speaks HTTP."""
    with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/api")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
