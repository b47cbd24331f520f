"""The lessons in JupyterLite: JupyterLab as plain files, with a Python that runs in the browser.

JupyterLite's own builder puts it together; what no lesson uses is then left out. Python's packages
come as one archive of bytecode, which the browser unpacks; those for figures as another, when a
notebook first draws one.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from gzip import GzipFile
from importlib.metadata import version
from pathlib import Path
from tarfile import USTAR_FORMAT, TarFile, TarInfo
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from crampnb.errors import CommandError
from crampnb.places import BROWSER, NOTEBOOKS
from crampnb.pyodide import later
from crampnb.serve.jupyterlab import DEFAULTS, workspace
from crampnb.site import service_worker
from crampnb.site.headers import LAB_POLICY
from crampnb.site.packages import KERNEL, PYODIDE_FILES, copy_ours, run_node, unpack_wheels

HERE = Path(__file__).parent
EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
#: the kernel's part that JupyterLab loads; the Python packages that belong to it lie in it
PLUGIN = "@jupyterlite/pyodide-kernel-extension"

#: what runs in the browser beside us, in the versions that are installed here
PACKAGES = (
    *("anywidget", "comm", "ipython", "ipython-pygments-lexers", "ipywidgets", "psygnal"),
    *("jupyterlab-widgets", "pygments", "traitlets", "typing-extensions"),
    *("asttokens", "executing", "pure-eval", "stack-data"),  # IPython's tracebacks
    *("narwhals", "plotly"),  # figures in a notebook of one's own
)
#: parts of them that no lesson comes to, with what they would add to the download (MB, gzipped)
UNUSED = (
    "*.data",  # 0.35
    "anywidget/labextension",  # 0.13
    "**/tests",  # 0.06
    # 0.17 together
    *("*.dist-info/licenses", "*.dist-info/RECORD", "*.dist-info/WHEEL", "**/*.pyi", "**/py.typed"),
    *("anywidget/nbextension", "IPython/sphinxext*", "IPython/terminal/shortcuts"),
    *("IPython/testing/plugin", "pygments/sphinxext.py", "pygments/cmdline.py"),
    "*/__pycache__",
    *("plotly/package_data", "plotly/labextension"),  # 4.52, plotly.js
    # figures of kinds that are left out below
    *(f"plotly/graph_objs/layout/{kind}" for kind in ("geo", "map", "polar", "scene")),
    *(f"plotly/graph_objs/layout/{kind}" for kind in ("mapbox", "smith", "ternary")),
    # 0.40 together: other ways to make figures, and to read tables of libraries that are not there
    *("plotly/data", "plotly/express", "plotly/figure_factory", "plotly/matplotlylib"),
    *("narwhals/_arrow", "narwhals/_dask", "narwhals/_duckdb", "narwhals/_ibis"),
    *("narwhals/_pandas_like", "narwhals/_polars", "narwhals/_spark_like", "narwhals/_sql"),
    "narwhals/testing",
)
#: the only languages that are coloured: Python, and what a traceback shows; all others: 1.01
LEXERS = ("__init__.py", "_mapping.py", "python.py", "special.py", "unicode.py", "unistring.py")
#: the only kinds of figures, beside what all of them have; all others: 1.5
FIGURES = ("bar", "heatmap", "layout", "scatter")
FIGURES_SHARED = ("__init__.py", "_deprecations.py", "_figure.py", "_frame.py")

#: what draws a figure in JupyterLab, as Jupyter names such a thing
DRAWING = "crampnb-figures"

#: what JupyterLite's builder leaves that belongs to other apps, or to nobody; a browser would keep
#: all of it for the next visit (MB as files)
UNSERVED = (
    "**/*.map",  # 44.4
    *("build/*.eot", "build/*.svg", "build/*.ttf"),  # 2.6
    "**/third-party-licenses.json",  # 0.5
    # 0.5 together, and pages and settings that would stand in the way of ours
    *("**/*.whl", "bootstrap.js", "config-utils.js", "doc", "icon-*.png", "index.html"),
    *("jupyter-lite.*", "jupyterlite.schema.*", "lab/*", "manifest.webmanifest"),
    *("overrides.json", "package.json", "static"),
)
#: libraries of diagrams, which JupyterLab would fetch when a notebook draws one (MB as files)
LIBRARIES = (
    "elkjs",  # 1.5
    "mermaid",  # 1.2
    # 2.0 together
    *("@mermaid-js/parser", "cytoscape", "cytoscape-cose-bilkent", "cytoscape-fcose", "katex"),
    *("langium", "layout-base", "vega-embed", "vega-lite", "vega-scenegraph"),
)

#: addresses that JupyterLab itself puts behind the root
RELATIVE = ("licensesUrl", "themesUrl")

#: names that the kernel would install by itself if it did not know that they are there
PRESENT = (
    *("micropip", "piplite", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython"),
)
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    **DEFAULTS,
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}

#: {workspace: layout}; lessons.html chooses one
WORKSPACES = {name: workspace(name, tabs) for name, tabs in {"wide": True, "narrow": False}.items()}


def build(output: Path, pyodide: Path) -> None:
    """Build the lessons in `output`/lessons. `pyodide` holds Pyodide's own files."""
    lessons = output / "lessons"
    with TemporaryDirectory(prefix="crampnb-") as name:
        folder = Path(name)
        _copy_notebooks(folder / "files")
        kernel = _kernel(folder / "kernel")
        shutil.copytree(_lab(folder, kernel), lessons)
        python, figures = _bytecode(folder, kernel, pyodide), folder / "figures"
        figures.mkdir()
        for name in later.NAMES:
            (python / name).rename(figures / name)
        pack(python, lessons / "python.bin")
        pack(figures, lessons / "figures.bin")
    for name in ("python.js", "start.js"):
        shutil.copyfile(BROWSER / f"lessons-{name}", lessons / name)
    # Instead of JupyterLite's own, which keeps nothing.
    core = {f"../pyodide/{name}": pyodide / name for name in PYODIDE_FILES.values()}
    shared = ("download.js", "plotly-cartesian.min.js")
    core |= {f"../static/{name}": output / "static" / name for name in shared}
    service_worker.write(lessons, "crampnb-lessons", service_worker.below(lessons) | core)


