"""What adds to the risk: terms by cause, and the added people shared out among them."""

import math
from collections.abc import Mapping

from crampnb.model.arithmetic import Number, settled, where
from crampnb.model.evidence import evidence
from crampnb.model.frequency import natural_frequency
from crampnb.model.risk import Telling, baseline_risk


def by_cause(terms: Mapping[str, Number]) -> dict[str, Number]:
    """{cause: sum}: what each factor adds, by the article's six causes and "you".

    Log odds from {factor: log odds}, people from {factor: people}.
    """
    sums: dict[str, Number] = dict.fromkeys(evidence().causes, 0.0)
    for factor, term in terms.items():
        cause = evidence().factors[factor].cause
        sums[cause] = sums[cause] + term
    return sums


def shares(telling: Telling) -> dict[str, Number]:
    """{factor: people of 1,000 it adds}; they sum to the risk minus the baseline.

    The difference is shared out in proportion to the terms. That is the exact attribution along
    the straight line from the baseline to the profile (every term growing in step), and stays
    finite when terms cancel.
    """
    baseline = baseline_risk()
    added = telling.risk - baseline
    level = abs(telling.shift) <= 1e-9
    slope = where(level, baseline * (1 - baseline), added / where(level, 1.0, telling.shift))
    people = evidence().outcome.people
    return {factor: people * slope * term for factor, term in telling.terms.items()}


def people_by_cause(telling: Telling) -> dict[str, int]:
    """{cause: whole people of 1,000 it adds}; they sum to `added_people`."""
    return whole_people(by_cause(shares(telling)), added_people(telling))


def added_people(telling: Telling) -> int:
    """People of 1,000 beyond the baseline, both rounded as the sentence rounds them."""
    return natural_frequency(telling.risk) - natural_frequency(baseline_risk())


def whole_people(amounts: Mapping[str, float], total: int) -> dict[str, int]:
    """Whole numbers that sum to `total`, each less than one off its amount (largest remainder).

    Of equal remainders the first come first.
    """
    floors = {key: math.floor(amount) for key, amount in amounts.items()}
    by_remainder = sorted(amounts, key=lambda key: settled(floors[key] - amounts[key]))
    short = total - sum(floors.values())
    return {key: floors[key] + (key in by_remainder[:short]) for key in amounts}
