"""The lessons' controls without a browser: no reveal before a guess, hints, ticks, files."""

import json
import re
from pathlib import Path

import pytest

import crampnb.lessons.plans as plans
from crampnb.dashboard.island import script, style
from crampnb.errors import InputError
from crampnb.lessons.answers import LARGEST, from_json, read_folder
from crampnb.lessons.cards.card import Card
from crampnb.lessons.cards.head import HeadCard
from crampnb.lessons.claims import GRADES
from crampnb.lessons.classroom import shipped_class
from crampnb.lessons.figures import judgements
from crampnb.lessons.lesson import Lesson, Told, class_overview
from crampnb.lessons.plans import lessons
from crampnb.lessons.progress import Progress, progress_of
from crampnb.lessons.quiz import ChoiceQuestion
from crampnb.model.explain import explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from crampnb.model.stories import disagreement
from crampnb.views.elements import NOTHING
from tests.markup import read

DAY_LABELS = ("Hydration", "Sitting time", "Activity load", "Electrolyte intake")


def begun(key: str) -> Lesson:
    """A lesson as a new kernel has it, with nothing done."""
    return Lesson(key, Progress(plans.lesson(key)))


def guessed(key: str) -> Lesson:
    """A lesson in which every day is guessed."""
    lesson = begun(key)
    for name in lesson.plan.situations:
        press(lesson.predict(name), "keep", "40")
    return lesson


def press(card: Card, action: object, value: object = "") -> None:
    """What the browser sends when a button is pressed."""
    card._on_message(card, {"action": action, "value": value}, [])


def told(card: Card, part: str = "told") -> str:
    """The text of a part."""
    return read(card.parts.get(part, "")).text


@pytest.mark.parametrize("name", list(lessons()["predict"].situations))
def test_nothing_is_revealed_before_a_guess(name: str) -> None:
    lesson = begun("predict")
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
    lesson = begun("predict")
    card = lesson.predict("sitting")
    press(card, "keep", text)
    assert card.due == []
    assert "0 to 1,000" in told(card)
    assert lesson.progress.entries == {}


def test_the_first_guess_counts_and_survives_running_the_cell_again() -> None:
    lesson = begun("predict")
    card = lesson.predict("sitting")
    press(card, "keep", "42")
    press(card, "keep", "12")
    again = Lesson("predict", lesson.progress)
    card = again.predict("sitting")
    assert told(card).startswith("You guessed 42.")
    assert card.due == ["kept"]
    table = read(again.guesses().frame).text
    assert "42" in table
    assert "not yet" in table
    assert "guess first" in table


@pytest.mark.parametrize("key", list(lessons()))
def test_every_question_gives_a_hint_then_the_way(key: str) -> None:
    lesson = guessed(key)
    for question in lesson.plan.questions.values():
        card = lesson.ask(question.key)
        for blank in ("", "   "):
            press(card, "check", blank)
            assert told(card) == "Give an answer first."
        assert question.key not in lesson.progress.entries
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
        asked = ["asked"] if question.key in lesson.plan.after_guesses else []
        assert card.due == [*asked, "wrong"]
        assert not lesson.progress.has(question.key)
        press(card, "how")
        assert told(card, "how") == question.explained
        press(card, "check", right)
        assert told(card) == f"Yes. {question.explained}"
        entry = lesson.progress.entries[question.key]
        assert (entry.right, entry.tries) == (True, 2)
        assert told(lesson.ask(question.key)).startswith("Done before.")


def test_a_kernel_has_one_progress_for_each_lesson() -> None:
    assert Lesson("predict").progress is Lesson("predict").progress is progress_of("predict")
    assert Lesson("predict").progress is not Lesson("odds").progress
    assert Lesson("predict").progress.id != begun("predict").progress.id


def test_tasks_tick_themselves_and_stay_ticked() -> None:
    lesson = begun("stories")
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
    lesson = begun("article")
    card = lesson.grade()
    press(card, "compare")
    assert told(card) == f"{len(lesson.plan.claims)} claims have no grade yet."
    for key, claim in lesson.plan.claims.items():
        card.slots[key].value = claim.grade
    card.slots["cause.overuse"].value = "moderate"
    card.slots["cause.posture"].value = "not known"
    card.slots["cause.conditions"].value = "high"
    press(card, "compare")
    count = len(lesson.plan.claims)
    assert told(card) == f"As the evidence: {count - 2} of {count}. Close, one step away: 1."
    assert told(card, "result.cause.overuse").endswith("one step apart, which is close.")
    assert told(card, "result.cause.posture").endswith("just as good: no study of this was found.")
    assert told(card, "result.cause.conditions").endswith("further apart.")
    assert told(card, "result.cause.nutrition").endswith("the same.")
    shown = read(card.frame).text
    assert all(claim.verdict in shown for claim in lesson.plan.claims.values())
    assert "Cause 1:" in shown
    assert "Tip 4:" in shown


