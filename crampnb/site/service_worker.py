"""The scripts that keep the site in a browser, so that it opens again without a network."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from crampnb.places import BROWSER

#: name of such a script, in the folder whose pages it keeps
NAME = "service-worker.js"
SCRIPT = BROWSER / "built" / NAME


def write(folder: Path, store: str, files: Mapping[str, Path]) -> None:
    """Write a script to `folder` that keeps the files {address from there: file} in a store."""
    sums = {
        quote(name, safe="/@"): sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(files.items())
    }
    kept = json.dumps({"store": store, "files": sums}, indent=0)
    script = f"const KEPT = {kept};\n{SCRIPT.read_text('utf-8')}"
    (folder / NAME).write_text(script, "utf-8")


def below(folder: Path) -> dict[str, Path]:
    """{address from there: file} of all that is in a folder, but the script itself."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path for name, path in paths.items() if path.is_file() and name != NAME}
