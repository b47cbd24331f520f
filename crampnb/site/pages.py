"""The site's pages: the start, the explainer, and what is written for teachers."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from mistune.toc import add_toc_hook

from crampnb import modelcard, template
from crampnb.course import lessons
from crampnb.links import EXPLAINER, notebook_path
from crampnb.site.headers import POLICY
from crampnb.views.explainer import TITLE

WEB = Path(__file__).parent / "web"
#: scripts that the page asks for before they are found out by others
MODULES = ("python.js", "site.js", "live.js", "kernel.js", "jupyter-widgets.js")


@cache
def _environment() -> Environment:
    folders = [WEB, template.JUPYTER_PATH / "voila" / "templates" / template.NAME]
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
        explainer=EXPLAINER,
        lessons=[(plan, notebook_path(plan.notebook)) for plan in lessons().values()],
    )


def explainer(size: int) -> str:
    """The explainer, for which Python takes `size` bytes."""
    page = template.page("") | {
        "address": "../static/{}".format,
        "style": style(),
        "modules": MODULES,
        "head": Markup(render("python.html.j2", page={"address": "../static/{}".format})),
        "banner": Markup(render("banner.html.j2", up="../", explainer=EXPLAINER)),
    }
    return render("explainer.html.j2", page=page, bytes=size)


def style() -> Markup:
    """The style of the pages around the explainer."""
    sheets = (template.HERE / "page.css", WEB / "site.css")
    return Markup("\n".join(sheet.read_text("utf-8") for sheet in sheets))


def for_teachers(folder: Path) -> dict[str, str]:
    """{file name: HTML} of the pages for teachers and of the model card, from their Markdown."""
    pages = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    pages["MODEL.md"] = modelcard.card()
    return {_html_name(name): _document(text, pages) for name, text in pages.items()}


def _html_name(name: str) -> str:
    return "index.html" if name == "README.md" else f"{Path(name).stem.lower()}.html"


def _document(text: str, pages: Mapping[str, str]) -> str:
    """One Markdown text as a page of the site."""
    markdown = mistune.create_markdown(
        renderer=_Renderer(frozenset(pages)), plugins=["table", "url"]
    )
    add_toc_hook(markdown, heading_id=lambda token, index: _slug(token["text"]))
    title = text.lstrip("# ").split("\n", 1)[0]
    return render(
        "document.html.j2",
        title=title,
        style=style(),
        body=Markup(markdown(text)),
        up="../",
        explainer=EXPLAINER,
    )


def _slug(heading: str) -> str:
    """Id of a heading, as in the links that the texts have to it."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())


class _Renderer(mistune.HTMLRenderer):
    """HTML in which links lead to where things are on the site; where nothing is, none leads."""

    def __init__(self, pages: frozenset[str]) -> None:
        super().__init__(escape=False)
        self._pages = pages

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link, or its text alone."""
        target = self._target(url)
        return text if target is None else f'<a href="{escape(target)}">{text}</a>'

    def _target(self, url: str) -> str | None:
        if re.match(r"(#|https://)", url):
            return url
        path, hash_, fragment = url.partition("#")
        name = posixpath.basename(path)
        if name in self._pages and not path.endswith("../README.md"):
            return f"{_html_name(name)}{hash_}{fragment}"
        if notebook := re.search(r"notebooks/(?:lessons/)?(.+\.ipynb)$", path):
            return f"../{notebook_path(notebook[1])}"
        return None

    def block_code(self, code: str, info: str | None = None) -> str:
        """Code, which scrolls in itself too."""
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>'

    def table(self, text: str) -> str:
        """A table that scrolls in itself where the screen is narrow."""
        return f'<div class="table" tabindex="0"><table>{text}</table></div>'
