"""Python's memory after our notebook has run: a browser goes on from there.

To start Python, import the widgets and build the page takes a browser 2 to 4 seconds; to unpack a
memory in which that has been done takes a few tenths of one.
"""

import lzma
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from crampnb.site.packages import copy_ours, run_node, unpack_wheels

#: what the explainer imports besides the standard library and this package
WHEELS = ("anywidget", "comm", "ipywidgets", "psygnal", "traitlets", "typing_extensions")

#: Pyodide's own files that the explainer loads, {compressed: as they are}
CORE = {"core.bin": "pyodide.asm.wasm", "runtime.bin": "pyodide.asm.js"}
#: the strongest for which a browser's decoder needs 8 MB; four times as many give 1 % more
PRESET = 6 | lzma.PRESET_EXTREME


def build(static: Path, pyodide: Path, notebook: Path) -> None:
    """Write the notebook's Python into folder `static`; `pyodide` holds Pyodide's own files."""
    with TemporaryDirectory(prefix="crampnb-") as folder:
        packages = unpack_wheels([f"{name}=={version(name)}" for name in WHEELS], Path(folder))
        copy_ours(packages)
        memory = Path(folder) / "memory"
        run_node(Path(__file__).parent / "snapshot.mjs", pyodide, packages, notebook, memory)
        _write(static / "memory.bin", memory.read_bytes())
    for name, source in CORE.items():
        _write(static / name, (pyodide / source).read_bytes())


def size(static: Path) -> int:
    """Bytes of Python that the explainer loads."""
    return sum((static / name).stat().st_size for name in ("memory.bin", *CORE))


def _write(file: Path, content: bytes) -> None:
    """Write the content compressed, as many a static host sends it as it is.

    By LZMA, which takes a third less than what browsers unpack themselves.
    """
    file.write_bytes(lzma.compress(content, check=lzma.CHECK_CRC32, preset=PRESET))
