"""A real nginx for the tests, on a free port, with all that it writes in a folder of its own.

Where none is installed, Debian's is, as `provide.py` does it with Chromium.
"""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.provide import finishes, say

#: Debian has it where a user's PATH does not look
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
MISSING = (
    "No nginx for the tests: none is installed, and apt-get could not install one (it needs root "
    "on Debian). Install nginx, by apt-get install --no-install-recommends nginx-light, say, and "
    "run this again."
)
KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
CONFIG = """
daemon off;
worker_processes 1;
{user}
pid {folder}/pid;
error_log stderr error;
events {{}}
http {{
  include {types};
  default_type application/octet-stream;
  access_log off;
  {kept}
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen {at};
    {rules}
  }}
}}
"""


class NginxMissingError(Exception):
    """No nginx, and none could be installed."""


@cache
def nginx() -> str:
    """Path of nginx, installed if need be; raises `NginxMissingError`."""
    found = shutil.which("nginx", path=PLACES)
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing Debian's nginx ...")
        install = ["install", "--yes", "--no-install-recommends", "nginx-light"]
        for step in (["update"], install):
            finishes(["apt-get", "--quiet", *step], 600, {"DEBIAN_FRONTEND": "noninteractive"})
        found = shutil.which("nginx", path=PLACES)
    if not found:
        raise NginxMissingError(MISSING)
    return found


@contextmanager
def serving_by_nginx(folder: Path, path: str = "/", rules: str = "") -> Iterator[str]:
    """Address at which nginx serves the files of `folder`, below `path` ("/some/path/", say).

    `rules` are further directives of that place, such as `gzip on;`.
    """
    place = f"location {path} {{ alias {folder.resolve()}/; index index.html; {rules} }}"
    with running(place) as address:
        yield f"{address}{path}"


@contextmanager
def running(rules: str) -> Iterator[str]:
    """Address, without a path, of an nginx whose server has these directives."""
    with (
        TemporaryDirectory(prefix="nginx-") as folder,
        socket.create_server(("127.0.0.1", 0)) as at,
    ):
        host, port = at.getsockname()
        at.setblocking(False)
        config = Path(folder, "nginx.conf")
        config.write_text(_config(Path(folder), f"{host}:{port}", rules))
        # nginx takes over the open socket, as it does from its own predecessor: no port is guessed,
        # and who connects before it has read its settings waits in line.
        with subprocess.Popen(
            [nginx(), "-e", "stderr", "-p", folder, "-c", str(config)],
            env={**os.environ, "NGINX": f"{at.fileno()};"},
            pass_fds=[at.fileno()],
        ) as server:
            at.close()
            try:
                yield f"http://{host}:{port}"
            finally:
                server.terminate()


def _config(folder: Path, at: str, rules: str) -> str:
    """The settings; what nginx keeps for a moment stays in `folder`."""
    kept = "\n  ".join(f"{name}_temp_path {folder}/{name};" for name in KEPT)
    user = "user root;" if os.geteuid() == 0 else ""  # or its worker could not read the files
    return CONFIG.format(user=user, folder=folder, types=_types(), kept=kept, at=at, rules=rules)


def _types() -> Path:
    """The list of file types that came with nginx."""
    told = subprocess.run([nginx(), "-V"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"--conf-path=(\S+)", told)
    assert found, "nginx does not say where its settings are"
    return Path(found[1]).with_name("mime.types")
