"""A card of a lesson as one widget: HTML with places for ipywidgets, and buttons that call Python.

The frame is written once; what changes are its parts, by name, so that a screen reader hears what
is new and the keyboard stays where it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
from ipywidgets import widget_serialization
from traitlets import Dict, List, Unicode

from crampnb.page import script, style

#: characters of a press that are looked at
LONGEST_PRESS = 2000


class Card(anywidget.AnyWidget):
    """What one cell of a lesson shows."""

    #: the module and the style sheet that anywidget loads in the browser
    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    #: name of the card for a screen reader
    label = Unicode().tag(sync=True)
    #: HTML with `data-part`, `data-slot` and `data-when` places
    frame = Unicode().tag(sync=True)
    #: {part: HTML}
    parts = Dict().tag(sync=True)
    #: {place: widget}
    slots = Dict().tag(sync=True, **widget_serialization)
    #: names of the `data-when` places that are to be seen
    due = List(Unicode()).tag(sync=True)

    def __init__(
        self,
        label: str,
        frame: str,
        *,
        slots: Mapping[str, Any] | None = None,
        actions: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        """A card of this frame; `actions` are what its buttons may ask for, by name."""
        self._actions = dict(actions or {})
        super().__init__(
            _esm=script("controls.js", "card.js"),
            _css=style(),
            label=label,
            frame=frame,
            slots=dict(slots or {}),
        )
        self.on_msg(self._on_message)

    def show(self, **parts: str) -> None:
        """Put new HTML into some parts."""
        self.parts = self.parts | parts

    def reveal(self, *names: str) -> None:
        """Let what was out of sight be seen."""
        self.due = [*self.due, *(name for name in names if name not in self.due)]

    def download(self, name: str, text: str) -> None:
        """Hand a JSON file to the browser."""
        self.send({"answer": "download", "name": name, "type": "application/json", "text": text})

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """Do what a button asks; anything else that a browser might send is ignored."""
        if not isinstance(content, dict):
            return
        action, value = content.get("action"), content.get("value", "")
        if isinstance(action, str) and isinstance(value, str) and action in self._actions:
            self._actions[action](value[:LONGEST_PRESS])
