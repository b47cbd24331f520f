"""The site: plain files for any static host, or for a folder with no host at all."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb.errors import CommandError
from crampnb.places import BROWSER, DASHBOARD, TEACHERS, VENDOR
from crampnb.serve import template
from crampnb.site import headers, jupyterlite, packages, pages, service_worker, snapshot

SCRIPTS = ("disk.js", "download.js", "python.js", "site.js", "worker.js")
#: the decoder of what Python is packed with
UNPACKING = "xz-decompress.js"
#: what the explainer has of the page that a server sends
SHARED = (
    "live.js",
    "kernel.js",
    "missing.js",
    template.PAGE,
    "jupyter-widgets.js",
    "jupyter-widgets.css",
    "plotly-cartesian.min.js",
)
#: by this file a folder is known to hold a site of ours, which a new one may replace
MARK = service_worker.NAME
#: of Pyodide's files those that the explainer has in another form
LESSONS_ONLY = {
    f"pyodide/{name}" for name in ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
}


def build(output: Path) -> None:
    """Build the site in folder `output`, which must be new, empty or hold a former site."""
    _check(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as folder:
        site = Path(folder) / "site"
        _fill(site)
        if output.exists():
            shutil.rmtree(output)
        site.rename(output)


def _check(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise CommandError(f"--output {output}: must be a folder")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).exists():
        allowed = "a folder that is new, empty or a former site"
        raise CommandError(f"--output {output}: must be {allowed}")


def _fill(site: Path) -> None:
    for name in ("explainer", "teachers", "static", "pyodide"):
        (site / name).mkdir(parents=True)
    pyodide = packages.fetch_pyodide(site / "pyodide")
    static = site / "static"
    for name in SHARED:
        shutil.copyfile(template.STATIC[name], static / name)
    for name in SCRIPTS:
        shutil.copyfile(BROWSER / name, static / name)
    shutil.copyfile(VENDOR / UNPACKING, static / UNPACKING)
    snapshot.build(static, pyodide, DASHBOARD)
    jupyterlite.build(site, pyodide)
    write(site / "index.html", pages.start())
    write(site / "404.html", pages.missing())
    write(site / "explainer" / "index.html", pages.explainer(snapshot.size(static)))
    write(site / "explainer" / "model.html", pages.model_card())
    for name, html in pages.for_teachers(TEACHERS).items():
        write(site / "teachers" / name, html)
    for picture in TEACHERS.glob("*.svg"):
        shutil.copyfile(picture, site / "teachers" / picture.name)
    keep_all(site)
    write(site / "_headers", headers.text())
    write(site / ".nojekyll", "")  # for a host that would leave out names with an underscore


def keep_all(site: Path) -> None:
    """Have browsers keep all but the lessons, which have a script of their own."""
    kept = {
        name: path
        for name, path in service_worker.below(site).items()
        if not name.startswith("lessons/") and name not in LESSONS_ONLY
    }
    service_worker.write(site, "crampnb-explainer", kept)


def write(file: Path, text: str) -> None:
    """Write the text to the file, as UTF-8."""
    file.write_text(text, "utf-8")
