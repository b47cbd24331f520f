"""What the Voilà template prints: the page as it stands, its style, and where its scripts are.

The template's conf.json names `Prerender`, so nbconvert finds it under any server, ours or a
Jupyter server, without configuration.
"""

from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor

from crampnb.views import document
from crampnb.views.explainer import TITLE

NAME = "crampnb"
HERE = Path(__file__).parent
#: where Jupyter's search path finds the template
JUPYTER_PATH = HERE / "share" / "jupyter"
_OWN = JUPYTER_PATH / "voila" / "templates" / NAME / "static"

#: {file name: where it is} of all that a browser may fetch
STATIC = {
    "served.js": _OWN / "served.js",
    "live.js": _OWN / "live.js",
    "kernel.js": _OWN / "kernel.js",
    "busy.js": _OWN / "busy.js",
    "jupyter-widgets.js": _OWN / "jupyter-widgets.js",
    "jupyter-widgets.css": _OWN / "jupyter-widgets.css",
    "plotly-cartesian.min.js": HERE / "vendor" / "plotly-cartesian.min.js",
}


def address(base_url: str, name: str) -> str:
    """Address of a static file; the same under any server that has Voilà."""
    return f"{base_url}voila/templates/{NAME}/static/{name}"


def page(base_url: str) -> dict[str, Any]:
    """What the template's pages may use."""
    return {
        "modules": ("served.js", "live.js", "kernel.js", "jupyter-widgets.js"),
        "head": "",
        "banner": "",
        "title": TITLE,
        "document": Markup(document()),
        "style": Markup((HERE / "page.css").read_text("utf-8")),
        "address": partial(address, base_url),
    }


class Prerender(Preprocessor):
    """Puts the page among what the template can use."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The notebook as it is, and the resources with the page."""
        return nb, resources | {"page": page(resources["base_url"])}
