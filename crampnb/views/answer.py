"""The answer: one sentence, 1,000 people as dots, the range, and the cards that come first."""

from crampnb.model.attribution import people_by_cause
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, at_the_reference, notes_of_all, statement
from crampnb.model.frequency import People, denominator
from crampnb.model.safety import WATER_CARDS
from crampnb.views.elements import (
    NOTHING,
    Html,
    b,
    div,
    figcaption,
    fragment,
    h3,
    li,
    p,
    span,
    ul,
)
from crampnb.views.elements import figure as picture_of
from crampnb.views.html import listing
from crampnb.views.live import CHANGES, change, figure, figures, filled, only_if, yes
from crampnb.views.pictures import icon_array, range_bar
from crampnb.views.screen import Screen


def sentence(screen: Screen) -> Html:
    """The one sentence, its first statement large; the text is that of `Explanation.sentence`."""
    if screen.stopped:
        return span("first")[screen.answer.sentence]
    shown = figures(_told(screen.answer.people))
    before, number, after = (filled(part, shown) for part in statement())
    rest = fragment[filled(at_the_reference(), shown), " ", ILLUSTRATION]
    return fragment[span("first")[before, b[number], after], " ", span("rest")[rest]]


def _told(people: People) -> dict[str, str]:
    return {name: f"{number:,}" for name, number in people._asdict().items()}


def because(screen: Screen) -> Html:
    """Which cause adds or spares most people, and how well that is known."""
    people = people_by_cause(screen.answer)
    most = main_cause(people)
    return fragment[
        [
            p(**only_if("because", key, most))[
                "Mostly ", b[cause.label.lower()], ": ", _by(key, people[key]), f"; {cause.brief}."
            ]
            for key, cause in evidence().causes.items()
        ],
        p(**only_if("because", NONE, most))[
            "Move a slider or choose a week: here stands what counts most, and how sure that is."
        ],
    ]


#: no cause moves anybody
NONE = "none"


def main_cause(people: dict[str, int]) -> str:
    """Key of the cause that moves most people, the first of several; `NONE` if none moves any."""
    most = max(people, key=lambda key: abs(people[key]))
    return most if people[most] else NONE


def _by(cause: str, difference: int) -> Html:
    """How many more or fewer through a cause, in words."""
    now = change(difference)
    more, fewer = (
        span(**only_if(f"cause.{cause}.change", kind, now))[f" {kind}"] for kind in CHANGES[:2]
    )
    return fragment[figure(f"cause.{cause}.by", f"{abs(difference):,}"), more, fewer]


def picture(screen: Screen) -> Html:
    """1,000 people as marks, with a legend in words, and the range."""
    people = screen.answer.people
    low, today, high, base = people
    numbers = {
        "same": min(base, today),
        "by": abs(people.added),
        "rest": evidence().outcome.people - max(base, today),
    }
    told = _told(people)
    shown = figures(told | {name: f"{number:,}" for name, number in numbers.items()})
    now = change(people.added)
    changes = [
        li(**only_if("change", kind, now))[
            span(f"key key-{kind}")[""], filled(CHANGED[kind], shown)
        ]
        for kind in CHANGES
    ]
    anyway = span(**only_if("change", "more", now))[" anyway"]
    legend = ul("legend")[
        li[span("key key-base")[""], filled("{same} would have one", shown), anyway],
        changes,
        li[span("key key-rest")[""], filled("{rest} would not", shown)],
    ]
    marks = icon_array(
        base, today, PEOPLE.format(**told), data_told=PEOPLE, data_icons=f"{base} {today}"
    )
    return fragment[
        picture_of("people")[marks, figcaption[legend]],
        div("span")[range_bar(low, today, high), p[filled(RANGE, shown)]],
    ]


#: what the picture of 1,000 people is called
PEOPLE = "1,000 people: {risk} with a cramp, {baseline} at the reference settings"
#: {kind of change: what the legend says}
CHANGED = {
    "more": "{by} more with these settings",
    "fewer": "{by} fewer with these settings",
    "same": "no one is added or spared by these settings",
}
RANGE = (
    "Nine chances in ten that the figure lies between {low} and {high} of 1,000, if our judgements"
    " hold. A wide range is the honest answer here."
)


def cautions(screen: Screen) -> Html:
    """Cards beside the number: drinks far too many or few; words for some people."""
    stop = screen.answer.stop_key
    cards = [
        div("card caution", **only_if("stop", key, stop))[
            h3[card.title], p[card.text], p[b[card.act]]
        ]
        for key in WATER_CARDS
        for card in [evidence().stops[key]]
    ]
    noted = screen.answer.notes
    notes = [
        span(**only_if(f"note.{key}", "yes", yes(key in noted)))[words, " "]
        for key, words in notes_of_all().items()
    ]
    seen = only_if("noted", "yes", yes(bool(noted)))
    return fragment[cards, div("card note", **seen)[p[notes]]]


def notices(screen: Screen) -> Html:
    """What of a link or an entry could not be used."""
    return div("card note")[listing(screen.notices)] if screen.notices else NOTHING


def slim(screen: Screen) -> Html:
    """Number and range on one line, for where the sentence is out of sight."""
    shown = figures(_told(screen.answer.people))
    return fragment[
        b[filled("{risk} of ", shown), denominator()],
        " ",
        span[filled("could be {low} to {high}", shown)],
        " ",
        span("illustration")[ILLUSTRATION],
    ]
