"""A piece of a page as one widget: Python fills its places, its buttons call Python.

The explainer's page is one island, each card of a lesson another.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import anywidget
from ipywidgets import Widget, widget_serialization
from traitlets import Dict, Unicode

#: {name of a button's action: what it does with the button's value}
Actions = Mapping[str, Callable[[str], None]]

HERE = files("crampnb")


def script(name: str) -> str:
    """One of our bundles of browser modules."""
    return (HERE / "browser" / "built" / name).read_text("utf-8")


def style() -> str:
    """The page's style sheet."""
    return (HERE / "browser" / "page.css").read_text("utf-8")


class Bundle(Widget):  # type: ignore[misc]  # its package ships no types
    """A module with its style sheet, sent once for all islands that it draws."""

    module = Unicode().tag(sync=True)
    style = Unicode().tag(sync=True)


class Island(anywidget.AnyWidget):
    """What Python shows in one place of a page; a subclass says with which module."""

    #: characters of a press that are looked at; the explainer's longest is all that is set
    longest_press = 4_000
    #: the module that anywidget loads in the browser; a subclass has its own
    _esm = Unicode().tag(sync=True)
    #: {place: widget}
    slots = Dict().tag(sync=True, **widget_serialization)
    #: {input: HTML} of what is said beside its number box
    beside = Dict().tag(sync=True)
    #: the last question of the browser to which all is shown by now
    settled = Unicode().tag(sync=True)

    def __init__(self, actions: Actions, **traits: Any) -> None:
        """`actions` are what the buttons may ask for, by name."""
        self._actions = {"settle": self.settle, **actions}
        super().__init__(**traits)
        self.on_msg(self._on_message)

    def settle(self, question: str) -> None:
        """Tell the browser that all it asked before is done."""
        self.settled = question

    def answer(self, what: str, **told: str) -> None:
        """Answer the browser, which knows each kind of answer by its name."""
        self.send({"answer": what, **told})

    def download(self, name: str, text: str, media: str = "application/json") -> None:
        """Hand a file to the browser."""
        self.answer("download", name=name, type=media, text=text)

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """Do what a button asks; anything else that a browser might send is ignored."""
        if not isinstance(content, dict):
            return
        action, value = content.get("action"), content.get("value", "")
        if isinstance(action, str) and isinstance(value, str) and action in self._actions:
            self._actions[action](value[: self.longest_press])
