"""Cards that are read: the ordinary day, the article, a text that opens after a guess."""

from collections.abc import Mapping

from crampnb.lessons import reading
from crampnb.lessons.cards.card import Card
from crampnb.lessons.html import shown
from crampnb.lessons.plans import Later
from crampnb.lessons.progress import Progress


class OrdinaryDayCard(Card):
    """The day with which all others are compared, and what "of 1,000" looks like."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__("The ordinary day", reading.ordinary_day(words))


class ArticleCard(Card):
    """The lay article that all this started from, in our own words."""

    def __init__(self) -> None:
        super().__init__("The article", reading.article())


class LaterCard(Card):
    """A text that would give something away: it opens when one has guessed."""

    def __init__(self, told: Later, progress: Progress) -> None:
        self.told, self.progress = told, progress
        super().__init__(told.title, shown("text"))
        self._show()
        progress.observe(self._show, "entries")

    def _show(self, _: object = None) -> None:
        waited_for = [step for step in self.told.after if step not in self.progress.entries]
        first = self.progress.plan.label(waited_for[0]) if waited_for else ""
        self.show(text=reading.later(self.told, first))


class WayCard(Card):
    """How to come to something that the learner's own code is to make, on request."""

    def __init__(self, way: str) -> None:
        frame = reading.stuck()
        super().__init__("Stuck?", frame, actions={"how": lambda _: self.show(how=way)})
