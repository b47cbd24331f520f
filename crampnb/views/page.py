"""The whole page as one document: what stands still, and a place for every part that moves."""

from functools import cache

from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION
from crampnb.views import about, browser, care, evidence_cards, settings
from crampnb.views.controls import choice
from crampnb.views.elements import (
    Html,
    Inside,
    a,
    div,
    footer,
    fragment,
    h1,
    h2,
    h3,
    header,
    li,
    nav,
    p,
    span,
    ul,
)
from crampnb.views.elements import section as region
from crampnb.views.html import button, details
from crampnb.views.parts import PARTS, draw
from crampnb.views.screen import Screen
from crampnb.views.why import in_short

TITLE = "Why am I having butt cramps?"

SECTIONS = {
    "answer": "The answer",
    "why": "Why",
    "how": "How",
    "what-if": "What if",
    "next-steps": "What would help",
    "stories": "Who says so",
    "evidence": "Evidence",
    "compare": "Compare",
    "red-flags": "Not a cramp?",
    "maths": "The maths",
    "share": "Share",
}


@cache
def document() -> Html:
    """The page for the reference day: true and readable before any script runs."""
    return div("crampnb", id="crampnb-page", data_crampnb="waiting")[
        _head(),
        div("card alarm", data_lost=True, hidden=True, role="alert")[""],
        div("notices", aria_live="polite")[part("notices")],
        div("board")[
            settings.panel(),
            div("stage")[
                div("slim number-only", aria_hidden="true")[part("slim")],
                _answer(),
                browser.scripts(),  # as soon as they are there, the page answers
                _contents(),
                _body(),
                _foot(),
            ],
        ],
    ]


def part(name: str) -> Html:
    """The place of a moving part, filled for the reference day."""
    known = PARTS[name]
    return div(data_part=name, data_alone=known.alone, data_numbers=known.has_numbers)[
        draw(name, Screen())
    ]


def chart(name: str, label: str) -> Html:
    """The place of a plotly chart."""
    return div("chart number-only", data_chart=name, role="img", aria_label=label)[""]


def section(key: str, title: str, lead: str, body: Inside) -> Html:
    """One chapter of the page."""
    return region("chapter", id=key, aria_labelledby=f"{key}-title", tabindex=-1)[
        h2(id=f"{key}-title")[title], p("lead")[lead], body
    ]


def _head() -> Html:
    return fragment[
        header("masthead")[
            div[
                h1[TITLE],
                p("lede")[
                    "We found no study that counts buttock cramps. See what findings on other"
                    " muscles might mean, and how sure anyone can be. For learning: it does not"
                    " diagnose, predict or treat anything about you."
                ],
            ],
            div("first-aid")[
                care.relief(), a("button alarmed", href="#red-flags")["Warning signs"]
            ],
        ],
        region("weeks", aria_labelledby="weeks-title")[
            h2(id="weeks-title")["Which of these is most like your week?"],
            settings.weeks(),
            p("help", data_part="scenario", data_alone=True)[draw("scenario", Screen())],
        ],
    ]


def _contents() -> Html:
    links = [li[a(href=f"#{key}")[name]] for key, name in SECTIONS.items()]
    return nav("contents", aria_label="On this page")[details("On this page", ul[links])]


def _answer() -> Html:
    sentence = p("sentence", role="status", data_part="sentence", data_alone=True)
    return region("answer", id="answer", aria_labelledby="answer-title", tabindex=-1)[
        h2(id="answer-title")["The answer"],
        sentence[draw("sentence", Screen())],
        part("because"),
        div("print-only")[part("settings")],
        part("help"),
        part("cautions"),
        p("loading", data_loading=True)[
            span("waiting-only")["The sliders are waking up …"],
            span("live-only")["The tips, the tables and files follow when Python is here."],
        ],
        part("picture"),
        _why(),
    ]


def _why() -> Html:
    return section(
        "why",
        "Why: what adds to it",
        "Open a cause to see its factors. Illustration, not a prediction.",
        [STOPPED, part("why"), in_short()],
    )


STOPPED = p("stopped-only card alarm")["Hidden while a warning sign is ticked."]
HIDDEN = fragment[
    STOPPED,
    p("ahead-only card note")["This follows when Python is here."],
]


def _body() -> Html:
    shown = Screen()
    pairs = [(entry.name, entry.label) for entry in evidence().numeric_inputs]
    along = choice("along", "Along", pairs, shown.along)
    over = [
        choice(f"over.{axis}", label, pairs, chosen)
        for axis, label, chosen in zip("xy", ("Across", "Up"), shown.over, strict=True)
    ]
    return fragment[
        section(
            "how",
            "How it might happen",
            "From your day, through muscle and nerve, to a cramp. Illustration, not a prediction.",
            [STOPPED, part("how")],
        ),
        section(
            "what-if",
            "What if …",
            "Everything else as it is: how the figure moves along one input, or over two."
            " Illustration, not a prediction.",
            [
                HIDDEN,
                div("number-only pickers")[along],
                chart("curve", "The risk along one input; the table below has the numbers"),
                part("what_if"),
                h3("number-only")["Two at once"],
                div("number-only pickers")[over],
                chart("heat", "The risk over two inputs; the table below has the numbers"),
                part("map_table"),
            ],
        ),
        section(
            "next-steps",
            "What would help",
            "One change at a time, the largest effect first. Associated with fewer cramps in"
            " this model; where no trial was found, it is our guess. Illustration, not a"
            " prediction.",
            [HIDDEN, part("next_steps")],
        ),
        section(
            "stories",
            "Who says so: four stories",
            "People disagree about why muscles cramp. The same settings, told four ways."
            " Illustration, not a prediction.",
            [
                HIDDEN,
                chart("spread", "Four stories side by side; the table below has the numbers"),
                part("split"),
                part("stories"),
            ],
        ),
        section(
            "evidence",
            "The evidence, card by card",
            "What was measured, in whom, and what we judged. No study was found that measured"
            " buttock cramps: everything here comes from other muscles.",
            evidence_cards.cards(),
        ),
        section(
            "compare",
            "Compare",
            "Two days side by side. Illustration, not a prediction.",
            [HIDDEN, part("compare")],
        ),
        section(
            "red-flags",
            "When it is not a cramp",
            "Tick what fits. Any one of these comes before every number on this page.",
            care.red_flags(),
        ),
        section("maths", "Show the maths", "Nothing hidden.", [HIDDEN, part("maths")]),
        section(
            "share",
            "Share, print, keep",
            "Your settings live in the link, after the #. They are never sent to a server.",
            _share(),
        ),
    ]


def _share() -> Html:
    return fragment[
        p("buttons")[
            button("Copy the link", "copy-link", kind="primary"),
            button("Print", "print"),
            button("Download JSON", "download", "json"),
            button("Download CSV", "download", "csv"),
        ],
        p("said", data_said=True, aria_live="polite")[""],
        p("print-only")["This page, with these settings: ", span(data_link=True)[""]],
        about.link(),
        details("The model in short", about.card(), "card"),
    ]


def _foot() -> Html:
    return footer("foot")[
        p[
            f"Outcome: {evidence().outcome.name}. {ILLUSTRATION} For learning"
            " only; not a medical device. With warning signs, see a professional."
        ]
    ]
