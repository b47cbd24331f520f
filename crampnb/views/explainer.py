"""The whole page as one document: what stands still, and a place for every part that moves."""

from functools import cache

from crampnb.evidence import evidence
from crampnb.views import (
    answer,
    cards,
    care,
    compare,
    controls,
    how,
    maths,
    modelcard,
    next_steps,
    stories,
    whatif,
    why,
)
from crampnb.views.html import button, details
from crampnb.views.screen import Screen

TITLE = "Why am I having butt cramps?"

#: the parts that answer at once, in the order of the page
QUICK = {
    "sentence": answer.sentence,
    "picture": answer.picture,
    "cautions": answer.cautions,
    "why": why.why,
    "notices": answer.notices,
    "help": care.help_card,
    "scenario": controls.scenario,
}
#: the parts that may follow a moment later
CALM = {
    "how": how.how,
    "what_if": whatif.what_if,
    "map_table": whatif.map_table,
    "next_steps": next_steps.next_steps,
    "stories": stories.stories,
    "compare": compare.compare,
    "settings": compare.settings,
    "maths": maths.maths,
}
PARTS = QUICK | CALM
#: plotly charts, in the same two groups
QUICK_CHARTS = {"curve": whatif.curve}
CALM_CHARTS = {"heat": whatif.heat, "spread": stories.spread}
CHARTS = QUICK_CHARTS | CALM_CHARTS

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
def document() -> str:
    """The page for the reference day: true and readable before any widget is there."""
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name in SECTIONS.items())
    return (
        f'<div id="crampnb-page" class="crampnb" data-crampnb="waiting">{_head()}'
        f'<nav class="contents" aria-label="On this page"><ul>{links}</ul></nav>'
        f'<div data-lost hidden class="card alarm" role="alert"></div>'
        f'<div class="notices" aria-live="polite">{part("notices")}</div>'
        f'<div class="top">{_answer()}'
        '<section class="panel" id="settings" aria-labelledby="settings-title">'
        f'<h2 id="settings-title">Your typical day</h2>{controls.settings()}</section></div>'
        f"{_body()}{_foot()}</div>"
    )


def part(name: str, late: bool = False) -> str:
    """The place of a moving part, filled for the reference day; a `late` one follows the chart."""
    return f'<div data-part="{name}"{" data-late" * late}>{PARTS[name](Screen())}</div>'


def chart(name: str, label: str) -> str:
    """The place of a plotly chart."""
    return (
        f'<div class="chart number-only" data-chart="{name}" role="img" aria-label="{label}"></div>'
    )


def section(key: str, title: str, lead: str, body: str) -> str:
    """One chapter of the page."""
    return (
        f'<section class="chapter" id="{key}" aria-labelledby="{key}-title" tabindex="-1">'
        f'<h2 id="{key}-title">{title}</h2><p class="lead">{lead}</p>{body}</section>'
    )


def _head() -> str:
    return (
        f'<header class="masthead"><h1>{TITLE}</h1>'
        '<p class="lede">Move the sliders and see what might make a buttock cramp more or less'
        " likely, why, and how sure anyone can be. For learning only: it shows how published"
        " findings might combine. It does not diagnose, predict or treat anything about you.</p>"
        f"{care.relief()}</header>"
    )


def _answer() -> str:
    return (
        '<section class="answer" id="answer" aria-labelledby="answer-title" tabindex="-1">'
        '<h2 id="answer-title">The answer</h2>'
        f'<p class="sentence" role="status" data-part="sentence">{answer.sentence(Screen())}</p>'
        f'<div class="print-only">{part("settings")}</div>'
        f"{part('help')}{part('cautions')}{part('picture')}"
        '<p class="loading" data-loading>The sliders are waking up …</p></section>'
    )


def _body() -> str:
    hidden = '<p class="stopped-only card alarm">Hidden while a warning sign is ticked.</p>'
    along = controls.slot("along", "Along: Activity load", "choice")
    over = controls.slot("over.x", "Across", "choice") + controls.slot("over.y", "Up", "choice")
    return "".join(
        [
            section(
                "why",
                "Why: what adds to it",
                "The article's six causes, and what you bring along. Open one to see its factors."
                " Illustration, not a prediction.",
                hidden + part("why", late=True),
            ),
            section(
                "how",
                "How it might happen",
                "From your day, through muscle and nerve, to a cramp."
                " Illustration, not a prediction.",
                hidden + part("how"),
            ),
            section(
                "what-if",
                "What if …",
                "Everything else as it is: how the figure moves along one input, or over two."
                " Illustration, not a prediction.",
                f'{hidden}<div class="number-only pickers">{along}</div>'
                f"{chart('curve', 'The risk along one input; the table below has the numbers')}"
                f'{part("what_if")}<h3 class="number-only">Two at once</h3>'
                f'<div class="number-only pickers">{over}</div>'
                f"{chart('heat', 'The risk over two inputs; the table below has the numbers')}"
                f"{part('map_table')}",
            ),
            section(
                "next-steps",
                "What would help",
                "One change at a time, the largest effect first. Associated with fewer cramps in"
                " this model; where no trial exists, nobody knows. Illustration, not a prediction.",
                hidden + part("next_steps"),
            ),
            section(
                "stories",
                "Who says so: four stories",
                "People disagree about why muscles cramp. The same settings, told four ways."
                " Illustration, not a prediction.",
                hidden
                + chart("spread", "Four stories side by side; the table below has the numbers")
                + part("stories"),
            ),
            section(
                "evidence",
                "The evidence, card by card",
                "What was measured, in whom, and what we judged. No study was found that measured"
                " buttock cramps: everything here comes from other muscles.",
                cards.cards(),
            ),
            section(
                "compare",
                "Compare",
                "Two days side by side. Illustration, not a prediction.",
                hidden + part("compare"),
            ),
            section(
                "red-flags",
                "When it is not a cramp",
                "Tick what fits. Any one of these comes before every number on this page.",
                care.red_flags(),
            ),
            section("maths", "Show the maths", "Nothing hidden.", hidden + part("maths")),
            section(
                "share",
                "Share, print, keep",
                "Your settings live in the link, after the #. They are never sent to a server.",
                _share(),
            ),
        ]
    )


def _share() -> str:
    return (
        '<p class="buttons">'
        + button("Copy the link", "copy-link", kind="primary")
        + button("Print", "print")
        + button("Download JSON", "download", "json")
        + button("Download CSV", "download", "csv")
        + '</p><p data-said aria-live="polite" class="said"></p>'
        + details("Model card", modelcard.card(), "card")
    )


def _foot() -> str:
    return (
        f'<footer class="foot"><p>Outcome: {evidence().outcome.name}. Illustration, not a'
        " prediction. For learning only; not a medical device. With warning signs, see a"
        " professional.</p></footer>"
    )
