"""Builds the site: plain files for any static host, or for a folder with no host at all."""

import hashlib
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb import template
from crampnb.places import DASHBOARD, TEACHERS
from crampnb.profile import InputError
from crampnb.site import lite, memory, packages, pages

WEB = Path(__file__).parent / "web"
SCRIPTS = ("python.js", "site.js", "worker.js")
#: by this file a folder is known to hold a site of ours, which a new one may replace
MARK = "service-worker.js"
#: of Pyodide's files those that the explainer has in another form
LESSONS_ONLY = {f"pyodide/{name}" for name in ("pyodide.asm.wasm", "python_stdlib.zip")}


def build(output: Path) -> None:
    """Nothing; the site is in folder `output`, which must be new, empty or hold a former site."""
    _check(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as folder:
        site = Path(folder) / "site"
        _fill(site)
        if output.exists():
            shutil.rmtree(output)
        site.rename(output)


def _check(output: Path) -> None:
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).exists():
        raise InputError("--output", str(output), "a folder that is new, empty or a former site")
    if output.exists() and not output.is_dir():
        raise InputError("--output", str(output), "a folder")


def _fill(site: Path) -> None:
    for name in ("explainer", "teachers", "static", "pyodide"):
        (site / name).mkdir(parents=True)
    pyodide = packages.pyodide(site / "pyodide")
    static = site / "static"
    for name, file in template.STATIC.items():
        if name != "served.js":
            shutil.copyfile(file, static / name)
    for name in SCRIPTS:
        shutil.copyfile(WEB / name, static / name)
    widgets = memory.build(static, pyodide, DASHBOARD)
    lite.build(site, pyodide)
    (pyodide / packages.LIST).unlink()  # of packages that nobody can fetch here
    write(site / "index.html", pages.start())
    write(site / "explainer" / "index.html", pages.explainer(widgets, memory.size(static)))
    for name, html in pages.for_teachers(TEACHERS).items():
        write(site / "teachers" / name, html)
    write(site / MARK, service_worker(site))


def service_worker(site: Path) -> str:
    """The script that keeps all but the lessons, which have one of their own."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*"))}
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if path.is_file() and not name.startswith("lessons/") and name not in LESSONS_ONLY
    }
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    kept = json.dumps({"version": version, "files": files}, indent=1)
    return f"const KEPT = {kept};\n{(WEB / MARK).read_text('utf-8')}"


def write(file: Path, text: str) -> None:
    """Nothing; the file holds the text."""
    file.write_text(text, "utf-8")
