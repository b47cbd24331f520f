"""A class's file: good rows are kept, bad ones named, and no file brings it down."""

import os
import random
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crampnb.lessons.classroom as classroom
from crampnb.errors import InputError
from crampnb.lessons.classroom import (
    ClassData,
    Problem,
    find_class,
    read_class,
    shipped_class,
)
from crampnb.model.explain import explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from tests.strategies import INPUTS, values

HEAD = "sitting,longest_sitting,activity_load\n"
ROW = "8,60,1000\n"
DAY = Profile(sitting=8, longest_sitting=60, activity_load=1000)

rows = st.lists(
    st.fixed_dictionaries({name: values(INPUTS[name]) for name in classroom.COLUMNS}).map(
        lambda day: Profile(**{name: round(day[name], INPUTS[name].decimals) for name in day})
    ),
    min_size=1,
    max_size=20,
)


def as_csv(rows: Sequence[Profile]) -> str:
    """The rows as a file, with the decimals that the sliders show."""
    decimals = {name: INPUTS[name].decimals for name in classroom.COLUMNS}
    lines = [
        [f"{getattr(row, name):.{places}f}" for name, places in decimals.items()] for row in rows
    ]
    return "".join(",".join(line) + "\n" for line in [classroom.COLUMNS, *lines])


def told(source: Path | str | bytes) -> list[str]:
    """What is said about the file."""
    return [str(problem) for problem in read_class(source).problems]


def test_a_plain_file() -> None:
    assert read_class(HEAD + ROW + "4.5,30,0\n") == ClassData(
        (DAY, Profile(sitting=4.5, longest_sitting=30, activity_load=0))
    )


@pytest.mark.parametrize(
    "text",
    [
        "activity_load,sitting,longest_sitting\n1000,8,60",
        "Sitting , LONGEST_SITTING,Activity_Load\n 8 , 60 , 1000 \n",
        "sitting;longest_sitting;activity_load\n8,0;60,00;1000\n",
        "sitting;longest sitting;activity-load\r\n8.0;60.;1000\r\n",
        '"sitting","longest_sitting","activity_load"\r"8","60","1000"\r',
        "\ufeffsitting,longest_sitting,activity_load\n8,60,1000\n",
        "\n\n,,\nsitting,longest_sitting,activity_load\n,,\n8,60,1000,,\n\n",
        "name,sitting,longest_sitting,activity_load,\nA,8,60,1e3\nB,8,60,1000\n",
        "sep=;\nsitting;longest_sitting;activity_load\n8,0;60;1000\n",
        '"sep=;"\r\nsitting;longest_sitting;activity_load\r\n8,0;60;1000\r\n',
        "sitting\tlongest_sitting\tactivity_load\n8\t60\t1000\n",
        "sitting|longest_sitting|activity_load\n8|60|1000\n",
        'sitting,longest_sitting,activity_load\n"8,0","60",1000\n',
        "sitting (h/day),longest_sitting [min],activity_load (effort-min/week)\n8,60,1000\n",
        "Sitting hours a day,longest sitting in minutes,activity load\n8,60,1000\n",
        "Class 9b,,\nsitting,longest_sitting,activity_load\n8,60,1000\n",
        'Class 9b\n"of ""2026"""\n\nsitting;longest_sitting;activity_load\n8;60;1000\n',
        'sitting,"longest_sitting\n(min)",activity_load\n8,60,1000\n',
    ],
)
def test_the_same_row_in_other_spellings(text: str) -> None:
    assert read_class(text).rows == (DAY,)
    assert read_class(text.encode()).rows == (DAY,)
    assert read_class(text.removeprefix("\ufeff").encode("utf-16")).rows == (DAY,)


@pytest.mark.parametrize(
    "row",
    ["٧,٩٠,٦٠٠", "7 h,90 min,600", "7.0 hours,90 minutes,600 effort-min/week", "７,９０,６００"],
)
def test_a_cell_is_read_as_the_sliders_boxes_are(row: str) -> None:
    (read,) = read_class(HEAD + row + "\n").rows
    assert (read.sitting, read.longest_sitting, read.activity_load) == (7, 90, 600)


