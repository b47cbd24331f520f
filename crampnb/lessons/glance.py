"""The answers of a class as HTML: questions, guesses, and what was written."""

from collections.abc import Iterable

from crampnb.lessons.answers import GuessOverview, QuestionOverview, TextOverview
from crampnb.model.explain import ILLUSTRATION
from crampnb.views.elements import NOTHING, Html, b, div, fragment, joined, li, p, ul
from crampnb.views.html import escape, table

BREAK = Html("<br>")

#: the heading of a lesson, what was asked in it, and the figure of the model, if it is known
Asked = tuple[str, str, str]


def class_at_a_glance(caption: str, parts: Iterable[Html]) -> Html:
    """All that a class answered."""
    return fragment[p[b[caption]], list(parts) or p["There is no answer yet."]]


def questions(rows: Iterable[tuple[Asked, QuestionOverview]]) -> Html:
    """How a class did on what can be right or wrong."""
    columns = ("", "Question", "Right at once", "Right in the end", "What wrong answers show")
    told = [(lesson, prompt, *_right(one)) for (lesson, prompt, _), one in rows]
    return table("Questions, the hardest first", columns, told) if told else NOTHING


def _right(one: QuestionOverview) -> tuple[str, str, str]:
    shown = [escape(f"{count} × {name}") for name, count in one.misconceptions]
    return (
        f"{one.right_at_first} of {one.checked}",
        f"{one.right_in_the_end} of {one.checked}",
        joined(BREAK, shown) or "–",
    )


def guesses(rows: Iterable[tuple[Asked, GuessOverview]]) -> Html:
    """How the guesses spread, beside the model."""
    columns = ("", "Situation", "Middle guess", "Lowest to highest", "The model", "Pupils")
    told = [
        (
            *(lesson, prompt, f"{one.median:g}"),
            *(f"{one.low:g} to {one.high:g}", model or "–", f"{one.count}"),
        )
        for (lesson, prompt, model), one in rows
    ]
    if not told:
        return NOTHING
    return fragment[table("Guesses, people of 1,000", columns, told), p("help")[ILLUSTRATION]]


def texts(rows: Iterable[tuple[Asked, TextOverview]]) -> Html:
    """What was written, question by question."""
    return fragment[[_written(lesson, prompt, one) for (lesson, prompt, _), one in rows]]


def _written(lesson: str, prompt: str, one: TextOverview) -> Html:
    more = li[f"... and {one.more} more"] if one.more else NOTHING
    return div("written")[p[f"{lesson}: ", b[prompt]], ul[[li[text] for text in one.texts], more]]
