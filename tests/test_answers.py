"""A pupil's answers: the same again from their file, and a stranger's file does no harm."""

import json
import math
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crampnb.lessons.entries as stored
import crampnb.lessons.folder as folder
import tests.strategies  # noqa: F401 -- sets how examples are drawn
from crampnb.errors import InputError
from crampnb.lessons.answers import (
    MOST_TEXTS,
    Answers,
    Entry,
    GuessOverview,
    QuestionOverview,
    TextOverview,
    counted,
    from_json,
    guesses,
    overview,
    read_folder,
    texts,
    to_json,
)

keys = st.from_regex(stored._KEY, fullmatch=True)
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
given_values = st.one_of(
    any_text, st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 999)
)
entries = st.builds(
    Entry,
    kind=st.sampled_from(stored.KINDS),
    value=given_values,
    first=given_values,
    right=st.sampled_from([None, True, False]),
    tries=st.integers(0, stored.MOST_TRIES),
    misconception=any_text,
)
papers = st.builds(Answers, keys, st.dictionaries(keys, entries, max_size=6))

PAPER = Answers(
    "predict",
    {
        "fluid_intake": Entry("guess", 15.0, 20.0, tries=2),
        "largest": Entry("choice", "sitting", "sitting", right=True),
        "surprise": Entry("text", "So few!\nÄ 🙂", "So few!"),
    },
)


@given(papers)
def test_answers_come_back_from_their_file(paper: Answers) -> None:
    text = to_json(paper)
    assert from_json(text) == paper == from_json(text.encode())
    assert to_json(from_json(text)) == text


def test_the_form_of_a_file() -> None:
    assert json.loads(to_json(PAPER)) == {
        "lesson": "predict",
        "entries": {
            "fluid_intake": {
                "kind": "guess",
                "value": 15.0,
                "first": 20.0,
                "right": None,
                "tries": 2,
                "misconception": "",
            },
            "largest": {
                "kind": "choice",
                "value": "sitting",
                "first": "sitting",
                "right": True,
                "tries": 1,
                "misconception": "",
            },
            "surprise": {
                "kind": "text",
                "value": "So few!\nÄ 🙂",
                "first": "So few!",
                "right": None,
                "tries": 1,
                "misconception": "",
            },
        },
    }


def file(entry: Any = None, **others: Any) -> str:
    """A file of one entry, and what else it may hold."""
    return json.dumps({"lesson": "odds", "entries": {"q1": entry}} | others)


def test_a_short_file_is_enough_and_unknown_fields_are_ignored() -> None:
    text = file({"kind": "number", "value": 3, "name": "Anna", "__class__": "x"}, pupil="Anna")
    paper = from_json("\ufeff" + text)
    assert paper == Answers("odds", {"q1": Entry("number", 3, 3)})
    assert "Anna" not in to_json(paper)


