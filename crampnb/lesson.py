"""The lessons' controls: predict first, self-checking questions, tasks that tick themselves.

A `Lesson` keeps what a learner has done for as long as the kernel runs, so that a cell may be run
again. Nothing is sent anywhere and no name is asked for; a learner may save the answers as a file.
"""

import math
from collections.abc import Iterable
from typing import Any

import ipywidgets as w
from traitlets import Dict, HasTraits

from crampnb.answers import (
    LONGEST,
    MOST_TRIES,
    Answers,
    Entry,
    QuestionOverview,
    from_json,
    overview,
    to_json,
)
from crampnb.card import Card
from crampnb.course import GRADES, Claim, Plan, lesson, lessons
from crampnb.evidence import evidence
from crampnb.explain import ILLUSTRATION, disagreement, natural_frequency
from crampnb.pictures import gap
from crampnb.profile import InputError, Profile
from crampnb.quiz import ChoiceQuestion, Question
from crampnb.state import RiskState
from crampnb.views import answer as answer_view
from crampnb.views.controls import number as number_place
from crampnb.views.html import button, escape, table
from crampnb.widgets import Controls


class Progress(HasTraits):
    """What a learner has done in one lesson: {step: entry}; observers see every change."""

    entries = Dict()

    def keep(
        self, key: str, kind: Any, value: Any, right: bool | None = None, misconception: str = ""
    ) -> None:
        """Remember a value; the first one given stays known."""
        before = self.entries.get(key)
        if before and before.right:
            return
        if isinstance(value, str):
            value = value.encode("utf-8", "replace").decode()[:LONGEST]
        entry = Entry(
            kind=kind,
            value=value,
            first=before.first if before else value,
            right=right,
            tries=min(before.tries + 1, MOST_TRIES) if before else 1,
            misconception=misconception or (before.misconception if before else ""),
        )
        self.entries = {**self.entries, key: entry}

    def has(self, key: str) -> bool:
        """Whether this step is done: a question when it is right, a grade when it is given."""
        entry = self.entries.get(key)
        return entry is not None and (entry.right is not False or entry.kind == "grade")


#: {lesson: progress}, for as long as the kernel runs
_PROGRESS: dict[str, Progress] = {}


