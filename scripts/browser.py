"""The browser side from its parts: what others wrote, and our modules as one script each.

`make vendor` builds all (after a change of package.json), `make browser` bundles our own
modules again (after a change in crampnb/browser). The results are committed, so that a machine with
only Python works; `vendor/VERSIONS` records the sha256 of each file that others wrote. Needs npm.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BROWSER = ROOT / "crampnb" / "browser"
BUILT = BROWSER / "built"
VENDOR = ROOT / "crampnb" / "vendor"
WIDGETS = ROOT / "scripts" / "widgets"
MODULES = ROOT / "node_modules"

#: {name of the bundle: the module that it begins with}
BUNDLES = {
    "page.js": "explainer/printed.js",
    "explainer.js": "explainer/render.js",
    "card.js": "card.js",
    "loader.js": "loader.js",
    "service-worker.js": "service-worker/main.js",
}
#: those that a page loads as plain scripts, which run from a disk too
PLAIN = {"page.js"}
#: {file: where it is in its package}; plotly.js is the one that Python's plotly bundles, so that
#: one spec means the same in both
TAKEN = {
    "plotly-cartesian.min.js": "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
    "plotly.LICENSE": "plotly.js-cartesian-dist-min/LICENSE",
    "idiomorph.LICENSE": "idiomorph/LICENSE",
}
#: the module that unpacks Python on the site; its package is written for older browsers
UNPACKING = "xz-decompress.js"
OPTIONS = (
    *("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"),
    "--log-level=warning",
)
WIDGET_OPTIONS = (
    *OPTIONS,
    *("--alias:sanitize-html=./sanitize.js", "--entry-names=jupyter-widgets"),
    *("--define:AbortSignal.timeout=patience", "--inject:./patience.js"),
)


def bundles(folder: Path) -> dict[str, bytes]:
    """Name → content of each of our bundles, written to `folder`."""
    for name, entry in BUNDLES.items():
        kind = ("--format=iife",) if name in PLAIN else ()
        options = (*OPTIONS, *kind, f"--outfile={folder / name}")
        run("esbuild", str(BROWSER / entry), *options)
    return {name: (folder / name).read_bytes() for name in BUNDLES}


def vendored(folder: Path) -> dict[str, bytes]:
    """Name → content of each file that others wrote."""
    files = {name: (MODULES / path).read_bytes() for name, path in TAKEN.items()}
    # Beside the modules that it imports: a build elsewhere would not find them.
    options = (*WIDGET_OPTIONS, f"--outdir={folder}", f"--metafile={folder / 'meta.json'}")
    run("esbuild", "entry.js", "entry.css", *options, folder=WIDGETS)
    meta = json.loads((folder / "meta.json").read_text())
    for kind in ("js", "css"):
        files[f"jupyter-widgets.{kind}"] = (folder / f"jupyter-widgets.{kind}").read_bytes()
    # Its licences stand in its comments.
    kept = ("--legal-comments=inline", f"--outfile={folder / UNPACKING}")
    run("esbuild", "unpacking.js", *OPTIONS, *kept, folder=WIDGETS)
    files[UNPACKING] = (folder / UNPACKING).read_bytes()
    return files | {"jupyter-widgets.LICENSE": licences(meta).encode()}


def licences(meta: dict[str, dict[str, dict[str, list[str]]]]) -> str:
    """The licence of every package that is in the widgets' bundle."""
    inputs = {name for output in meta["outputs"].values() for name in output["inputs"]}
    packages = sorted({package_of(name) for name in inputs if "node_modules/" in name})
    return "\n\n".join(map(licence, packages)) + "\n"


def package_of(name: str) -> Path:
    """Folder of the package that a file is from; scoped names have two parts."""
    before, _, rest = name.rpartition("node_modules/")
    parts = rest.split("/")[: 2 if rest.startswith("@") else 1]
    return (WIDGETS / before / "node_modules" / Path(*parts)).resolve()


def licence(package: Path) -> str:
    """Name, version and licence text; the Jupyter projects' packages come without theirs."""
    about = json.loads((package / "package.json").read_text())
    texts = sorted(package.glob("LICENSE*")) or [WIDGETS / "jupyter.LICENSE"]
    text = "".join(path.read_text("utf-8") for path in texts)
    return f"{about['name']} {about['version']}: {about['license']}\n\n{text.strip()}"


def versions(files: dict[str, bytes]) -> str:
    """One line a file: its name and the sha256 of its content."""
    return "".join(
        f"{name} {hashlib.sha256(content).hexdigest()}\n" for name, content in sorted(files.items())
    )


def run(tool: str, *arguments: str, folder: Path = ROOT) -> None:
    """Run one of the tools that npm has installed."""
    subprocess.run([MODULES / ".bin" / tool, *arguments], cwd=folder, check=True)


def main() -> None:
    """Write the files, or with --check say which of ours are not those of their modules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["vendor", "bundle", "check"])
    what = parser.parse_args().what
    with tempfile.TemporaryDirectory() as folder:
        found = bundles(Path(folder))
        others = vendored(Path(folder)) if what == "vendor" else {}
    if what == "check":
        old = [name for name, content in found.items() if (BUILT / name).read_bytes() != content]
        sys.exit(f"Not what their modules give (make browser): {', '.join(old)}" if old else 0)
    BUILT.mkdir(exist_ok=True)
    for name, content in found.items():
        (BUILT / name).write_bytes(content)
    if others:
        shutil.rmtree(VENDOR)
        VENDOR.mkdir()
        for name, content in others.items():
            (VENDOR / name).write_bytes(content)
        (VENDOR / "VERSIONS").write_text(versions(others))


if __name__ == "__main__":
    main()
