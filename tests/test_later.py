"""Packages that come when they are imported, as in the reader's browser."""

import importlib
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import crampnb.pyodide.later as later


def archive(**modules: str) -> bytes:
    """Modules in one archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, code in modules.items():
            entry = tarfile.TarInfo(f"{name}/__init__.py")
            entry.size = len(code)
            tar.addfile(entry, io.BytesIO(code.encode()))
    return packed.getvalue()


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What a browser is going to fetch; nothing while there is no network."""
    there: list[bytes] = []
    finder = later.Later(lambda: there.pop(), str(tmp_path))
    monkeypatch.setattr(later, "NAMES", ("later_one", "later_two"))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    monkeypatch.syspath_prepend(str(tmp_path))
    yield there
    for name in ("later_one", "later_two"):
        sys.modules.pop(name, None)


def test_all_come_with_the_first(line: list[bytes]) -> None:
    line.append(archive(later_one="import later_two", later_two="number = 3"))
    assert importlib.import_module("later_one").later_two.number == 3
    assert line == []


def test_without_a_network_it_is_said_and_tried_again(line: list[bytes]) -> None:
    with pytest.raises(ImportError, match="later_two could not be fetched"):
        importlib.import_module("later_two")
    line.append(archive(later_two="number = 3"))
    assert importlib.import_module("later_two").number == 3


def test_others_are_not_looked_for(line: list[bytes]) -> None:
    line.append(archive(later_one=""))
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("later_three")
    assert len(line) == 1