@pytest.mark.parametrize("cell", ["90 min", "7 cats", "h", "1 h 30", "1²"])
def test_a_cell_that_counts_something_else_is_named(cell: str) -> None:
    data = read_class(f"{HEAD}{cell},90,600\n")
    assert data.rows == ()
    assert str(data.problems[0]).startswith(f"Line 2, sitting: '{cell}' is")


def test_a_file_by_its_path_or_its_name(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + ROW).encode())
    assert read_class(path) == read_class(str(path)) == ClassData((DAY,))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("lots,60,1000", "Line 2, sitting: 'lots' is not a number (0 to 16 hours a day)."),
        ("25,60,1000", "Line 2, sitting: '25' is not within 0 to 16 hours a day."),
        ("8,60,-1", "Line 2, activity_load: '-1' is not within 0 to 6000 effort-minutes a week."),
        ("8,,1000", "Line 2, longest_sitting: the cell is empty (15 to 240 minutes)."),
        ("8", "Line 2, longest_sitting: the cell is empty (15 to 240 minutes)."),
        (
            "8,60,1.000",
            "Line 2, activity_load: '1.000' may mean 1 or 1000; write it without a mark.",
        ),
        (
            "8,60,10.000",
            "Line 2, activity_load: '10.000' may mean 10 or 10000; write it without a mark.",
        ),
        (
            '8,60,"1,000"',
            "Line 2, activity_load: '1,000' may mean 1 or 1000; write it without a mark.",
        ),
        ("=1+1,60,1000", "Line 2, sitting: '=1+1' is not a number (0 to 16 hours a day)."),
        ('8,"60,1000', "Line 2: a quotation mark is not closed, or stands amiss."),
        (
            "6,5,60,1000",
            "Line 2: there are more cells than columns; a decimal comma needs semicolons"
            " between cells.",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_kept(row: str, sentence: str) -> None:
    data = read_class(f"{HEAD}{row}\n{ROW}")
    assert str(data.problems[0]) == sentence
    assert data.rows == (DAY,)


@pytest.mark.parametrize(
    "cell",
    ["nan", "inf", "1e1", "0x8", "8_0", "--8", ".", "8" * 30, "<b>8</b>", "@SUM(1)"],
)
def test_what_is_no_plain_number_is_not_read(cell: str) -> None:
    data = read_class(f"{HEAD}{cell},60,1000\n")
    (problem,) = data.problems
    assert data.rows == ()
    assert (problem.line, problem.column) == (2, "sitting")
    assert problem.reason == "is not a number (0 to 16 hours a day)"
    assert len(str(problem)) < 120


COMMENT = "sitting,longest_sitting,activity_load,Comment\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_stands_in_a_comment_of_several_lines_is_nobodys_row(end: str) -> None:
    rows = '8,60,1000,"my counts:\n9,120,300\n\nand ""so"" on, 7"\n14,240,4000,ok\n'
    data = read_class((COMMENT + rows).replace("\n", end))
    assert data.rows == (DAY, Profile(sitting=14, longest_sitting=240, activity_load=4000))
    assert data.problems == ()


def test_lines_are_counted_as_an_editor_does() -> None:
    data = read_class(f'{COMMENT}8,60,1000,"two\nlines"\n8,x,1000,\n"8,60,1000\n{ROW}')
    assert [str(problem) for problem in data.problems] == [
        "Line 4, longest_sitting: 'x' is not a number (15 to 240 minutes).",
        "Line 5: a quotation mark is not closed, or stands amiss.",
    ]
    assert data.rows == (DAY, DAY)


def test_a_file_of_quotation_marks_is_read_quickly() -> None:
    begun = monotonic()
    assert len(told(HEAD + '8,"60\n' * 9_000)) == 201
    assert monotonic() - begun < 5


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("sitting (min)", "Line 1, sitting: 'sitting (min)' is counted by something else; it must"),
        ("sitting (h/week)", "Line 1, sitting: 'sitting (h/week)' is counted by something else"),
        ("longest sitting, h", "Line 1, longest_sitting: 'longest sitting, h' is counted by"),
        ("activity_load (hours)", "Line 1, activity_load: 'activity_load (hours)' is counted by"),
    ],
)
def test_numbers_in_other_units_are_not_taken_for_ours(head: str, sentence: str) -> None:
    data = read_class(f'"{head}"\n90\n')
    assert data.rows == ()
    (problem,) = data.problems
    assert str(problem).startswith(sentence)