def _copy_notebooks(target: Path) -> None:
    """Copy the lessons and the teachers' notebook, for the kernel that there is."""
    for name, place in (("lessons", target), ("teachers", target / "teachers")):
        shutil.copytree(
            NOTEBOOKS / name, place, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True
        )
    for path in target.rglob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        notebook["metadata"]["kernelspec"] = {
            "display_name": "Python", "language": "python", "name": "python",
        }  # fmt: skip
        path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")


def _kernel(folder: Path) -> Path:
    """The kernel's part that JupyterLab loads."""
    folder.mkdir()
    unpack_wheels([KERNEL], folder)
    return next(folder.glob(f"*.data/data/share/jupyter/labextensions/{PLUGIN}"))


def _drawing(folder: Path) -> Path:
    """The part of JupyterLab that draws figures with the site's own plotly.js."""
    (folder / "static").mkdir(parents=True)
    shutil.copyfile(BROWSER / "plotly-figures.js", folder / "static" / "figures.js")
    parts = {"load": "static/figures.js", "mimeExtension": "./draw"}
    about = {"name": DRAWING, "version": "1.0.0", "jupyterlab": {"_build": parts}}
    (folder / "package.json").write_text(json.dumps(about))
    return folder


def _lab(folder: Path, kernel: Path) -> Path:
    """What JupyterLite's builder makes of `folder`/files, without what no lesson uses."""
    # A folder of its own: where it has built before, it drops settings.
    output = folder / "lab"
    installed = (EXTENSIONS / name for name in ("@jupyter-widgets/jupyterlab-manager", "anywidget"))
    extensions = [str(path) for path in (*installed, kernel, _drawing(folder / DRAWING))]
    config = {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "contents": [str(folder / "files")],
            "federated_extensions": extensions,
            "ignore_sys_prefix": ["federated_extensions"],
            "no_unused_shared_packages": True,
            "output_dir": str(output),
        }
    }
    (folder / "jupyter_lite_config.json").write_text(json.dumps(config))
    (folder / "jupyter-lite.json").write_text(json.dumps(_page_config()))
    (folder / "overrides.json").write_text(json.dumps(SETTINGS))
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"jupyterlite could not build the lessons: {done.stderr[-2000:]}")
    page = _page(output)
    for source_map in (output / "build").glob("*.js.map"):
        if _library(source_map) in LIBRARIES:
            source_map.with_suffix("").unlink()
    for pattern in UNSERVED:
        _remove(output, pattern)
    (output / "lab" / "index.html").write_text(page, "utf-8")
    (output / "api" / "workspaces" / "all.json").write_text(json.dumps(WORKSPACES))
    return output


