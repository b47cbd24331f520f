"""The browser libraries that the page ships, fetched from the npm registry by exact version.

Run with `make vendor` after changing `PACKAGES`. The results are committed, so that a machine with
only Python works; `VERSIONS` records the sha256 of each file and a test compares.
"""

import hashlib
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "crampnb" / "vendor"
VERSIONS = VENDOR / "VERSIONS"


@dataclass(frozen=True)
class Package:
    """One npm package and the one script that is taken from it."""

    #: name on the registry
    name: str
    #: exact version
    version: str
    #: path of the script inside the package
    script: str
    #: stem of the licence's file name
    short: str


PACKAGES = (
    # The plotly.js that Python's plotly bundles, so that one spec means the same in both.
    Package("plotly.js-cartesian-dist-min", "4.1.1", "plotly-cartesian.min.js", "plotly"),
    Package("idiomorph", "0.8.0", "dist/idiomorph.min.js", "idiomorph"),
)


def files(package: Package) -> dict[str, bytes]:
    """File name → content of the script and the licence; npm checks the archive's integrity."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package.name}@{package.version}"
        command = ["npm", "pack", "--silent", "--ignore-scripts", wanted]
        subprocess.run(command, cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            return {
                Path(package.script).name: member(tar, package.script),
                f"{package.short}.LICENSE": member(tar, "LICENSE"),
            }


def member(tar: tarfile.TarFile, path: str) -> bytes:
    """Content of the file at `path` inside an npm archive."""
    content = tar.extractfile(f"package/{path}")
    if content is None:
        raise FileNotFoundError(path)
    return content.read()


def rows(package: Package, contents: dict[str, bytes]) -> list[str]:
    """Lines of VERSIONS: package, version, file, sha256."""
    return [
        f"{package.name} {package.version} {name} {hashlib.sha256(content).hexdigest()}"
        for name, content in contents.items()
    ]


def check(known: list[str], new: list[str]) -> None:
    """Nothing; raises `ValueError` where a version that is known has changed its content."""
    recorded = {row.rsplit(" ", 1)[0]: row for row in known}
    for row in new:
        if recorded.get(row.rsplit(" ", 1)[0], row) != row:
            raise ValueError(f"not the content that was recorded for this version: {row}")


def main() -> None:
    """Nothing; writes the scripts, their licences and VERSIONS."""
    known = VERSIONS.read_text().splitlines() if VERSIONS.exists() else []
    fetched = [(package, files(package)) for package in PACKAGES]
    new = [row for package, contents in fetched for row in rows(package, contents)]
    check(known, new)
    VENDOR.mkdir(exist_ok=True)
    for _, contents in fetched:
        for name, content in contents.items():
            (VENDOR / name).write_bytes(content)
    VERSIONS.write_text("\n".join(new) + "\n")


if __name__ == "__main__":
    main()
