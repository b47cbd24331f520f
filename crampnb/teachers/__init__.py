"""The teachers' pages: prose of `teachers/pages/*.md`, every figure of the model's from the model.

`make docs` writes them to `docs/teachers` in the current folder. What a page may name in
`{{ ... }}` is in `figures.NAMES`, so `{{ people(sitting=10) }} of 1,000` is never typed.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crampnb.lessons.plans import lessons
from crampnb.teachers.drawings import DRAWINGS
from crampnb.teachers.figures import NAMES

SOURCES = Path(__file__).parent / "pages"


def pages() -> dict[str, str]:
    """{file name: content} of every page, and of the pictures that the worksheets have."""
    environment = Environment(
        loader=FileSystemLoader(SOURCES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.globals |= {**NAMES, "lessons": lessons()}
    written = {path.name: environment.get_template(path.name) for path in SOURCES.glob("[!_]*.md")}
    texts = {name: template.render() for name, template in sorted(written.items())}
    return texts | {name: draw() for name, draw in DRAWINGS.items()}


def write(folder: Path) -> None:
    """Write all of them to the folder."""
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")
