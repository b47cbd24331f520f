"""The browser side as one widget: parts and charts flow to it, presses and links flow back."""

import asyncio
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import anywidget
from ipywidgets import widget_serialization
from traitlets import Bool, Dict, Unicode

from crampnb.views import document

HERE = files("crampnb")
#: the library that morphs the page, what it shares with the lessons, and the page itself
SCRIPTS = ("vendor/idiomorph.min.js", "controls.js", "page.js")


def script(*files: str) -> str:
    """These files of the package as one module that runs in the browser."""
    return "".join((HERE / file).read_text("utf-8") for file in files)


def style() -> str:
    """The page's style sheet."""
    return (HERE / "page.css").read_text("utf-8")


class Page(anywidget.AnyWidget):
    """What the browser shows. It adopts the page that the server printed, or renders its own."""

    #: the module and the style sheet that anywidget loads in the browser
    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    #: {"parts": {name: HTML}, "charts": {name: plotly spec}} that answer at once
    quick = Dict().tag(sync=True)
    #: the same, for what may follow a moment later
    calm = Dict().tag(sync=True)
    #: {place: widget}
    slots = Dict().tag(sync=True, **widget_serialization)
    #: {input: [place of its reference (%), in words]}
    marks = Dict().tag(sync=True)
    #: a warning sign is ticked: no number is shown
    stopped = Bool(False).tag(sync=True)
    #: the settings as a fragment, for the address and for sharing
    fragment = Unicode().tag(sync=True)

    def __init__(self, actions: dict[str, Callable[[str], None]], **traits: Any) -> None:
        """`actions` are what the buttons of the page may ask for, by name."""
        self._actions = actions | {
            "document": self._send_document,
            "ping": lambda _: self.send({"answer": "ping"}),
            "plotly": self._send_plotly,
        }
        super().__init__(_esm=script(*SCRIPTS), _css=style(), **traits)
        self.on_msg(self._on_message)

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """Do what a button asks; anything else that a browser might send is ignored."""
        if not isinstance(content, dict):
            return
        action, value = content.get("action"), content.get("value", "")
        if isinstance(action, str) and isinstance(value, str) and action in self._actions:
            self._actions[action](value)

    def _send_document(self, _: str) -> None:
        """The page itself, for a browser that no template gave it to (JupyterLab)."""
        self.send({"answer": "document", "text": document()})

    def _send_plotly(self, _: str) -> None:
        """plotly.js, for a browser that no template gave it to; once a page."""
        text = (HERE / "vendor" / "plotly-cartesian.min.js").read_text("utf-8")
        self.send({"answer": "plotly", "text": text})


class Later:
    """Runs a task when nobody has asked for it for a moment: calm parts do not delay quick ones."""

    def __init__(self, task: Callable[[], None], seconds: float) -> None:
        self._task, self._seconds = task, seconds
        self._due: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Run the task in a moment; at once where no event loop runs (tests, scripts)."""
        if self._due is not None:
            self._due.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._task()
        else:
            self._due = loop.call_later(self._seconds, self._run)

    def _run(self) -> None:
        self._due = None
        self._task()
