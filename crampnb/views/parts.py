"""The parts of the page that move: which there are, when they are drawn, which hold numbers.

No figure of risk may stand beside a ticked warning sign. So each part says here whether it holds
numbers, and `draw` and `render` alone decide what is shown; a part that says nothing holds some.
"""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from crampnb.views import (
    answer,
    care,
    compare,
    how,
    maths,
    next_steps,
    settings,
    stories,
    whatif,
    why,
)
from crampnb.views.charts import Spec
from crampnb.views.elements import NOTHING, Html
from crampnb.views.screen import Screen

Drawing = TypeVar("Drawing")


class Part(NamedTuple, Generic[Drawing]):
    """A piece of the page that follows the settings, as HTML or as a plotly spec."""

    drawing: Callable[[Screen], Drawing]
    #: the browser keeps it up to date by itself (`views.live`); the others come from Python
    alone: bool = False
    #: it shows figures of risk, so it is blank while a warning sign is ticked
    has_numbers: bool = True

    def is_due(self, screen: Screen) -> bool:
        """Whether it may be seen on this screen."""
        return not (self.has_numbers and screen.stopped)


#: {name: part}, in the order of the page
PARTS: dict[str, Part[Html]] = {
    "sentence": Part(answer.sentence, alone=True, has_numbers=False),  # then it says where to go
    "because": Part(answer.because, alone=True),
    "picture": Part(answer.picture, alone=True),
    "slim": Part(answer.slim, alone=True),
    "cautions": Part(answer.cautions, alone=True, has_numbers=False),
    "why": Part(why.why, alone=True),
    "notices": Part(answer.notices, has_numbers=False),
    "help": Part(care.help_card, alone=True, has_numbers=False),
    "scenario": Part(settings.scenario, alone=True, has_numbers=False),
    "settings": Part(compare.settings, has_numbers=False),
    "how": Part(how.how, alone=True),
    "what_if": Part(whatif.what_if),
    "map_table": Part(whatif.map_table),
    "next_steps": Part(next_steps.next_steps),
    "split": Part(stories.split),
    "stories": Part(stories.stories, alone=True),
    "compare": Part(compare.compare),
    "maths": Part(maths.maths),
}
CHARTS: dict[str, Part[Spec]] = {
    "curve": Part(whatif.curve, alone=True),
    "heat": Part(whatif.heat, alone=True),
    "spread": Part(stories.spread, alone=True),
}


def draw(name: str, screen: Screen) -> Html:
    """One part as HTML; blank where it holds numbers and a warning sign is ticked."""
    part = PARTS[name]
    return part.drawing(screen) if part.is_due(screen) else NOTHING


def render(screen: Screen) -> dict[str, Html]:
    """{part: HTML} of all that the browser cannot keep up to date by itself."""
    return {name: draw(name, screen) for name, part in PARTS.items() if not part.alone}
