"""Composes the explainer: state, controls and page, and what the page's buttons do."""

import json
from collections.abc import Callable

from crampnb.dashboard.controls import Controls
from crampnb.dashboard.page import Debounce, Page
from crampnb.dashboard.state import RiskState
from crampnb.model.explain import Explanation
from crampnb.model.export import as_csv, as_dict
from crampnb.model.fragment import from_fragment
from crampnb.views.parts import render
from crampnb.views.settings import beside

CALM_SECONDS = 0.08  # longer than a drag takes from step to step, short enough to feel alive

#: {kind of file: (media type, what writes an answer)}
FILES: dict[str, tuple[str, Callable[[Explanation], str]]] = {
    "json": ("application/json", lambda answer: json.dumps(as_dict(answer), indent=2)),
    "csv": ("text/csv", as_csv),
}


class Explainer:
    """One visitor's explainer: `state` is what is set, `page` is the widget to display."""

    def __init__(self) -> None:
        self.state = RiskState()
        self.controls = Controls(self.state)
        self._screen = self.state.screen
        self._calm = Debounce(self._draw, CALM_SECONDS)
        self.page = Page(
            {
                "apply": self._apply,
                "download": self._download,
                "link": self._open_link,
                "pin": lambda _: self.state.set_trait("pinned", self._screen.answer),
                "restore": self._restore,
                "settings": self._take,
                "settle": self._settle,
                "type": self.controls.type,
                "unpin": lambda _: self.state.set_trait("pinned", None),
            },
            slots=self.controls.all(),
        )
        self._tell()
        self._draw()
        # The controls, made above, observe the state as well; either may hear of a change first.
        self.state.observe(lambda change: self._show())

    def _show(self) -> None:
        """Show the state: what is set at once, what is drawn of it a moment later."""
        self._screen = self.state.screen
        self._tell()
        self._calm.ask()

    def _tell(self) -> None:
        """Tell the browser what is set."""
        with self.page.hold_sync():
            self.page.settings = self.state.as_told()
            self.page.beside = beside(self._screen)

    def _draw(self) -> None:
        """Send what only Python can say."""
        self.page.drawn = {"of": self.state.as_told(), "parts": render(self._screen)}

    def _settle(self, question: str) -> None:
        """Show all that is due, then tell the browser that it has been."""
        self._calm.now()
        self.page.settled = question

    def _open_link(self, fragment: str) -> None:
        link = from_fragment(fragment)
        self.state.take(link, link.notices)

    def _take(self, told: str) -> None:
        """Take all that is set in the browser; what does not fit is no press of ours."""
        try:
            self.state.tell(json.loads(told))
        except (ValueError, TypeError, KeyError, RecursionError):
            return

    def _apply(self, key: str) -> None:
        """Follow one of the next steps."""
        for step in self._screen.answer.steps:
            if step.key == key:
                self.state.set(**step.changes)

    def _restore(self, _: str) -> None:
        if pinned := self.state.pinned:
            self.state.take(pinned.settings)

    def _download(self, kind: str) -> None:
        """Hand the answer to the browser as a file."""
        if kind in FILES:
            media, write = FILES[kind]
            self.page.download(f"crampnb.{kind}", write(self._screen.answer), media)


def explainer() -> Page:
    """The explainer as a widget, for a notebook's last line."""
    return Explainer().page
