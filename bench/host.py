"""A host of plain files that compresses texts, as most do: `python -m bench.host FOLDER PORT`."""

import gzip
import sys
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from tools.host import Files, Host

#: endings of what is compressed; all else goes as it is
TEXTS = {".html", ".js", ".css", ".json", ".svg"}


class Compressed(Files):
    """The files of a folder, texts compressed."""

    def send_head(self) -> Any:
        """Send the headers; for a text its length as it will be sent."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix not in TEXTS or not file.is_file() or path.is_dir() != self._is_folder():
            return super().send_head()
        content = compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def copyfile(self, source: Any, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send what is not compressed."""
        outputfile.write(source.read())

    def _is_folder(self) -> bool:
        return self.path.partition("?")[0].endswith("/")


@cache
def compressed(file: Path) -> bytes:
    """The file as it is sent."""
    return gzip.compress(file.read_bytes(), mtime=0)


if __name__ == "__main__":
    with Host(sys.argv[1], Compressed, int(sys.argv[2])) as host:
        host.serve_forever()