def test_what_stands_above_the_heads_is_named() -> None:
    assert read_class(f"\nClass 9b\n{HEAD}{ROW}").notes == (
        "Not read: what stands above the heads of the columns, from line 2 on.",
    )
    assert read_class(f"sep=,\n{HEAD}{ROW}").notes == ()


@pytest.mark.parametrize(
    "name",
    [
        *("my_class.csv", "my_class.csv.csv", "My_class.csv", "my_class (1).csv", "my class.CSV"),
        *("MyClass.csv.txt", "my-class - Copy.csv", "my_class", "../my_class (2).csv"),
    ],
)
def test_a_classs_file_is_found_as_people_save_it(tmp_path: Path, name: str) -> None:
    here = tmp_path / "lessons"
    here.mkdir()
    (here / name).write_text(HEAD + ROW)
    for other in ("._my_class.csv", "my_class.ipynb", "my_class.py"):
        (here / other).write_text("none of ours")
    data = find_class(here)
    assert data.rows == (DAY,)
    assert data.source == f"This is your file {Path(name).name!r}."


def test_of_several_files_the_one_that_is_read_is_told(tmp_path: Path) -> None:
    for age, name in enumerate(["my_class (1).csv", "my_class (2).csv", "my_class.xlsx"]):
        (tmp_path / name).write_text(HEAD + ROW)
        os.utime(tmp_path / name, (age, age))
    read = "This is your file 'my_class (2).csv'. Not read: 'my_class (1).csv', 'my_class.xlsx'."
    assert find_class(tmp_path).source == read
    (tmp_path / "my_class.csv").write_text(HEAD)
    assert find_class(tmp_path).source.startswith("This is your file 'my_class.csv'. Not read: ")
    assert find_class(tmp_path).rows == ()


def test_a_file_that_cannot_be_used_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "my_class.xlsx").write_bytes(b"PK\x03\x04")
    data = find_class(tmp_path)
    assert data.source == "This is your file 'my_class.xlsx'."
    assert data.rows == ()
    assert "spreadsheet" in str(data.problems[0])


def test_without_a_file_it_is_the_invented_class_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    data = find_class()
    assert data.rows == shipped_class().rows
    assert data.source == "No file of yours, my_class.csv, was found: this is the invented class."
    (here / "9b.csv").write_text(HEAD + ROW)
    assert "found ('9b.csv' is not named so): this is the invented class." in find_class().source
    assert find_class(here / "nowhere" / "at all").rows == shipped_class().rows


def test_every_bad_cell_of_a_row_is_named() -> None:
    columns = [(p.line, p.column) for p in read_class(f"{HEAD}a,60,b\n{ROW}8,c,0\n").problems]
    assert columns == [(2, "sitting"), (2, "activity_load"), (4, "longest_sitting")]


def test_three_digits_after_a_mark_are_read_where_only_one_meaning_is_allowed() -> None:
    data = read_class("sitting;activity_load\n6,125;0.125\n")
    assert data.rows == (Profile(sitting=6.125, activity_load=0.125),)


def test_columns_that_are_not_there_are_at_the_reference() -> None:
    data = read_class("sitting\n8\n12.5\n")
    assert data.rows == (Profile(sitting=8), Profile(sitting=12.5))
    assert data.notes == (
        "There is no column longest_sitting: all are at the reference, 30 minutes.",
        "There is no column activity_load: all are at the reference, 1000 effort-minutes a week.",
    )