GOOD: dict[str, Any] = {"kind": "number", "value": 3}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON (line 1, column 1)"),
        ("{", "is not JSON (line 1, column 2)"),
        (b"\xff\xfe{}", "is not UTF-8 text"),
        (b"\0", "is not JSON"),
        ("null", "must be an object with a lesson and its entries"),
        ("[]", "must be an object with a lesson and its entries"),
        ('{"lesson": "odds"}', "must be an object with a lesson and its entries"),
        ('{"lesson": "odds", "entries": []}', "must be an object with a lesson and its entries"),
        ('{"entries": {}}', "lesson = '': must be 1 to 40 of a-z"),
        (file(GOOD, lesson="../x"), "lesson = '../x': must be 1 to 40 of a-z"),
        (file(GOOD, lesson=["odds"]), "lesson = ['odds']: must be 1 to 40 of a-z"),
        (file(GOOD, lesson="odds\n"), "lesson = 'odds\\n': must be 1 to 40 of a-z"),
        (file(GOOD, entries={"Q 1": GOOD}), "entries = 'Q 1': must be 1 to 40 of a-z"),
        (file(GOOD, entries={"": GOOD}), "entries = '': must be 1 to 40 of a-z"),
        (file(GOOD, entries={"a" * 41: GOOD}), "must be 1 to 40 of a-z"),
        (
            file(GOOD, entries={f"q{number}": GOOD for number in range(101)}),
            "entries = 101: allowed is 0 to 100",
        ),
        (file(None), "entries.q1 = None: must be an object with a kind and a value"),
        (file({"kind": "number"}), "must be an object with a kind and a value"),
        (file(GOOD | {"kind": "essay"}), "kind = 'essay': allowed is one of guess, choice"),
        (file(GOOD | {"kind": ["text"]}), "kind = ['text']: allowed is one of guess, choice"),
        (file(GOOD | {"value": "x" * 501}), "allowed is up to 500 characters"),
        (file(GOOD | {"value": None}), "value = None: must be a text or a number"),
        (file(GOOD | {"value": True}), "value = True: must be a text or a number"),
        (file(GOOD | {"value": "\ud800"}), "value = '\\ud800': must be whole characters"),
        (file(GOOD | {"value": math.nan}), "NaN': is not a number that JSON knows"),
        (file(GOOD | {"value": -math.inf}), "-Infinity': is not a number that JSON knows"),
        (file(GOOD).replace("3", "1e999"), "value = inf: must be a finite number"),
        (file(GOOD | {"value": 10**400}), "must be a finite number"),
        (file(GOOD).replace("3", "9" * 5000), "has a number of too many digits"),
        (file(GOOD | {"first": []}), "first = []: must be a text or a number"),
        (file(GOOD | {"right": 1}), "right = 1: allowed is true, false or null"),
        (file(GOOD | {"tries": 1.0}), "tries = 1.0: allowed is 0 to 1,000, whole"),
        (file(GOOD | {"tries": True}), "tries = True: allowed is 0 to 1,000, whole"),
        (file(GOOD | {"tries": -1}), "tries = -1: allowed is 0 to 1,000, whole"),
        (file(GOOD | {"misconception": 3}), "misconception = 3: must be a text"),
        (file(GOOD | {"misconception": "x" * 501}), "allowed is up to 500 characters"),
        ("[" * 60_000, "is nested too deeply"),
        ('{"a":' * 10_000, "is nested too deeply"),
        (" " * 64_001, "answers = 64001: allowed is up to 64,000 bytes"),
        ("é" * 32_001, "answers = 64002: allowed is up to 64,000 bytes"),
    ],
    ids=range(40),
)
def test_a_bad_file_is_refused_in_one_line(text: str | bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text)
    assert reason in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 400


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)
fields = ["kind", "value", "first", "right", "tries", "misconception"]
near_misses = st.dictionaries(st.sampled_from(fields), json_values)


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60), json_values.map(json.dumps)))
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text)
    assert len(str(caught.value).splitlines()) == 1


@given(near_misses)
def test_any_entry_is_read_or_refused(entry: dict[str, Any]) -> None:
    try:
        paper = from_json(file({"kind": "text", "value": "x"} | entry))
    except InputError:
        return
    assert from_json(to_json(paper)) == paper


def test_more_than_a_file_may_hold_is_not_written() -> None:
    long = Entry("text", "é" * 500, "é" * 500)
    with pytest.raises(InputError, match="allowed is up to 64,000 bytes"):
        to_json(Answers("odds", {f"q{number}": long for number in range(100)}))


def test_what_is_made_in_python_has_the_same_bounds() -> None:
    for wrong in ({"value": math.nan}, {"value": None}, {"kind": "x"}, {"first": "x" * 501}):
        with pytest.raises(InputError):
            Entry(**{"kind": "number", "value": 1, "first": 1} | wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^entries = 'no key'"):
        Answers("odds", {"no key": Entry("task", "done", "done")})


def test_a_folder_of_files(tmp_path: Path) -> None:
    second = Answers("odds", {})
    (tmp_path / "b.json").write_text(to_json(second), "utf-8")
    (tmp_path / "a.JSON").write_text(to_json(PAPER), "utf-8")
    (tmp_path / "notes.txt").write_text("not read")
    (tmp_path / ".hidden.json").write_text("not read, and not named")
    other = "Not read, as these are no JSON files of answers: 'notes.txt'."
    assert read_folder(tmp_path) == ([PAPER, second], [other])
    assert read_folder(str(tmp_path)) == read_folder(tmp_path)


def test_a_pupil_who_hands_in_twice_is_one_pupil(tmp_path: Path) -> None:
    early = Answers("odds", {"both": Entry("number", 3.5, 3.5, False)}, "0123ab")
    late = Answers("odds", {"both": Entry("number", 3.0, 3.5, True, 2)}, "0123ab")
    others = [Answers("odds", {}, "0123ac"), Answers("sure", {}, "0123ab"), Answers("odds", {})]
    for name, held in enumerate((early, late, early, *others, others[-1])):
        (tmp_path / f"{name}.json").write_text(to_json(held), "utf-8")
    answers, problems = read_folder(tmp_path)
    assert answers == [late, *others, others[-1]]  # files without a number are not compared
    assert problems == [
        f"'{name}.json': of the same pupil as '1.json', with no more answers" for name in (0, 2)
    ]


def test_what_cannot_be_used_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text(to_json(PAPER), "utf-8")
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "folder.json").mkdir()
    (folder / "link.json").symlink_to(outside)
    (folder / "broken.json").write_text("{")
    (folder / "binary.json").write_bytes(bytes(range(256)))
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(10**11)  # a hole: no bytes on the disk
    (folder / "line\nbreak.json").write_text("[]")
    (folder / "z.json").write_text(to_json(PAPER), "utf-8")
    kept, problems = read_folder(folder)
    assert kept == [PAPER]
    assert [problem.partition(": ")[0] for problem in problems] == [
        "'binary.json'",
        "'broken.json'",
        "'huge.json'",
        "'line\\nbreak.json'",
        "Not read, as these are no JSON files of answers",
    ]
    assert problems[4].endswith(": 'link.json'.")
    assert problems[1] == "'broken.json': answers = '{': is not JSON (line 1, column 2)"
    assert "allowed is up to 64,000 bytes" in problems[2]
    assert all(problem.isprintable() for problem in problems)
    assert str(folder) not in "".join(problems)


