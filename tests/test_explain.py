"""What is told of the risk: words and whole numbers that agree with it, and cards before it."""

import itertools
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crampnb
from crampnb.errors import InputError
from crampnb.model.attribution import shares, whole_people
from crampnb.model.curves import grid, sweep
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, compare, difference
from crampnb.model.frequency import change_range, natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.safety import StopCard, stop_card
from crampnb.model.stories import disagreement
from tests import twin
from tests.strategies import INPUTS, STORIES, full_profiles, profiles, stories

FLAGS = list(evidence().red_flags)
#: about as much as any profile adds up to
EXTREME: dict[str, Any] = {
    "conditions": INPUTS["conditions"].options,
    "medicines": INPUTS["medicines"].options,
    "age": 80,
    "effort": 9,
    "activity_load": 6000,
    "usual_load": 0,
    **dict.fromkeys(("fluid_intake", "electrolyte_intake", "diet_quality"), 0),
    "sitting": 16,
    "longest_sitting": 240,
    **dict.fromkeys(("recent_strain", "previous_cramp", "family_history"), True),
    **dict.fromkeys(("hot_weather", "heavy_alcohol", "slumped"), True),
}


def told(answer: Explanation) -> list[int]:
    """Whole numbers of the sentence: risk, denominator, low, high, baseline, denominator."""
    numbers = re.findall(r"\d[\d,]*", answer.sentence.replace("30 days", "days"))
    return [int(number.replace(",", "")) for number in numbers]


