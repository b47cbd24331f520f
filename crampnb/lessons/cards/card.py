"""A card of a lesson as one widget: HTML with places for ipywidgets, and buttons that call Python.

The frame is written once; what changes are its parts, by name, so that a screen reader hears what
is new and the keyboard stays where it is.

What a cell shows, and a notebook saves, is a place in which the browser draws the card once Python
has it. A widget's own output would become a red error where a lesson is opened with a new kernel;
the place then says how to wake it.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from ipywidgets import Layout, widget_serialization
from traitlets import Dict, Instance, List, Unicode

from crampnb.dashboard.island import Actions, Bundle, Island, script, style
from crampnb.lessons.entries import LARGEST
from crampnb.views.elements import Html, escape

#: `{{id}}` of a card, and its name; the button is for servers of ours, which give it JupyterLab,
#: and stands in the first place of a notebook, as it wakes all
_PLACE = """<crampnb-card data-card="{id}" style="display: block">
<p><b>{label}</b><br>This card sleeps. To wake the whole lesson, choose “Run All Cells” in the menu
“Run”. Answers that you have kept come back with it.</p>
<p class="crampnb-wake" hidden><button class="jp-mod-styled jp-mod-accept"
onclick="jupyterapp.shell.currentWidget.sessionContext.ready.then(() => jupyterapp.commands
.execute('notebook:run-all-cells'))">Wake the whole lesson</button></p>
<script>if (globalThis.jupyterapp && !document.currentScript.closest('.jp-Notebook')
?.querySelector('.crampnb-wake:not([hidden])'))
document.currentScript.previousElementSibling.hidden = false;</script></crampnb-card>"""


def _as_html(parts: Mapping[str, str]) -> dict[str, Html]:
    return {name: escape(inside) for name, inside in parts.items()}


def _elsewhere() -> bool:
    """Whether this runs in VS Code or Colab, which know a widget by its own output only."""
    return "VSCODE_PID" in os.environ or "google.colab" in sys.modules


@cache
def _shared() -> Mapping[str, Any]:
    """What a kernel sends once for all its cards."""
    return {"bundle": Bundle(module=script("card.js"), style=style()), "layout": Layout()}


class Card(Island):
    """What one cell of a lesson shows."""

    #: all answers of a lesson, which a browser brings back with one press
    longest_press = LARGEST
    #: the little module that anywidget loads for each card; it finds the one for all
    _esm = Unicode(script("loader.js")).tag(sync=True)
    bundle = Instance(Bundle).tag(sync=True, **widget_serialization)
    #: names its places in the notebook
    card = Unicode().tag(sync=True)
    #: answers of the lesson as JSON, which the browser keeps for another kernel; "": none
    kept = Unicode().tag(sync=True)
    #: name of the card for a screen reader
    label = Unicode().tag(sync=True)
    #: HTML with `data-part`, `data-slot` and `data-when` places
    frame = Unicode().tag(sync=True)
    #: {part: HTML}
    parts = Dict().tag(sync=True)
    #: names of the `data-when` places that are to be seen
    due = List(Unicode()).tag(sync=True)

    def __init__(
        self,
        label: str,
        frame: Html,
        *,
        slots: Mapping[str, Any] | None = None,
        actions: Actions | None = None,
        kept: str = "",
    ) -> None:
        """A card of this frame; `actions` are what its buttons may ask for, by name."""
        name = secrets.token_hex(8)
        super().__init__(
            actions or {},
            card=name,
            label=label,
            frame=frame,
            slots=dict(slots or {}),
            kept=kept,
            **_shared(),
        )

    def _repr_mimebundle_(self, **options: Any) -> Any:
        if _elsewhere():
            return super()._repr_mimebundle_(**options)
        place = _PLACE.format(id=self.card, label=escape(self.label))
        return {"text/html": place, "text/plain": f"{self.label}: run this cell to see it."}

    def show(self, **parts: str) -> None:
        """Put something new into some parts: HTML, or a text."""
        self.parts = self.parts | _as_html(parts)

    def reveal(self, *names: str) -> None:
        """Let what was out of sight be seen."""
        self.due = [*self.due, *(name for name in names if name not in self.due)]

    def reset(self, **parts: str) -> None:
        """Show the card as it was at first, but for these parts."""
        self.parts = dict.fromkeys(self.parts, "") | _as_html(parts)
        self.due = []
