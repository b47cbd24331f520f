"""What the browser keeps up to date by itself, in the frame of the press.

Python draws each part whole. Where nothing changes but a number, the number carries its name, and
`browser/explainer/figures.js` knows it by the same name:

    data-figure="risk"                  an element's text
    data-told="{risk} with a cramp"     an element's label, with figures by name
    data-if="change=more"               an element that is hidden unless `change` is "more"
    data-bar="cause.overuse"            a bar as long as a term
    data-range, data-icons              the range, and the 1,000 people

All words are Python's; the browser has none of its own for any of these.
"""

import re
from collections.abc import Mapping

from crampnb.views.elements import Html, Inside, Value, fragment, span

#: how an answer differs from that at the reference
CHANGES = ("more", "fewer", "same")


def figure(name: str, shown: Inside) -> Html:
    """A figure by its name, as text."""
    return span(data_figure=name)[shown]


def figures(shown: Mapping[str, str]) -> dict[str, Html]:
    """The same for several: {name: figure}."""
    return {name: figure(name, text) for name, text in shown.items()}


def filled(template: str, shown: Mapping[str, Inside]) -> Html:
    """A text with something in place of each name in braces."""
    pieces = re.split(r"{(\w+)}", template)
    return fragment[[shown[piece] if index % 2 else piece for index, piece in enumerate(pieces)]]


def only_if(name: str, value: str, now: str) -> dict[str, Value]:
    """Attributes of what is seen only if the state `name`, which is `now`, is `value`."""
    return {"data_if": f"{name}={value}", "hidden": now != value}


def yes(holds: bool) -> str:
    """A state that holds or not."""
    return "yes" if holds else "no"


def change(difference: int) -> str:
    """Which of `CHANGES` a difference in people is."""
    return "more" if difference > 0 else "fewer" if difference < 0 else "same"
