"""Natural frequencies: risks, and changes of risk, as people of 1,000."""

from typing import NamedTuple

from crampnb.model.arithmetic import settled
from crampnb.model.evidence import evidence


class People(NamedTuple):
    """An answer in whole people of the usual denominator (1,000)."""

    low: int
    risk: int
    high: int
    #: at the reference settings
    baseline: int

    @property
    def added(self) -> int:
        """People beyond the baseline."""
        return self.risk - self.baseline


def natural_frequency(risk: float) -> int:
    """People out of the usual denominator (1,000)."""
    return round(settled(risk * evidence().outcome.people))


def denominator() -> str:
    """The usual denominator as text: "1,000"."""
    return f"{evidence().outcome.people:,}"


def more_or_fewer(people: int) -> str:
    """A change as a number of people: "3 more", "8 fewer"."""
    return f"{abs(people)} {'more' if people > 0 else 'fewer'}"


def change(risk: float) -> str:
    """A change of risk in words, as people of the usual denominator: "8 fewer"."""
    people = natural_frequency(risk)
    if people:
        return more_or_fewer(people)
    return f"less than 1 {'more' if risk > 0 else 'fewer'}" if risk else "no change"


def change_range(low: float, high: float) -> str:
    """The range of a change of risk in words, fewer before more: "8 fewer to 3 more".

    Where both ends are on one side the smaller comes first: "2 to 9 fewer", "no change to 4 more".
    """
    first, last = natural_frequency(low), natural_frequency(high)
    if first < 0 < last:
        return f"{more_or_fewer(first)} to {more_or_fewer(last)}"
    near, far = sorted((first, last), key=abs)
    if not far:
        return "less than 1 either way" if low < 0 < high else change(max(low, high, key=abs))
    if near == far:
        return more_or_fewer(far)
    return f"{abs(near) or 'no change'} to {more_or_fewer(far)}"


def draws(probability: float) -> str:
    """How often something is so among draws from the ranges of the judgements: "98 of 100"."""
    count = round(settled(100 * probability))
    return f"{count} of 100" if count < 100 or probability == 1 else "more than 99 of 100"
