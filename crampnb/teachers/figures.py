"""What the teachers' pages may name: figures of the model, of the lessons and of their studies.

A day is written as on the command line: `people(sitting=10, effort=9)`; all else is at the
reference.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from crampnb.lessons import study
from crampnb.lessons.figures import CRAMPED, DAY, SITTER, dose, odds, ramp, risk
from crampnb.lessons.plans import lesson
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.sensitivity import Judgement, sensitivity
from crampnb.model.settings import USUAL

#: how many small numbers are said
WORDS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def people(story: str = USUAL, **day: object) -> int:
    """People of 1,000 who would have a cramp on such days."""
    return natural_frequency(explain(day, hypothesis=story).risk)


def between(**day: object) -> str:
    """Low and high end of the range, in people of 1,000: "3 to 38"."""
    low, high = map(natural_frequency, explain(day).interval)
    return f"{low} to {high}"


def _baseline() -> str:
    """Low and high end of the baseline alone, in people of 1,000."""
    low, _, high = map(natural_frequency, evidence().baseline.risk)
    return f"{low} to {high}"


def stories(**day: object) -> list[int]:
    """People of 1,000, as each of the four stories has it."""
    return [people(key, **day) for key in evidence().hypotheses]


def apart(**day: object) -> int:
    """People of 1,000 between the lowest and the highest story, as the whole numbers have it."""
    told = stories(**day)
    return max(told) - min(told)


def terms(**day: object) -> dict[str, float]:
    """{factor: what it adds to the log odds}, the largest first, without those that add nothing."""
    told = explain(day).terms.items()
    return {key: term for key, term in sorted(told, key=lambda one: -one[1]) if term}


def judgements(**day: object) -> tuple[Judgement, ...]:
    """Each judgement at its low and its high end; what moves the answer most comes first."""
    return sensitivity(Profile.of(day))


def ratio(factor: str) -> float:
    """Odds ratio of a factor at its full dose."""
    found = evidence().factors[factor].odds_ratio
    assert found is not None
    return found.central


def helps(step: str, **day: object) -> float:
    """Probability that a step lowers the risk at all."""
    return next(one.probability_helps for one in explain(day).steps if one.name == step)


def reference(name: str) -> str:
    """The reference setting of an input, with its unit: "4 hours a day"."""
    entry = evidence().inputs[name]
    return f"{getattr(Profile(), name):,g} {entry.unit}"


def span(name: str) -> str:
    """Lowest and highest value of an input: "0 to 16"."""
    low, high = evidence().inputs[name].range
    return f"{low:,g} to {high:,g}"


def per_group(one: float, other: float) -> str:
    """People in each group of a study that is to tell two numbers of 1,000 apart: "about 680"."""
    needed = study.people_needed(one / 1000, other / 1000)
    step = 10 ** max(len(str(needed)) - 2, 0)
    rounded = round(needed / step) * step
    return f"about {rounded:,}"


class Group(NamedTuple):
    """Some of the invented people of lesson 5."""

    people: int
    cramps: int

    @property
    def share(self) -> str:
        """How many of them have a cramp: "31 %"."""
        return f"{100 * self.cramps / self.people:.0f} %"


INVENTED = study.confounded_people(2000, seed=1)


def invented(*, supplement: bool, old: bool | None = None) -> Group:
    """Those who take the supplement, or do not; of one age or of both."""
    some = [it for it in INVENTED if it.supplement == supplement and old in (None, it.old)]
    return Group(len(some), sum(it.cramps for it in some))


def grade(key: str) -> str:
    """Certainty of one of the article's claims, and whether "not known" is as good an answer."""
    plan = lesson("article")
    return plan.claims[key].grade + (" (or not known)" if key in plan.unstudied else "")


def claims(kind: str = "") -> int:
    """How many of the article's claims are graded: causes, tips, or all."""
    return sum(key.startswith(kind) for key in lesson("article").claims)


def graded(certainty: str) -> int:
    """How many factors have this certainty."""
    return sum(it.certainty == certainty for it in evidence().factors.values())


def word(count: int) -> str:
    """A small number as a word."""
    return WORDS[count] if count < len(WORDS) else str(count)


def digits(value: float, places: int) -> str:
    """A number with so many decimals."""
    return f"{value:,.{places}f}"


NAMES: Mapping[str, object | Callable[..., object]] = {
    **{it.__name__: it for it in (people, between, stories, apart, terms, judgements, ratio)},
    **{it.__name__: it for it in (helps, reference, per_group, invented, grade, claims, graded)},
    **{it.__name__: it for it in (span, word, digits, odds, risk, dose, explain)},
    "article_day": DAY,
    "sitter": SITTER,
    "cramped": CRAMPED,
    "evidence": evidence(),
    "log": math.log,
    "ramp": ramp(),
    "span_of_baseline": _baseline(),
    "of_supplement": study.odds_ratio(INVENTED),
    "of_supplement_by_age": study.by_age(INVENTED),
    "of_supplement_adjusted": study.adjusted(INVENTED),
}
