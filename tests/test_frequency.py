"""Changes in words: what a range of people sounds like, whichever side of zero its ends are on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampnb.model.frequency import change, change_range, draws, more_or_fewer

risks = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.008, 0.003, "8 fewer to 3 more"),
        (-0.009, -0.002, "2 to 9 fewer"),
        (0.002, 0.009, "2 to 9 more"),
        (0.0, 0.004, "no change to 4 more"),
        (-0.0003, 0.004, "no change to 4 more"),
        (-0.006, 0.0004, "no change to 6 fewer"),
        (-0.0021, -0.0019, "2 fewer"),
        (-0.0004, 0.0003, "less than 1 either way"),
        (-0.0004, -0.0001, "less than 1 fewer"),
        (0.0, 0.0004, "less than 1 more"),
        (0.0, 0.0, "no change"),
        (-0.0, -0.0, "no change"),
        (-0.984, 0.016, "984 fewer to 16 more"),
    ],
)
def test_a_range_of_change_is_in_words(low: float, high: float, words: str) -> None:
    assert change_range(low, high) == words


@given(risks, risks)
def test_a_range_in_words_has_the_ends_of_the_range(one: float, other: float) -> None:
    low, high = sorted((one, other))
    words = change_range(low, high)
    ends = {round(1000 * low), round(1000 * high)}
    if words == "no change" or words.startswith("less than 1"):
        assert ends == {0}
        return
    last = words.rpartition(" ")[2]
    found = set()
    for end in words.split(" to "):
        people = 0 if end == "no change" else int(re.findall(r"\d+", end)[0])
        found.add(-people if "fewer" in end or ("more" not in end and last == "fewer") else people)
    assert found == ends


@pytest.mark.parametrize(
    ("risk", "words"),
    [
        (-0.008, "8 fewer"),
        (0.003, "3 more"),
        (-0.0004, "less than 1 fewer"),
        (0.0004, "less than 1 more"),
        (0.0, "no change"),
    ],
)
def test_a_change_is_in_words(risk: float, words: str) -> None:
    assert change(risk) == words


def test_people_are_more_or_fewer() -> None:
    assert (more_or_fewer(3), more_or_fewer(-8)) == ("3 more", "8 fewer")


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "0 of 100"), (0.734, "73 of 100"), (0.9951, "more than 99 of 100"), (1, "100 of 100")],
)
def test_what_is_nearly_always_so_is_not_always_so(probability: float, words: str) -> None:
    assert draws(probability) == words
