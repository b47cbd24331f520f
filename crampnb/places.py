"""Where things are: notebooks and teachers' pages on the disk, the pages of the static site.

Notebooks and teachers' pages are in the package once it is installed, else beside it.
"""

from pathlib import Path
from urllib.parse import quote

#: the package itself, the scripts and styles that we wrote for browsers, and what others wrote
PACKAGE = Path(__file__).parent
BROWSER = PACKAGE / "browser"
VENDOR = PACKAGE / "vendor"


def place(name: str) -> Path:
    """Folder `name` of the project."""
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else PACKAGE.parent / name


NOTEBOOKS = place("notebooks")
DASHBOARD = NOTEBOOKS / "dashboard.ipynb"
TEACHERS = place("docs") / "teachers"

#: paths below the address of the site without a server
START, EXPLAINER, LAB = "", "explainer/", "lessons/lab/index.html"


def on_site(site: str, path: str) -> str:
    """Address of a path of the static site at the address `site`."""
    return f"{site.rstrip('/')}/{path}"


def notebook_path(file: str) -> str:
    """Path of a notebook below the address of the static site; `file` is its place there."""
    return f"{LAB}?path={quote(file)}"
