"""Golden profiles: answers that change only on purpose.

`python -m tests.test_golden` writes them anew. A file with only `about`, `inputs` and
`hypothesis` is a new profile, and gets its numbers in the same way.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import crampnb

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
ADVICE = (
    "{name}: {field} was {before}, is {after}. If a number is meant to change, add a line that"
    ' begins "changes results" to CHANGELOG.md, then run: python -m tests.test_golden'
)


def results(profile: dict[str, Any]) -> dict[str, Any]:
    """Risk, interval and the terms that are not 0, as the model has them now."""
    answer = crampnb.explain(profile["inputs"], hypothesis=profile["hypothesis"])
    return {
        "risk": answer.risk,
        "interval": list(answer.interval),
        "terms": {factor: term for factor, term in answer.terms.items() if term},
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_answers_change_only_on_purpose(path: Path) -> None:
    profile = json.loads(path.read_text("utf-8"))
    for field, after in results(profile).items():
        before = profile[field]
        advice = ADVICE.format(name=path.stem, field=field, before=before, after=after)
        assert after == pytest.approx(before, rel=1e-9), advice


def test_the_golden_profiles_work_every_factor_and_story() -> None:
    held = [json.loads(path.read_text("utf-8")) for path in GOLDEN]
    worked = {factor for profile in held for factor in profile["terms"]}
    assert worked == set(crampnb.explain({}).terms)
    assert {profile["hypothesis"] for profile in held} == {s.key for s in crampnb.hypotheses()}


def write() -> None:
    """Write the numbers of every golden profile anew."""
    for path in GOLDEN:
        profile = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(profile | results(profile), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    write()
