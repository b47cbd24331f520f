"""Builds the site: plain files for any static host, or for a folder with no host at all."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb import template
from crampnb.places import DASHBOARD, TEACHERS
from crampnb.profile import InputError
from crampnb.site import headers, keeper, lite, memory, packages, pages

WEB = Path(__file__).parent / "web"
SCRIPTS = ("python.js", "site.js", "worker.js")
#: what the explainer has of the page that a server sends
SHARED = (
    "live.js",
    "kernel.js",
    "jupyter-widgets.js",
    "jupyter-widgets.css",
    "plotly-cartesian.min.js",
)
#: by this file a folder is known to hold a site of ours, which a new one may replace
MARK = keeper.NAME
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
    for name in SHARED:
        shutil.copyfile(template.STATIC[name], static / name)
    for name in SCRIPTS:
        shutil.copyfile(WEB / name, static / name)
    memory.build(static, pyodide, DASHBOARD)
    lite.build(site, pyodide)
    write(site / "index.html", pages.start())
    write(site / "explainer" / "index.html", pages.explainer(memory.size(static)))
    for name, html in pages.for_teachers(TEACHERS).items():
        write(site / "teachers" / name, html)
    keep_all(site)
    write(site / "_headers", headers.text())
    write(site / ".nojekyll", "")  # for a host that would leave out names with an underscore


def keep_all(site: Path) -> None:
    """Nothing; browsers keep all but the lessons, which have a script of their own."""
    kept = {
        name: path
        for name, path in keeper.below(site).items()
        if not name.startswith("lessons/") and name not in LESSONS_ONLY
    }
    keeper.write(site, "crampnb-explainer", kept)


def write(file: Path, text: str) -> None:
    """Nothing; the file holds the text."""
    file.write_text(text, "utf-8")
