"""The site's pages: the start, the explainer, and what is written for teachers."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crampnb import modelcard
from crampnb.lessons.plans import lessons
from crampnb.places import EXPLAINER, notebook_path
from crampnb.serve import template
from crampnb.serve.documents import Target, document
from crampnb.site.headers import MENDED, POLICY
from crampnb.views.page import TITLE

TEMPLATES = Path(__file__).parent / "templates"
#: scripts that the page asks for before they are found out by others
MODULES = ("python.js", "site.js", "live.js", "kernel.js", "jupyter-widgets.js")


@cache
def _environment() -> Environment:
    folders = [TEMPLATES, template.JUPYTER_PATH / "voila" / "templates" / template.NAME]
    return Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)


def render(name: str, **variables: Any) -> str:
    """A page from its template."""
    return _environment().get_template(name).render(policy=POLICY, **variables)


def start() -> str:
    """The first page: which door leads where."""
    return render(
        "start.html.j2",
        title=TITLE,
        style=style(),
        up="",
        explainer=EXPLAINER,
        lessons=[(plan, notebook_path(plan.notebook)) for plan in lessons().values()],
    )


def explainer(size: int) -> str:
    """The explainer, for which Python takes `size` bytes."""
    page = template.page("") | {
        "address": "../static/{}".format,
        "style": style(),
        "model_card": True,
        "modules": MODULES,
        "head": Markup(render("python.html.j2", page={"address": "../static/{}".format})),
        "banner": Markup(render("banner.html.j2", up="../", explainer=EXPLAINER)),
    }
    return render("explainer.html.j2", page=page, bytes=size)


def missing() -> str:
    """The page that hosts show for an address where nothing is."""
    return render("404.html.j2", title=TITLE, style=style(), script=Markup(MENDED))


def style() -> Markup:
    """The style of the pages around the explainer."""
    return template.style("page.css", "site.css")


def model_card() -> str:
    """The model card, beside the explainer."""
    return _document(modelcard.card())


def for_teachers(folder: Path) -> dict[str, str]:
    """{file name: HTML} of the pages for teachers, from their Markdown."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    targets = {name: _html_name(name) for name in texts} | {"MODEL.md": f"../{EXPLAINER}model.html"}
    return {
        _html_name(name): _document(text, partial(_target, targets)) for name, text in texts.items()
    }


def _html_name(name: str) -> str:
    return "index.html" if name == "README.md" else f"{Path(name).stem}.html"


def _document(text: str, target: Target = lambda _: None) -> str:
    """One Markdown text as a page of the site, one folder down."""
    banner = Markup(render("banner.html.j2", up="../", explainer=EXPLAINER))
    return document(_environment(), text, target, banner=banner, policy=POLICY, up="../")


def _target(targets: Mapping[str, str], url: str) -> str | None:
    """Where on the site a link between files leads."""
    path, hash_, fragment = url.partition("#")
    name = posixpath.basename(path)
    if name in targets and not path.endswith("../README.md"):
        return f"{targets[name]}{hash_}{fragment}"
    if notebook := re.search(r"notebooks/(?:lessons/)?(.+\.ipynb)$", path):
        return f"../{notebook_path(notebook[1])}"
    return None
