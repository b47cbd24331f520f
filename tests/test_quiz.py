"""What people type is read as they mean it; nothing else counts as right."""

import math
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampnb.lessons.plans import lessons
from crampnb.lessons.quiz import ChoiceQuestion, NumberQuestion, Trap, guessed
from crampnb.lessons.sums import results
from crampnb.model.numerals import Reading, readings
from crampnb.model.schema import EvidenceError

QUESTIONS = [question for plan in lessons().values() for question in plan.questions.values()]
NUMBERS = [one for one in QUESTIONS if isinstance(one, NumberQuestion)]
CHOICES = [one for one in QUESTIONS if isinstance(one, ChoiceQuestion)]

HALF_MORE = NumberQuestion("k", "?", 1.5, "a hint", "It is {answer}.", decimals=1)
FIFTEEN = NumberQuestion(
    "k", "?", 15.0, "a hint", "It is {answer}.", of=1000, tolerance=0.0, slack=0.5,
    traps=(Trap("a trap", 11.5, "mind the trap"),),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1.5", "1,5", " 1.5 ", "3/2", "3 / 2", "+1.5", "x 1.5", "×1.5", "1.5 times", "15e-1",
     "about 1.5", "= 1.5", "1.50", "1½".replace("1½", "3⁄2"), "2.25^0.5", "2,25 ** 0,5",
     "4 - 2.5 = 1.5"],
)  # fmt: skip
def test_one_and_a_half_in_the_forms_people_type(text: str) -> None:
    assert HALF_MORE.check(text).right


@pytest.mark.parametrize(
    "text",
    ["15", " 15 in 1000 ", "15 of 1,000", "15 out of 1000", "15 in 1.000", "1.5 %", "1,5%",
     "1.5 percent", "15 people", "30 in 2000", "15 people out of 1000", "15 per 1 000", "15."],
)  # fmt: skip
def test_fifteen_of_a_thousand_in_the_forms_people_type(text: str) -> None:
    assert FIFTEEN.check(text).right


@pytest.mark.parametrize(
    "text",
    ["", "many", "1.6", "15", "2/3", "1,500", "1.5.1", "1/0", "nan", "inf", "0x10", "--1.5",
     "1" * 200, "__import__('os')", "1.5; 2", "1.5 or 2", "15 in 1000"],
)  # fmt: skip
def test_what_is_not_one_and_a_half_is_not_right(text: str) -> None:
    right = HALF_MORE.check(text).right
    assert right == (text == "1,500")  # which is one and a half to some


def test_a_risk_is_not_taken_for_odds_nor_for_people() -> None:
    odds = NumberQuestion("k", "?", 10 / 990, "a hint", "{answer}", is_odds=True)
    assert [odds.check(text).right for text in ("10:990", "10/990", "1 to 99")] == [True] * 3
    for text in ("10 in 990", "1 of 99", "10 out of 990"):
        assert odds.check(text).misconception == "writes odds as a risk"
    assert (
        FIFTEEN.check("0.015").message
        == "That is a share of 1, as a risk is. Of 1,000 people, how many is it?"
    )
    assert FIFTEEN.check("30/2").right
    assert FIFTEEN.check("16 or so").message == "a hint"
    assert guessed("12 or so", 1000) == 12
    assert str(guessed("between 10 and 20", 1000)).startswith("Your guess should be one number")
    assert FIFTEEN.check("10:990").message == "Those are two numbers. How many of 1,000 is it?"


def test_a_wrong_answer_gets_a_hint_and_its_misconception() -> None:
    assert FIFTEEN.check("11.5").misconception == "a trap"
    assert FIFTEEN.check("11.5").message == "mind the trap"
    assert (FIFTEEN.check("20").message, FIFTEEN.check("20").misconception) == ("a hint", "")
    assert "cannot read “many”" in FIFTEEN.check("many").message


