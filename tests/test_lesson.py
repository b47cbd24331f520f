"""The lessons' controls without a browser: no reveal before a guess, hints, ticks, files."""

import json
from collections.abc import Iterator

import pytest

import crampnb.lesson as lesson_module
from crampnb.answers import from_json
from crampnb.card import LONGEST_PRESS, Card
from crampnb.course import lessons
from crampnb.explain import disagreement, explain, natural_frequency
from crampnb.lesson import Lesson, Told, class_overview
from crampnb.profile import InputError, Profile
from crampnb.quiz import ChoiceQuestion
from tests.markup import read


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """Each test begins like a new kernel."""
    lesson_module._PROGRESS.clear()
    yield
    lesson_module._PROGRESS.clear()


def press(card: Card, action: object, value: object = "") -> None:
    """What the browser sends when a button is pressed."""
    card._on_message(card, {"action": action, "value": value}, [])


def told(card: Card, part: str = "told") -> str:
    """The text of a part."""
    return read(card.parts.get(part, "")).text


@pytest.mark.parametrize("name", list(lessons()["predict"].situations))
def test_nothing_is_revealed_before_a_guess(name: str) -> None:
    lesson = Lesson("predict")
    card = lesson.predict(name)
    answer = lesson.plan.situations[name].answer
    assert list(card.slots) == ["guess"]
    assert card.due == []
    assert card.parts == {}
    press(card, "keep", "42")
    assert {name, f"{name}.box"} <= set(card.slots)
    assert card.due == ["kept"]
    today = natural_frequency(answer.risk)
    assert told(card).startswith(f"You guessed 42. The model says {today} of 1,000")
    assert told(card, "sentence") == answer.sentence
    card.slots[name].value = card.slots[name].max
    moved = explain({name: card.slots[name].max}).sentence
    assert told(card, "sentence") == moved


@pytest.mark.parametrize("text", ["", "-1", "1001", "1.5", "many", "9" * 50, "١٢٣٤", "<b>"])
def test_a_guess_that_is_none_reveals_nothing(text: str) -> None:
    lesson = Lesson("predict")
    card = lesson.predict("sitting")
    press(card, "keep", text)
    assert card.due == []
    assert "0 to 1,000" in told(card)
    assert lesson.progress.entries == {}


def test_the_first_guess_counts_and_survives_running_the_cell_again() -> None:
    card = Lesson("predict").predict("sitting")
    press(card, "keep", "42")
    press(card, "keep", "12")
    again = Lesson("predict").predict("sitting")
    assert told(again).startswith("You guessed 42.")
    assert again.due == ["kept"]
    table = read(Lesson("predict").guesses().frame).text
    assert "42" in table
    assert "not yet" in table
    assert "guess first" in table


@pytest.mark.parametrize("key", list(lessons()))
def test_every_question_gives_a_hint_then_the_way(key: str) -> None:
    lesson = Lesson(key)
    for question in lesson.plan.questions.values():
        card = lesson.ask(question.key)
        press(card, "check", "")
        assert told(card) == "Give an answer first."
        wrong, right = "-7", ""
        if isinstance(question, ChoiceQuestion):
            widget = card.slots["answer"]
            widget.value = next(one for one in question.options if one != question.answer())
            press(card, "check")
            hint, widget.value = told(card), question.answer()
        else:
            press(card, "check", wrong)
            hint, right = told(card), f"{question.answer():.6g}"
        assert hint
        assert not hint.startswith("Yes")
        assert card.due == ["wrong"]
        assert not lesson.progress.has(question.key)
        press(card, "how")
        assert told(card, "how") == question.explained
        press(card, "check", right)
        assert told(card) == f"Yes. {question.explained}"
        entry = lesson.progress.entries[question.key]
        assert (entry.right, entry.tries) == (True, 2)
        assert told(lesson.ask(question.key)).startswith("Done before.")


def test_tasks_tick_themselves_and_stay_ticked() -> None:
    lesson = Lesson("stories")
    card = lesson.explore("fluid_intake", "activity_load", "electrolyte_intake", story=True)
    assert "☑" not in card.parts["tasks"]
    for name, value in (("activity_load", 4000), ("fluid_intake", 0.5), ("electrolyte_intake", 50)):
        card.slots[name].value = value
    assert lesson.progress.has("split")
    assert "☑" in card.parts["tasks"]
    assert "Done." in card.parts["tasks"]
    card.slots["activity_load"].value = 1000
    assert lesson.progress.has("split")
    risks = disagreement(Profile(fluid_intake=0.5, electrolyte_intake=50)).risks
    shown = told(card, "stories")
    assert all(str(natural_frequency(risk)) in shown for risk in risks.values())
    card.slots["story"].value = "fatigue"
    assert "of 1,000" in told(card, "sentence")


