"""Composes the explainer: state, controls and page, and what the page's buttons do."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from crampnb.evidence import evidence
from crampnb.explain import Explanation
from crampnb.link import from_fragment, to_fragment
from crampnb.page import Later, Page
from crampnb.report import as_csv, as_dict
from crampnb.scenarios import scenarios
from crampnb.state import RiskState
from crampnb.views.controls import marks
from crampnb.views.explainer import CALM, CALM_CHARTS, QUICK, QUICK_CHARTS
from crampnb.views.screen import Screen
from crampnb.widgets import Controls

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
        self._calm = Later(self._show_calm, CALM_SECONDS)
        self.page = Page(
            {
                "apply": self._apply,
                "download": self._download,
                "link": self._open_link,
                "pin": lambda _: self.state.set_trait("pinned", self.state.answer),
                "reset": lambda _: self.state.reset(),
                "rest": self._mount_rest,
                "restore": self._restore,
                "scenario": self._start_from,
                "story": self._tell,
                "unpin": lambda _: self.state.set_trait("pinned", None),
            },
            slots=self.controls.first(),
            marks=marks(self.state.profile),
        )
        self._show_quick()
        self._show_calm()
        self.state.observe(self._forget_notices, ["profile", "hypothesis", "over"])
        self.state.observe(lambda change: self._show())

    def _forget_notices(self, _: Any) -> None:
        """A notice is about the last thing that was set; the next one takes it away."""
        self.state.notices = ()

    def _show(self) -> None:
        self._show_quick()
        self._calm.ask()

    def _show_quick(self) -> None:
        """Send what answers at once."""
        screen = self.state.screen
        with self.page.hold_sync():
            self.page.stopped = screen.stopped
            self.page.quick = drawn(screen, QUICK, QUICK_CHARTS)

    def _show_calm(self) -> None:
        """Send what may follow a moment later."""
        screen = self.state.screen
        with self.page.hold_sync():
            self.page.calm = drawn(screen, CALM, CALM_CHARTS)
            self.page.marks = marks(self.state.profile)
            self.page.fragment = to_fragment(self.state.profile, self.state.hypothesis)

    def _mount_rest(self, _: str) -> None:
        """Make the controls that the first screen does not show."""
        if "along" not in self.page.slots:
            self.page.slots = self.page.slots | self.controls.rest()

    def _open_link(self, fragment: str) -> None:
        link = from_fragment(fragment)
        with self.state.hold_trait_notifications():
            self.state.profile, self.state.hypothesis = link.profile, link.hypothesis
        self.state.notices = link.notices

    def _start_from(self, key: str) -> None:
        if scenario := scenarios().get(key):
            with self.state.hold_trait_notifications():
                self.state.profile, self.state.hypothesis = scenario.profile, scenario.hypothesis

    def _apply(self, key: str) -> None:
        """Follow one of the next steps."""
        for step in self.state.answer.steps:
            if step.key == key:
                self.state.set(**step.changes)

    def _tell(self, key: str) -> None:
        if key in evidence().hypotheses:
            self.state.hypothesis = key

    def _restore(self, _: str) -> None:
        pinned = self.state.pinned
        if pinned:
            with self.state.hold_trait_notifications():
                self.state.profile, self.state.hypothesis = pinned.profile, pinned.hypothesis

    def _download(self, kind: str) -> None:
        """Hand the answer to the browser as a file."""
        if kind in FILES:
            media, write = FILES[kind]
            text = write(self.state.answer)
            self.page.send(
                {"answer": "download", "name": f"crampnb.{kind}", "type": media, "text": text}
            )


def drawn(
    screen: Screen,
    parts: Mapping[str, Callable[[Screen], str]],
    charts: Mapping[str, Callable[[Screen], dict[str, Any]]],
) -> dict[str, Any]:
    """Parts as HTML and charts as plotly specs; no chart while a warning sign is ticked."""
    return {
        "parts": {name: draw(screen) for name, draw in parts.items()},
        "charts": {} if screen.stopped else {name: draw(screen) for name, draw in charts.items()},
    }


def explainer() -> Page:
    """The explainer as a widget, for a notebook's last line."""
    return Explainer().page
