"""The model card: up to date, complete, and its tables equal to the independent twin's figures."""

import math
import re
import runpy
from pathlib import Path

import pytest

from crampnb.model.evidence import evidence
from crampnb.modelcard import card
from crampnb.modelcard.groups import groups
from tests import twin
from tests.test_groups import ROWS, computed, seen

CARD = card()
ROOT = Path(__file__).parents[1]


def table(heading: str) -> list[list[str]]:
    """Cells of the first table under a heading, without its head."""
    _, _, section = CARD.partition(f"\n## {heading}\n")
    lines = section.partition("\n## ")[0].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(cells(line))
    return rows


def cells(line: str) -> list[str]:
    """Cells of one line of a table."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def numbers(text: str) -> list[float]:
    """Every number in a text; "1,000" is one."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def test_the_card_in_the_repository_is_the_generated_one() -> None:
    assert (ROOT / "MODEL.md").read_text("utf-8") == CARD, "run: make docs"


def test_running_the_module_writes_the_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runpy.run_module("crampnb.modelcard", run_name="__main__")
    assert (tmp_path / "MODEL.md").read_text("utf-8") == CARD


def test_tables_are_rectangular() -> None:
    blocks = re.findall(r"(?:^\|.*\n)+", CARD, re.MULTILINE)
    assert len(blocks) >= 10
    for block in blocks:
        widths = {len(cells(line)) for line in block.splitlines()}
        assert len(widths) == 1, block


def test_headings_are_unique() -> None:
    headings = re.findall(r"^#+ .*$", CARD, re.MULTILINE)
    assert len(set(headings)) == len(headings)


def test_everything_that_the_model_holds_is_on_the_card() -> None:
    data = evidence()
    labels = [entry.label for entry in data.inputs.values()]
    labels += [entry.label for entry in data.factors.values()]
    labels += [entry.label for entry in data.ailments.values()]
    labels += [entry.name for entry in data.hypotheses.values()]
    labels += [entry.name for entry in groups().values()]
    assert [label for label in labels if label not in CARD] == []


def test_factors_have_the_odds_ratios_of_the_twin() -> None:
    rows = table("Factors")
    keys = list(evidence().factors)
    assert [cell[1] for cell in rows] == [factor.label for factor in evidence().factors.values()]
    for key, (_, _, _, triple, in_use, *_) in zip(keys, rows, strict=True):
        if key not in twin.EVIDENCE:
            assert key in ("conditions", "age")
            continue
        assert tuple(numbers(triple)) == twin.EVIDENCE[key]
        mean, deviation = twin.part(twin.EVIDENCE[key])
        ends = [math.exp(mean + side * twin.Z * deviation) for side in (-1, 1)]
        assert numbers(in_use) == pytest.approx(ends, rel=0, abs=0.00501)


def test_conditions_and_medicines_have_the_odds_ratios_of_the_twin() -> None:
    shown = [tuple(numbers(row[1])) for row in table("Conditions and medicines")]
    assert shown == [*twin.CONDITIONS.values(), *twin.MEDICINES.values()]


def test_stories_have_the_odds_ratios_of_the_twin() -> None:
    rows = table("Four stories, side by side")
    for key, row in zip(evidence().factors, rows, strict=True):
        if key in ("conditions", "age"):
            continue
        for story, cell in zip(twin.HYPOTHESES, row[1:], strict=True):
            held = twin.HYPOTHESES[story].get(key)
            assert (cell == "–") == (held is None), (key, story)
            assert numbers(cell) == pytest.approx(held or [], rel=0.005), (key, story)


def test_single_figures_are_those_of_the_twin() -> None:
    low, high = twin.interval({}, "evidence")
    assert f"it is {low * 1000:.1f} to {high * 1000:.1f} of 1,000" in CARD
    ill = {"age": 65, "conditions": {"cirrhosis", "dialysis"}, "medicines": (), "previous_cramp": 1}
    worst, best = twin.interval(ill, "evidence")
    risk = twin.risk(ill, "evidence")
    assert f"gives {risk * 1000:.0f} of 1,000 ({worst * 1000:.0f} to {best * 1000:.0f})" in CARD
    # Three factors share a doubling that is 1.5 to 3 as one: ln 2 +- ln(3 / 1.5) / 2 / sqrt 3.
    assert "only 1.64 to 2.44" in CARD


def test_groups_have_the_figures_and_the_verdicts_of_the_twin() -> None:
    rows = table("Against real people")
    assert len(rows) == len(ROWS)
    for cell, (group, finding) in zip(rows, ROWS, strict=True):
        assert cell[:2] == [group["name"], finding["what"]]
        value, low, high = computed(group, finding, "evidence")
        start, end = seen(finding)
        assert (cell[5] == "disagrees") == (high < start or end < low), cell
        if finding["kind"] == "risk":
            people = [round(risk * 1000) for risk in (value, low, high)]
            assert cell[4] == "{} of 1,000 ({} to {})".format(*people)
        else:
            span = f" ({low:.2f} to {high:.2f})" if low < high else ""
            assert cell[4] == f"odds ratio {value:.2f}{span}"


def test_the_summary_counts_the_rows() -> None:
    verdicts = [row[5] for row in table("Against real people")]
    counts = [verdicts.count(verdict) for verdict in ("agrees", "overlaps", "disagrees")]
    expected = "Of {} rows, {} agree, {} overlap and {} disagree.".format(len(verdicts), *counts)
    assert expected in CARD


def test_what_is_cited_is_listed_and_what_is_listed_is_cited() -> None:
    cited = set(re.findall(r"\]\(#([\w-]+)\)", CARD)) - {"the-interval"}
    listed = re.findall(r'<a id="([\w-]+)">', CARD)
    assert len(set(listed)) == len(listed)
    assert cited == set(listed)


@pytest.mark.parametrize(
    "phrase",
    [
        "not a medical device",
        "not been tested on people",
        "Do not start or stop a medicine",
        "high risk of bias",
        "not a prediction model",
        "TRIPOD+AI",
        "PROBAST",
        "Why nothing was tuned",
    ],
)
def test_the_card_says(phrase: str) -> None:
    assert phrase in CARD
