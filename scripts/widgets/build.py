"""The browser side of ipywidgets as one script and one style sheet, built from exact versions.

Run with `python scripts/widgets/build.py` after changing package.json; it needs npm. The results
are committed, so that a machine with only Python works; `built.sha256` records them and a test
compares.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE / "built.sha256"
STATIC = HERE.parents[1] / "crampnb/share/jupyter/voila/templates/crampnb/static"
OPTIONS = (
    *("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"),
    *("--alias:sanitize-html=./sanitize.js", "--entry-names=jupyter-widgets", "--outdir=out"),
    *("--define:AbortSignal.timeout=patience", "--inject:./patience.js"),
    "--metafile=meta.json",
)


def build(folder: Path) -> dict[str, bytes]:
    """File name → content, built in `folder`; npm checks the integrity of each package."""
    shutil.copytree(HERE, folder, dirs_exist_ok=True)
    run("npm", "ci", "--silent", "--ignore-scripts", folder=folder)
    run("npx", "esbuild", "entry.js", "entry.css", *OPTIONS, folder=folder)
    files = {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}
    return files | {"jupyter-widgets.LICENSE": licences(folder).encode()}


def licences(folder: Path) -> str:
    """The licence of every package that is in the results."""
    outputs = json.loads((folder / "meta.json").read_text())["outputs"].values()
    inputs = {name for output in outputs for name in output["inputs"] if "node_modules/" in name}
    packages = sorted({package_of(folder, name) for name in inputs})
    return "\n\n".join(map(licence, packages)) + "\n"


def package_of(folder: Path, name: str) -> Path:
    """Folder of the package that a file is from; scoped names have two parts."""
    before, _, rest = name.rpartition("node_modules/")
    parts = rest.split("/")[: 2 if rest.startswith("@") else 1]
    return folder / before / "node_modules" / Path(*parts)


def licence(package: Path) -> str:
    """Name, version and licence text; the Jupyter projects' packages come without theirs."""
    about = json.loads((package / "package.json").read_text())
    texts = sorted(package.glob("LICENSE*")) or [HERE / "jupyter.LICENSE"]
    text = "".join(path.read_text("utf-8") for path in texts)
    return f"{about['name']} {about['version']}: {about['license']}\n\n{text.strip()}"


def run(*command: str, folder: Path) -> None:
    """Nothing; raises where the command fails."""
    subprocess.run(command, cwd=folder, check=True)


def record(files: dict[str, bytes]) -> str:
    """One line a file: sha256 and name."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())


def main() -> None:
    """Nothing; writes the results and their record."""
    with tempfile.TemporaryDirectory() as folder:
        files = build(Path(folder))
    for name, content in files.items():
        (STATIC / name).write_bytes(content)
    BUILT.write_text(record(files))


if __name__ == "__main__":
    main()
