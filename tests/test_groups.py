"""Published groups: profiles, sources, figures and verdicts, recomputed from the twin."""

import math
import re
import tomllib
from datetime import date
from importlib.resources import files
from itertools import zip_longest
from typing import Any

import pytest

import crampnb
from crampnb.model.evidence import evidence
from crampnb.model.schema import EvidenceError
from crampnb.modelcard import groups
from crampnb.modelcard.verdicts import Comparison, comparisons, odds_ratio
from tests import twin

TEXT = (files("crampnb") / "data" / "groups.toml").read_text("utf-8")
RAW: dict[str, Any] = tomllib.loads(TEXT)["groups"]
#: (group, finding) as the file has them, in the order of `comparisons`
ROWS = [(group, finding) for group in RAW.values() for finding in group["findings"]]
NAMES = [
    f"{key}-{number}" for key, group in RAW.items() for number in range(len(group["findings"]))
]

Interval = tuple[float, float, float]


def person(group: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Inputs of the twin for one of the two people of a finding."""
    given: dict[str, Any] = group.get("profile", {}) | changes
    return given | {key: frozenset(given.get(key, ())) for key in ("conditions", "medicines")}


def ratio(exposed: dict[str, Any], unexposed: dict[str, Any], hypothesis: str) -> Interval:
    """Odds ratio of the twin with its 90 % interval; parts that both have alike cancel."""
    there, back = (twin.parts(one, hypothesis) for one in (exposed, unexposed))
    pairs = [
        pair
        for factor in twin.FACTORS
        for pair in zip_longest(there.get(factor, []), back.get(factor, []), fillvalue=(0.0, 0.0))
    ]
    mean = sum(a - b for (a, _), (b, _) in pairs)
    deviation = math.sqrt(sum((a - b) ** 2 for (_, a), (_, b) in pairs))
    low, high = (math.exp(mean + side * twin.Z * deviation) for side in (-1, 1))
    return math.exp(mean), low, high


def computed(group: dict[str, Any], finding: dict[str, Any], hypothesis: str) -> Interval:
    """What the twin gives for a finding: a risk, or an odds ratio."""
    exposed = person(group, finding.get("exposed", {}))
    if finding["kind"] == "risk":
        return twin.risk(exposed, hypothesis), *twin.interval(exposed, hypothesis)
    return ratio(exposed, person(group, finding.get("unexposed", {})), hypothesis)


def seen(finding: dict[str, Any]) -> tuple[float, float]:
    """Interval that was seen; a single value is both of its ends."""
    value = 1.0 if finding["kind"] == "no difference" else finding.get("value")
    low, high = finding.get("interval", (value, value))
    return low, high


def test_the_groups_that_were_asked_for_are_there() -> None:
    assert {"runners_56_km", "kona", "desk_workers", "haemodialysis"} <= set(groups.groups())


@pytest.mark.parametrize("hypothesis", twin.HYPOTHESES)
def test_computed_figures_are_those_of_the_twin(hypothesis: str) -> None:
    found = comparisons(hypothesis)
    assert len(found) == len(ROWS)
    for one, (group, finding) in zip(found, ROWS, strict=True):
        assert tuple(one.computed) == pytest.approx(
            computed(group, finding, hypothesis), rel=0, abs=1e-9
        ), one.finding.what


@pytest.mark.parametrize("hypothesis", twin.HYPOTHESES)
def test_verdicts_follow_from_the_intervals(hypothesis: str) -> None:
    for one, (group, finding) in zip(comparisons(hypothesis), ROWS, strict=True):
        value, low, high = computed(group, finding, hypothesis)
        start, end = seen(finding)
        apart = high < start or end < low
        if "value" in finding or finding["kind"] == "no difference":
            inside = low <= finding.get("value", 1.0) <= high
        else:
            inside = start <= value <= end
        expected = "disagrees" if apart else "agrees" if inside else "overlaps"
        assert one.verdict == expected, (one.finding.what, hypothesis)
        assert one.sentence.startswith(expected.capitalize())


def test_every_verdict_occurs() -> None:
    """Otherwise the rule would not be tried."""
    assert {one.verdict for one in comparisons()} == {"agrees", "overlaps", "disagrees"}


@pytest.mark.parametrize(("group", "finding"), ROWS, ids=NAMES)
def test_a_finding_differs_in_what_it_says_and_has_its_sources(
    group: dict[str, Any], finding: dict[str, Any]
) -> None:
    exposed, unexposed = (person(group, finding.get(side, {})) for side in ("exposed", "unexposed"))
    assert (exposed == unexposed) == (finding["kind"] == "risk")
    assert crampnb.Profile(**exposed)
    assert crampnb.Profile(**unexposed)
    assert finding["sources"]
    assert set(finding["sources"]) <= set(evidence().sources)


def row(what: str, key: str) -> Comparison:
    """The comparison of a group whose text begins with `what`."""
    [found] = [
        one for one in comparisons() if one.group.key == key and one.finding.what.startswith(what)
    ]
    return found


def test_words_and_figures_worked_by_hand() -> None:
    # ln(1.8 / 0.9) / 2 = 0.34657; 1.2 * e^-0.34657 = 0.8485, 1.2 * e^0.34657 = 1.6971
    dehydrated = row("Dehydrated", "kona")
    assert dehydrated.seen_text == "odds ratio 1.63 (1.49 to 1.78)"
    assert dehydrated.computed_text == "odds ratio 1.20 (0.85 to 1.70)"
    # ln(8 / 1) / 2 = 1.03972; 3 * e^-1.03972 = 1.0607, 3 * e^1.03972 = 8.4853
    against = row("On dialysis", "haemodialysis")
    assert against.seen_text == "odds ratio 0.8 to 10"
    assert against.computed_text == "odds ratio 3.00 (1.06 to 8.49)"
    # odds 3 * 1.5 : 99, 4.5 / 103.5 = 0.0435
    alone = row("Have cramps", "haemodialysis")
    assert alone.seen_text == "330 to 860 of 1,000"
    assert alone.computed_text.startswith("43 of 1,000 (")
    # The other way round: 1 / 1.15 = 0.8696, ln(1.6 / 0.9) / 2 = 0.28768
    breaks = row("Active breaks", "desk_workers")
    assert breaks.sentence == (
        "Overlaps: hazard ratio 0.34 (0.12 to 0.98) seen, odds ratio 0.87 (0.65 to 1.16) computed;"
        " they share some ground, no more."
    )


def test_an_odds_ratio_is_that_of_the_two_risks() -> None:
    strong, weak = crampnb.Profile(age=65, conditions=["cirrhosis"]), crampnb.Profile(age=65)
    story = evidence().hypotheses["evidence"]
    odds = [risk / (1 - risk) for risk in (crampnb.explain(one).risk for one in (strong, weak))]
    assert odds_ratio(strong, weak, story).value == pytest.approx(odds[0] / odds[1], rel=1e-12)


def leaning(sources: tuple[str, ...]) -> bool:
    """Whether a finding on strength training with these sources is one that the model leans on."""
    finding = groups.Finding(
        what="", outcome="", kind="odds ratio", basis="measured", sources=sources, value=0.5,
        exposed={"strength": 2},
    )  # fmt: skip
    group = groups.Group("", "", "", "", "", "", (finding,), date(2026, 11, 26))
    return Comparison(group, finding, evidence().hypotheses["evidence"]).leans


def test_the_model_leans_on_a_paper_that_its_own_factor_names() -> None:
    own = evidence().factors["strength"].sources
    other = set(evidence().sources) - set(own)
    assert all(leaning((key,)) for key in own)
    assert not leaning(tuple(other))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('sources = ["waongenngarm-2021"]', 'sources = ["nobody-1900"]', "nobody-1900"),
        ("longest_sitting = 30 }", "longest_sitting = 5 }", "longest_sitting = 5"),
        ("longest_sitting = 30 }", "age = 70 }", "different ages"),
        ("value = 0.34\ninterval = [0.12, 0.98]", "", "no figure"),
        ("interval = [0.12, 0.98]", "interval = [0.4, 0.5]", "not in order"),
        ("value = 0.34", "value = 0.34\nmood = 1", "mood"),
        ('kind = "hazard ratio"', 'kind = "guess"', "guess"),
        (
            "longest_sitting = 30 }",
            'age = 30 }\nunexposed = { medicines = ["statin"] }',
            "medicine",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(before: str, after: str, message: str) -> None:
    assert before in TEXT
    with pytest.raises(EvidenceError, match=re.escape(message)) as caught:
        groups.parse(TEXT.replace(before, after))
    assert "groups.desk_workers.findings" in str(caught.value)


def test_what_is_not_toml_is_said_to_be_so() -> None:
    with pytest.raises(EvidenceError, match="not TOML"):
        groups.parse("groups = [")
