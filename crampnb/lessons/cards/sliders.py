"""Cards with sliders: predict what one does and then move it, or explore with several."""

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as w

from crampnb.dashboard.controls import Controls
from crampnb.dashboard.island import Actions
from crampnb.dashboard.state import RiskState
from crampnb.lessons import html
from crampnb.lessons.cards.card import Card
from crampnb.lessons.plans import Situation, Task
from crampnb.lessons.progress import Progress
from crampnb.lessons.quiz import guessed
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.views import answer as answer_view
from crampnb.views.elements import NOTHING, Html
from crampnb.views.pictures import gap, reach
from crampnb.views.settings import beside


class SliderCard(Card):
    """A card with a day of its own, and sliders that change it."""

    def __init__(
        self,
        label: str,
        frame: Html,
        controls: Controls,
        slots: Mapping[str, Any],
        actions: Actions,
    ) -> None:
        self.day = controls.state
        super().__init__(label, frame, slots=slots, actions={"type": controls.type, **actions})
        self.day.observe(self._forget_refused, "profile")
        self.day.observe(self._say_beside, "refused")

    def _forget_refused(self, _: object) -> None:
        self.day.refused = {}

    def _say_beside(self, _: object) -> None:
        """Say beside a number box why what was typed is not taken, as long as that is so."""
        self.beside = beside(self.day.screen)


class PredictCard(SliderCard):
    """A guess of what one input does; only then the answer, and the slider to move."""

    def __init__(self, situation: Situation, progress: Progress) -> None:
        self.situation, self.progress = situation, progress
        self.guess = w.Text(layout=w.Layout(width="8rem"))
        day = RiskState()
        day.set(**situation.day)
        self.controls = Controls(day)
        super().__init__(
            f"Predict: {situation.label}",
            html.prediction(situation),
            self.controls,
            slots={"guess": self.guess},
            actions={"keep": self.keep},
        )
        self.day.observe(self._show_sentence, "profile")
        progress.on_replace(self.restore)

    @property
    def step(self) -> str:
        """Key of the guess."""
        return f"guess.{self.situation.key}"

    def keep(self, text: str) -> None:
        """Keep the first guess that is one, and show the answer."""
        if self.progress.has(self.step):
            self.show_answer(" Your first guess stays.")
            return
        guess = guessed(text, evidence().outcome.people)
        if isinstance(guess, str):
            self.show(told=guess)
            return
        if text.strip() != str(guess):  # what was read is seen before it is locked
            self.guess.value = str(guess)
            self.show(told=f"Read as {guess}. If you mean that, press “Keep my guess” again.")
            return
        self.progress.keep(self.step, "guess", float(guess))
        self.show_answer()

    def show_answer(self, note: str = "") -> None:
        """Show the guess beside the model's figure, and the slider."""
        low, today, high = html.figures(self.situation.answer)
        first = int(self.progress.entries[self.step].value)
        self.guess.value = str(first)
        self.slots = self.slots | self.controls.numbers(self.situation.inputs)
        self.show(
            told=f"You guessed {first}. The model says {today} of {evidence().outcome.people:,}:"
            f" {_difference(first, today)} Its range: the true number could well lie anywhere from"
            f" {low} to {high}.{note}",
            gap=gap(first, low, today, high, reach([first], [high])),
            sentence=self.day.answer.sentence,
        )
        self.reveal("kept")

    def restore(self) -> None:
        """Show what is known: the answer, or a question that nobody has answered."""
        if self.progress.has(self.step):
            self.show_answer()
        else:
            self.guess.value = ""
            self.reset()

    def _show_sentence(self, _: object) -> None:
        self.show(sentence=self.day.answer.sentence)


class GuessesCard(Card):
    """All guesses beside what the model says."""

    def __init__(self, situations: Iterable[Situation], progress: Progress) -> None:
        self.situations, self.progress = tuple(situations), progress
        super().__init__("Guesses", html.guesses_frame(self._table()))
        progress.observe(lambda _: self.show(guesses=self._table()), "entries")

    def _table(self) -> Html:
        return html.guesses(self.situations, self.progress.entries)


class ExploreCard(SliderCard):
    """Sliders with the answer, and tasks that tick themselves."""

    def __init__(
        self,
        inputs: Iterable[Input],
        tasks: Iterable[Task],
        progress: Progress,
        story: bool,
        day: Profile | None = None,
    ) -> None:
        self.tasks, self.progress, self.story = tuple(tasks), progress, story
        inputs = tuple(inputs)
        controls = Controls(RiskState(profile=day or Profile()))
        slots = controls.numbers(inputs) | ({"story": controls.story()} if story else {})
        super().__init__("Explore", html.exploration(inputs, story), controls, slots, {})
        names = {entry.name for entry in inputs}
        days = progress.plan.situations.values()
        self.guessed_first = [f"guess.{one.key}" for one in days if names & one.day.keys()]
        self.day.observe(lambda _: self.show_day())
        progress.on_replace(self.show_day)
        progress.on_replace(self._open)
        progress.observe(self._open, "entries")

    def _open(self, _: object = None) -> None:
        """Show the sliders once they tell nothing that is yet to be guessed."""
        waits = [
            self.progress.plan.label(one)
            for one in self.guessed_first
            if not self.progress.has(one)
        ]
        self.due = [] if waits else ["open"]
        self.show(waits=f"These sliders come after {' and '.join(waits)}." if waits else "")

    def show_day(self) -> None:
        """Show the answer for the sliders; tick the tasks that they do."""
        answer = self.day.answer
        for task in self.tasks:
            if not self.progress.has(task.key) and task.done(answer):
                self.progress.keep(task.key, "task", answer.sentence)
        self.show(
            sentence=answer.sentence,
            stories=html.side_by_side(answer.profile) if self.story else NOTHING,
            picture=answer_view.picture(self.day.screen),
            tasks=html.ticked({task: self.progress.has(task.key) for task in self.tasks}),
        )


def _difference(guessed: int, today: int) -> str:
    if guessed == today:
        return "the same."
    return f"your guess is {abs(guessed - today)} {'more' if guessed > today else 'fewer'}."
