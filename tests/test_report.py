"""The answer as data, table and text: all three say what the explanation says."""

import csv
import io
import json
import math
import re
from typing import Any

import pytest
from hypothesis import given

import crampnb
from crampnb.model.attribution import people_by_cause, shares
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation
from crampnb.model.export import NUMBERS, as_csv, as_dict, as_text
from crampnb.model.frequency import change, change_range, draws, natural_frequency
from tests.strategies import full_profiles, profiles, stories


def rows(answer: Explanation) -> dict[str, dict[str, str]]:
    """{factor: row} of the table."""
    return {row["factor"]: row for row in csv.DictReader(io.StringIO(as_csv(answer)))}


@given(profiles, stories)
def test_the_data_say_what_the_answer_says(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    found = json.loads(json.dumps(as_dict(answer), allow_nan=False))
    assert found["risk"] == answer.risk
    assert found["interval"] == list(answer.interval)
    assert found["baseline"] == answer.baseline
    assert found["terms"] == answer.terms
    assert found["causes"] == answer.causes
    assert found["sentence"] == answer.sentence
    assert [step["name"] for step in found["steps"]] == [step.name for step in answer.steps]
    for data, step in zip(found["steps"], answer.steps, strict=True):
        assert data["risk_reduction"] == step.risk_reduction
        assert data["interval"] == list(step.interval)
        assert data["probability_helps"] == step.probability_helps
        assert data["certainty"] == step.certainty


@given(full_profiles, stories)
def test_the_data_open_again(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story, red_flags=["clot"])
    held = json.loads(json.dumps(as_dict(answer)))
    again = crampnb.explain(held["inputs"], held["hypothesis"], held["red_flags"])
    assert again == answer


@given(profiles, stories)
def test_the_table_says_what_the_answer_says(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    people = shares(answer)
    found = rows(answer)
    assert list(found) == list(evidence().factors)
    for key, row in found.items():
        factor = evidence().factors[key]
        assert (row["cause"], row["certainty"]) == (factor.cause, factor.certainty)
        assert row["basis"] == factor.basis
        assert float(row["term"]) == answer.terms[key]
        assert float(row["times_the_odds"]) == pytest.approx(math.exp(answer.terms[key]))
        assert float(row["people_of_1000"]) == people[key]
        if row["odds_ratio"] and row["dose"]:
            assert 0 <= float(row["dose"]) <= 1
            term = float(row["dose"]) * math.log(float(row["odds_ratio"]))
            assert term == pytest.approx(answer.terms[key], abs=1e-12)


def test_the_table_has_the_odds_ratios_of_the_story() -> None:
    def triple(row: dict[str, str]) -> list[str]:
        return [row["odds_ratio_low"], row["odds_ratio"], row["odds_ratio_high"]]

    found = rows(crampnb.explain({}, hypothesis="fatigue"))
    assert triple(found["strength"]) == ["0.4", "0.7", "1.0"]
    assert triple(found["dehydration"]) == ["", "", ""]
    assert triple(rows(crampnb.explain({}))["strength"]) == ["0.4", "0.75", "1.1"]


@given(profiles, stories)
def test_the_text_says_what_the_answer_says(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    text = as_text(answer)
    assert answer.sentence in text
    assert answer.story.name in text
    assert f"{answer.risk:.2%}" in text
    assert all(f"{end:.2%}" in text for end in answer.interval)
    for key, people in people_by_cause(answer).items():
        cause = re.escape(evidence().causes[key].label)
        (line,) = re.findall(rf"^{cause} .*$", text, flags=re.M)
        assert f"× {round(math.exp(answer.causes[key]), 9):.2f} " in line
        assert int(line.split()[-1]) == people
    helpful = [step for step in answer.steps if step.risk_reduction > 0]
    for step in helpful[:5]:
        (line,) = re.findall(rf"^{re.escape(step.name)}  .*$", text, flags=re.M)
        assert f"  {change(-step.risk_reduction)}  " in line
        assert f"  {change_range(*step.change)}  " in line
        assert f"  {draws(step.probability_helps)} draws  " in line
        assert line.endswith(f"  {step.certainty} certainty")
    assert all(step.name not in text for step in helpful[5:])
    assert ("Nothing on the list" in text) == (not helpful)


@given(profiles, stories)
def test_people_by_cause_add_up_to_the_sentence(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    added = natural_frequency(answer.risk) - natural_frequency(answer.baseline)
    assert sum(people_by_cause(answer).values()) == added


def test_a_card_about_water_stands_before_the_number() -> None:
    answer = crampnb.explain({"fluid_intake": 6})
    assert answer.stop
    assert as_text(answer).startswith(answer.stop.title)
    assert answer.sentence in as_text(answer)
    data = as_dict(answer)
    assert data["stop"]["title"] == answer.stop.title
    assert data["risk"] == answer.risk


@pytest.mark.parametrize("flag", evidence().red_flags)
def test_a_red_flag_leaves_no_number(flag: str) -> None:
    answer = crampnb.explain({"sitting": 10}, red_flags=[flag])
    found = as_dict(answer)
    assert {name: found[name] for name in NUMBERS} == dict.fromkeys(NUMBERS)
    assert found["stop"]["act"] == evidence().red_flags[flag].act
    assert found["inputs"] == {"sitting": 10}
    assert "of 1,000" not in as_text(answer) + found["sentence"]
    for row in rows(answer).values():
        assert {row[name] for name in ("dose", "term", "times_the_odds", "people_of_1000")} == {""}
