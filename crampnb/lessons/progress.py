"""What a learner has done in one lesson: cards watch it, a file keeps it."""

import random
import secrets
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from traitlets import Dict, HasTraits, Instance, Int

from crampnb.errors import InputError
from crampnb.lessons.answers import LONGEST, MOST_TRIES, Answers, Entry, from_json, to_json
from crampnb.lessons.claims import GRADES
from crampnb.lessons.plans import Plan, lesson
from crampnb.model.evidence import evidence


class Progress(HasTraits):
    """What has been done in a lesson; observers see every change."""

    #: the lesson; one of one's own grows as its cells are run
    plan = Instance(Plan)
    #: {step: entry}
    entries = Dict()
    #: how often the entries were replaced as a whole: cards then show the new ones
    replaced = Int()

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan=plan)
        #: tells files of pupils in one folder apart, and orders the choices of a question
        self.id = secrets.token_hex(3)

    def replace(self, entries: dict[str, Entry]) -> None:
        """Have these entries in place of all."""
        self.entries = entries
        self.replaced += 1

    def forget(self) -> None:
        """Have no entries, and be ready for another learner."""
        self.id = secrets.token_hex(3)
        self.replace({})

    def on_replace(self, show: Callable[[], None]) -> None:
        """Show something now, and again whenever the entries are replaced."""
        show()
        self.observe(lambda _: show(), "replaced")

    def shuffled(self, key: str, options: Iterable[str]) -> list[str]:
        """The options of a question: the same order for one learner, another for the next."""
        order = list(options)
        random.Random(f"{self.id} {key}").shuffle(order)
        return order

    def keep(
        self, key: str, kind: Any, value: Any, right: bool | None = None, misconception: str = ""
    ) -> None:
        """Remember a value; the first one stays known. A right one stays, unless it is a grade."""
        before = self.entries.get(key)
        if before and before.right and kind != "grade":
            return
        if isinstance(value, str):
            value = value.encode("utf-8", "replace").decode()[:LONGEST]
        entry = Entry(
            kind=kind,
            value=value,
            first=before.first if before else value,
            right=right,
            tries=min(before.tries + 1, MOST_TRIES) if before else 1,
            misconception=(before.misconception if before else "") or misconception,
        )
        self.entries = {**self.entries, key: entry}

    def has(self, key: str) -> bool:
        """Whether this step is done: a question when it is right, a grade when it is given."""
        entry = self.entries.get(key)
        return entry is not None and (entry.right is not False or entry.kind == "grade")

    def waits(self, key: str) -> bool:
        """Whether a question has to wait until every day is guessed."""
        guessed = all(self.has(f"guess.{name}") for name in self.plan.situations)
        return key in self.plan.after_guesses and not guessed

    def given(self, key: str) -> str:
        """The last answer as text; "" where there is none."""
        entry = self.entries.get(key)
        return str(entry.value) if entry else ""

    @property
    def done(self) -> int:
        """How many steps of the lesson are done."""
        return len(self.plan.steps) - len(self.missing)

    @property
    def missing(self) -> list[str]:
        """Steps of the lesson that are not done."""
        return [key for key in self.plan.steps if not self.has(key)]

    # -------------------------------------------------------------- files

    @property
    def saved(self) -> str:
        """The answers as a file's text."""
        return to_json(Answers(self.plan.key, self.entries, self.id))

    def take_over(self, content: bytes) -> str:
        """Take over the answers of a file; what became of it in a sentence."""
        try:
            learner, known = self._known(content)
        except InputError as error:
            return (
                "The file could not be opened. “Save my answers” did not make it in this lesson"
                f" ({error})."
            )
        self.id = learner or self.id
        before = self.entries
        self.replace({**before, **known})
        others = sum(key in before and before[key].value != one.value for key, one in known.items())
        instead = f" In {others} of them something else stood here before." if others else ""
        return f"Answers taken over: {len(known)}.{instead}"

    def recall(self, content: bytes) -> str:
        """Take over what the browser kept, but for newer answers; a sentence that says so."""
        try:
            learner, known = self._known(content)
        except InputError:
            return ""
        self.id = learner or self.id
        if known.keys() <= self.entries.keys():
            return ""
        self.replace({**known, **self.entries})
        return (
            f"Your answers are back: {len(known)}, as this browser kept them."
            " Not yours? Press “Forget my answers”."
        )

    def _known(self, content: bytes) -> tuple[str, dict[str, Entry]]:
        """Learner and entries of a file of this lesson; `InputError` for any other."""
        answers = from_json(content)
        if answers.lesson != self.plan.key:
            raise InputError("lesson", answers.lesson, f"this lesson is {self.plan.key}")
        fitting = {key: one for key, one in answers.entries.items() if self._fits(key, one)}
        return answers.learner, fitting

    def _fits(self, key: str, entry: Entry) -> bool:
        """Whether an entry of a file is one that this lesson could have written."""
        if key.startswith("guess."):
            most = evidence().outcome.people
            fits = isinstance(entry.value, int | float) and 0 <= entry.value <= most
        else:
            fits = not key.startswith("grade.") or entry.value in GRADES
        return fits and self._knows(key)

    def _knows(self, key: str) -> bool:
        """Whether the lesson has this step."""
        return key in self.plan.steps


@cache
def progress_of(key: str) -> Progress:
    """The progress in a lesson for as long as the kernel runs, so that a cell may be run again."""
    return Progress(lesson(key))
