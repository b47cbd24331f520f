"""What the Voilà template prints: the page as it stands, its style, and where its scripts are.

The template's conf.json names `Prerender`, so nbconvert finds it under any server, ours or a
Jupyter server, without configuration.
"""

from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor

from crampnb.places import BROWSER, VENDOR
from crampnb.views.page import TITLE, document

NAME = "crampnb"
#: what stands in a page that has its sliders: where they find their kernel
SLIDERS = 'id="crampnb-kernel"'
#: where Jupyter's search path finds the template
JUPYTER_PATH = Path(__file__).parent / "share" / "jupyter"

#: the script with which the page answers by itself
PAGE = "page.js"
_SCRIPTS = ("served.js", "frames.js", "live.js", "kernel.js", "busy.js", "missing.js")
_VENDORED = ("jupyter-widgets.js", "jupyter-widgets.css", "plotly-cartesian.min.js")
#: {file name: where it is} of all that a browser may fetch
STATIC = (
    {name: BROWSER / name for name in _SCRIPTS}
    | {name: VENDOR / name for name in _VENDORED}
    | {PAGE: BROWSER / "built" / PAGE}
)


def address(base_url: str, name: str) -> str:
    """Address of a static file; the same under any server that has Voilà."""
    return f"{base_url}voila/templates/{NAME}/static/{name}"


def style(*names: str) -> Markup:
    """Style sheets of ours, one after the other."""
    return Markup("\n".join((BROWSER / name).read_text("utf-8") for name in names))


def page(base_url: str) -> dict[str, Any]:
    """What the template's pages may use."""
    return {
        "modules": ("served.js", "frames.js", "live.js", "kernel.js", "jupyter-widgets.js"),
        "script": PAGE,
        "head": "",
        "banner": "",
        "title": TITLE,
        "document": Markup(document()),
        "style": style("page.css"),
        "model_card": False,  # whether it is a page beside this one
        "address": partial(address, base_url),
    }


class Prerender(Preprocessor):
    """Put the page among what the template can use."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The notebook as it is, and the resources with the page."""
        return nb, resources | {"page": page(resources["base_url"])}