def test_the_article_is_told_in_our_own_words_with_its_causes_and_tips() -> None:
    page = read(begun("article").article().frame)
    causes, tips = (items.tags("li") for items in page.tags("ol"))
    assert (len(causes), len(tips)) == (6, 5)
    assert "paraphrase" in page.text


def test_the_ordinary_day_comes_in_everyday_words_with_1_000_people() -> None:
    page = read(begun("predict").ordinary_day().frame)
    people = explain({}).people
    assert [row[0] for row in page.rows()] == list(DAY_LABELS)
    assert f"about {people.risk} of them would have at least one cramp" in page.text
    assert page.tags("svg")[0].attrs["aria-label"].startswith(f"{people.risk} of 1,000 people")
    assert "Illustration, not a prediction." in page.text


def test_what_lesson_1_shows_answers_the_questions_that_it_should() -> None:
    lesson = begun("predict")
    for name in lesson.plan.situations:
        press(lesson.predict(name), "keep", "40")
    shown = [told(lesson.later(key), "text") for key in lesson.plan.later]
    shown += [read(lesson.ordinary_day().frame).text]
    shown += [question.explained for question in lesson.plan.choices.values()]
    text = " ".join(shown)
    for answer in (
        "It gives no source, no number and no “perhaps”.",  # why the article is too sure
        "counts people, not cramps",  # what 10 of 1,000 is
        "It knows nothing about one person.",  # what the model does not know
        "where the figure may well lie",  # what the range says
        "the body needs water for much else",  # whether one may drink less
    ):
        assert answer in text


def test_what_gives_an_answer_away_opens_after_the_guess() -> None:
    lesson = begun("sure")
    card = lesson.later("ranking")
    assert "This opens later." in told(card, "text")
    assert "to" not in told(card, "text").split("First comes")[0].split()[4:]
    question = lesson.ask("moves")
    wrong = next(key for key in question.question.options if key != question.question.right)
    question.slots["answer"].value = wrong
    press(question, "check")
    assert told(question).startswith("Not yet. ")
    assert all(one.label in told(card, "text") for one in judgements())
    lesson.progress.forget()
    assert "This opens later." in told(card, "text")


def test_choices_are_shuffled_the_same_for_one_learner_and_another_for_the_next() -> None:
    orders = set()
    for _ in range(12):
        lesson = begun("predict")
        shown = lesson.ask("range").slots["answer"].options
        assert lesson.ask("range").slots["answer"].options == shown
        orders.add(shown)
        later = begun("predict")
        card = later.ask("range")
        press(lesson.ask("most"), "check", "990")
        press(later.overview(), "recall", lesson.saved)
        assert card.slots["answer"].options == shown
        assert card.slots["answer"].value is None
    assert len(orders) > 1


def test_what_would_tell_a_day_waits_until_all_are_guessed() -> None:
    lesson = begun("predict")
    *days, last = lesson.plan.situations
    for name in days:
        press(lesson.predict(name), "keep", "40")
    card = lesson.ask("least")
    card.slots["answer"].value = "sitting"
    press(card, "check")
    assert told(card).startswith("First guess")
    assert "least" not in lesson.progress.entries
    press(lesson.predict(last), "keep", "40")
    press(card, "check")
    assert told(card).startswith("Not yet. ")


def test_a_hint_goes_when_another_answer_is_chosen() -> None:
    card = guessed("predict").ask("range")
    for value, said in (("people", "Not yet. The figure counts"), ("could", "Yes.")):
        card.slots["answer"].value = value
        assert told(card) == ""
        press(card, "check")
        assert told(card).startswith(said)
    card.slots["answer"].value = "people"
    assert told(card).startswith("Yes.")


