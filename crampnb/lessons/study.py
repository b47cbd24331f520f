"""Simulated people: studies of two groups, and a comparison that age distorts.

    odds ratio   = (cramps_a / well_a) / (cramps_b / well_b)
    95 % interval = odds ratio * e ^ (± 1.96 * s)
    s²           = 1 / cramps_a + 1 / well_a + 1 / cramps_b + 1 / well_b

The interval is Woolf's; where one of the four counts is 0, 0.5 is added to each. All people are
invented, drawn from a seed, and the same on every version of Python.
"""

import math
import numbers
import random
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist
from typing import NamedTuple

from crampnb.errors import InputError

MOST_PEOPLE = 100_000  # in one group
MOST_STUDIES = 10_000
LARGEST_SEED = 10**9
RISKS = (0.0001, 0.9999)  # 1 in 10,000, and all but 1
POWERS = (0.5, 0.99)

#: share of people who take supplement X, by whether they are old; invented
TAKE_IT = {False: 0.2, True: 0.7}
#: share of people who have a cramp, by whether they are old; X plays no part; invented
HAVE_CRAMPS = {False: 0.1, True: 0.3}

_REACH = NormalDist().inv_cdf(0.975)  # standard errors from the middle of a 95 % interval to an end


class Association(NamedTuple):
    """An odds ratio, 1 for none, and its 95 % interval."""

    odds_ratio: float
    low: float
    high: float

    @property
    def excludes_one(self) -> bool:
        """Whether "no association" lies outside the interval."""
        return self.low > 1 or self.high < 1

    @classmethod
    def of(cls, odds_ratio: float, variance: float) -> "Association":
        """The association with this variance of the log odds ratio."""
        factor = math.exp(_REACH * math.sqrt(variance))
        return cls(odds_ratio, odds_ratio / factor, odds_ratio * factor)


class Table(NamedTuple):
    """Counts of people in two groups, with and without a cramp."""

    cramps_a: float
    well_a: float
    cramps_b: float
    well_b: float

    @classmethod
    def of(cls, people: "Iterable[Person]") -> "Table":
        """Those who take the supplement as group A, the others as group B."""
        counts = Counter((person.supplement, person.cramps) for person in people)
        return cls(*(counts[takes, cramps] for takes in (True, False) for cramps in (True, False)))

    @property
    def people(self) -> float:
        """Everybody in the table."""
        return sum(self)

    @property
    def corrected(self) -> "Table":
        """0.5 more in each of the four counts."""
        return Table(*(count + 0.5 for count in self))

    @property
    def association(self) -> Association:
        """Odds of A over those of B; 1 with a very wide interval where there is nobody."""
        a, b, c, d = self if all(self) else self.corrected
        return Association.of(a * d / (b * c), 1 / a + 1 / b + 1 / c + 1 / d)


@dataclass(frozen=True)
class StudyResult:
    """What one study of two groups of the same size saw."""

    people_per_group: int
    #: people with a cramp in group A, and in group B
    cramps_a: int
    cramps_b: int

    @property
    def table(self) -> Table:
        """The four counts."""
        people, a, b = self.people_per_group, self.cramps_a, self.cramps_b
        return Table(a, people - a, b, people - b)

    @property
    def odds_ratio(self) -> float:
        """Odds of a cramp in group A over those in group B."""
        return self.table.association.odds_ratio

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the odds ratio."""
        _, low, high = self.table.association
        return low, high

    @property
    def finds(self) -> bool:
        """Whether the study finds a difference: its interval excludes 1."""
        return self.table.association.excludes_one


def run_study(people_per_group: int, risk_a: float, risk_b: float, seed: int = 1) -> StudyResult:
    """One study of people whose true risks (probabilities) are known; `InputError` for bad ones."""
    return next(_studies(people_per_group, risk_a, risk_b, 1, seed))


def power(
    people_per_group: int, risk_a: float, risk_b: float, studies: int = 500, seed: int = 1
) -> float:
    """Share of simulated studies, 0 to 1, that find a difference; `InputError` for bad input.

    Where the two risks are the same, it is the share of false alarms.
    """
    results = _studies(people_per_group, risk_a, risk_b, studies, seed)
    return sum(result.finds for result in results) / studies


def people_needed(risk_a: float, risk_b: float, power: float = 0.8) -> int:
    """People per group, so that this share of studies (0 to 1) finds the difference.

    The usual formula for two proportions and a two-sided test at 5 %. `InputError` for bad input,
    and for two equal risks: no number of people shows a difference that is not there.
    """
    a, b = _risks(risk_a, risk_b)
    if a == b:
        raise InputError("risk_b", risk_b, "must differ from risk_a")
    reach = NormalDist().inv_cdf(_real("power", power, *POWERS))
    mean = (a + b) / 2
    if_same = _REACH * math.sqrt(2 * mean * (1 - mean))
    if_different = reach * math.sqrt(a * (1 - a) + b * (1 - b))
    return math.ceil(((if_same + if_different) / (a - b)) ** 2)


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """The value as an int from `low` to `high`; `InputError` with `name` if it is none."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise InputError(name, value, f"must be a whole number; allowed is {low:,} to {high:,}")
    number = int(value)
    if not low <= number <= high:
        raise InputError(name, value, f"allowed is {low:,} to {high:,}")
    return number


