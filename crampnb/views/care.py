"""When to leave the numbers alone: a cramp right now, and warning signs that it is not a cramp."""

from crampnb.model.entries import LookAlike, RedFlag
from crampnb.model.evidence import evidence
from crampnb.views.controls import tick
from crampnb.views.elements import Html, b, div, fragment, h2, h3, h4, li, ol, p, span, ul
from crampnb.views.html import button, cited, details
from crampnb.views.live import only_if, yes
from crampnb.views.screen import Screen

URGENCIES = {"now": "Now", "today": "Today", "soon": "Soon"}


def relief() -> Html:
    """What to do about a cramp right now, with a timer that says when to get help."""
    entry = evidence().relief
    clock = span(role="timer", data_timer_text=True, aria_label="Time since the cramp began")
    timer = fragment[
        p("timer", data_timer=True, data_alarm=entry.alarm_minutes * 60)[
            button("Start the timer", "timer", kind="primary"), " ", clock["0:00"]
        ],
        p("card alarm", data_timer_alarm=True, hidden=True)[entry.alarm],
    ]
    body = fragment[
        ol[[li[step] for step in entry.steps]],
        timer,
        p[entry.alarm],
        p("help")[entry.avoid],
        cited(entry.sources, entry.looked_at),
    ]
    return details("Cramp right now?", [h2[entry.title], body], "relief")


def red_flags() -> Html:
    """The warning signs, each with a box to tick and what to do."""
    rows = [_flag(key, flag) for key, flag in evidence().red_flags.items()]
    others = [_look_alike(entry) for entry in evidence().look_alikes.values()]
    return fragment[ul("flags")[rows], h3["What else it could be"], ul("flags")[others]]


def _flag(key: str, flag: RedFlag) -> Html:
    return li("flag")[
        tick(f"flag.{key}", flag.sign),
        p("act")[b[URGENCIES[flag.urgency], ":"], " ", flag.act],
        cited(flag.sources, flag.looked_at),
    ]


def _look_alike(entry: LookAlike) -> Html:
    """What else hurts like a cramp, how it shows itself, and what to do."""
    return li("look-alike card")[
        h4[entry.label],
        p[entry.signs],
        p[b["What to do:"], " ", entry.act],
        cited(entry.sources, entry.looked_at),
    ]


def help_card(screen: Screen) -> Html:
    """Where to get help for each sign that is ticked."""
    ticked = screen.answer.red_flags
    rows = [
        li(**only_if(f"flag.{key}", "yes", yes(key in ticked)))[b[flag.sign], " ", flag.act]
        for key, flag in evidence().red_flags.items()
    ]
    return div("card alarm", **only_if("stopped", "yes", yes(bool(ticked))))[
        h3["What you ticked"],
        ul[rows],
        p["The number is hidden while a warning sign is ticked."],
    ]
