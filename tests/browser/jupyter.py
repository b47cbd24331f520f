"""A Jupyter server of its own, without the settings of whoever runs the tests."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: what an image of repo2docker gets, and users of deploy/jupyterhub_config.py
SETTINGS = Path(__file__).parents[2] / "deploy" / "jupyter"
OWN = ("JUPYTER_CONFIG", "JUPYTER_DATA", "JUPYTER_RUNTIME")
OWN_LAB = ("JUPYTERLAB_SETTINGS", "JUPYTERLAB_WORKSPACES")


def environment(folder: Path) -> dict[str, str]:
    """Variables under which Jupyter keeps to `folder` and reads no settings but `SETTINGS`."""
    own = {f"{name}_DIR": str(folder) for name in (*OWN, *OWN_LAB)}
    return {**os.environ, **own, "JUPYTER_CONFIG_PATH": str(SETTINGS)}


@contextmanager
def jupyterlab(folder: Path, root: Path, options: Sequence[str]) -> Iterator[str]:
    """Address of the machine on which a JupyterLab shows `root`, at a port that is free."""
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", "--port=0", *options),
    ]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=root, env=environment(folder)
    ) as server:
        assert server.stderr
        lines = iter(server.stderr)
        found = next(filter(None, (re.search(r"http://127\.0\.0\.1:[1-9]\d*/", x) for x in lines)))
        yield found[0]
        server.terminate()