def test_folders_of_pupils_and_names_that_grew_are_read(tmp_path: Path) -> None:
    papers = [
        Answers("predict", {f"q{number}": Entry("text", "yes", "yes")}) for number in range(4)
    ]
    names = (
        "Pupil 0_1230_assignsubmission_file_/answers-predict.json",
        "Pupil 1_1231_assignsubmission_file_/deeper/answers-predict.json.txt",
        "answers-predict (1).json",
        "answers-predict.json.txt",
    )
    for name, paper in zip(names, papers, strict=True):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(to_json(paper), "utf-8")
    (tmp_path / names[0]).with_name("essay.docx").write_bytes(b"PK")
    kept, problems = read_folder(tmp_path)
    assert kept == papers
    named = "'Pupil 0_1230_assignsubmission_file_/essay.docx'"
    assert problems == [f"Not read, as these are no JSON files of answers: {named}."]


def test_a_zip_is_read_as_its_folder(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "all.zip", "w", ZIP_DEFLATED) as packed:
        packed.writestr("Pupil 0/answers.json", to_json(PAPER))
        packed.writestr("Pupil 1/bomb.json", bytes(10**8))
        packed.writestr("__MACOSX/Pupil 0/answers.json", "a twin")
        packed.writestr("Pupil 1/photo.jpg", "not JSON")
    (tmp_path / "broken.zip").write_bytes((tmp_path / "all.zip").read_bytes()[:100])
    with (tmp_path / "huge.zip").open("wb") as huge:
        huge.truncate(10**11)
    kept, problems = read_folder(tmp_path)
    assert kept == [PAPER]
    assert problems == [
        "'all.zip/Pupil 1/bomb.json': answers = 64001: allowed is up to 64,000 bytes",
        "Not read, as these are no JSON files of answers: 'broken.zip', 'huge.zip'.",
    ]


def test_a_damaged_file_in_a_zip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with ZipFile(path, "w") as packed:
        packed.writestr("a.json", to_json(PAPER))
        packed.writestr("b.json", "x" * 100)
    path.write_bytes(path.read_bytes().replace(b"x" * 100, b"y" * 100))
    assert read_folder(tmp_path) == ([PAPER], ["'all.zip/b.json': cannot be unpacked"])


def test_many_other_files_make_one_short_line(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}{'x' * 200}.png").touch()
    _, (line,) = read_folder(tmp_path)
    assert line.endswith(", 25 more.")
    assert len(line) < 500


def test_a_folder_with_half_a_disk_in_it_is_not_walked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_SEEN", 20)
    for number in range(21):
        (tmp_path / f"{number}.json").touch()
    assert read_folder(tmp_path) == (
        [],
        ["The folder cannot be read: there are more than 20 files in it."],
    )


def test_a_class_hands_in_six_lessons(tmp_path: Path) -> None:
    for number in range(35 * 6):
        (tmp_path / f"{number:03}.json").write_text(to_json(PAPER))
    assert read_folder(tmp_path) == ([PAPER] * 210, [])


