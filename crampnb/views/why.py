"""Why: what each of the six causes adds, as times the odds and as people of 1,000."""

from crampnb.model.attribution import people_by_cause, shares
from crampnb.model.entries import Cause, Factor, Hypothesis
from crampnb.model.evidence import evidence
from crampnb.views.elements import Html, Inside, b, dd, div, dl, dt, fragment, p, span
from crampnb.views.html import details, signed, table, times
from crampnb.views.live import figure, figures, filled, only_if, yes
from crampnb.views.pictures import bar
from crampnb.views.screen import Screen


def why(screen: Screen) -> Html:
    """One row a cause, each opening into its factors; people add up to the answer exactly."""
    answer = screen.answer
    by_factor, people = shares(answer), people_by_cause(answer)
    rows = [
        details(_row(cause, answer.causes[key], people[key]), _factors(screen, cause, by_factor))
        for key, cause in evidence().causes.items()
    ]
    _, risk, _, baseline = answer.people
    shown = figures(
        {"baseline": f"{baseline:,}", "added": signed(risk - baseline), "risk": f"{risk:,}"}
    )
    before, after = (filled(text, shown) for text in (SUM, "{risk} of 1,000"))
    return fragment[div("causes")[_HEAD, rows], p("sum")[before, b[after], "."]]


SUM = "{baseline} at the reference settings, {added} from these settings: "


def in_short() -> Html:
    """What the verdicts come to, for who touches nothing."""
    return dl("in-short")[
        [div[dt[one.label], dd[one.text]] for one in evidence().summaries.values()]
    ]


_HEAD = p("causes-head", aria_hidden="true")[
    span[""], span["lowers | raises"], span["× odds"], span["of 1,000"]
]


def _row(cause: Cause, term: float, people: int) -> Html:
    number = span("number")[str(cause.number)] if cause.number else ""
    name = f"cause.{cause.key}"
    return fragment[
        span("cause-name")[number, cause.label],
        bar(term, name),
        span("cause-odds")[figure(f"{name}.times", times(term)), " ", span("unit")["the odds"]],
        span("cause-people")[
            figure(f"{name}.people", signed(people)), " ", span("unit")["of 1,000"]
        ],
    ]


def _factors(screen: Screen, cause: Cause, by_factor: dict[str, float]) -> Html:
    """The factors of a cause with today's terms, their full effect and certainty."""
    rows = [
        (
            factor.label,
            figure(f"factor.{factor.key}.times", times(screen.answer.terms[factor.key])),
            figure(f"factor.{factor.key}.people", signed(by_factor[factor.key], 1)),
            _full_effect(screen, factor),
            f"{factor.certainty}; {factor.basis}",
        )
        for factor in evidence().factors_of(cause.key)
    ]
    head = ("Factor", "Today", "People of 1,000", "At its worst (or best), with range", "Certainty")
    return fragment[p[cause.verdict], table(f"{cause.label}, factor by factor", head, rows)]


def _full_effect(screen: Screen, factor: Factor) -> Inside:
    """Odds ratio at full dose with its range, as the story that is told holds it."""
    told = {key: _held(story, factor) for key, story in evidence().hypotheses.items()}
    if len(set(told.values())) == 1:
        return told[screen.answer.hypothesis]
    return [
        span(**only_if(f"story.{key}", "yes", yes(key == screen.answer.hypothesis)))[words]
        for key, words in told.items()
    ]


def _held(story: Hypothesis, factor: Factor) -> str:
    odds_ratio = evidence().odds_ratio(story, factor)
    if odds_ratio:
        return f"× {odds_ratio.central:.2f} ({odds_ratio.low:.2f} to {odds_ratio.high:.2f})"
    if factor.key in ("age", "conditions") and story.keeps(factor.key):
        return "differs; see the cards below"
    return "no effect in this story"
