"""Compare: pin the settings as A, change something, see and read the difference."""

from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, Explanation, difference
from crampnb.model.explain import compare as told
from crampnb.model.frequency import denominator, more_or_fewer
from crampnb.model.profile import Profile
from crampnb.views.elements import Html, b, div, figcaption, figure, fragment, li, p, span, ul
from crampnb.views.html import button, table
from crampnb.views.pictures import icon_array, pair
from crampnb.views.screen import Screen

NO_RANGE = (
    "The change has no range: the model knows none between two stories, two ages or two states"
    " of health."
)


def compare(screen: Screen) -> Html:
    """The pinned settings beside today's, or the invitation to pin."""
    if screen.pinned is None:
        return fragment[
            p["Pin the settings, change something, and read the difference here."],
            button("Pin these settings as A", "pin", kind="primary"),
        ]
    before, now = screen.pinned, screen.answer
    rows = [
        (evidence().inputs[name].label, shown(before.profile, name), shown(now.profile, name))
        for name in evidence().inputs
        if getattr(before.profile, name) != getattr(now.profile, name)
    ]
    if before.hypothesis != now.hypothesis:
        rows.append(("Story", before.story.name, now.story.name))
    return fragment[
        p("split")[told(before, now)],
        div("pairs")[_ranges(before, now), _people(before, now)],
        table("What differs", ("", "A", "Now"), rows) if rows else p["Nothing differs yet."],
        p("buttons")[
            button("Pin these settings as A instead", "pin"),
            " ",
            button("Go back to A", "restore"),
            " ",
            button("Forget A", "unpin"),
        ],
    ]


def _ranges(before: Explanation, now: Explanation) -> Html:
    """Both answers with their ranges on one scale, and how to read them."""
    apart = "" if difference(before, now) else f" {NO_RANGE}"
    return figure[
        pair(before.people, now.people),
        figcaption[
            "Circle: A. Diamond: now. Bars: nine chances in ten, if our judgements hold."
            f"{apart} {ILLUSTRATION}"
        ],
    ]


def _people(before: Explanation, now: Explanation) -> Html:
    """1,000 people: those of A, and those who are added or spared now."""
    first, second = before.people.risk, now.people.risk
    change = more_or_fewer(second - first) if second != first else "none more or fewer"
    kind = "more" if second > first else "fewer"
    return figure[
        icon_array(first, second, f"{denominator()} people: {first} with A, {second} now"),
        ul("legend")[
            li[span("key key-base")[""], f"{first} with A"],
            li[span(f"key key-{kind}")[""], f"{change} now"],
        ],
    ]


def settings(screen: Screen) -> Html:
    """What is set, in words: on paper there are no sliders to look at."""
    answer = screen.answer
    told = [
        f"{evidence().inputs[name].label}: {shown(answer.profile, name)}"
        for name in answer.profile.given
    ]
    told_all = "; ".join(told) or "all at the reference"
    return fragment[b["Settings:"], f" {told_all}. Story: {answer.story.name}."]


def shown(profile: Profile, name: str) -> str:
    """The value of an input as a person says it."""
    return evidence().inputs[name].speak(getattr(profile, name))