def _library(source_map: Path) -> str:
    """The library that most of a script of JupyterLab comes from, by its source map."""
    held: Counter[str] = Counter()
    written = json.loads(source_map.read_text("utf-8"))
    for source, content in zip(written["sources"], written["sourcesContent"], strict=True):
        if found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source):
            held[found[1]] += len(content or "")
    return held.most_common(1)[0][0] if held else ""


def _page(lab: Path) -> str:
    """The one page, with its configuration in it: JupyterLite would fetch it in six requests."""
    merged: dict[str, Any] = {}
    for folder in (lab, lab / "lab"):
        written = json.loads((folder / "jupyter-lite.json").read_text("utf-8"))
        merged |= written["jupyter-config-data"]
    # As in an app for one notebook: its address stays, and no panel opens beside it.
    merged |= {"mode": "single-document", "notebookPage": "notebooks"}
    rooted = {key: _rooted(key, value) for key, value in merged.items()}
    template = (HERE / "templates" / "lessons.html").read_text("utf-8")
    page = template.replace("{{ policy }}", LAB_POLICY)
    return page.replace("{{ config }}", json.dumps(rooted).replace("</", "<\\/"))


def _rooted(key: str, value: Any) -> Any:
    """An address that begins with "./" as one from the root of the lessons."""
    if isinstance(value, dict):
        return {name: _rooted(name, each) for name, each in value.items()}
    if key.endswith("Url") and key not in RELATIVE and value.startswith("./"):
        return "{root}" + value[2:]
    return value


def _page_config() -> dict[str, Any]:
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": PRESENT},
        "pipliteUrls": [],
        "pyodideUrl": "./python.js",
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "crampnb",
            # For the button of a card that sleeps.
            "exposeAppInBrowser": True,
            # What was open is not opened again: each notebook would start a Python of its own.
            "enableMemoryStorage": True,
            "disabledExtensions": ["@jupyterlab/cell-toolbar-extension"],
            "workspacesStorageDrivers": ["memoryStorageDriver"],
            "litePluginSettings": {f"{PLUGIN}:kernel": kernel},
        },
    }


def _bytecode(folder: Path, kernel: Path, pyodide: Path) -> Path:
    """A folder of everything that Python may import there, as bytecode."""
    source, result = folder / "packages", folder / "bytecode"
    source.mkdir()
    unpack_wheels([f"{name}=={version(name)}" for name in PACKAGES], source)
    for name in ("ipykernel-*.whl", "pyodide_kernel-*.whl"):
        (wheel,) = (kernel / "static" / "pypi").glob(name)
        with ZipFile(wheel) as file:
            file.extractall(source)
    copy_ours(source)
    (source / "crampnb" / "pyodide" / "piplite").rename(source / "piplite")
    for pattern in UNUSED:
        _remove(source, pattern)
    _keep(source / "pygments" / "lexers", LEXERS)
    kinds = (*FIGURES, *(f"_{name}.py" for name in FIGURES))
    _keep(source / "plotly" / "graph_objs", (*kinds, *FIGURES_SHARED))
    run_node(HERE / "compile.mjs", str(pyodide), str(source), str(result), "0")
    return result


def _keep(folder: Path, names: Sequence[str]) -> None:
    """Remove all else from the folder."""
    for path in folder.iterdir():
        if path.name not in names:
            _remove(folder, path.name)


def _remove(folder: Path, pattern: str) -> None:
    """Remove what the pattern finds in the folder."""
    for path in folder.glob(pattern):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def pack(folder: Path, archive: Path) -> None:
    """Write a compressed tar of the folder's files, the same to the byte for the same files."""
    with (
        archive.open("wb") as file,
        GzipFile("", "wb", fileobj=file, mtime=0) as packed,
        TarFile(fileobj=packed, mode="w", format=USTAR_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = TarInfo(path.relative_to(folder).as_posix())
                entry.size = path.stat().st_size
                with path.open("rb") as content:
                    tar.addfile(entry, content)
