"""A lesson that a teacher writes in a notebook: its cards, its memory, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest

from crampnb.errors import InputError
from crampnb.lessons.answers import from_json
from crampnb.lessons.cards.card import Card
from crampnb.lessons.cards.head import HeadCard
from crampnb.lessons.lesson import class_overview
from crampnb.lessons.own import OwnLesson
from crampnb.model.explain import explain
from tests.markup import read


@pytest.fixture
def lesson(request: pytest.FixtureRequest) -> OwnLesson:
    """A lesson with a title of its own."""
    return OwnLesson(request.node.name[:200], "About a day.", minutes=20)


def press(card: Card, action: str, value: str = "") -> None:
    """What the browser sends when a button is pressed."""
    card._on_message(card, {"action": action, "value": value}, [])


def told(card: Card, part: str = "told") -> str:
    """The text of a part."""
    return read(card.parts.get(part, "")).text


def test_a_guess_comes_before_the_answer_and_its_sliders(lesson: OwnLesson) -> None:
    day = {"sitting": 12.0, "fluid_intake": 0.5}
    card = lesson.guess("Someone sits long and drinks little.", **day)
    assert "Someone sits long" in read(card.frame).text
    assert list(card.slots) == ["guess"]
    press(card, "keep", "40")
    assert set(day) <= set(card.slots)
    assert told(card, "sentence") == explain(day).sentence
    card.slots["sitting"].value = 4
    assert told(card, "sentence") == explain(day | {"sitting": 4}).sentence
    assert "40" in read(lesson.guesses().frame).text


def test_a_number_is_asked_for(lesson: OwnLesson) -> None:
    card = lesson.ask("How many?", 990, of=1000, hint="Take 10 away.", solution="It is {answer}.")
    press(card, "check", "989")
    assert told(card) == "Take 10 away."
    press(card, "check", "990 of 1000")
    assert told(card) == "Yes. It is 990."


@pytest.mark.parametrize(("right", "shown"), [(0.0101, "0.0101"), (-2.5, "-2.5"), (12, "12")])
def test_a_right_number_is_shown_with_the_decimals_that_it_has(
    lesson: OwnLesson, right: float, shown: str
) -> None:
    card = lesson.ask("How much?", right)
    press(card, "check", str(right))
    assert told(card) == f"Yes. {shown}."


def test_a_choice_has_a_hint_for_each_wrong_answer(lesson: OwnLesson) -> None:
    card = lesson.ask("Which?", "that", wrong={"this": "Not this.", "<b>": "Not bold."})
    widget: Any = card.slots["answer"]
    assert sorted(text for text, _ in widget.options) == ["<b>", "that", "this"]
    said_to = {"this": "Not yet. Not this.", "<b>": "Not yet. Not bold.", "that": "Yes. that."}
    for text, said in said_to.items():
        widget.value = text
        press(card, "check")
        assert told(card) == said


def test_a_cell_that_is_run_again_changes_nothing(lesson: OwnLesson) -> None:
    for _ in range(2):
        lesson.ask("Which?", "that", wrong={"this": "Not this."})
        lesson.ask("How many?", 3)
        lesson.guess("A day.", sitting=10)
        lesson.write("Why?")
    assert len(lesson.progress.plan.steps) == 4
    press(lesson.ask("How many?", 3), "check", "3")
    again = OwnLesson(lesson.progress.plan.title)
    assert told(again.ask("How many?", 3)).startswith("Done before.")


def test_the_head_counts_the_blocks_as_they_come(lesson: OwnLesson) -> None:
    head = HeadCard(lesson.progress)
    card = lesson.write("Why?")
    assert told(head, "progress") == "Done: 0 of 1."
    press(card, "keep", "Because.")
    assert told(head, "progress") == "Done: 1 of 1."
    assert lesson.progress.plan.title in read(head.frame).text
    assert "Lesson 0" not in read(head.frame).text


def test_kept_answers_come_back_before_their_cells_are_run(lesson: OwnLesson) -> None:
    press(lesson.guess("A day.", sitting=10), "keep", "40")
    press(lesson.ask("How many?", 3), "check", "3")
    kept = lesson.progress.saved.encode()
    assert len(from_json(kept).entries) == 2
    lesson.progress.replace({})
    fresh = OwnLesson(lesson.progress.plan.title)
    assert fresh.progress.recall(kept).startswith("Your answers are back: 2")
    assert told(fresh.guess("A day.", sitting=10)).startswith("You guessed 40.")
    assert told(fresh.ask("How many?", 3)).startswith("Done before.")


def test_texts_in_any_script_have_names_that_a_file_can_hold(lesson: OwnLesson) -> None:
    for text in ("Почему?", "なぜ", "Why? " * 90, "—"):
        press(lesson.write(text), "keep", "Because.")
        press(lesson.guess(text, sitting=10), "keep", "1")
    assert len(from_json(lesson.progress.saved).entries) == 8


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda it: it.guess("", sitting=10), "story = '': must be a text"),
        (lambda it: it.guess("A day."), "day = {}: must have an input that differs"),
        (lambda it: it.guess("A day.", siting=10), "input = 'siting': allowed is one of"),
        (lambda it: it.guess("A day.", sex="male"), "input = 'sex': allowed is one of"),
        (lambda it: it.guess("A day.", sitting=40), "sitting = 40: allowed is 0 to 16 h/day"),
        (lambda it: it.ask(3, 3), "prompt = 3: must be a text"),
        (lambda it: it.ask("How?", "three"), "right = 'three': must be a number"),
        (lambda it: it.ask("How?", float("nan")), "right = nan: must be a number"),
        (lambda it: it.ask("How?", 3, of=-1), "of = -1: allowed is 0 to"),
        (lambda it: it.ask("How?", 3, hint=""), "hint = '': must be a text"),
        (lambda it: it.ask("How?", 3, solution="{x}"), "solution = '{x}': may name {answer}"),
        (lambda it: it.ask("How?", 3, solution="{"), "solution = '{': may name {answer}"),
        (lambda it: it.ask("How?", 3, solution="{answer.x}"), "solution = '{answer.x}': may"),
        (lambda it: it.ask("Which?", "a", wrong={}), "wrong = {}: must have {answer"),
        (lambda it: it.ask("Which?", "a", wrong={"a": "no"}), "wrong = 'a': is the right"),
        (lambda it: it.ask("Which?", "a", wrong={"b": ""}), "hint = '': must be a text"),
        (lambda it: it.ask("Which?", 3, wrong={"b": "no"}), "right = 3: must be a text"),
        (lambda it: it.write(" "), "prompt = ' ': must be a text"),
        (lambda it: it.explore("sex"), "input = 'sex': allowed is one of"),
        (lambda it: OwnLesson(""), "title = '': must be a text"),
        (lambda it: OwnLesson("A", minutes=0), "minutes = 0: allowed is 1 to 600"),
        (lambda it: OwnLesson("A", about="A" * 501), "about = 'AAA"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    lesson: OwnLesson, write: Callable[[Any], object], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        write(lesson)
    assert str(caught.value).startswith(message)


def test_a_class_s_answers_are_shown_under_the_words_of_the_lesson() -> None:
    lesson = OwnLesson("Sitting still", minutes=20)
    press(lesson.guess("Someone sits long.", sitting=12), "keep", "40")
    press(lesson.ask("How many hours make half a day?", 12), "check", "13")
    press(lesson.write("What surprised you?"), "keep", "The range.")
    text = read(class_overview([from_json(lesson.progress.saved)]).frame).text
    for words in ("Sitting still", "Someone sits long", "How many hours make half", "The range."):
        assert words in text
    assert "What surprised you" in text
