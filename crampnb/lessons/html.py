"""The lessons' cards as HTML: frames with places for widgets, and what is put into them later."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from crampnb.lessons.answers import Entry
from crampnb.lessons.places import number
from crampnb.lessons.plans import Plan, Situation, Task
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, Explanation
from crampnb.model.frequency import natural_frequency
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.model.stories import disagreement
from crampnb.views import elements as el
from crampnb.views.elements import Html, Inside, b, div, fragment, li, p, span, ul
from crampnb.views.html import button, table
from crampnb.views.pictures import gap, reach

#: steps to do that are called by name
MOST_NAMED = 3


def place(name: str, label: str) -> Html:
    """Where a widget stands, and its name for a screen reader."""
    return span(data_slot=name, data_label=label)[""]


def said(part: str, kind: str = "") -> Html:
    """Where something is said, which a screen reader hears."""
    return p(kind, role="status", data_part=part)[""]


def shown(part: str) -> Html:
    """Where something is shown."""
    return div(data_part=part)[""]


def enter(text: str, action: str) -> Html:
    """A button that the Enter key presses as well."""
    press = el.button(
        "button primary", type="button", data_enter=True, data_action=action, data_value=""
    )
    return press[text]


# ------------------------------------------------------------------ head of a lesson


def head(plan: Plan) -> Html:
    """Title, progress, and what can be done with the answers."""
    return fragment[
        p("lesson-title")[b[plan.heading], f" ({plan.minutes} minutes)"],
        p[plan.about],
        said("progress"),
        shown("missing"),
        p("buttons")[
            button("Save my answers", "save", kind="primary"),
            button("Open my answers", "pick"),
            button("Forget my answers", "forget"),
        ],
        p(data_when="sure", hidden=True)[
            "All answers of this lesson go, here and in this browser. ",
            "Code that was typed into a grey box stays there. " if plan.values else "",
            button("Yes, forget them", "forget-all"),
        ],
        said("said", "said"),
        p("help")[
            "Your answers stay on this computer: this browser keeps them, so that they are there"
            " again after a break. Does somebody else use it after you? Save them, then let it"
            " forget them. Put no names in them. Keep each lesson open in one tab only."
        ],
    ]


def still_to_do(plan: Plan, missing: Sequence[str]) -> Html:
    """The steps that are not done, a few of them by name; after the last, which lesson is next."""
    if not missing:
        after = plan.follower
        go = button(f"Open lesson {after.number}", "lesson", after.notebook) if after else ""
        return fragment[p[plan.next], p("buttons")[go]]
    named = [plan.label(step) for step in missing[:MOST_NAMED]]
    more = [f"and {len(missing) - MOST_NAMED} more"] if len(missing) > MOST_NAMED else []
    return p("help")[f"Still to do: {'; '.join(named + more)}."]


# ------------------------------------------------------------------ predict, observe


def prediction(situation: Situation) -> Html:
    """The day, a place for the guess, and out of sight what is shown after it."""
    people, days = evidence().outcome.people, evidence().outcome.horizon_days
    reference = natural_frequency(situation.answer.baseline)
    return fragment[
        p[
            b[situation.story],
            f" All else is as on the ordinary day, with which {reference} of {people:,} people"
            f" would have a buttock cramp in the next {days} days. How many of {people:,} now?",
        ],
        div("ask")[
            place("guess", f"Your guess, people of {people:,}"),
            span[f"of {people:,}"],
            enter("Keep my guess", "keep"),
        ],
        said("told"),
        div(data_when="kept", hidden=True)[
            shown("gap"),
            p[situation.why] if situation.why else "",
            map(number, situation.inputs),
            said("sentence", "sentence"),
            cautions(situation.inputs),
        ],
    ]


def cautions(inputs: Iterable[Input]) -> Html:
    """What to bear in mind about these inputs, lest a flat curve be taken for advice."""
    return fragment[[p("help")[entry.caution] for entry in inputs if entry.caution]]


def guesses(situations: Iterable[Situation], entries: Mapping[str, Entry]) -> Html:
    """All guesses beside what the model says; its figure only beside a guess."""
    known = [(one, entries.get(f"guess.{one.key}")) for one in situations]
    guessed = [(int(entry.value), figures(one.answer)[2]) for one, entry in known if entry]
    top = reach(*zip(*guessed, strict=True)) if guessed else 0
    rows = [_guess(*pair, top) for pair in known]
    columns = ("", "Your guess", "The model", "Side by side")
    return table("Guesses, people of 1,000", columns, rows)


def guesses_frame(now: Html) -> Html:
    """The table of guesses, and what it is."""
    return fragment[div(data_part="guesses")[now], p("help")[ILLUSTRATION]]


def _guess(situation: Situation, entry: Entry | None, top: int) -> tuple[Inside, ...]:
    """A row of the table; all lines in it reach equally far."""
    if entry is None:
        return situation.label, "not yet", "guess first", ""
    low, today, high = figures(situation.answer)
    first = int(entry.value)
    line = gap(first, low, today, high, top)
    return situation.label, str(first), f"{today} ({low} to {high})", line


def figures(answer: Explanation) -> tuple[int, int, int]:
    """Low end, figure and high end in people of 1,000."""
    low, high = answer.interval
    return natural_frequency(low), natural_frequency(answer.risk), natural_frequency(high)


# ------------------------------------------------------------------ questions


def question(prompt: str, unit: str) -> Html:
    """A question, a place for the answer, and out of sight the way to the worked solution."""
    return fragment[
        p[b[prompt]],
        div("ask")[place("answer", "Your answer"), span[unit], enter("Check", "check")],
        said("told"),
        div(data_when="wrong", hidden=True)[button("Show me how", "how")],
        said("how"),
    ]


def waiting(asked: Html) -> Html:
    """The same, out of sight as long as it would tell what is yet to be guessed."""
    return fragment[shown("waits"), div(data_when="asked", hidden=True)[asked]]


def writing(prompt: str) -> Html:
    """A question, and a place for words of one's own."""
    return fragment[
        p[b[prompt]],
        div(data_slot="text", data_label=prompt)[""],
        p("buttons")[button("Keep it", "keep")],
        said("told"),
    ]


# ------------------------------------------------------------------ explore


def exploration(inputs: Collection[Input], story: bool) -> Html:
    """Places for sliders, beside them the answer and the tasks, and the people below.

    All of it is out of sight as long as it would tell what is yet to be guessed.
    """
    return fragment[
        shown("waits"),
        div(data_when="open", hidden=True)[
            div("explore")[
                div[[number(entry, brief=True) for entry in inputs]],
                div[
                    said("sentence", "sentence"),
                    shown("stories"),
                    ul("tasks", data_part="tasks")[""],
                ],
            ],
            div("story", data_slot="story", data_label="Story")[""] if story else "",
            shown("picture"),
            cautions(inputs),
        ],
    ]


def side_by_side(profile: Profile) -> Html:
    """What each story says of one day."""
    told = disagreement(profile)
    rows = [
        (evidence().hypotheses[key].name, str(natural_frequency(risk)))
        for key, risk in told.risks.items()
    ]
    return fragment[
        table("Four stories, the same day", ("Story", "Of 1,000"), rows, "tight"), p[told.sentence]
    ]


def ticked(tasks: Mapping[Task, bool]) -> Html:
    """The tasks with their ticks, in words too."""
    return fragment[
        [
            li[f"{'☑' if done else '☐'} {task.goal} ", b["Done." if done else ""]]
            for task, done in tasks.items()
        ]
    ]
