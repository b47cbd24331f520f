"""Cards that ask: questions that check themselves, words of one's own, grades for claims."""

from collections.abc import Mapping
from typing import Any

import ipywidgets as w

from crampnb.dashboard.island import Actions
from crampnb.lessons import html, reading
from crampnb.lessons.cards.card import Card
from crampnb.lessons.claims import GRADES
from crampnb.lessons.progress import Progress
from crampnb.lessons.quiz import ChoiceQuestion, Question
from crampnb.views.elements import Html


class AskingCard(Card):
    """A question that may have to wait until all is guessed."""

    def __init__(
        self, key: str, prompt: str, frame: Html, progress: Progress, slots: Any, actions: Actions
    ) -> None:
        self.key, self.prompt, self.progress = key, prompt, progress
        waits = key in progress.plan.after_guesses
        super().__init__(
            "A question for later" if waits else prompt,
            html.waiting(frame) if waits else frame,
            slots=slots,
            actions=actions,
        )
        progress.on_replace(self.restore)
        if waits:
            progress.on_replace(self._open)
            progress.observe(self._open, "entries")

    def restore(self) -> None:
        """Show what is known of the answer."""
        raise NotImplementedError

    def _open(self, _: object = None) -> None:
        """Ask once the question tells nothing that is yet to be guessed."""
        if self.progress.waits(self.key):
            self.show(waits="This question comes after the guesses above, all of them.")
            return
        self.label = self.prompt
        self.show(waits="")
        self.reveal("asked")


class QuestionCard(AskingCard):
    """A question: a hint first, the worked solution on request."""

    def __init__(self, question: Question, progress: Progress) -> None:
        self.question = question
        self.choice = isinstance(question, ChoiceQuestion)
        self.right = False
        self.widget = self._answer_widget()
        frame = html.question(question.prompt, getattr(question, "unit", ""))
        actions = {"check": self.check, "how": self.show_solution}
        slots = {"answer": self.widget}
        super().__init__(question.key, question.prompt, frame, progress, slots, actions)
        if self.choice:
            self.widget.observe(self._forget_hint, "value")

    def _answer_widget(self) -> Any:
        if self.choice:
            return w.RadioButtons(options=[], value=None, layout=w.Layout(width="auto"))
        return w.Text(layout=w.Layout(width="10rem"))

    def _forget_hint(self, _: object) -> None:
        """Take the hint away: it belonged to the choice before."""
        if not self.right:
            self.show(told="")

    def check(self, text: str) -> None:
        """Say whether the answer is right, and keep it."""
        given = (self.widget.value or "") if self.choice else text.strip()
        if self.progress.waits(self.key):
            self.show(told="First guess the days above, all of them: this would tell.")
            return
        if not given:
            self.show(told="Give an answer first.")
            return
        verdict = self.question.check(given)
        self.right = verdict.right
        self.show(told=verdict.message)
        if not verdict.counts:
            return
        kind = "choice" if self.choice else "number"
        self.progress.keep(self.key, kind, given, verdict.right, verdict.misconception)
        if not verdict.right:
            self.reveal("wrong")

    def show_solution(self, _: str) -> None:
        """Show the way to the answer."""
        self.show(how=self.question.explained)

    def restore(self) -> None:
        """Show what is known: the last answer, and whether the question is done."""
        if isinstance(self.question, ChoiceQuestion):
            texts = self.question.options
            order = self.progress.shuffled(self.key, texts)
            with self.widget.hold_sync():
                self.widget.options = [(texts[key], key) for key in order]
                self.widget.value = None
        put(self.widget, self.progress.given(self.key))
        self.right = self.progress.has(self.key)
        done = f"Done before. {self.question.explained}"
        self.reset(told=done if self.right else "")


class WritingCard(AskingCard):
    """A few words of one's own; they are kept, not marked."""

    def __init__(self, key: str, prompt: str, progress: Progress) -> None:
        self.area = w.Textarea(layout=w.Layout(width="100%", height="6rem"))
        frame, actions = html.writing(prompt), {"keep": self.keep}
        super().__init__(key, prompt, frame, progress, {"text": self.area}, actions)
        self.area.observe(self._say_unkept, "value")

    def _say_unkept(self, _: object) -> None:
        """Say so where other words stand there than those that are kept."""
        is_kept = self.area.value.strip() == self.progress.given(self.key)
        self.show(told="" if is_kept else "Not kept yet: press “Keep it” when you have written it.")

    def keep(self, text: str) -> None:
        """Keep the words, if there are any."""
        if self.progress.waits(self.key):
            self.show(told="First guess the days above, all of them.")
        elif text.strip():
            self.progress.keep(self.key, "text", text.strip())
            self.show(told="Kept.")
        else:
            self.show(told="Write something first.")

    def restore(self) -> None:
        """Show the words that are known."""
        self.area.value = self.progress.given(self.key)
        self.reset()


class GradeCard(Card):
    """A grade for each claim of the article; then the evidence's beside them."""

    def __init__(self, progress: Progress) -> None:
        self.claims, self.progress = progress.plan.claims, progress
        options = [("choose …", ""), *((grade, grade) for grade in GRADES)]
        self.boxes = {key: w.Dropdown(options=options) for key in self.claims}
        super().__init__(
            "Grade the claims",
            reading.grading(self.claims.values()),
            slots=self.boxes,
            actions={"compare": self.compare},
        )
        progress.on_replace(self.restore)

    def compare(self, _: str) -> None:
        """Keep the grades and show the evidence's, once there is one for each claim."""
        grades = {key: box.value for key, box in self.boxes.items()}
        missing = sum(not grade for grade in grades.values())
        if missing:
            they = "claim has" if missing == 1 else "claims have"
            self.show(told=f"{missing} {they} no grade yet.")
            return
        for key, grade in grades.items():
            fits = self._agrees(key, grade) or self.claims[key].is_close(grade)
            self.progress.keep(f"grade.{key}", "grade", grade, fits)
        self._show(grades)

    def _agrees(self, key: str, grade: str) -> bool:
        return self.claims[key].agrees(grade, self.progress.plan.unstudied)

    def _show(self, grades: Mapping[str, str]) -> None:
        """Show the evidence's grades beside these."""
        same = {key for key, grade in grades.items() if self._agrees(key, grade)}
        close = [key for key, grade in grades.items() if self.claims[key].is_close(grade)]
        self.show(
            told=f"As the evidence: {len(same)} of {len(grades)}."
            f" Close, one step away: {len({*close} - same)}.",
            **{
                f"result.{key}": reading.compared(self.claims[key], grade, key in same)
                for key, grade in grades.items()
            },
        )

    def restore(self) -> None:
        """Show the grades that are known, and the evidence's once there is one for each claim."""
        grades = {key: self.progress.given(f"grade.{key}") for key in self.claims}
        for key, box in self.boxes.items():
            put(box, grades[key])
        self.reset()
        if all(grades.values()):
            self._show(grades)


def put(widget: Any, value: str) -> None:
    """Show a value; where it is none of the choices, the one that stands for none."""
    options = [key for _, key in getattr(widget, "options", ())]
    if isinstance(widget, w.RadioButtons) and value not in options:
        widget.value = None
    elif not options or value in options:
        widget.value = value