def test_other_columns_are_ignored_and_only_their_heads_are_named() -> None:
    data = read_class("Name,sitting,longest_sitting,activity_load,Club\nAnna,8,60,1000,FC\n")
    assert data == ClassData((DAY,), (), ("Ignored, and never read: 'Name', 'Club'.",))
    assert "Anna" not in repr(data)


def test_many_strange_columns_make_a_short_note() -> None:
    heads = ",".join(f"{number}\u202e" + "x" * 99 for number in range(300))
    (note, *_) = read_class(f"sitting,{heads}\n8\n").notes
    assert note.endswith(", 290 more.")
    assert note.isprintable()
    assert len(note) < 500


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "The file is empty."),
        ("\n;;\n , \n", "The file is empty."),
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (HEAD, "The file has no numbers below the heads of its columns."),
        (
            b"PK\x03\x04\0\0" * 20_000,
            'This is a spreadsheet or a zip file; save the sheet as "CSV UTF-8".',
        ),
        (HEAD + "8,60,10\0\n", 'The file is not text (it has zero bytes); save it as "CSV UTF-8".'),
        (
            HEAD.encode("utf-16") + b"\0",
            'The file is not whole text; save it as "CSV UTF-8".',
        ),
        (b"\xe9,sitting\n", "The file has no numbers below the heads of its columns."),
        (HEAD + ROW * 10_000, "The file is larger than 64,000 bytes, so it was not read."),
        (b"\xff" * 64_001, "The file is larger than 64,000 bytes, so it was not read."),
        ("8,60,1000\n", "Line 1: there is no column sitting, longest_sitting or activity_load."),
        ("sitting,Sitting\n8,9\n", "Line 1: the column sitting is there more than once."),
        ('\n"sitting,x\n8,9\n', "Line 2: a quotation mark is not closed, or stands amiss."),
        ("no such file.csv", "The file cannot be read: No such file or directory."),
        ("x" * 5000, "The file cannot be read: File name too long."),
        ("a\0b", "The file cannot be read: it has no usable name."),
    ],
    ids=range(17),
)
def test_a_file_that_cannot_be_used_says_why(source: str | bytes, sentence: str) -> None:
    data = read_class(source)
    assert data.rows == ()
    assert [str(problem) for problem in data.problems] == [sentence]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        assert told(path) == ["This is not a file."]


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(10**11)  # a hole: no bytes on the disk
    assert told(path) == ["The file is larger than 64,000 bytes, so it was not read."]


def test_more_rows_than_a_school_year_has_are_left_out() -> None:
    data = read_class(HEAD + ROW * 199 + "x,60,1\n" + "\n" + ROW * 50)
    assert len(data.rows) == 199
    assert [str(problem) for problem in data.problems][1:] == [
        "Line 203: only 200 rows are read, so the rest was left out."
    ]


@given(rows)
def test_rows_come_back_from_their_file(days: list[Profile]) -> None:
    text = as_csv(days)
    assert read_class(text) == ClassData(tuple(days))
    assert read_class(text.replace(",", ";").replace(".", ",")) == ClassData(tuple(days))


def check_harmless(data: ClassData) -> None:
    """Whatever was read: sentences in one line, and bounded."""
    assert len(data.rows) <= classroom.MOST_ROWS
    for sentence in [str(problem) for problem in data.problems] + list(data.notes):
        assert sentence.isprintable()
        assert sentence.endswith(".")
        assert len(sentence) < 700
    assert data.rows or data.problems


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: "\n" + text)))
def test_any_content_is_read_without_an_error(content: bytes | str) -> None:
    check_harmless(read_class(content))


@given(st.text('8,;"\n\r=\u2028.', max_size=60))
def test_any_mixture_of_the_right_parts_is_read_without_an_error(text: str) -> None:
    check_harmless(read_class("sitting" + text + "\n"))


def test_the_model_answers_for_every_row() -> None:
    data = read_class(HEAD + ROW + "14,240,4000\n4,30,1000\n")
    assert data.people == [natural_frequency(explain(row).risk) for row in data.rows]
    assert data.people[1] > data.people[0] > data.people[2] == 10


