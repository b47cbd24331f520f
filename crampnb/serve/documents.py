"""Markdown as pages of their own: the model card, and on the site what is written for teachers."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import mistune
from jinja2 import Environment
from markupsafe import Markup, escape
from mistune.toc import add_toc_hook

from crampnb import modelcard
from crampnb.serve import template
from crampnb.views.elements import a, nav

#: from the address in a text to the one on its page; None where nothing is there
Target = Callable[[str], str | None]


@cache
def model_card(environment: Environment) -> str:
    """The model card as a page beside the explainer."""
    back = nav("site", aria_label="This site")[a(href="./")["Explainer"]]
    return document(environment, modelcard.card(), banner=Markup(back))


def document(
    environment: Environment, text: str, target: Target = lambda _: None, **variables: Any
) -> str:
    """One Markdown text as a page; `target` says where its links to other files lead."""
    markdown = mistune.create_markdown(renderer=_Renderer(target), plugins=["table", "url"])
    add_toc_hook(markdown, heading_id=lambda token, index: _slug(token["text"]))
    return environment.get_template("document.html.j2").render(
        title=text.lstrip("# ").split("\n", 1)[0],
        style=template.style("page.css", "site.css"),
        body=Markup(markdown(text)),
        **variables,
    )


def _slug(heading: str) -> str:
    """Id of a heading, as in the links that the texts have to it."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())


class _Renderer(mistune.HTMLRenderer):
    """HTML in which links lead to where things are; where nothing is, none leads."""

    def __init__(self, target: Target) -> None:
        super().__init__(escape=False)
        self._target = target

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link, or its text alone."""
        target = url if re.match(r"(#|https://)", url) else self._target(url)
        return text if target is None else f'<a href="{escape(target)}">{text}</a>'

    def block_code(self, code: str, info: str | None = None) -> str:
        """Code, which scrolls in itself too."""
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>'

    def table(self, text: str) -> str:
        """A table that scrolls in itself where the screen is narrow."""
        return f'<div class="table" tabindex="0"><table>{text}</table></div>'
