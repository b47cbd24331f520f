"""The numbers on the teachers' pages are those that the model gives today."""

import re
from pathlib import Path

import pytest

import crampnb
from crampnb import Profile
from crampnb.lessons.plans import DAY
from crampnb.model.frequency import natural_frequency
from crampnb.model.sensitivity import sensitivity

PAGES = Path(__file__).parents[1] / "docs" / "teachers"
#: settings of the rows in the fourth page's table
SETTINGS: dict[str, dict[str, float | bool]] = {
    "reference": {},
    "load 2,000, hardest session at effort 9": {"activity_load": 2000, "effort": 9},
    "electrolytes 50 %": {"electrolyte_intake": 50},
    "sitting 10 h, 120 min in one go, slumped": {
        "sitting": 10, "longest_sitting": 120, "slumped": True,
    },
    "0.5 L, sitting 10 h, load 3,000, electrolytes 50 %": {
        "fluid_intake": 0.5, "sitting": 10, "activity_load": 3000, "electrolyte_intake": 50,
    },
    "nothing to drink, load 6,000, electrolytes 0 %": {
        "fluid_intake": 0, "activity_load": 6000, "electrolyte_intake": 0,
    },
}  # fmt: skip


def rows(page: str, head: str) -> list[list[str]]:
    """Cells of the table whose first heading cell is `head`."""
    lines = (PAGES / page).read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {head} |")) + 2
    table = (line for line in lines[start:])
    found = []
    for line in table:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_the_judgements_of_lesson_3_are_as_the_notebook_prints_them() -> None:
    shown = rows("3_sure.md", "judgement")
    ranked = sensitivity(Profile.of(DAY))
    assert len(shown) == len(ranked)
    for (label, *numbers), one in zip(shown, ranked, strict=True):
        assert label.lower().startswith(one.label.lower())
        expected = [f"{1000 * value:.0f}" for value in (one.low, one.high, one.high - one.low)]
        assert numbers == expected, label


def test_the_stories_of_lesson_4_give_these_numbers() -> None:
    shown = rows("4_stories.md", "settings")
    assert [row[0] for row in shown] == list(SETTINGS)
    for settings, *numbers in shown:
        told = [
            crampnb.explain(SETTINGS[settings], hypothesis=story.key).risk
            for story in crampnb.hypotheses()
        ]
        assert numbers == [str(natural_frequency(risk)) for risk in told], settings


@pytest.mark.parametrize("page", ["2_odds.md", "3_sure.md"])
def test_the_day_with_four_sliders_moved_gives_this_range(page: str) -> None:
    text = " ".join((PAGES / page).read_text("utf-8").split())
    answer = crampnb.explain(DAY)
    low, high = map(natural_frequency, answer.interval)
    assert f"of 1,000 (could be {low} to {high})" in text


def test_the_terms_of_lesson_2_are_added_up() -> None:
    text = " ".join((PAGES / "2_odds.md").read_text("utf-8").split())
    terms = [term for term in crampnb.explain(DAY).terms.values() if term]
    assert all(f"{term:.4f}" in text for term in terms)
    assert f"Their sum is {sum(terms):.4f}" in text
    assert re.search(rf"the answer is {1000 * crampnb.explain(DAY).risk:.1f} of 1,000", text)