@given(st.text(max_size=80))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert all(isinstance(reading, Reading) for reading in readings(text))


@given(st.floats(-1e6, 1e6), st.sampled_from([".", ","]))
def test_a_number_is_read_as_it_is_written(value: float, point: str) -> None:
    text = f"{value:.4f}".replace(".", point)
    assert any(abs(one.value - value) < 1e-4 for one in readings(text))


@given(st.integers(0, 1000))
def test_a_share_of_a_thousand_is_that_many_people(people: int) -> None:
    assert FIFTEEN.check(f"{people} in 1000").right == (people == 15)


@pytest.mark.parametrize("question", NUMBERS, ids=lambda one: one.key)
def test_every_number_question_takes_its_answer_and_no_trap(question: NumberQuestion) -> None:
    answer = question.answer()
    assert question.check(f"{answer:.6g}").right
    assert question.check(f"{answer:.6g}".replace(".", ",")).right
    assert question.check(f" {answer:.6g} ").right
    if question.of:
        assert question.check(f"{answer:.6g} in {question.of:g}").right
    assert not question.check(f"{answer * 1.4 + 3:.6g}").right
    for trap in question.traps:
        verdict = question.check(f"{trap.value:.6g}")
        assert (verdict.right, verdict.misconception) == (False, trap.name)


@pytest.mark.parametrize("question", CHOICES, ids=lambda one: one.key)
def test_every_choice_has_one_right_answer_and_a_hint_for_each_other(
    question: ChoiceQuestion,
) -> None:
    right = [key for key in question.options if question.check(key).right]
    assert right == [question.answer()]
    for key in question.options:
        if key != question.answer():
            assert question.check(key).message == f"Not yet. {question.hints[key]}"
    assert not question.check("no such answer").right


def test_the_right_answer_is_not_to_be_told_by_its_length() -> None:
    """Where the answers are sentences; names of sliders and stories are as long as they are."""
    sentences = [one for one in CHOICES if min(map(len, one.options.values())) > 30]
    assert len(sentences) >= 9
    longest = 0
    for question in sentences:
        lengths = {key: len(text) for key, text in question.options.items()}
        assert max(lengths.values()) <= 1.6 * min(lengths.values()), question.key
        longest += lengths[question.right] == max(lengths.values())
    assert longest <= len(sentences) / 3


@pytest.mark.parametrize(
    "text", ["10:990", "10 : 990", "10 to 990", "1:99", "1/99", "10/990", "0,0101", "1.01e-2"]
)
def test_odds_are_read_in_the_ways_to_write_them(text: str) -> None:
    assert lessons()["odds"].numbers["odds"].check(text).right


@pytest.mark.parametrize(
    ("lesson", "key", "text"),
    [
        ("predict", "most", "990/1000"),
        ("predict", "most", "99%"),
        ("predict", "most", "1000 - 10"),
        ("predict", "most", "٩٩٠"),
        ("odds", "half", "sqrt(1.2)"),
        ("odds", "both", "1.5*2"),
        ("odds", "both", "1,5 × 2"),
        ("odds", "half", "√1,2"),
        ("odds", "half", "1.2^(1/2)"),
        ("odds", "half", "(1.2) ** 0.5"),
        ("odds", "dose", "(7-4)/(10-4)"),
        ("odds", "odds", "10/(1000 − 10)"),
        ("odds", "people", "1000*0.0149"),
        ("sure", "width", "57-5"),
        ("sure", "width", "57 − 5"),
    ],
)
def test_what_is_still_to_be_worked_out_is_worked_out(lesson: str, key: str, text: str) -> None:
    assert lessons()[lesson].numbers[key].check(text).right


@pytest.mark.parametrize(
    "text",
    ["(" * 40 + "1", "1/0", "9^999", "100**100**2", "(-4)^0.5", "1(2)", "--1", "2 root 3", "root",
     "1+" * 8 + "1", "1.5 or (2)", "print(1)", "1_0", "1 if 1 else 2"],
)  # fmt: skip
def test_what_is_no_sum_comes_to_nothing(text: str) -> None:
    assert list(results(text)) == []


