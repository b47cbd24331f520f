"""An answer to keep or to print: data that re-opens, a table for a spreadsheet, plain text.

A red flag replaces every number: the data then hold None, the table blanks, the text none at all.
"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

from crampnb.model.arithmetic import settled
from crampnb.model.attribution import added_people, people_by_cause, shares
from crampnb.model.entries import OddsRatio
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation
from crampnb.model.frequency import change, change_range, draws
from crampnb.model.steps import Step

NUMBERS = ("risk", "interval", "baseline", "terms", "causes", "steps")
COLUMNS = (
    *("factor", "cause", "dose", "odds_ratio_low", "odds_ratio", "odds_ratio_high"),
    *("term", "times_the_odds", "people_of_1000", "certainty", "basis"),
)
MOST_STEPS = 5


def as_dict(explanation: Explanation) -> dict[str, Any]:
    """The answer as JSON types; `crampnb risk` re-opens it from `inputs` and `hypothesis`."""
    return {
        **(dict.fromkeys(NUMBERS) if explanation.is_stopped else _numbers(explanation)),
        "sentence": explanation.sentence,
        "stop": vars(explanation.stop) if explanation.stop else None,
        "note": explanation.note,
        "inputs": {name: _plain(value) for name, value in explanation.profile.given.items()},
        "hypothesis": explanation.hypothesis,
        "red_flags": list(explanation.red_flags),
    }


def as_csv(explanation: Explanation) -> str:
    """One row a factor: its odds ratio at full dose, and what it adds here (dose 0-1, log odds)."""
    people = shares(explanation)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for key, factor in evidence().factors.items():
        term = explanation.terms[key]
        here = (explanation.doses.get(key), term, math.exp(term), people[key])
        dose, *effect = (None,) * len(here) if explanation.is_stopped else here
        held = _triple(evidence().odds_ratio(explanation.story, factor))
        table.writerow([key, factor.cause, dose, *held, *effect, factor.certainty, factor.basis])
    return text.getvalue()


def as_text(explanation: Explanation) -> str:
    """The answer in lines for a terminal."""
    stop = explanation.stop
    card = [stop.title, stop.text, stop.act] if stop else []
    if explanation.is_stopped:
        return "\n".join(card)
    low, high = explanation.interval
    return "\n".join(
        [
            *card,
            *([""] if card else []),
            explanation.sentence,
            *([explanation.note] if explanation.note else []),
            "",
            f"Risk {explanation.risk:.2%}, 90 % interval {low:.2%} to {high:.2%};"
            f" story: {explanation.story.name}.",
            "",
            *columns(
                [("What adds to it", "times the odds", "people of 1,000"), *_causes(explanation)]
            ),
            "",
            *_steps(explanation.steps),
        ]
    )


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with every column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _numbers(explanation: Explanation) -> dict[str, Any]:
    return {
        "risk": explanation.risk,
        "interval": list(explanation.interval),
        "baseline": explanation.baseline,
        "terms": explanation.terms,
        "causes": explanation.causes,
        "steps": [_step(step) for step in explanation.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "risk_reduction": step.risk_reduction,
        "interval": list(step.interval),
        "probability_helps": step.probability_helps,
        "certainty": step.certainty,
    }


def _plain(value: Any) -> Any:
    """An input's value as a JSON type."""
    return sorted(value) if isinstance(value, frozenset) else value


def _triple(odds_ratio: OddsRatio | None) -> tuple[float | None, ...]:
    """The three points of an odds ratio; blanks where a story holds none for the factor."""
    if odds_ratio is None:
        return None, None, None
    return odds_ratio.low, odds_ratio.central, odds_ratio.high


def _causes(explanation: Explanation) -> Iterable[tuple[str, str, str]]:
    """Label, times the odds and people of each cause, and of all together."""
    for key, people in people_by_cause(explanation).items():
        odds = settled(math.exp(explanation.causes[key]))
        yield evidence().causes[key].label, f"× {odds:.2f}", _signed(people)
    together = settled(math.exp(sum(explanation.causes.values())))
    yield "All together", f"× {together:.2f}", _signed(added_people(explanation))


def _signed(people: int) -> str:
    return f"{people:+d}" if people else "0"


def _steps(steps: Iterable[Step]) -> list[str]:
    """The best steps with how far each lowers the risk, or that there are none."""
    best = [step for step in steps if step.risk_reduction > 0][:MOST_STEPS]
    if not best:
        return ["Nothing on the list of tips would lower it in this story."]
    head = ("What would help", "of 1,000", "90 % range", "helps in the model", "the evidence")
    rows = (
        (
            step.name,
            change(-step.risk_reduction),
            change_range(*step.change),
            f"{draws(step.probability_helps)} draws",
            f"{step.certainty} certainty",
        )
        for step in best
    )
    return columns([head, *rows])
