"""The lay article claim by claim: the grade that the evidence gives, and how near one's own is."""

from collections.abc import Iterable
from dataclasses import dataclass

import crampnb.model.risk as model
from crampnb.model.entries import CERTAINTIES, Cause, Certainty, Tip
from crampnb.model.evidence import evidence
from crampnb.model.inputs import NumberInput
from crampnb.model.profile import Profile

NOT_KNOWN = "not known"
#: what to grade a claim with; the last where no study was found
GRADES = (*CERTAINTIES, NOT_KNOWN)


@dataclass(frozen=True)
class Claim:
    """One thing that the lay article says, with the grade that the evidence gives it."""

    key: str
    #: where it stands: "Cause 1"
    place: str
    claim: str
    grade: Certainty
    verdict: str

    def agrees(self, grade: str, unstudied: Iterable[str]) -> bool:
        """Whether this is the evidence's grade; "not known" is as good where no study was found."""
        return grade == self.grade or (grade == NOT_KNOWN and self.key in unstudied)

    def is_close(self, grade: str) -> bool:
        """Whether this is at most one step from the evidence's grade."""
        return abs(GRADES.index(grade) - GRADES.index(self.grade)) <= 1


def claims() -> dict[str, dict[str, str]]:
    """What the lay article says, with the grade that the evidence gives it."""
    told = {}
    for cause in evidence().causes.values():
        if cause.number:
            factors = [one.key for one in evidence().factors_of(cause.key) if one.article]
            told[f"cause.{cause.key}"] = claim(f"Cause {cause.number}", cause, factors)
    for tip in evidence().tips.values():
        if tip.article and tip.input:
            told[f"tip.{tip.key}"] = claim(f"Tip {tip.article}", tip, moved_by(tip.input))
    return told


def claim(place: str, told: Cause | Tip, factors: Iterable[str]) -> dict[str, str]:
    """A claim that rests on these factors; the best certainty among them is its grade."""
    grades: list[Certainty] = [evidence().factors[key].certainty for key in factors]
    grade = min(grades, key=CERTAINTIES.index)
    return {"place": place, "claim": told.claim, "grade": grade, "verdict": told.verdict}


def moved_by(name: str) -> list[str]:
    """Factors whose dose differs between the two ends of an input."""
    entry = evidence().inputs[name]
    low, high = entry.range if isinstance(entry, NumberInput) else (False, True)
    one, other = model.doses(Profile(**{name: low})), model.doses(Profile(**{name: high}))
    return [key for key in one if one[key] != other[key]]