def test_no_more_than_2000_files_are_read(tmp_path: Path) -> None:
    for number in range(2003):
        (tmp_path / f"{number:04}.json").write_text("{}" if number < 2000 else to_json(PAPER))
    kept, problems = read_folder(tmp_path)
    assert kept == []
    assert len(problems) == 2001
    assert problems[-1] == "Only the first 2,000 of 2,003 files were read."


def test_files_are_read_up_to_their_size_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crampnb.lessons.folder.MOST_BYTES", 2 * len(to_json(PAPER).encode()))
    for number in range(5):
        (tmp_path / f"{number}.json").write_text(to_json(PAPER), "utf-8")
    kept, problems = read_folder(tmp_path)
    assert kept == [PAPER] * 3
    assert problems == ["Only the first 3 of 5 files were read."]


@pytest.mark.parametrize("name", ["nowhere", "file", "a\0b"])
def test_a_folder_that_is_none_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    kept, problems = read_folder(str(tmp_path / name))
    assert kept == []
    assert len(problems) == 1
    assert problems[0].startswith("The folder cannot be read: ")


def test_an_overview_by_hand() -> None:
    def choice(right: bool, tries: int, misconception: str = "") -> Entry:
        return Entry("choice", "b", "a", right, tries, misconception)

    guess = Entry("guess", 12, 12)
    class_ = [
        Answers("odds", {"q2": choice(True, 1), "q1": guess}),
        Answers("odds", {"q2": choice(True, 3, "odds are risks"), "q3": guess}),
        Answers("sure", {"q2": guess}),
        Answers("odds", {"q2": choice(False, 2, "adds up"), "q1": guess}),
        Answers("odds", {"q2": choice(False, 2, "odds are risks")}),
    ]
    assert overview(class_) == [
        QuestionOverview("odds", "q2", 4, 4, 1, 2, 2.0, (("odds are risks", 2), ("adds up", 1))),
        QuestionOverview("odds", "q1", 2, 0, 0, 0, 1.0, ()),
        QuestionOverview("odds", "q3", 1, 0, 0, 0, 1.0, ()),
        QuestionOverview("sure", "q2", 1, 0, 0, 0, 1.0, ()),
    ]
    assert overview([]) == []


def test_guesses_spread_from_the_lowest_to_the_highest() -> None:
    said: list[float | str] = [30, 5, 300, 12, "twelve", 1e300, -4]
    class_ = [Answers("predict", {"guess.sitting": Entry("guess", one, one)}) for one in said]
    assert guesses(class_) == [GuessOverview("predict", "guess.sitting", 4, 5, 12, 300)]
    assert guesses([PAPER]) == [GuessOverview("predict", "fluid_intake", 1, 20, 20, 20)]
    assert guesses([]) == []


def test_what_was_written_tells_nobodys_place_in_the_folder() -> None:
    said = ["so few", "  ", "All the same", "why?", ""]
    class_ = [Answers("predict", {"surprise": Entry("text", one, one)}) for one in said]
    written = [TextOverview("predict", "surprise", ("All the same", "so few", "why?"), 0)]
    assert texts(class_) == written == texts(class_[::-1])


def test_so_many_texts_are_shown_and_no_more() -> None:
    class_ = [Answers("own", {"q": Entry("text", f"{n:03}", "")}) for n in range(MOST_TEXTS + 5)]
    (written,) = texts(class_)
    assert written.texts == tuple(f"{n:03}" for n in range(MOST_TEXTS))
    assert written.more == 5


def test_files_are_counted_in_words() -> None:
    assert [counted([PAPER] * n) for n in range(3)] == [
        "0 files read.", "1 file read.", "2 files read.",
    ]  # fmt: skip


few = st.sampled_from(["a", "b", "c"])
choices = st.builds(
    Entry,
    kind=st.just("choice"),
    value=few,
    first=few,
    right=st.sampled_from([None, True, False]),
    tries=st.integers(1, 3),
    misconception=st.sampled_from(["", "adds up", "odds are risks"]),
)


@given(st.lists(st.builds(Answers, few, st.dictionaries(few, choices)), max_size=6))
def test_an_overview_counts_every_answer_once(class_: list[Answers]) -> None:
    questions = overview(class_)
    assert sum(one.answered for one in questions) == sum(len(paper.entries) for paper in class_)
    assert len({(one.lesson, one.key) for one in questions}) == len(questions)
    for one in questions:
        assert one.right_at_first <= one.right_in_the_end <= one.checked <= one.answered
        assert 0 <= one.tries <= stored.MOST_TRIES
        counts = [count for _, count in one.misconceptions]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) <= one.answered
