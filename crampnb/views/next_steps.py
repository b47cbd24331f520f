"""What would help: single changes, ranked, each with its range, probability and certainty."""

from crampnb.model.evidence import evidence
from crampnb.model.frequency import change, change_range, denominator, draws
from crampnb.model.steps import Step, is_withheld
from crampnb.views.elements import Html, b, fragment, h3, li, ol, p, span
from crampnb.views.html import button, facts
from crampnb.views.screen import Screen

SHOWN = 5

_DRAWS = p("help")[
    "In the model: in how many of 100 draws from our judged ranges it helps at all."
    " The evidence: how far those judgements can be trusted."
]


def next_steps(screen: Screen) -> Html:
    """The best single changes, the ones that this story sees no use in, and those withheld."""
    useful = [step for step in screen.answer.steps if step.risk_reduction > 1e-6]
    useless = [step.name for step in screen.answer.steps if step.risk_reduction <= 1e-6]
    withheld = [
        tip
        for tip in evidence().tips.values()
        if tip.input and is_withheld(tip, screen.answer.profile)
    ]
    professional = evidence().tips["professional"]
    return fragment[
        [_DRAWS, ol("steps")[[li[_card(step)] for step in useful[:SHOWN]]]]
        if useful
        else p["No single change that this page knows of would lower the figure."],
        p[f"In this story these would change nothing: {_list(useless)}."] if useless else "",
        [
            p("card note")[b[tip.label], ": not suggested here. ", tip.withheld_note]
            for tip in withheld
        ],
        p[b[professional.label, "."], " ", professional.verdict],
    ]


def _card(step: Step) -> Html:
    """One change: fewer people of 1,000 with the range, what is sure about it, effort."""
    return fragment[
        h3[step.name],
        p("gain")[
            b[f"{change(-step.risk_reduction)} of {denominator()}"],
            " ",
            span[f"({change_range(*step.change)})"],
        ],
        facts(
            [
                ("In the model", f"it helps in {draws(step.probability_helps)} draws"),
                ("The evidence", f"{step.certainty} certainty"),
                ("Effort", f"{step.effort}: {step.effort_note}"),
            ]
        ),
        button("Try it", "apply", step.key, label=f"Try it: {step.name}"),
    ]


def _list(names: list[str]) -> str:
    return "; ".join(name[0].lower() + name[1:] for name in names)