def test_the_head_names_what_is_missing_and_what_comes_next() -> None:
    lesson = begun("class")
    card = lesson.overview()
    assert "Still to do: the question “The model's figure" in told(card, "missing")
    for question in lesson.plan.choices.values():
        one = lesson.ask(question.key)
        one.slots["answer"].value = question.right
        press(one, "check")
    assert told(card, "progress") == "Done: 2 of 3."
    assert told(card, "missing").startswith("Still to do: your words on “How would you make")
    press(lesson.write("better"), "keep", "More people.")
    assert told(card, "missing") == "All done."


def test_a_flat_curve_is_not_taken_for_advice() -> None:
    lesson = begun("predict")
    for card in (lesson.predict("fluid_intake"), lesson.explore("fluid_intake")):
        assert "no permission to drink nothing" in read(card.frame).text


def test_sliders_stay_away_as_long_as_they_would_tell_what_is_to_be_guessed() -> None:
    lesson = begun("predict")
    card = lesson.explore("fluid_intake", "activity_load")
    for waited_for in ("Hydration", "Activity load"):
        assert waited_for in told(card, "waits")
    assert card.due == []
    press(lesson.predict("sitting"), "keep", "20")
    press(lesson.predict("fluid_intake"), "keep", "20")
    assert card.due == []
    assert "Hydration" not in told(card, "waits")
    press(lesson.predict("activity_load"), "keep", "20")
    assert (card.due, told(card, "waits")) == (["open"], "")
    lesson.progress.forget()
    assert card.due == []
    assert begun("stories").explore("fluid_intake").due == ["open"]


def test_words_that_are_not_kept_are_not_called_kept() -> None:
    lesson = begun("stories")
    card = lesson.write("study")
    press(card, "keep", "Toss a coin.")
    card.slots["text"].value = "Toss a coin."
    assert told(card) in ("Kept.", "")
    card.slots["text"].value = "Toss a coin, and"
    assert "Not kept yet" in told(card)
    lesson.progress.replace(dict(lesson.progress.entries))
    assert (card.slots["text"].value, told(card)) == ("Toss a coin.", "")


def test_a_grade_that_is_changed_is_kept_as_it_is_compared() -> None:
    lesson = begun("article")
    card = lesson.grade()
    for grade in ("not known", "very low"):
        for box in card.slots.values():
            box.value = grade
        press(card, "compare")
    entries = lesson.progress.entries
    assert {entries[f"grade.{key}"].value for key in lesson.plan.claims} == {"very low"}
    assert {entries[f"grade.{key}"].first for key in lesson.plan.claims} == {"not known"}


def test_sliders_may_begin_with_another_day() -> None:
    middle = shipped_class().middle
    card = begun("class").explore("sitting", "longest_sitting", day=middle)
    assert told(card, "sentence") == explain(middle).sentence


def test_grades_that_come_back_bring_the_evidence_s() -> None:
    lesson = begun("article")
    card = lesson.grade()
    for box in card.slots.values():
        box.value = GRADES[-1]
    press(card, "compare")
    shown = dict(card.parts)
    lesson.progress.replace(dict(lesson.progress.entries))
    assert dict(card.parts) == shown
    assert "As the evidence" in told(card)


def test_the_way_is_shown_on_request() -> None:
    card = begun("odds").way("recreate")
    press(card, "how")
    assert "ratio[name] ** dose[name]" in told(card, "how")


def test_the_learner_s_own_number_is_checked_to_six_digits() -> None:
    lesson = begun("odds")
    value = lesson.plan.values["recreate"]
    assert "as it came" in lesson.verify("recreate", lesson.plan.unmended["recreate"])
    assert not lesson.progress.entries
    assert "Not yet" in lesson.verify("recreate", value * 1.00001)
    assert "people of 1,000" in lesson.verify("recreate", 1000 * value)
    assert "not a number" in lesson.verify("recreate", "0.5")
    assert "right, but rounded" in lesson.verify("recreate", round(value, 6))
    assert "two stars" in lesson.verify("recreate", lesson.plan.slips["recreate"][0].value)
    assert lesson.progress.entries["recreate"].misconception == "multiplies by the dose"
    found = lesson.verify("recreate", value)
    assert repr(found) == found == Told(f"Yes: {value:.6f} is the model's number to six digits.")
    assert lesson.progress.has("recreate")


def test_words_are_kept_and_bounded() -> None:
    lesson = guessed("predict")
    card = lesson.write("surprise")
    press(card, "keep", "  ")
    assert told(card) == "Write something first."
    press(card, "keep", "x" * 10_000)
    assert told(card) == "Kept."
    assert lesson.progress.entries["surprise"].value == "x" * 500


