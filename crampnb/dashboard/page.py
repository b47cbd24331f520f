"""The browser side as one widget: parts flow to it, presses and what is set flow back."""

import asyncio
from collections.abc import Callable
from typing import Any

from traitlets import Dict, Unicode

from crampnb.dashboard.island import Actions, Island, script, style
from crampnb.places import VENDOR
from crampnb.views.page import document


class Page(Island):
    """What joins the page that the server printed, or brings one along."""

    _esm = Unicode(script("explainer.js")).tag(sync=True)
    _css = Unicode(style()).tag(sync=True)
    #: what is set: {"given", "story", "flags", "along", "over"}, as the browser has it
    settings = Dict().tag(sync=True)
    #: {"of": settings, "parts": {name: HTML}}: what the browser cannot say by itself
    drawn = Dict().tag(sync=True)

    def __init__(self, actions: Actions, **traits: Any) -> None:
        """`actions` are what the buttons of the page may ask for, by name."""
        own: Actions = {
            "document": self._send_document,
            "ping": lambda question: self.answer("ping", question=question),
            "plotly": self._send_plotly,
        }
        super().__init__({**actions, **own}, **traits)

    def _send_document(self, question: str) -> None:
        """Send the page itself to a browser that no template gave it to (JupyterLab)."""
        self.answer("document", question=question, text=document())

    def _send_plotly(self, question: str) -> None:
        """Send plotly.js to a browser that no template gave it to; once a page."""
        text = (VENDOR / "plotly-cartesian.min.js").read_text("utf-8")
        self.answer("plotly", question=question, text=text)


class Debounce:
    """Runs a task when nobody has asked for it for a moment: a drag asks for many."""

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

    def now(self) -> None:
        """Run the task at once if somebody has asked for it."""
        if self._due is not None:
            self._due.cancel()
            self._run()

    def _run(self) -> None:
        self._due = None
        self._task()