class Lesson:
    """One lesson; as the last line of a cell it shows the progress."""

    def __init__(self, key: str) -> None:
        """The lesson of this key; `InputError` if there is none."""
        self.plan: Plan = lesson(key)
        self.progress = _PROGRESS.setdefault(key, Progress())

    # -------------------------------------------------------------- progress

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.overview()._repr_mimebundle_(**options)

    def overview(self) -> Card:
        """Title, progress, and the file to save or to open."""
        upload = w.FileUpload(accept=".json", multiple=False, description="Open my answers")
        card = Card(
            f"Lesson {self.plan.number}: {self.plan.title}",
            f'<p class="lesson-title"><b>Lesson {self.plan.number}. {self.plan.title}</b>'
            f" ({self.plan.minutes} minutes)</p><p>{self.plan.about}</p>"
            '<p role="status" data-part="progress"></p>'
            f'<p class="buttons">{button("Save my answers", "save", kind="primary")}'
            '<span data-slot="open"></span></p>'
            '<p class="said" role="status" data-part="said"></p>'
            '<p class="help">Your answers stay on this computer. Put no names in them.</p>',
            slots={"open": upload},
            actions={"save": lambda _: card.download(f"answers-{self.plan.key}.json", self.saved)},
        )

        def tell(_: object = None) -> None:
            done = sum(map(self.progress.has, self.plan.steps))
            card.show(progress=f"Done: {done} of {len(self.plan.steps)}.")

        def opened(change: Any) -> None:
            for file in change.new:
                card.show(said=escape(self.open(bytes(file["content"]))))

        tell()
        self.progress.observe(tell)
        upload.observe(opened, "value")
        return card

    @property
    def saved(self) -> str:
        """The answers as a file's text."""
        return to_json(Answers(self.plan.key, self.progress.entries))

    def open(self, content: bytes) -> str:
        """Take over the answers of a file; what became of it in a sentence."""
        try:
            answers = from_json(content)
            if answers.lesson != self.plan.key:
                raise InputError("lesson", answers.lesson, f"this lesson is {self.plan.key}")
        except InputError as error:
            return f"The file could not be opened. {error}"
        known = {key: one for key, one in answers.entries.items() if self._fits(key, one)}
        self.progress.entries = {**self.progress.entries, **known}
        return f"Answers taken over: {len(known)}. Run the cells again to see them."

    def _fits(self, key: str, entry: Entry) -> bool:
        """Whether an entry of a file is one that this lesson could have written."""
        if key.startswith("guess."):
            most = evidence().outcome.people
            fits = isinstance(entry.value, int | float) and 0 <= entry.value <= most
        else:
            fits = not key.startswith("grade.") or entry.value in GRADES
        return key in self.plan.steps and fits

    # -------------------------------------------------------------- predict, observe

    def predict(self, name: str) -> Card:
        """Guess what one input does; only then see the answer and move the slider."""
        situation = _found(self.plan.situations, name, "situation")
        key, people = f"guess.{name}", evidence().outcome.people
        state = RiskState()
        state.set(**{name: situation.value})
        controls = Controls(state)
        guess = w.FloatText(10, step=1, layout=w.Layout(width="8rem"))
        reference = natural_frequency(situation.answer.baseline)
        card = Card(
            f"Predict: {evidence().inputs[name].label}",
            f"<p><b>{situation.story}</b> All else is at the reference, where {reference} of"
            f" {people:,} people would have a buttock cramp in the next"
            f" {evidence().outcome.horizon_days} days. How many of"
            f" {people:,} now?</p>"
            f'<div class="ask"><span data-slot="guess" data-label="Your guess"'
            f' data-unit="people of {people:,}"></span><span>of {people:,}</span>'
            f"{_enter('Keep my guess', 'keep')}</div>"
            '<p role="status" data-part="told"></p>'
            '<div data-when="kept" hidden><div data-part="gap"></div>'
            f"{number_place(evidence().inputs[name])}"
            '<p class="sentence" role="status" data-part="sentence"></p></div>',
            slots={"guess": guess},
            actions={"keep": lambda text: keep(text)},
        )  # fmt: skip

        def keep(text: str) -> None:
            value = _whole(text, people)
            if value is None:
                card.show(told=f"Your guess should be a whole number from 0 to {people:,}.")
                return
            if not self.progress.has(key):
                self.progress.keep(key, "guess", float(value))
            reveal()

        def reveal() -> None:
            low, today, high = _figures(situation.answer)
            guessed = int(self.progress.entries[key].value)
            card.slots = card.slots | controls.numbers([evidence().inputs[name]])
            card.show(
                told=f"You guessed {guessed}. The model says {today} of {people:,}, and could be"
                f" {low} to {high}: {_difference(guessed, today)}",
                gap=gap(guessed, low, today, high),
                sentence=state.answer.sentence,
            )
            card.reveal("kept")

        state.observe(lambda _: card.show(sentence=state.answer.sentence), "profile")
        if self.progress.has(key):
            reveal()
        return card

    def guesses(self) -> Card:
        """All guesses beside what the model says."""
        rows = []
        for name, situation in self.plan.situations.items():
            low, today, high = _figures(situation.answer)
            entry = self.progress.entries.get(f"guess.{name}")
            guessed = int(entry.value) if entry else None
            picture = "" if guessed is None else gap(guessed, low, today, high)
            rows.append((
                evidence().inputs[name].label,
                "not yet" if guessed is None else str(guessed),
                "guess first" if guessed is None else f"{today} ({low} to {high})",
                picture,
            ))  # fmt: skip
        head = ("", "Your guess", "The model", "Side by side")
        return Card(
            "Guesses",
            table("Guesses, people of 1,000", head, rows) + f'<p class="help">{ILLUSTRATION}</p>',
        )

    # -------------------------------------------------------------- questions

    def ask(self, key: str) -> Card:
        """A question that checks itself: a hint first, the worked solution on request."""
        question = _found(self.plan.questions, key, "question")
        widget = _answer_widget(question, self._given(key))
        card = Card(
            question.prompt,
            f"<p><b>{question.prompt}</b></p>"
            f'<div class="ask"><span data-slot="answer" data-label="Your answer"></span>'
            f"<span>{getattr(question, 'unit', '')}</span>{_enter('Check', 'check')}</div>"
            '<p role="status" data-part="told"></p>'
            f'<div data-when="wrong" hidden>{button("Show me how", "how")}</div>'
            '<p role="status" data-part="how"></p>',
            slots={"answer": widget},
            actions={
                "check": lambda text: check(text),
                "how": lambda _: card.show(how=escape(question.explained)),
            },
        )

        def check(text: str) -> None:
            given = widget.value if isinstance(question, ChoiceQuestion) else text
            if not given:
                card.show(told="Give an answer first.")
                return
            verdict = question.check(given)
            kind = "choice" if isinstance(question, ChoiceQuestion) else "number"
            self.progress.keep(key, kind, given, verdict.right, verdict.misconception)
            card.show(told=escape(verdict.message))
            if not verdict.right:
                card.reveal("wrong")

        if self.progress.has(key):
            card.show(told=f"Done before. {escape(question.explained)}")
        return card

    def solution(self, key: str) -> str:
        """Question, answer and worked solution as text, for the answer notebooks."""
        question = _found(self.plan.questions, key, "question")
        return f"{question.prompt}\n{question.explained}"

    def write(self, key: str) -> Card:
        """A few words of one's own; they are kept, not marked."""
        prompt = _found(self.plan.writing, key, "text")
        area = w.Textarea(self._given(key), layout=w.Layout(width="100%", height="6rem"))

        def keep(text: str) -> None:
            if text.strip():
                self.progress.keep(key, "text", text.strip())
                card.show(told="Kept.")
            else:
                card.show(told="Write something first.")

        card = Card(
            prompt,
            f'<p><b>{prompt}</b></p><div data-slot="text" data-label="{escape(prompt)}"></div>'
            f'<p class="buttons">{button("Keep it", "keep")}</p>'
            '<p role="status" data-part="told"></p>',
            slots={"text": area},
            actions={"keep": keep},
        )
        return card

    def verify(self, key: str, value: object) -> "Told":
        """Whether a value that the learner's own code made is the model's, to six digits."""
        wanted = _found(self.plan.values, key, "value")()
        if isinstance(value, bool) or not isinstance(value, int | float):
            return Told(f"That is {type(value).__name__}, not a number.")
        if not math.isfinite(value):
            return Told(f"{value} is no probability. Look for a division or a power gone wrong.")
        right = abs(value - wanted) <= abs(wanted) * 5e-7
        self.progress.keep(key, "number", float(value), right)
        if right:
            return Told(f"Yes: {value:.6f} is the model's number to six digits.")
        if abs(value - 1000 * wanted) <= 1000 * wanted * 5e-7:
            return Told("Nearly: that is people of 1,000. The model's risk lies between 0 and 1.")
        return Told(f"Not yet: the model gives another number than {value:.6f}.")

    # -------------------------------------------------------------- explore

    def explore(self, *names: str, story: bool = False) -> Card:
        """Sliders with the answer, and the lesson's tasks, which tick themselves."""
        inputs = [_found(evidence().inputs, name, "input") for name in names]
        state = RiskState()
        controls = Controls(state)
        slots = controls.numbers(inputs) | ({"story": controls.story()} if story else {})
        places = "".join(map(number_place, inputs))
        card = Card(
            "Explore",
            f"{places}{_STORY if story else ''}"
            '<p class="sentence" role="status" data-part="sentence"></p>'
            '<div data-part="stories"></div><div data-part="picture"></div>'
            '<ul class="tasks" data-part="tasks"></ul>',
            slots=slots,
        )

        def show(_: object = None) -> None:
            answer = state.answer
            for task in self.plan.tasks.values():
                if not self.progress.has(task.key) and task.done(answer):
                    self.progress.keep(task.key, "task", answer.sentence)
            card.show(
                sentence=escape(answer.sentence),
                stories=_side_by_side(answer.profile) if story else "",
                picture=answer_view.picture(state.screen),
                tasks=self._tasks(),
            )

        state.observe(show)
        show()
        return card

    def _tasks(self) -> str:
        """The tasks with their ticks, in words too."""
        return "".join(
            f"<li>{'☑' if self.progress.has(key) else '☐'} {task.goal}"
            f" <b>{'Done.' if self.progress.has(key) else ''}</b></li>"
            for key, task in self.plan.tasks.items()
        )

    # -------------------------------------------------------------- grade

    def grade(self) -> Card:
        """A grade for each claim of the article; then the evidence's beside them."""
        claims = self.plan.claims
        options = [("choose …", ""), *((grade, grade) for grade in GRADES)]
        boxes = {
            key: w.Dropdown(options=options, value=self._given(f"grade.{key}")) for key in claims
        }
        rows = [
            (escape(claim.claim), _place(key, f"Your grade: {claim.claim}"))
            for key, claim in claims.items()
        ]

        def compare(_: str) -> None:
            missing = [key for key, box in boxes.items() if not box.value]
            if missing:
                card.show(told=f"{len(missing)} claims have no grade yet.")
                return
            for key, box in boxes.items():
                right = box.value == claims[key].grade
                self.progress.keep(f"grade.{key}", "grade", box.value, right)
            card.show(
                told=f"You agree with the evidence on {_agreed(claims.values(), boxes)} of"
                f" {len(claims)}.",
                compared=table("Your grades and the evidence's", _HEAD, _compared(claims, boxes)),
            )

        card = Card(
            "Grade the claims",
            table("How sure can one be of each claim?", ("The article says", "Your grade"), rows)
            + f'<p class="buttons">{button("Compare", "compare", kind="primary")}</p>'
            '<p role="status" data-part="told"></p><div data-part="compared"></div>',
            slots=boxes,
            actions={"compare": compare},
        )
        return card

    def _given(self, key: str) -> str:
        entry = self.progress.entries.get(key)
        return str(entry.value) if entry else ""


