"""What is read in a lesson, as HTML: the ordinary day, the article, grades for its claims."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from crampnb.lessons.claims import Claim
from crampnb.lessons.html import place, said, shown
from crampnb.lessons.plans import Later
from crampnb.model.entries import Tip
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, explain
from crampnb.model.profile import Profile, reference
from crampnb.views.elements import Html, b, div, figcaption, fragment, h3, li, ol, p, span, ul
from crampnb.views.elements import figure as picture_of
from crampnb.views.html import button, details, table
from crampnb.views.pictures import icon_array

#: how the article ends, in our words
CLOSING = "Cramps often mean that the body wants something: find the cause, and relief follows."


# ------------------------------------------------------------------ the ordinary day


def ordinary_day(words: Mapping[str, str]) -> Html:
    """Four habits with their amounts in everyday words, and 1,000 people who live so."""
    outcome, people = evidence().outcome, explain({}).people
    without = outcome.people - people.risk
    title = f"{people.risk} of {outcome.people:,} people have a cramp, {without} have none"
    rows = [
        (entry.label, entry.speak(reference(Profile(), entry.name)), words[entry.name])
        for entry in map(evidence().inputs.__getitem__, words)
    ]
    return fragment[
        table("The ordinary day (the reference)", ("", "How much", "That is"), rows, "tight"),
        div("explore")[
            picture_of("people")[
                icon_array(people.risk, people.risk, title),
                figcaption[
                    ul("legend")[
                        li[span("key key-base")[""], f"{people.risk} have a cramp"],
                        li[span("key key-rest")[""], f"{without} have none"],
                    ]
                ],
            ],
            div[
                p[
                    f"Now think of {outcome.people:,} people who all live like that. In the next"
                    f" {outcome.horizon_days} days about ",
                    b[f"{people.risk} of them"],
                    f" would have at least one cramp in the buttocks; {without} would have none."
                    f" How sure is that? It could be {people.low} to {people.high}.",
                ],
                p[
                    f"So “{people.risk} of {outcome.people:,}” counts people, not cramps, and says"
                    " nothing about who they are. We found no study that counted this for"
                    " buttocks: the figure is judged from studies of other muscles."
                ],
            ],
        ],
        p("help")[ILLUSTRATION],
    ]


# ------------------------------------------------------------------ a text that waits


def later(told: Later, waits_for: str) -> Html:
    """Title, and either the text or what has to come first."""
    title = p[b[told.title]]
    if waits_for:
        return fragment[title, p("help")[f"This opens later. First comes {waits_for}."]]
    lines = ul[[li[line] for line in told.lines]] if told.lines else ""
    return fragment[title, [p[text] for text in told.text], lines]


def stuck() -> Html:
    """A way out, and its place."""
    return fragment[p("buttons")["Stuck? ", button("Show me how", "how")], said("how")]


# ------------------------------------------------------------------ the article


def article() -> Html:
    """The lay article in our own words: six causes, five tips, and what is not in it."""
    causes = [cause for cause in evidence().causes.values() if cause.number]
    return fragment[
        p[b["The article, told again in our own words"], " (a paraphrase; nothing is quoted)"],
        h3["Six causes"],
        ol[[li[b[cause.label], ": ", cause.claim] for cause in causes]],
        h3["Five tips"],
        ol[[li[" ".join(claims)] for claims in _tips()]],
        p[CLOSING],
        p("help")["No author, no source, no number, no doubt: all six causes sound equally sure."],
    ]


def _tips() -> Iterator[list[str]]:
    """What the article says in each of its tips."""

    def number(tip: Tip) -> int:
        return tip.article

    of_article = sorted(filter(number, evidence().tips.values()), key=number)
    for _, tips in groupby(of_article, number):
        yield [tip.claim for tip in tips]


# ------------------------------------------------------------------ grades


def grading(claims: Iterable[Claim]) -> Html:
    """Each claim with what studies found, a place for a grade, and one for the evidence's."""
    return fragment[
        p[b["How sure can one be of what studies say, for or against each claim?"]],
        ul("claims")[[_claim(one) for one in claims]],
        p("buttons")[button("Compare", "compare", kind="primary")],
        said("told"),
    ]


def _claim(one: Claim) -> Html:
    return li("claim")[
        p[b[one.place, ": "], one.claim],
        details("What studies found", p[one.verdict]),
        div("ask")[place(one.key, f"Your grade: {one.claim}"), shown(f"result.{one.key}")],
    ]


def compared(one: Claim, grade: str, agrees: bool) -> Html:
    """A learner's grade beside that of the evidence."""
    if grade == one.grade:
        told = "the same"
    elif agrees:
        told = "just as good: no study of this was found"
    else:
        told = "one step apart, which is close" if one.is_close(grade) else "further apart"
    return fragment["You: ", grade, ". The evidence: ", b[one.grade], f" – {told}."]