def _real(name: str, value: object, low: float, high: float) -> float:
    allowed = f"allowed is {low:g} to {high:g}"
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise InputError(name, value, f"must be a number; {allowed}")
    try:
        number = float(value)
    except OverflowError:  # an integer beyond any float
        raise InputError(name, value, allowed) from None
    if not low <= number <= high:  # also true of NaN
        raise InputError(name, value, allowed)
    return number


def _risks(risk_a: float, risk_b: float) -> tuple[float, float]:
    return _real("risk_a", risk_a, *RISKS), _real("risk_b", risk_b, *RISKS)


def _studies(
    people_per_group: int, risk_a: float, risk_b: float, studies: int, seed: int
) -> Iterator[StudyResult]:
    """Studies of the same people, one after the other."""
    people = whole_number("people_per_group", people_per_group, 1, MOST_PEOPLE)
    a, b = (_at_most(people, risk) for risk in _risks(risk_a, risk_b))
    draw = _chances(seed)
    for _ in range(whole_number("studies", studies, 1, MOST_STUDIES)):
        yield StudyResult(people, _cramps(a, draw.random()), _cramps(b, draw.random()))


def _chances(seed: int) -> random.Random:
    return random.Random(whole_number("seed", seed, 0, LARGEST_SEED))


def _at_most(people: int, risk: float) -> list[float]:
    """Probability that at most 0, 1, 2 ... of so many people have a cramp (binomial)."""
    yes, no, ways = math.log(risk), math.log1p(-risk), math.lgamma(people + 1)
    return list(
        accumulate(
            math.exp(
                ways
                - math.lgamma(k + 1)
                - math.lgamma(people - k + 1)
                + k * yes
                + (people - k) * no
            )
            for k in range(people + 1)
        )
    )


def _cramps(at_most: Sequence[float], chance: float) -> int:
    """The number of cramps at one point, 0 to 1, of its distribution."""
    return min(bisect(at_most, chance), len(at_most) - 1)  # rounding may leave the last below 1


class Person(NamedTuple):
    """One invented person."""

    old: bool
    #: takes supplement X, which does nothing
    supplement: bool
    cramps: bool


def confounded_people(count: int = 2000, seed: int = 1) -> list[Person]:
    """People of whom the old take X more often and cramp more often; X itself does nothing.

    Half are old, more or less. `InputError` for a bad count or seed.
    """
    draw = _chances(seed)
    return [_person(draw) for _ in range(whole_number("count", count, 1, MOST_PEOPLE))]


def _person(draw: random.Random) -> Person:
    old = draw.random() < 0.5
    return Person(old, draw.random() < TAKE_IT[old], draw.random() < HAVE_CRAMPS[old])


def odds_ratio(people: Iterable[Person]) -> Association:
    """Odds of a cramp with X over those without, everybody in one table."""
    return Table.of(people).association


def by_age(people: Sequence[Person]) -> dict[str, Association]:
    """The same comparison within each age group: {"young": ..., "old": ...}."""
    return {name: table.association for name, table in _tables(people).items()}


def adjusted(people: Sequence[Person]) -> Association:
    """The age groups' comparisons as one: Mantel and Haenszel's odds ratio.

    The interval is that of Robins, Breslow and Greenland.
    """
    tables = list(_tables(people).values())
    if not all(map(sum, zip(*map(_products, tables), strict=True))):
        tables = [table.corrected for table in tables]
    products = [_products(table) for table in tables]
    for_it, against = (sum(column) for column in zip(*products, strict=True))
    variance = 0.0
    for table, (up, down) in zip(tables, products, strict=True):
        same = (table.cramps_a + table.well_b) / max(table.people, 1)
        variance += (up / for_it + down / against) * (same / for_it + (1 - same) / against) / 2
    return Association.of(for_it / against, variance)


def _tables(people: Sequence[Person]) -> dict[str, Table]:
    return {
        name: Table.of(person for person in people if person.old is old)
        for name, old in (("young", False), ("old", True))
    }


def _products(table: Table) -> tuple[float, float]:
    """What one age group adds to the top and to the bottom of the summary odds ratio."""
    a, b, c, d = table
    people = max(table.people, 1)
    return a * d / people, b * c / people
