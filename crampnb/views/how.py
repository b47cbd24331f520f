"""How: from the day's exposures, through what might happen in muscle and nerve, to the cramp."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from crampnb.model.entries import Factor, Mechanism
from crampnb.model.evidence import evidence
from crampnb.views.elements import (
    Html,
    Inside,
    dd,
    div,
    dl,
    dt,
    figcaption,
    figure,
    h3,
    li,
    p,
    span,
    ul,
)
from crampnb.views.html import cited, times
from crampnb.views.mechanism import mechanism, sign
from crampnb.views.screen import Screen


def how(screen: Screen) -> Html:
    """The mechanism as a picture with today's strokes, and the same as text."""
    answer = screen.answer
    together = times(sum(answer.terms.values()))
    return div("how", data_story=answer.hypothesis)[
        figure[mechanism(answer, _TITLE), _CAPTION],
        div("flows")[
            h3["In this story"],
            _poses(),
            h3["What flows today"],
            ul[
                [
                    _line(factor, answer.terms[key], answer.measures)
                    for key, factor in evidence().factors.items()
                ]
            ],
            p[
                "Whatever is not named is a hairline: no effect at these settings. All together: ",
                span(data_figure="odds.all")[together],
                " the odds of the reference day, when the balance is level.",
            ],
        ],
        _parts(),
    ]


#: the unit of what is told in per cent
SHARE = "share missing"
_TITLE = "Muscle and nerve of somebody who sits; the text that follows says the same"
_CAPTION = figcaption[
    "Thicker means more effect today; + raises the odds, − lowers them. Solid: a link with cramps"
    " has been measured, in other muscles. Dashed: we found no measurement and judged. Bold: where"
    " this story sees the cause."
]


@cache
def _poses() -> list[Html]:
    """How a cramp happens in each story; the chosen one is shown."""
    return [p("pose", data_lit=key)[story.pose] for key, story in evidence().hypotheses.items()]


@cache
def _parts() -> Html:
    """What is known of each part of the picture."""
    return dl[[_part(part) for part in evidence().mechanisms.values()]]


def _part(part: Mechanism) -> Html:
    source = cited(part.sources, part.looked_at)
    return div[dt[part.label.replace("/", ": ")], dd[part.about, source]]


def _line(factor: Factor, term: float, today: Mapping[str, Any]) -> Html:
    """A factor with today's exposure and effect: "Dehydration (1.8 % of body mass): × 1.05"."""
    odds = span(data_figure=f"odds.{factor.key}")[times(term)]
    return li(sign(term), data_flow=factor.key)[factor.label, _exposure(factor, today), ": ", odds]


def _exposure(factor: Factor, today: Mapping[str, Any]) -> Inside:
    """What the dose of a factor is read from, with its unit, in brackets; nothing of a switch."""
    if not factor.unit:
        return ""
    exposure = span(data_figure=f"exposure.{factor.key}")[shown(factor, today[factor.measure])]
    return [" (", exposure, f" {factor.unit.replace('share', '%')})"]


def shown(factor: Factor, value: float) -> str:
    """An exposure to one decimal, without ".0"; a share in per cent."""
    return f"{100 * value:.0f}" if factor.unit == SHARE else f"{value:.1f}".removesuffix(".0")