@given(st.text("0123456789.,+-*/^()√ x", max_size=60))
def test_no_sum_is_too_odd_to_be_read(text: str) -> None:
    assert all(math.isfinite(one) for one in results(text))


@pytest.mark.parametrize(
    ("lesson", "key", "text"),
    [("predict", "most", text) for text in ("990.5", "989.5", "990.05")]
    + [("odds", "people", text) for text in ("14.8", "1000*0.015/1.015", "15.4")],
)
def test_people_come_whole(lesson: str, key: str, text: str) -> None:
    verdict = lessons()[lesson].numbers[key].check(text)
    assert verdict.message == "Nearly. People come whole: round at the end, and only there."
    assert not verdict.right


@pytest.mark.parametrize(
    ("key", "text"),
    [("people", text) for text in ("0.01515", "0.0152", "1.5*10/990", "15.15", "15.2")]
    + [("large", "2"), ("large", "3*400/600")],
)
def test_odds_are_not_taken_for_a_risk_nor_for_people(key: str, text: str) -> None:
    verdict = lessons()["odds"].numbers[key].check(text)
    assert (verdict.right, verdict.misconception) == (False, "takes the odds for the risk")
    assert "odds / (1 + odds)" in verdict.message


@pytest.mark.parametrize(
    ("key", "text"),
    [("people", text) for text in ("15", "14.9", "14.93", "14.925", "about 15", "15 of 1000")]
    + [("large", text) for text in ("667", "666.67", "666 2/3", "2000/3", "666")],
)
def test_people_are_right_as_a_whole_and_as_they_were_worked_out(key: str, text: str) -> None:
    assert lessons()["odds"].numbers[key].check(text).right


@pytest.mark.parametrize(
    ("text", "read"),
    [("990/1000", 990), ("12 in 1000", 12), ("1.2e1", 12), ("1.2 %", 12), ("٣", 3), (" 7 ", 7)],
)
def test_a_guess_is_read_as_people_type_it(text: str, read: int) -> None:
    assert guessed(text, 1000) == read


@pytest.mark.parametrize(
    "text", ["", "   ", "1,5", "10:990", "10 to 20", "20-10", "many", "sqrt(1.2)", "1001"]
)
def test_a_guess_that_is_no_number_of_people_is_asked_for_again(text: str) -> None:
    assert "0 to 1,000" in str(guessed(text, 1000))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.key)
def test_every_worked_solution_has_its_answer_in_it(question: NumberQuestion) -> None:
    assert "{" not in question.explained
    assert question.explained.endswith((".", "!", "?"))
    assert "{answer}" in question.solution


def test_what_is_too_long_for_a_number_is_not_looked_at() -> None:
    begun = monotonic()
    assert not FIFTEEN.check("9" * 10**6).right
    assert isinstance(guessed("9" * 10**6, 1000), str)
    assert monotonic() - begun < 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"right": "c"}, "has the right answer 'c', which is no option"),
        ({"hints": {}}, "has no hint for 'b'"),
        ({"hints": {"b": "no", "c": "no"}}, "speaks of 'c', which is no option"),
        ({"misconceptions": {"c": "mistakes"}}, "speaks of 'c', which is no option"),
    ],
)
def test_a_choice_that_does_not_fit_together_is_refused(
    change: dict[str, Any], message: str
) -> None:
    fitting: dict[str, Any] = {"options": {"a": "A", "b": "B"}, "right": "a", "hints": {"b": "no"}}
    question = ChoiceQuestion("k", "?", **fitting, solution="{answer}")
    assert question.check("b").message == "Not yet. no"
    with pytest.raises(EvidenceError, match=message):
        ChoiceQuestion("k", "?", **(fitting | change), solution="{answer}")