def test_claims_are_compared_when_all_are_graded() -> None:
    lesson = Lesson("article")
    card = lesson.grade()
    press(card, "compare")
    assert told(card) == f"{len(lesson.plan.claims)} claims have no grade yet."
    for key, claim in lesson.plan.claims.items():
        card.slots[key].value = claim.grade
    press(card, "compare")
    count = len(lesson.plan.claims)
    assert told(card) == f"You agree with the evidence on {count} of {count}."
    shown = read(card.parts["compared"]).text
    assert all(claim.verdict in shown for claim in lesson.plan.claims.values())


def test_the_learner_s_own_number_is_checked_to_six_digits() -> None:
    lesson = Lesson("odds")
    value = lesson.plan.values["recreate"]()
    assert "Not yet" in lesson.verify("recreate", value * 1.00001)
    assert "people of 1,000" in lesson.verify("recreate", 1000 * value)
    assert "not a number" in lesson.verify("recreate", "0.5")
    found = lesson.verify("recreate", value)
    assert repr(found) == found == Told(f"Yes: {value:.6f} is the model's number to six digits.")
    assert lesson.progress.has("recreate")


def test_words_are_kept_and_bounded() -> None:
    lesson = Lesson("predict")
    card = lesson.write("surprise")
    press(card, "keep", "  ")
    assert told(card) == "Write something first."
    press(card, "keep", "x" * 10_000)
    assert told(card) == "Kept."
    assert lesson.progress.entries["surprise"].value == "x" * 500


def test_answers_are_saved_and_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = Lesson("predict")
    press(lesson.predict("sitting"), "keep", "42")
    sent: list[object] = []
    card = lesson.overview()
    monkeypatch.setattr(card, "send", sent.append)
    press(card, "save")
    [message] = sent
    assert isinstance(message, dict)
    assert message["name"] == "answers-predict.json"
    assert json.loads(message["text"])["entries"]["guess.sitting"]["value"] == 42
    lesson_module._PROGRESS.clear()
    later = Lesson("predict")
    assert later.open(message["text"].encode()).startswith("Answers taken over: 1.")
    assert later.progress.has("guess.sitting")
    assert "Done: 1 of" in told(later.overview(), "progress")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"lesson": "odds", "entries": {}}', b"[" * 50_000,
     b'{"lesson": "predict", "entries": {"guess.sitting": {"kind": "guess", "value": NaN}}}',
     b" " * 70_000],
)  # fmt: skip
def test_a_broken_or_foreign_file_changes_nothing(content: bytes) -> None:
    lesson = Lesson("predict")
    assert lesson.open(content).startswith("The file could not be opened.")
    assert lesson.progress.entries == {}


@pytest.mark.parametrize("value", ['"many"', "-1", "1e300", '""'])
def test_a_forged_guess_or_grade_is_left_out(value: str) -> None:
    for key, step in (("predict", "guess.sitting"), ("article", "grade.tip.drink")):
        entry = f'{{"kind": "text", "value": {value}}}'
        file = f'{{"lesson": "{key}", "entries": {{"{step}": {entry}}}}}'
        lesson = Lesson(key)
        assert lesson.open(file.encode()).startswith("Answers taken over: 0.")
        lesson.guesses()
        lesson.grade()


def test_a_class_s_grades_count_whether_they_agree_or_not() -> None:
    lesson = Lesson("article")
    card = lesson.grade()
    for key in lesson.plan.claims:
        card.slots[key].value = "high"  # which none is
    press(card, "compare")
    assert all(lesson.progress.has(f"grade.{key}") for key in lesson.plan.claims)
    text = read(class_overview([from_json(lesson.saved)]).frame).text
    assert "0 of 1" in text


def test_what_a_browser_should_not_send_is_ignored() -> None:
    card = Lesson("predict").predict("sitting")
    odd: list[object] = [None, [], "keep", {"action": 3}, {"action": "keep", "value": 3}, {}]
    for content in odd:
        card._on_message(card, content, [])
    press(card, "keep", "9" * 10 * LONGEST_PRESS)
    assert card.due == []


def test_an_unknown_key_is_named() -> None:
    lesson = Lesson("predict")
    for call in (lesson.ask, lesson.predict, lesson.write, lesson.explore, lesson.solution):
        with pytest.raises(InputError, match="'nothing'"):
            call("nothing")


def test_a_class_is_seen_at_a_glance_the_hardest_first() -> None:
    answers = []
    for n in range(3):
        lesson_module._PROGRESS.clear()
        lesson = Lesson("odds")
        press(lesson.ask("odds"), "check", "0.01" if n else "10/990")
        press(lesson.ask("both"), "check", "3")
        answers.append(from_json(lesson.saved))
    text = read(class_overview(answers).frame).text
    assert "2 × gives the risk instead of the odds" in text
    assert text.index("What are the odds of a cramp?") < text.index("another × 2")
    assert "1 of 3" in text
    assert "3 of 3" in text