def test_answers_are_saved_and_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = begun("predict")
    press(lesson.predict("sitting"), "keep", "42")
    sent: list[object] = []
    card = lesson.overview()
    monkeypatch.setattr(card, "send", sent.append)
    press(card, "save")
    [message] = sent
    assert isinstance(message, dict)
    assert re.fullmatch(r"answers-predict-[0-9a-f]{6}\.json", message["name"])
    assert told(card, "said").startswith(f"Saved: {message['name']}, with one answer")
    assert json.loads(message["text"])["entries"]["guess.sitting"]["value"] == 42
    later = begun("predict")
    assert later.open(message["text"].encode()).startswith("Answers taken over: 1.")
    assert later.progress.has("guess.sitting")
    assert "Done: 1 of" in told(later.overview(), "progress")


def test_files_of_two_pupils_have_two_names_and_the_teacher_reads_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for guess in ("12", "40"):
        lesson = begun("predict")
        press(lesson.predict("sitting"), "keep", guess)
        card = lesson.overview()
        monkeypatch.setattr(
            card, "download", lambda name, text: (tmp_path / name).write_text(text, "utf-8")
        )
        press(card, "save")
    answers, problems = read_folder(tmp_path)
    assert sorted(one.entries["guess.sitting"].value for one in answers) == [12, 40]
    assert problems == []


def test_there_is_nothing_to_save_before_an_answer() -> None:
    card = begun("predict").overview()
    press(card, "save")
    assert told(card, "said") == "There is no answer to save yet."


def test_a_new_kernel_gets_back_what_the_browser_kept_and_every_card_shows_it() -> None:
    before = guessed("predict")
    press(before.write("surprise"), "keep", "How little!")
    kept = before.overview().kept
    lesson = begun("predict")
    head, guess, text = lesson.overview(), lesson.predict("sitting"), lesson.write("surprise")
    table = lesson.guesses()
    press(head, "recall", kept)
    assert told(head, "said").startswith("Your answers are back: 5")
    assert told(guess).startswith("You guessed 40.")
    assert text.slots["text"].value == "How little!"
    assert "40" in told(table, "guesses")
    press(head, "forget")
    assert head.due == ["sure"]
    assert lesson.progress.entries
    learner = lesson.progress.id
    press(head, "forget-all")
    assert lesson.progress.id != learner == before.progress.id
    assert json.loads(head.kept)["entries"] == {}
    assert (told(guess), guess.due, guess.slots["guess"].value) == ("", [], "")
    assert text.slots["text"].value == ""


def test_the_browser_is_told_what_to_keep_with_the_card_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told_first: list[str] = []
    monkeypatch.setattr(HeadCard, "open", lambda card: told_first.append(card.kept))
    lesson = begun("predict")
    lesson.overview()
    assert told_first == [lesson.saved]


def test_what_the_browser_kept_does_not_replace_a_newer_answer() -> None:
    lesson = begun("predict")
    press(lesson.predict("sitting"), "keep", "42")
    kept = lesson.saved
    lesson.progress.replace({})
    card = lesson.overview()
    press(lesson.predict("sitting"), "keep", "7")
    press(card, "recall", kept)
    assert lesson.progress.entries["guess.sitting"].value == 7
    for odd in ("", "[]", kept.replace("predict", "odds")):
        press(card, "recall", odd)
    assert told(card, "said") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a number first"),
        ("1,5", "People come whole: write a whole number"),
        ("a lot", "I cannot read “a lot” as one number. Write a whole number"),
        ("2000", "Of 1,000 people that cannot be: write a whole number"),
        ("1,000", "Do you mean 1 or 1000?"),
        ("12", "You guessed 12."),
        ("12 in 1000", "Read as 12."),
        ("1.2 %", "Read as 12."),
        ("٣", "Read as 3."),
    ],
)
def test_a_guess_is_read_as_answers_are_and_shown_before_it_is_locked(text: str, said: str) -> None:
    card = begun("predict").predict("sitting")
    assert card.slots["guess"].value == ""
    press(card, "keep", text)
    assert said in told(card)
    if said.startswith("Read as"):
        assert card.due == []
        press(card, "keep", card.slots["guess"].value)
        assert told(card).startswith(f"You guessed {card.slots['guess'].value}.")


def test_a_second_guess_is_told_that_the_first_stays() -> None:
    card = begun("predict").predict("sitting")
    press(card, "keep", "42")
    press(card, "keep", "12")
    assert told(card).endswith("Your first guess stays.")
    assert card.slots["guess"].value == "42"