@pytest.mark.parametrize("rows", [1, 2, 3, 6])
def test_the_middle_is_a_row_of_the_class_itself(rows: int) -> None:
    day = "{},60,1000\n"
    data = read_class(HEAD + "".join(day.format(4 + hours) for hours in range(rows)))
    assert data.middle in data.rows
    assert natural_frequency(explain(data.middle).risk) in data.people
    lower = [row for row in data.rows if explain(row).risk <= explain(data.middle).risk]
    assert len(lower) >= rows / 2
    assert data.told.startswith("1 row can be used." if rows == 1 else f"{rows} rows can be used.")


def test_what_could_not_be_read_is_told_line_by_line() -> None:
    data = read_class(f"name,{HEAD}A,{ROW}B,much,60,1000\n")
    said = data.told.splitlines()
    assert said[0] == "1 row can be used."
    assert said[1] == "Ignored, and never read: 'name'."
    assert said[2].startswith("Line 3, sitting: 'much' is not a number")


def with_people(*people: int) -> ClassData:
    """A class with these answers of the model."""
    data = ClassData((Profile(),) * len(people))
    vars(data)["people"] = list(people)
    return data


def test_the_distribution_by_hand() -> None:
    data = with_people(12, 10, 14, 11, 27)
    assert data.median == 12
    assert data.histogram() == [(10, 15, 4), (15, 20, 0), (20, 25, 0), (25, 30, 1)]
    assert with_people(10, 14).histogram(1) == [
        (10, 11, 1),
        (11, 12, 0),
        (12, 13, 0),
        (13, 14, 0),
        (14, 15, 1),
    ]
    assert with_people(9).median == 9
    assert with_people(9, 10).median == 9.5


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200), st.integers(1, 1000))
def test_every_row_is_in_one_bar(people: list[int], width: int) -> None:
    data = with_people(*people)
    bars = data.histogram(width)
    for low, high, count in bars:
        assert count == sum(low <= number < high for number in people)
    assert sum(count for *_, count in bars) == len(people)
    assert [low for low, *_ in bars[1:]] == [high for _, high, _ in bars[:-1]]
    assert min(people) <= data.median <= max(people)


def test_a_class_without_rows_has_no_middle() -> None:
    data = read_class("")
    assert data.people == []
    assert data.histogram() == []
    with pytest.raises(InputError, match="has no row that can be used"):
        _ = data.median
    with pytest.raises(InputError, match="has no row that can be used"):
        _ = data.middle


@pytest.mark.parametrize("bad", [0, -5, 2.5, "5", None, True, 1001])
def test_bars_have_a_width(bad: Any) -> None:
    with pytest.raises(InputError, match=r"^width = "):
        with_people(9).histogram(bad)


#: {column: least, most and most frequent value} of pupils who sit through school; invented
LIKELY = {
    "sitting": (4, 14, 8),
    "longest_sitting": (15, 240, 60),
    "activity_load": (0, 5000, 600),
}


def pupil(draw: random.Random) -> Profile:
    """A day in the steps that the sliders have."""
    day = {}
    for name, likely in LIKELY.items():
        step = INPUTS[name].step
        day[name] = round(draw.triangular(*likely) / step) * step
    return Profile(**day)


def test_the_shipped_class_is_invented_and_differs() -> None:
    draw = random.Random(1)
    text = (files("crampnb") / "data" / "class.csv").read_text("utf-8")
    assert text == as_csv([pupil(draw) for _ in range(30)])
    assert len(shipped_class().rows) == 30
    assert shipped_class().problems == ()
    assert len(set(shipped_class().people)) >= 4


def test_a_problem_is_one_sentence() -> None:
    assert str(Problem(0, "", "", "it is empty")) == "It is empty."
    assert str(Problem(3, "", "", "it is empty")) == "Line 3: it is empty."
    assert str(Problem(3, "sitting", "x", "is bad")) == "Line 3, sitting: 'x' is bad."