@given(profiles, stories)
def test_the_sentence_says_what_the_numbers_say(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    numbers = (answer.risk, 1, *answer.interval, answer.baseline, 1)
    assert told(answer) == [natural_frequency(number) for number in numbers]
    assert answer.sentence.endswith("Illustration, not a prediction.")


def test_the_sentence_in_full() -> None:
    assert crampnb.explain({"previous_cramp": True}).sentence == (
        "About 29 of 1,000 people living like this would have a buttock cramp in the next 30 days"
        " (could be 8 to 99). At the reference settings: 10 of 1,000."
        " Illustration, not a prediction."
    )


def test_a_thousand_is_written_one_way() -> None:
    answer = crampnb.explain(EXTREME)
    assert natural_frequency(answer.interval[1]) == 1000
    assert re.findall(r"1,?000", answer.sentence) == ["1,000"] * 3


@given(profiles, stories)
def test_shares_sum_to_what_is_added(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    found = shares(answer)
    added = 1000 * (answer.risk - answer.baseline)
    assert sum(found.values()) == pytest.approx(added, rel=1e-9, abs=1e-6)
    assert list(found) == list(answer.terms)
    for factor, share in found.items():
        assert math.copysign(1, share) == math.copysign(1, answer.terms[factor]) or share == 0


@pytest.mark.parametrize("beside", [0.0, 1e-13, -1e-13, 1e-7, -1e-7, 1e-4])
def test_shares_stay_finite_where_terms_cancel(beside: float) -> None:
    # ln 1.05 (slumped) against 0.95 ** dose (warm-up), a hair beside the balance
    balance = -100 * math.log(1.05) / math.log(0.95)
    found = shares(crampnb.explain({"slumped": True, "warm_up": balance + beside}))
    expected = 1000 * 0.01 * 0.99 * math.log(1.05)
    assert found["slumped"] == pytest.approx(expected, rel=1e-5)
    assert found["warm_up"] == pytest.approx(-expected, rel=1e-5)


@given(full_profiles, stories)
def test_whole_people_add_up_to_what_the_sentence_says(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    risk, _, _, _, baseline, _ = told(answer)
    amounts = shares(answer)
    found = whole_people(amounts, risk - baseline)
    assert baseline + sum(found.values()) == risk
    assert all(abs(found[key] - amount) < 1 for key, amount in amounts.items())


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=30))
def test_whole_people_round_each_amount_down_or_up(amounts: list[float]) -> None:
    named = {str(place): amount for place, amount in enumerate(amounts)}
    total = round(math.fsum(amounts))
    found = whole_people(named, total)
    assert sum(found.values()) == total
    for key, amount in named.items():
        assert found[key] in (math.floor(amount), math.ceil(amount))


def test_the_largest_remainders_are_rounded_up() -> None:
    assert whole_people({"a": 0.6, "b": 0.7, "c": 1.7}, 3) == {"a": 0, "b": 1, "c": 2}
    assert whole_people({"a": -0.6, "b": -0.7, "c": 1.3}, 0) == {"a": 0, "b": -1, "c": 1}


@given(profiles, stories)
def test_causes_hold_their_factors(inputs: dict[str, Any], story: str) -> None:
    answer = crampnb.explain(inputs, hypothesis=story)
    assert list(answer.causes) == list(evidence().causes)
    for cause, amount in answer.causes.items():
        held = [answer.terms[factor.key] for factor in evidence().factors_of(cause)]
        assert amount == pytest.approx(sum(held), rel=0, abs=1e-12)


@pytest.mark.parametrize("key", FLAGS)
def test_every_red_flag_takes_the_place_of_the_number(key: str) -> None:
    answer = crampnb.explain({}, red_flags=[key])
    flag = evidence().red_flags[key]
    assert answer.stop
    assert answer.stop == StopCard(
        "Please get help first.", flag.sign, flag.act, replaces_number=True
    )
    assert flag.act in answer.sentence
    assert "of 1,000" not in answer.sentence


@pytest.mark.parametrize("pair", list(itertools.permutations(FLAGS, 2)), ids="-".join)
def test_of_two_red_flags_the_more_urgent_speaks(pair: tuple[str, str]) -> None:
    first, second = (evidence().red_flags[key] for key in pair)
    soon = {"now": 0, "today": 1, "soon": 2}
    card = stop_card(Profile(), pair)
    assert card
    expected = second if soon[second.urgency] < soon[first.urgency] else first
    assert (card.text, card.act) == (expected.sign, expected.act)


@pytest.mark.parametrize("flags", [FLAGS, FLAGS[::-1], [*FLAGS[-2:], FLAGS[0]]])
def test_the_most_urgent_red_flag_speaks(flags: list[str]) -> None:
    card = stop_card(Profile(), flags)
    now = [flag.act for flag in evidence().red_flags.values() if flag.urgency == "now"]
    assert card
    assert card.act in now


@pytest.mark.parametrize("kind", [list, tuple, iter, set, frozenset, dict.fromkeys])
def test_red_flags_may_come_in_any_collection(kind: Any) -> None:
    answer = crampnb.explain({}, red_flags=kind(["clot"]))
    assert answer.red_flags == ("clot",)
    assert answer.stop


@pytest.mark.parametrize("flags", ["clot", [""], ["Clot"], [None], [3], [["clot"]], None, 3, True])
def test_an_unknown_red_flag_is_refused_with_the_known_ones(flags: Any) -> None:
    with pytest.raises(InputError) as error:
        crampnb.explain({}, red_flags=flags)
    refused = flags if flags is None or not hasattr(flags, "__iter__") else next(iter(flags))
    allowed = f"allowed is any of {', '.join(evidence().red_flags)}"
    assert str(error.value) == f"red_flags = {refused!r}: {allowed}"


NEEDS = {"unspecified": 1.8, "female": 1.6, "male": 2.0}  # L/day
TINY = 1e-6  # L/day


def shows_card(answer: Explanation, key: str) -> None:
    """Fail unless this card stands beside the number, whole."""
    card = evidence().stops[key]
    assert answer.stop == StopCard(card.title, card.text, card.act, replaces_number=False)
    assert card.text
    assert card.act
    assert "of 1,000" in answer.sentence


@pytest.mark.parametrize(("heat", "sweat_rate"), [(False, 0.8), (True, 1.2)])
@pytest.mark.parametrize("sex", NEEDS)
def test_a_lot_of_plain_water_shows_a_card_beside_the_number(
    sex: str, heat: bool, sweat_rate: float
) -> None:
    # the alarm is 2 L beyond need and sweat: 1.8 + 0.8 * 1000 / 5 / 420 + 2 = 4.18 L
    alarm = NEEDS[sex] + sweat_rate * 1000 / 5 / 420 + 2
    day = {"sex": sex, "hot_weather": heat}
    assert crampnb.explain(day | {"fluid_intake": alarm - TINY}).stop is None
    shows_card(crampnb.explain(day | {"fluid_intake": alarm + TINY}), "hyponatraemia")


def test_the_card_about_water_is_there_from_the_alarm_on() -> None:
    # without sweat a man needs 2 L; twice as much is, to the last digit, 2 L more
    shows_card(
        crampnb.explain({"sex": "male", "activity_load": 0, "fluid_intake": 4}), "hyponatraemia"
    )


@pytest.mark.parametrize(("sex", "need"), NEEDS.items())
def test_very_little_to_drink_shows_a_card_beside_the_number(sex: str, need: float) -> None:
    assert crampnb.explain({"sex": sex, "fluid_intake": need / 2}).stop is None
    shows_card(crampnb.explain({"sex": sex, "fluid_intake": need / 2 - TINY}), "little_drink")
    assert "no permission" in evidence().stops["little_drink"].act


@pytest.mark.parametrize("litres", [0, 6])
def test_a_red_flag_comes_before_the_card_about_water(litres: float) -> None:
    answer = crampnb.explain({"fluid_intake": litres}, red_flags=["clot"])
    assert answer.stop
    assert answer.stop.replaces_number


def test_a_statin_brings_its_caution_and_never_the_word_stop() -> None:
    caution = evidence().medicines["statin"].caution
    assert crampnb.explain({"medicines": ["statin"]}).note == caution
    assert "straight away" in caution
    both = crampnb.explain({"medicines": ["statin"], "age": 17}).note
    assert both == f"{evidence().stops['adults_only'].text} {caution}"
    assert crampnb.explain({}).note == ""


@pytest.mark.parametrize("key", evidence().medicines)
def test_no_text_about_a_medicine_advises_to_stop_it(key: str) -> None:
    entry = evidence().medicines[key]
    assert not re.search(r"\bstop", f"{entry.judged} {entry.caution}", re.IGNORECASE)


def test_the_reference_day_shows_no_card() -> None:
    assert crampnb.explain({}).stop is None


@given(profiles)
def test_disagreement_is_that_of_the_four_answers(inputs: dict[str, Any]) -> None:
    found = disagreement(Profile(**inputs))
    risks = {key: crampnb.explain(inputs, hypothesis=key).risk for key in STORIES}
    assert found.risks == pytest.approx(risks, rel=1e-12)
    assert found.spread == pytest.approx(max(risks.values()) - min(risks.values()), rel=1e-9)
    low, high = (natural_frequency(end(risks.values())) for end in (min, max))
    numbers = f"{low} v {high} of 1,000" if low < high else f"agree: {low} of 1,000"
    assert numbers in found.sentence


def cause_by_twin(inputs: dict[str, Any], driver: str) -> str:
    """The cause on which the stories differ most about one input, by the twin's terms."""
    rest = {name: value for name, value in inputs.items() if name != driver}

    def spread(cause: str) -> float:
        factors = [factor.key for factor in evidence().factors_of(cause)]
        shifts = []
        for story in STORIES:
            before, after = twin.terms(rest, story), twin.terms(inputs, story)
            shifts.append(sum(after[key] - before[key] for key in factors))
        return max(shifts) - min(shifts)

    return max(evidence().causes, key=spread)


@given(profiles)
def test_the_driver_is_the_input_that_brings_the_stories_together(inputs: dict[str, Any]) -> None:
    profile = Profile(**inputs)
    found = disagreement(profile)
    without = {name: disagreement(profile.without(name)).spread for name in profile.given}
    if found.driver:
        assert without[found.driver] == pytest.approx(min(without.values()), rel=1e-9)
        assert without[found.driver] < found.spread
        assert found.cause == cause_by_twin(inputs, found.driver)
    else:
        assert found.cause == ""
        assert all(spread >= found.spread - 1e-9 for spread in without.values())


@pytest.mark.parametrize(
    ("inputs", "driver", "cause"),
    [
        ({}, "", ""),
        ({"sitting": 10}, "sitting", "posture"),
        ({"effort": 9, "slumped": True}, "effort", "overuse"),
        ({"fluid_intake": 0, "slumped": True}, "fluid_intake", "dehydration"),
        ({"conditions": ["dialysis"], "sitting": 5}, "conditions", "conditions"),
        ({"previous_cramp": True}, "previous_cramp", "you"),
    ],
)
def test_who_drives_the_stories_apart(inputs: dict[str, Any], driver: str, cause: str) -> None:
    found = disagreement(Profile(**inputs))
    assert (found.driver, found.cause) == (driver, cause)


@given(profiles, profiles, stories)
def test_a_comparison_agrees_with_both_sentences(
    first: dict[str, Any], second: dict[str, Any], story: str
) -> None:
    a, b = (crampnb.explain(inputs, hypothesis=story) for inputs in (first, second))
    before, after = told(a)[0], told(b)[0]
    words = compare(a, b)
    assert words.startswith(f"A: {before} of 1,000. Now: {after} of 1,000. ")
    change = words.rpartition("1,000. ")[2]
    if before == after:
        assert change.startswith("No difference that whole people can show")
    else:
        assert change.startswith(f"{abs(after - before)} {'more' if after > before else 'fewer'}")
    ends = difference(a, b)
    reach = f" ({change_range(*ends)})." if ends and any(ends) else "."
    assert change.endswith(reach)


@given(profiles, stories)
def test_the_range_of_a_difference_is_that_of_the_step_between(
    inputs: dict[str, Any], story: str
) -> None:
    before = crampnb.explain(inputs, hypothesis=story)
    for step in before.steps:
        after = crampnb.explain(before.profile.but(**step.changes), hypothesis=story)
        assert difference(before, after) == pytest.approx(step.change, abs=1e-12)


@pytest.mark.parametrize(
    "other",
    [
        {"age": 66},
        {"conditions": ["diabetes"]},
        {"medicines": ["statin"]},
    ],
)
def test_between_two_people_or_two_stories_there_is_no_range(other: dict[str, Any]) -> None:
    here = crampnb.explain({"sitting": 10})
    assert difference(here, crampnb.explain({"sitting": 10, **other})) is None
    assert difference(here, crampnb.explain({"sitting": 10}, hypothesis="article")) is None
    assert difference(here, crampnb.explain({"sitting": 12})) is not None


@given(profiles, stories)
def test_a_curve_goes_through_the_answers(inputs: dict[str, Any], story: str) -> None:
    profile = Profile(**inputs)
    for point in sweep(profile, story, "fluid_intake", [0.0, 1.5, 6.0, profile.fluid_intake]):
        there = crampnb.explain(profile.but(fluid_intake=point.value), hypothesis=story)
        assert (point.risk, point.low, point.high) == (there.risk, *there.interval)


def test_a_map_has_a_row_for_each_step_up() -> None:
    profile = Profile(slumped=True)
    loads, drinks = [0.0, 1000.0, 3000.0], [0.5, 2.0]
    found = grid(profile, "evidence", ("activity_load", loads), ("fluid_intake", drinks))
    expected = [
        [
            crampnb.explain(profile.but(activity_load=load, fluid_intake=litres)).risk
            for load in loads
        ]
        for litres in drinks
    ]
    assert found == expected


def test_an_answer_knows_its_question() -> None:
    profile = Profile(sitting=9)
    answer = crampnb.explain(profile, hypothesis="article", red_flags=["clot"])
    assert answer.profile is profile
    assert (answer.hypothesis, answer.red_flags) == ("article", ("clot",))
    assert answer.story.key == "article"
    assert crampnb.explain({"sitting": 9}) == crampnb.explain(profile)
