"""Where notebooks and teachers' pages are: in the package once installed, else beside it."""

from pathlib import Path

HERE = Path(__file__).parent


def place(name: str) -> Path:
    """Folder `name` of the project."""
    packaged = HERE / name
    return packaged if packaged.is_dir() else HERE.parent / name


NOTEBOOKS = place("notebooks")
DASHBOARD = NOTEBOOKS / "dashboard.ipynb"
TEACHERS = place("docs") / "teachers"