def class_overview(answers: Iterable[Answers]) -> Card:
    """What a class found hard: a row for each question, the hardest first."""
    rows = [
        (
            f"Lesson {lesson(one.lesson).number}",
            escape(_prompt(one)),
            f"{one.right_at_first} of {one.checked}",
            f"{one.right_in_the_end} of {one.checked}",
            "<br>".join(f"{count} × {escape(name)}" for name, count in one.misconceptions) or "–",
        )
        for one in sorted(
            overview(answers), key=lambda one: one.right_at_first / (one.checked or 1)
        )
        if one.checked and one.lesson in lessons()
    ]
    head = ("", "Question", "Right at once", "Right in the end", "What wrong answers show")
    return Card("The class at a glance", table("The class at a glance", head, rows))


def _prompt(one: QuestionOverview) -> str:
    plan = lesson(one.lesson)
    if one.key in plan.questions:
        return plan.questions[one.key].prompt
    claim = plan.claims.get(one.key.removeprefix("grade."))
    return claim.claim if claim else one.key


class Told(str):
    """A sentence that a notebook shows as text."""

    def __repr__(self) -> str:
        return str(self)


_HEAD = ("The article says", "You", "Evidence", "Why")
_STORY = '<div class="story" data-slot="story" data-label="Story"></div>'


