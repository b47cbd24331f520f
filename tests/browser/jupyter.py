"""A Jupyter server of its own, without the settings of whoever runs the tests."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.serving import answers, until

#: what an image of repo2docker gets, and learners of a hub
SETTINGS = Path(__file__).parents[2] / "deploy" / "jupyter"
OWN = ("JUPYTER_CONFIG", "JUPYTER_DATA", "JUPYTER_RUNTIME")
OWN_LAB = ("JUPYTERLAB_SETTINGS", "JUPYTERLAB_WORKSPACES")
LAB = [sys.executable, "-m", "jupyterlab"]
SERVER = [sys.executable, "-m", "jupyter_server"]
BASE, TOKEN = "/user/crampnb-x1-y2/", "0123abcd"
#: as BinderHub starts a visitor's server
BINDER = [
    f"--{app}.{option}"
    for app in ("NotebookApp", "ServerApp")
    for option in (f"base_url={BASE}", f"token={TOKEN}", "trust_xheaders=True")
]


def environment(folder: Path) -> dict[str, str]:
    """Variables under which Jupyter keeps to `folder` and reads no settings but `SETTINGS`."""
    own = {f"{name}_DIR": str(folder) for name in (*OWN, *OWN_LAB)}
    return {**os.environ, **own, "JUPYTER_CONFIG_PATH": str(SETTINGS)}


@contextmanager
def serving(command: Sequence[str], root: Path, variables: dict[str, str]) -> Iterator[str]:
    """Address of this machine, without a path, on which `command` shows the folder `root`."""
    here = ["--ip=127.0.0.1", "--port=0", "--no-browser", "--allow-root"]
    with subprocess.Popen(
        [*command, *here], stderr=subprocess.PIPE, text=True, cwd=root, env=variables
    ) as server:
        assert server.stderr
        lines = iter(server.stderr)
        found = next(filter(None, (re.search(r"http://127\.0\.0\.1:([1-9]\d*)", x) for x in lines)))
        until(lambda: answers(int(found[1])))  # it says where it will be a moment before it is
        yield found[0]
        server.terminate()
