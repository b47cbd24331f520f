"""Links for a course page: to Binder, which runs the project for anyone, and to the static site.

Binder's form is `https://mybinder.org/v2/gh/OWNER/NAME/REF?urlpath=PATH`, where PATH is below the
visitor's own Jupyter server. The static site's paths are those of `crampnb.places`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from crampnb.errors import CommandError
from crampnb.lessons.plans import Plan, lessons
from crampnb.places import EXPLAINER, START, notebook_path, on_site
from crampnb.site.remote import REPO

BINDER = "https://mybinder.org"
BADGE = f"{BINDER}/badge_logo.svg"
#: ref of the newest commit of a repository's default branch
NEWEST = "HEAD"

#: what git allows in the name of a branch or tag, in ASCII
REF = re.compile(
    r"(?![-/])(?!.*(\.\.|//|/\.|@\{|\.lock(/|$)))[^\x00-\x20\x7f-\U0010ffff~^:?*\[\\.]"
    r"[^\x00-\x20\x7f-\U0010ffff~^:?*\[\\]{0,199}(?<![/.])"
)
#: nothing that would end a Markdown link
SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[\w.~%/+-]*)?", re.ASCII)


class Link(NamedTuple):
    """One line of a course page."""

    title: str
    url: str


def course_page(repo: str, ref: str = NEWEST, site: str | None = None) -> str:
    """Markdown: Binder's badge, then a link to everything. `CommandError` for what cannot be."""
    explainer, *others = binder_links(repo, ref)
    blocks = [f"[![Open in Binder]({BADGE})]({explainer.url})", _listed([explainer, *others])]
    if site is not None:
        blocks += ["Without a server, in the browser alone:", _listed(site_links(site))]
    return "\n\n".join(blocks)


def binder_links(repo: str, ref: str = NEWEST) -> list[Link]:
    """The explainer, each lesson, and JupyterLab, as Binder starts them for a visitor."""
    base = launch(repo, ref)
    return [Link(title, f"{base}?urlpath={quote(path)}") for title, path in _server_paths()]


def launch(repo: str, ref: str = NEWEST) -> str:
    """Address at which Binder makes or finds the image of `repo` (OWNER/NAME) at `ref`."""
    _check("--repo", repo, REPO, "must be OWNER/NAME of a repository on GitHub")
    _check("--ref", ref, REF, "must be a tag, a branch or a commit")
    return f"{BINDER}/v2/gh/{repo}/{quote(ref, safe='')}"


def site_links(site: str) -> list[Link]:
    """The start page, the explainer and each lesson of the static site at the address `site`."""
    _check("--site", site, SITE, "must be like https://example.org/cramps, without ? and #")
    return [
        Link("Start page", on_site(site, START)),
        Link("Explainer", on_site(site, EXPLAINER)),
        *(
            Link(_title(plan), on_site(site, notebook_path(plan.notebook)))
            for plan in lessons().values()
        ),
    ]


def _server_paths() -> Iterator[tuple[str, str]]:
    """Title and path below a Jupyter server whose folder is the repository."""
    yield "Explainer", "voila/render/notebooks/dashboard.ipynb"
    for plan in lessons().values():
        yield _title(plan), f"lab/tree/notebooks/lessons/{plan.notebook}"
    yield "For teachers: the class's answers", "lab/tree/notebooks/teachers/class_answers.ipynb"
    yield "JupyterLab", "lab"


def _title(plan: Plan) -> str:
    return f"{plan.heading} ({plan.minutes} minutes)"


def _listed(links: list[Link]) -> str:
    return "\n".join(f"- [{title}]({url})" for title, url in links)


def _check(name: str, value: str, allowed: re.Pattern[str], rule: str) -> None:
    if not allowed.fullmatch(value):
        raise CommandError(f"{name} = {value!r}: {rule}")
