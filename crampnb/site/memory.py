"""Python's memory after our notebook has run: a browser goes on from there.

To start Python, import the widgets and build the page takes a browser 2 to 4 seconds; to unpack a
memory in which that has been done takes a few tenths of one.
"""

import gzip
import shutil
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb.site.packages import run_node, unpacked
from crampnb.template import HERE

#: what the explainer imports besides the standard library and this package
WHEELS = ("anywidget", "comm", "ipywidgets", "psygnal", "traitlets", "typing_extensions")
#: parts of the package that the explainer does not import
ELSEWHERE = ("__pycache__", "share", "vendor/plotly*", "web", "*.mjs", "*.ipynb", "notebooks")


def build(static: Path, pyodide: Path, notebook: Path) -> None:
    """Nothing; the notebook's Python is in folder `static`; `pyodide` holds Pyodide's own files."""
    with TemporaryDirectory(prefix="crampnb-") as folder:
        packages = unpacked([f"{name}=={version(name)}" for name in WHEELS], Path(folder))
        shutil.copytree(HERE, packages / "crampnb", ignore=shutil.ignore_patterns(*ELSEWHERE))
        memory = Path(folder) / "memory"
        run_node(Path(__file__).parent / "snapshot.mjs", pyodide, packages, notebook, memory)
        _write(static / "memory.bin", memory.read_bytes())
    _write(static / "core.bin", (pyodide / "pyodide.asm.wasm").read_bytes())


def size(static: Path) -> int:
    """Bytes of Python that the explainer loads."""
    return sum((static / name).stat().st_size for name in ("memory.bin", "core.bin"))


def _write(file: Path, content: bytes) -> None:
    """Nothing; the content is packed here, as many a static host sends it as it is.

    The name does not say so: a host that knows ".gz" would have the browser unpack it as well.
    """
    file.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
