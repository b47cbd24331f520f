"""The evidence: what is shipped is whole, and what does not fit is refused by name."""

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from crampnb.model.entries import OddsRatio
from crampnb.model.evidence import Evidence, evidence, parse, shipped
from crampnb.model.exposures import Exposures
from crampnb.model.profile import Profile
from crampnb.model.schema import EvidenceError
from crampnb.modelcard.groups import groups

TEXT = shipped()
GONE = object()
CITING = (
    *("quantities", "factors", "conditions", "medicines", "hypotheses", "tips"),
    *("red_flags", "look_alikes"),
)


def as_toml(value: Any) -> str:
    """A value in TOML, tables inline."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else repr(value)


def document(raw: Mapping[str, Any]) -> str:
    """A TOML text of these top-level entries."""
    return "\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in raw.items())


def broken(place: str, value: Any) -> str:
    """The shipped evidence with one entry replaced or, if `GONE`, taken out."""
    raw = tomllib.loads(TEXT)
    *parents, last = place.split("/")
    table: Any = raw
    for parent in parents:
        table = table[parent]
    if value is GONE:
        del table[last]
    else:
        table[last] = value
    return document(raw)


def test_the_way_of_breaking_breaks_nothing_by_itself() -> None:
    assert parse(document(tomllib.loads(TEXT))) == evidence()


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        # numbers
        ("factors/load_spike/odds_ratio", [2.0, 1.41, 1.14], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [1.5, 1.41, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [1.14, 2.5, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [1.14, 1.41], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [0, 1.41, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [-1.0, 1.41, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [1.14, math.nan, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [1.14, 1.41, math.inf], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", [True, 1.41, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", ["1.14", 1.41, 2.0], "factors.load_spike.odds_ratio"),
        ("factors/load_spike/odds_ratio", 1.41, "factors.load_spike.odds_ratio"),
        ("factors/age/bands", [{"from_age": 40}], "factors.age.bands"),
        ("conditions/diabetes/odds_ratio", [3, 2, 1], "conditions.diabetes.odds_ratio"),
        ("medicines/statin/odds_ratio", [3, 2, 1], "medicines.statin.odds_ratio"),
        ("hypotheses/fatigue/odds_ratio/strength", [3, 2, 1], "hypotheses.fatigue.odds_ratio"),
        ("hypotheses/article/per_cause", [3, 2, 1], "hypotheses.article.per_cause"),
        ("baseline/risk", [0.03, 0.01, 0.003], "baseline"),
        ("baseline/risk", [0.0, 0.01, 0.03], "baseline"),
        ("baseline/risk", [0.003, 0.01, 1.0], "baseline"),
        ("quantities/sweat_rate/value", "0.8", "quantities.sweat_rate.value"),
        ("needs/female/calcium", [[0]], "needs.female.calcium"),
        ("outcome/people", 1000.5, "outcome.people"),
        # words
        ("factors/load_spike/certainty", "certain", "factors.load_spike.certainty"),
        ("factors/load_spike/basis", "guessed", "factors.load_spike.basis"),
        ("factors/load_spike/scale", "log10", "factors.load_spike.scale"),
        ("tips/drink/effort", "huge", "tips.drink.effort"),
        ("tips/drink/when", "always", "tips.drink.when"),
        ("red_flags/clot/urgency", "later", "red_flags.clot.urgency"),
        ("inputs/age/kind", "slider", "inputs.age.kind"),
        ("sources/naylor-1994/read", "skimmed", "sources.naylor-1994.read"),
        ("sources/naylor-1994/looked_at", "2026-11-26", "sources.naylor-1994.looked_at"),
        ("sources/naylor-1994/body", "A journal", "sources.naylor-1994"),
        ("sources/naylor-1994/authors", [], "sources.naylor-1994"),
        ("factors/load_spike/label", 7, "factors.load_spike.label"),
        # entries
        ("factors/load_spike/label", GONE, "factors.load_spike"),
        ("factors/load_spike/sources", GONE, "factors.load_spike"),
        ("factors/load_spike/oddsratio", [1, 2, 3], "factors.load_spike"),
        ("factors/load_spike/weight", {"measure": "effort"}, "factors.load_spike.weight"),
        ("factors/load_spike", 3, "factors.load_spike"),
        ("conditions/gout", {"label": "Gout"}, "conditions.gout"),
        ("inputs", 3, "inputs"),
        ("inputs/age", 3, "inputs.age"),
        ("inputs/shoes", {"kind": "set"}, "inputs.shoes"),
        ("needs", 3, "needs"),
        ("needs/male", GONE, "needs"),
        ("conditions", GONE, "conditions"),
        ("relief", GONE, "relief"),
        ("extra", {}, "extra"),
        # references between entries
        ("factors/load_spike/cause", "fate", "factors.load_spike"),
        ("factors/load_spike/sources", [], "factors.load_spike"),
        ("hypotheses/fatigue/odds_ratio/mood", [1, 2, 3], "hypotheses.fatigue"),
        ("hypotheses/fluid_salt/standard", ["mood"], "hypotheses.fluid_salt"),
        ("hypotheses/fluid_salt/standard", "some", "hypotheses.fluid_salt"),
        ("tips/drink/input", "water", "tips.drink"),
        ("tips/drink/withheld_for", ["gout"], "tips.drink"),
        ("conditions/diabetes/sources", [], "conditions.diabetes"),
        ("medicines/statin/sources", [], "medicines.statin"),
        ("red_flags/clot/sources", [], "red_flags.clot"),
        ("look_alikes/sciatica/sources", [], "look_alikes.sciatica"),
        ("baseline/sources", [], "baseline"),
        ("mechanisms/spindle/factors", [], "mechanisms"),
        ("hypotheses/fatigue/lights", ["elbow"], "hypotheses.fatigue"),
        # what would go wrong only later, or in silence
        ("factors/load_spike/odds_ratio", GONE, "factors.load_spike"),
        ("factors/load_spike/ramp", [1.2, 1.2], "factors.load_spike"),
        ("factors/unbroken_sitting/ramp", [0, 120], "factors.unbroken_sitting"),
        ("inputs/sitting/range", [16, 0], "inputs.sitting"),
        ("inputs/sitting/reference", 17, "inputs.sitting"),
        ("inputs/sex/reference", "other", "inputs.sex"),
        ("inputs/sex/option_labels", ["Female"], "inputs.sex"),
        ("tips/strength/to", 8, "tips.strength"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(place: str, value: object, named: str) -> None:
    with pytest.raises(EvidenceError) as refusal:
        parse(broken(place, value))
    # the root has no name of its own: there the message holds the name of what is missing
    assert named in str(refusal.value)


@pytest.mark.parametrize("group", [*CITING, "stops"])
def test_a_source_that_leads_nowhere_is_refused_in_every_table(group: str) -> None:
    key = next(iter(getattr(evidence(), group)))
    with pytest.raises(EvidenceError, match=rf"\[{group}\.{key}\].*'nobody-2099'"):
        parse(broken(f"{group}/{key}/sources", ["nobody-2099"]))


@pytest.mark.parametrize("single", ["baseline", "relief"])
def test_a_source_that_leads_nowhere_is_refused_in_every_entry(single: str) -> None:
    with pytest.raises(EvidenceError, match=rf"\[{single}\].*'nobody-2099'"):
        parse(broken(f"{single}/sources", ["nobody-2099"]))


@pytest.mark.parametrize("text", ["", "= 3", "[factors", 'factors = "none"'])
def test_a_text_that_is_no_evidence_is_refused(text: str) -> None:
    with pytest.raises(EvidenceError):
        parse(text)


def cited(data: Evidence) -> set[str]:
    """Keys of all sources that anything rests on."""
    entries = list(data.citing.values())
    entries += [finding for group in groups().values() for finding in group.findings]
    return {key for entry in entries for key in entry.sources}


def test_every_source_is_used() -> None:
    assert cited(evidence()) == set(evidence().sources)


@pytest.mark.parametrize(
    "group", ["quantities", "factors", "conditions", "medicines", "red_flags", "look_alikes"]
)
def test_everything_that_claims_something_has_a_source(group: str) -> None:
    assert [key for key, entry in getattr(evidence(), group).items() if not entry.sources] == []


@pytest.mark.parametrize("number", range(1, 7))
def test_every_cause_of_the_article_has_its_factors(number: int) -> None:
    (cause,) = (cause for cause in evidence().causes.values() if cause.number == number)
    assert any(factor.article for factor in evidence().factors_of(cause.key))
    assert cause.claim
    assert cause.verdict


@pytest.mark.parametrize("number", range(1, 6))
def test_every_tip_of_the_article_has_its_rows(number: int) -> None:
    tips = [tip for tip in evidence().tips.values() if tip.article == number]
    assert tips
    assert all(tip.claim and tip.verdict for tip in tips)


def test_the_articles_own_conditions_come_first() -> None:
    marked = [key for key, entry in evidence().ailments.items() if entry.article]
    assert marked == ["fibromyalgia", "diabetes", "kidney_disease"]
    assert list(evidence().ailments)[:3] == marked


def odds_ratios(data: Evidence) -> dict[str, OddsRatio]:
    """{place: odds ratio} of every one in the file."""
    found = {f"{k}": f.odds_ratio for k, f in data.factors.items() if f.odds_ratio}
    found |= {f"age {b.from_age}": b.odds_ratio for f in data.factors.values() for b in f.bands}
    found |= {key: entry.odds_ratio for key, entry in data.ailments.items()}
    for key, story in data.hypotheses.items():
        found |= {f"{key} {factor}": triple for factor, triple in story.odds_ratio.items()}
        found |= {f"{key} per cause": story.per_cause} if story.per_cause else {}
    return found


def test_every_odds_ratio_is_inside_its_interval() -> None:
    for place, ratio in odds_ratios(evidence()).items():
        assert 0 < ratio.low <= ratio.central <= ratio.high, place
        assert ratio.low < ratio.high, f"{place} claims to be known exactly"


def test_protective_factors_lower_and_all_others_raise() -> None:
    for key, factor in evidence().factors.items():
        held = [evidence().odds_ratio(s, factor) for s in evidence().hypotheses.values()]
        assert all((r.central < 1) is factor.protective for r in held if r), key


def test_a_shared_odds_ratio_multiplies_back_to_the_whole() -> None:
    part = OddsRatio(1.5, 2.0, 3.0).shared_by(3)
    whole = (part.low**3, part.central**3, part.high**3)
    assert whole == pytest.approx((1.5, 2.0, 3.0), rel=1e-12)


def test_the_article_shares_a_cause_over_the_harmful_factors_that_it_names() -> None:
    story = evidence().hypotheses["article"]
    for cause in evidence().causes:
        named = [f for f in evidence().factors_of(cause) if f.article]
        held = [evidence().odds_ratio(story, factor) for factor in named]
        together = math.prod(ratio.central for ratio in held if ratio)
        assert together == pytest.approx(2.0 if named else 1.0, rel=1e-12), cause


def test_the_inputs_are_the_fields_of_a_profile() -> None:
    assert {item.name for item in fields(Profile)} - {"given"} == set(evidence().inputs)


def test_every_measure_is_an_input_or_an_exposure() -> None:
    known = set(evidence().inputs) | set(Exposures._fields)
    for key, factor in evidence().factors.items():
        measures = {factor.measure, factor.weight.measure if factor.weight else factor.measure}
        assert key in ("conditions", "age") or measures <= known, key


def test_values_are_spoken_with_their_unit() -> None:
    drinks = evidence().inputs["fluid_intake"]
    assert drinks.speak(1.25) == f"1.2 {drinks.unit}"
    assert evidence().inputs["activity_load"].speak(1234.4).startswith("1,234 ")
    assert evidence().inputs["sex"].label_of("female") == "Female"