def test_a_saved_notebook_holds_a_place_that_says_how_to_wake_the_card(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = begun("predict").predict("sitting")
    shown = card._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert card.card in shown["text/html"]
    assert "“Run All Cells” in the menu" in shown["text/html"]
    monkeypatch.setenv("VSCODE_PID", "1")
    bundle, _ = card._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_script_and_style_are_sent_once_for_all_cards() -> None:
    lesson = begun("predict")
    cards = [lesson.overview(), lesson.predict("sitting"), lesson.write("surprise")]
    [bundle] = {card.bundle for card in cards}
    assert (bundle.module, bundle.style) == (script("card.js"), style())
    for card in cards:
        state = card.get_state()
        assert state["bundle"] == f"IPY_MODEL_{bundle.model_id}"
        sent = "".join(value for value in state.values() if isinstance(value, str))
        assert len(sent) < 5_000


def test_a_number_typed_beside_a_slider_is_taken_or_said_why_not() -> None:
    card = begun("stories").explore("sitting")
    press(card, "type", "sitting.box=7,5")
    assert card.slots["sitting"].value == 7.5
    press(card, "type", "sitting.box=many")
    assert card.beside["sitting"]
    card.slots["sitting"].value = 8
    assert card.beside == {}


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"lesson": "odds", "entries": {}}', b"[" * 50_000,
     b'{"lesson": "predict", "entries": {"guess.sitting": {"kind": "guess", "value": NaN}}}',
     b" " * 70_000],
)  # fmt: skip
def test_a_broken_or_foreign_file_changes_nothing(content: bytes) -> None:
    lesson = begun("predict")
    assert lesson.open(content).startswith("The file could not be opened.")
    assert lesson.progress.entries == {}


def test_a_question_that_would_tell_comes_after_the_guesses() -> None:
    lesson = begun("predict")
    card = lesson.ask("range")
    assert card.due == []
    assert "after the guesses" in told(card, "waits")
    assert lesson.plan.questions["range"].prompt not in card.label
    for name in lesson.plan.situations:
        press(lesson.predict(name), "keep", "40")
    assert (card.due, told(card, "waits")) == (["asked"], "")
    assert card.label == lesson.plan.questions["range"].prompt
    press(HeadCard(lesson.progress), "forget-all")
    assert card.due == []


def test_words_on_the_guesses_and_what_the_model_does_not_know_come_after_them_all() -> None:
    lesson = begun("predict")
    words, later = lesson.write("surprise"), lesson.later("unknown")
    press(lesson.predict("fluid_intake"), "keep", "40")
    press(words, "keep", "x")
    assert told(words) == "First guess the days above, all of them."
    assert "This opens later" in told(later, "text")
    assert "surprise" not in lesson.progress.entries
    for name in lesson.plan.situations:
        press(lesson.predict(name), "keep", "40")
    assert words.due == ["asked"]
    assert "opens later" not in told(later, "text")


def test_what_cannot_be_read_is_no_try() -> None:
    lesson = begun("odds")
    card = lesson.ask("people")
    press(card, "check", "abc")
    assert told(card) == "I cannot read “abc” as one number. Try one like 15, 1.5 or 3/2."
    assert (lesson.progress.entries, card.due) == ({}, [])
    press(card, "check", "x" * 400)
    assert f"“{'x' * 20}…”" in told(card)
    press(card, "check", "15?")
    assert lesson.progress.entries["people"].tries == 1


def test_a_guess_far_off_leaves_the_ranges_their_room() -> None:
    lesson = begun("predict")
    for name, guess in zip(lesson.plan.situations, ("1000", "12", "20", "15"), strict=True):
        press(lesson.predict(name), "keep", guess)
    table = lesson.guesses().frame
    assert table.count("100 of 1,000</span>") == 4  # twice the highest range is less
    assert "you: 1000 →" in table
    widths = [
        float(one) for one in re.findall(r"range-bar\" style=\"left:.*?;width:([\d.]+)%", table)
    ]
    assert len(widths) == 4
    assert min(widths) > 20


def test_a_file_that_replaces_answers_says_how_many() -> None:
    lesson = begun("odds")
    press(lesson.ask("odds"), "check", "10 : 990")
    press(lesson.ask("dose"), "check", "0.5")
    file = lesson.progress.saved.replace('"0.5"', '"0.6"').encode()
    assert lesson.open(file) == (
        "Answers taken over: 2. In 1 of them something else stood here before."
    )
    assert lesson.open(file) == "Answers taken over: 2."


