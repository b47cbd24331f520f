"""What is due to be looked at again, and references that read as references do."""

import re
import subprocess
import sys
from datetime import date

import pytest

from crampnb.model.evidence import evidence
from crampnb.model.schema import EvidenceError
from crampnb.model.sources import Source
from crampnb.modelcard.upkeep import Entry, due, entries, report, thin, unread

TODAY = date(2026, 11, 26)
LOOKED = {"read": "abstract", "looked_at": TODAY, "population": "10 people", "finding": "Nothing"}


def entry(place: str, looked_at: date, *read: str) -> Entry:
    return Entry(place, looked_at, frozenset(read))  # type: ignore[arg-type]


def test_what_was_looked_at_more_than_two_years_ago_is_due_oldest_first() -> None:
    found = [
        entry("today", TODAY),
        entry("two years", date(2024, 11, 26)),
        entry("older", date(2024, 11, 25)),
        entry("oldest", date(2020, 1, 1)),
    ]
    assert due(found, TODAY) == ["oldest, 01 January 2020", "older, 25 November 2024"]


def test_what_rests_on_abstracts_alone_is_thin() -> None:
    found = [
        entry("abstract", TODAY, "abstract"),
        entry("one in full", TODAY, "abstract", "full text"),
        entry("told", TODAY, "abstract", "described elsewhere"),
        entry("none", TODAY),
    ]
    assert thin(found) == ["abstract"]


def test_what_has_no_source_that_could_be_read_is_unread() -> None:
    found = [
        entry("told", TODAY, "described elsewhere", "not read"),
        entry("abstract", TODAY, "abstract", "not read"),
        entry("none", TODAY),
    ]
    assert unread(found) == ["told"]


def test_every_entry_and_every_source_is_looked_at_from_time_to_time() -> None:
    places = {one.place for one in entries()}
    assert {f"sources.{key}" for key in evidence().sources} <= places
    assert set(evidence().citing) <= places
    assert {"groups.kona", "tips.drink", "stops.little_drink", "relief"} <= places
    assert all(one.looked_at <= date.today() for one in entries())


def test_the_report_counts_its_lists() -> None:
    command = [sys.executable, "-m", "crampnb.modelcard.upkeep"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed == report(entries(), date.today()) + "\n"
    for title, lines in re.findall(r"^(\S.*):\n((?:  .+\n?)+)", printed, re.MULTILINE):
        shown = lines.split("\n")
        count = int(title.rpartition("(")[2].rstrip(")"))
        assert count == (0 if lines.strip() == "nothing" else len([one for one in shown if one]))
    assert printed.count(":\n") == 3


@pytest.mark.parametrize(
    ("who", "short", "start"),
    [
        (
            {"authors": ("Naylor JR", "Young JB"), "year": 1994},
            "Naylor & Young 1994",
            "Naylor JR, ",
        ),
        (
            {"authors": ("de Jager S", "et al."), "year": 2022},
            "de Jager 2022",
            "de Jager S, et al.",
        ),
        ({"authors": ("A B", "C D", "E F"), "year": 2011, "letter": "a"}, "A 2011a", "A B, C D, "),
        ({"body": "NHS"}, "NHS: Cramp?", "NHS (no date). Cramp? Site."),
        ({"body": "EFSA", "year": 2010}, "EFSA 2010", "EFSA (2010). Cramp? Site."),
    ],
)
def test_a_reference_reads_as_references_do(who: dict[str, object], short: str, start: str) -> None:
    source = Source(title="Cramp?", published="Site", **LOOKED, **who)  # type: ignore[arg-type]
    assert source.short == short
    assert source.reference.startswith(start)


@pytest.mark.parametrize("who", [{}, {"authors": ("Naylor JR",), "body": "NHS"}])
def test_somebody_must_have_said_it(who: dict[str, object]) -> None:
    with pytest.raises(EvidenceError, match="authors or a body"):
        Source(title="Cramp?", published="Site", **LOOKED, **who)  # type: ignore[arg-type]


def test_no_two_sources_are_cited_alike() -> None:
    shorts = [source.short for source in evidence().sources.values()]
    assert sorted(shorts) == sorted(set(shorts))


@pytest.mark.parametrize("key", evidence().sources)
def test_a_source_can_be_found_again(key: str) -> None:
    source = evidence().sources[key]
    assert source.identifiers or re.search(r"\d", source.published), "where did it appear?"
    if source.url:
        assert source.url.startswith(("https://", "http://"))


@pytest.mark.parametrize("group", ["red_flags", "medicines"])
def test_warnings_and_medicines_rest_on_something_that_was_read(group: str) -> None:
    for key, entry in getattr(evidence(), group).items():
        read = {evidence().sources[source].read for source in entry.sources}
        assert read & {"full text", "abstract"}, key
