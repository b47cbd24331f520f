"""JupyterLab on the lessons: a folder of the learner's own, nothing asked of anybody outside."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb.ports import HOST, listening
from crampnb.profile import InputError

PORT = 8867
FOLDER = "crampnb-lessons"
#: seconds in which JupyterLab comes up, on a slow laptop too
START_WITHIN = 120
HERE = Path(__file__).parent

#: no news, no search for updates, no list of extensions: nobody outside is asked
CONFIG = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
QUIET = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--ServerApp.log_level=ERROR",
    "--MappingKernelManager.cull_idle_timeout=3600",
)


def own_copy(folder: Path) -> Path:
    """The folder, with every lesson that it does not hold yet; what a learner changed stays."""
    source = notebooks()
    for name in ("lessons", "teachers"):
        for file in sorted((source / name).rglob("*")):
            target = folder / name / file.relative_to(source / name)
            if file.is_file() and ".ipynb_checkpoints" not in file.parts and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    return folder


def notebooks() -> Path:
    """The notebooks: in the package where it is installed, else in the repository."""
    packaged = HERE / "notebooks"
    return packaged if packaged.is_dir() else HERE.parent / "notebooks"


def serve(port: int | None = None, browser: bool = True) -> None:
    """Nothing; JupyterLab until it is interrupted. `InputError` where it cannot be had."""
    try:
        folder = own_copy(Path.cwd() / FOLDER)
    except OSError as error:
        raise InputError("folder", FOLDER, f"cannot be written here: {error.strerror}") from None
    with listening(port, PORT) as door:
        number = door.getsockname()[1]
    token = secrets.token_urlsafe(24)
    signal.signal(signal.SIGTERM, _interrupt)  # or JupyterLab would outlive us
    with TemporaryDirectory(prefix="crampnb-") as config:
        where = Path(config) / "labconfig" / "page_config.json"
        where.parent.mkdir()
        where.write_text(json.dumps(CONFIG))
        paths = os.pathsep.join(filter(None, [config, os.environ.get("JUPYTER_CONFIG_PATH")]))
        environment = {**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": paths}
        with subprocess.Popen(_command(folder, number), env=environment) as lab:
            _run(lab, f"http://{HOST}:{number}", token, folder, browser)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _command(folder: Path, port: int) -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", f"--ip={HOST}", f"--port={port}"),
        *("--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", *QUIET),
        *(("--allow-root",) if root else ()),
    ]


def _run(
    lab: "subprocess.Popen[bytes]", base: str, token: str, folder: Path, browser: bool
) -> None:
    """Nothing; says where the lessons are once they answer, and waits for their end."""
    address = f"{base}/lab/tree/lessons/1_predict.ipynb?token={token}"
    try:
        _wait(lab, f"{base}/api?token={token}")
        print(f"The lessons are at {address}", flush=True)
        print(f"Your copies are in {folder} (Ctrl-C ends it)", flush=True)
        if browser:
            webbrowser.open(address)
        lab.wait()
    except KeyboardInterrupt:
        pass
    finally:
        lab.terminate()


def _wait(lab: "subprocess.Popen[bytes]", url: str) -> None:
    """Nothing; `InputError` unless JupyterLab answers in time."""
    begun = time.monotonic()
    while lab.poll() is None and time.monotonic() - begun < START_WITHIN:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise InputError("lessons", "jupyterlab", "it did not start; see its own messages above")