def test_what_one_head_says_is_over_when_the_other_forgets() -> None:
    lesson = begun("odds")
    press(lesson.ask("odds"), "check", "10 : 990")
    upper, lower = HeadCard(lesson.progress), HeadCard(lesson.progress)
    press(upper, "save")
    assert "Saved" in told(upper, "said")
    press(lower, "forget-all")
    assert told(upper, "said") == ""
    assert "stays there" in told(lower, "said")


@pytest.mark.parametrize("value", ['"many"', "-1", "1e300", '""'])
def test_a_forged_guess_or_grade_is_left_out(value: str) -> None:
    for key, step in (("predict", "guess.sitting"), ("article", "grade.tip.drink")):
        entry = f'{{"kind": "text", "value": {value}}}'
        file = f'{{"lesson": "{key}", "entries": {{"{step}": {entry}}}}}'
        lesson = begun(key)
        assert lesson.open(file.encode()).startswith("Answers taken over: 0.")
        lesson.guesses()
        lesson.grade()


def test_a_class_s_grades_count_whether_they_agree_or_not() -> None:
    lesson = begun("article")
    card = lesson.grade()
    for key in lesson.plan.claims:
        card.slots[key].value = "high"  # which none is
    press(card, "compare")
    assert all(lesson.progress.has(f"grade.{key}") for key in lesson.plan.claims)
    text = read(class_overview([from_json(lesson.saved)]).frame).text
    assert "0 of 1" in text


def test_what_a_browser_should_not_send_is_ignored() -> None:
    card = begun("predict").predict("sitting")
    odd: list[object] = [None, [], "keep", {"action": 3}, {"action": "keep", "value": 3}, {}]
    for content in odd:
        card._on_message(card, content, [])
    press(card, "keep", "9" * 10 * Card.longest_press)
    assert card.due == []


def test_the_answers_of_a_lesson_fit_into_one_press() -> None:
    pressed: list[str] = []
    press(Card("any", NOTHING, actions={"recall": pressed.append}), "recall", "x" * LARGEST)
    assert pressed == ["x" * LARGEST]


def test_an_unknown_key_is_named() -> None:
    lesson = begun("predict")
    for call in (
        *(lesson.ask, lesson.predict, lesson.write, lesson.explore, lesson.solution),
        *(lesson.later, lesson.way),
    ):
        with pytest.raises(InputError, match="'nothing'"):
            call("nothing")


def test_a_class_is_seen_at_a_glance_the_hardest_first() -> None:
    answers = []
    for n in range(3):
        lesson = begun("odds")
        press(lesson.ask("odds"), "check", "0.01" if n else "10/990")
        press(lesson.ask("both"), "check", "3")
        answers.append(from_json(lesson.saved))
    text = read(class_overview(answers).frame).text
    assert "2 × gives the risk instead of the odds" in text
    assert text.index("What are the odds of a cramp?") < text.index("another × 2")
    assert "1 of 3" in text
    assert "3 of 3" in text


def test_a_class_s_guesses_and_texts_are_shown_and_no_name_is() -> None:
    answers = []
    for guess, text in (("40", "So <b>few</b>!"), ("200", ""), ("15", "a flat curve")):
        lesson = begun("predict")
        for name in lesson.plan.situations:
            press(lesson.predict(name), "keep", guess)
        if text:
            press(lesson.write("surprise"), "keep", text)
        answers.append(from_json(lesson.saved))
    page = read(class_overview(answers).frame)
    assert "&lt;b&gt;few" in class_overview(answers).frame
    assert "15 to 200" in page.text
    assert f"{natural_frequency(explain({'sitting': 10}).risk)} 3" in " ".join(page.text.split())
    surprise = lesson.plan.writing["surprise"]
    assert page.text.index(surprise) < page.text.index("a flat curve") < page.text.index("So <b>")


def test_a_class_s_own_code_has_a_prompt() -> None:
    lesson = begun("odds")
    lesson.verify("recreate", 0.5)
    text = read(class_overview([from_json(lesson.saved)]).frame).text
    assert "Code of one's own" in text
    assert "recreate" not in text


def test_a_class_without_answers_is_told_so() -> None:
    assert "There is no answer yet" in read(class_overview([]).frame).text