def _side_by_side(profile: Profile) -> str:
    """What each story says of one day."""
    told = disagreement(profile)
    rows = [
        (evidence().hypotheses[key].name, str(natural_frequency(risk)))
        for key, risk in told.risks.items()
    ]
    head = ("Story", "Of 1,000")
    return f"{table('Four stories, the same day', head, rows)}<p>{told.sentence}</p>"


def _compared(claims: Any, boxes: Any) -> Iterable[tuple[str, str, str, str]]:
    for key, claim in claims.items():
        yield escape(claim.claim), boxes[key].value, claim.grade, escape(claim.verdict)


def _agreed(claims: Iterable[Claim], boxes: Any) -> int:
    return sum(boxes[claim.key].value == claim.grade for claim in claims)


def _found(entries: Any, key: object, what: str) -> Any:
    """The entry of this key; `InputError` names those that there are."""
    if not isinstance(key, str) or key not in entries:
        raise InputError(what, key, f"allowed is one of {', '.join(entries)}")
    return entries[key]


def _place(name: str, label: str) -> str:
    return f'<span data-slot="{name}" data-label="{escape(label)}"></span>'


def _enter(text: str, action: str) -> str:
    """A button that the Enter key presses as well."""
    return button(text, action, kind="primary").replace(" data-action", " data-enter data-action")


def _answer_widget(question: Question, given: str) -> Any:
    if isinstance(question, ChoiceQuestion):
        options = [(text, key) for key, text in question.options.items()]
        value = given if given in question.options else None
        return w.RadioButtons(options=options, value=value, layout=w.Layout(width="auto"))
    return w.Text(given, layout=w.Layout(width="10rem"))


def _figures(answer: Any) -> tuple[int, int, int]:
    """Low end, figure and high end in people of 1,000."""
    low, high = answer.interval
    return natural_frequency(low), natural_frequency(answer.risk), natural_frequency(high)


def _difference(guessed: int, today: int) -> str:
    if guessed == today:
        return "the same."
    return f"your guess is {abs(guessed - today)} {'more' if guessed > today else 'fewer'}."


def _whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, or None."""
    text = text.strip()
    if not text.isdecimal() or len(text) > 6:
        return None
    return int(text) if int(text) <= most else None
