"""Packages that most lessons never import: they come when one does, all in one archive."""

import importlib
import io
import sys
import tarfile
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from crampnb.places import PACKAGE

#: what figures need
NAMES = ("_plotly_utils", "narwhals", "plotly")


class Later(MetaPathFinder):
    """Finds packages in an archive (tar, gzipped), which it fetches and unpacks the first time."""

    def __init__(self, fetch: Callable[[], bytes], folder: str) -> None:
        self._fetch, self._folder = fetch, folder

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where the package is by now; `ImportError` if it does not come, until the next try."""
        if name not in NAMES:
            return None
        try:
            archive = self._fetch()
        except Exception as error:  # whatever a browser throws
            told = f"{name} could not be fetched. Is the network there? Then run the cell again."
            raise ImportError(told, name=name) from error
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            tar.extractall(self._folder, filter="data")
        sys.meta_path.remove(self)
        importlib.invalidate_caches()
        return PathFinder.find_spec(name, [self._folder])


def put_off(fetch: Any) -> None:
    """Have the packages come when they are imported; `fetch` is the browser's, and waits."""
    sys.meta_path.append(Later(lambda: bytes(fetch().to_bytes()), str(PACKAGE.parent)))
