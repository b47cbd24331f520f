"""Words that a reader of fourteen understands: verdicts, tips, cautions and what to do."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
import readability

from crampnb.model.evidence import evidence

#: school years of the US (Flesch-Kincaid); a reader of fourteen has done eight
GRADE = 8.0
#: words that medicine cannot do without, and that are said in plain words beside them
NEEDED = frozenset({"hyponatraemia", "magnesium", "physiotherapist", "piriformis", "potassium"})
SENTENCES = re.compile(r"(?<=[.!?])\s+")
WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@cache
def grade(text: str) -> float:
    """School years that a text asks for; figures count as nothing, a needed word as a plain one."""
    lines = [
        " ".join("word" if word.lower() in NEEDED else word for word in words)
        for words in (WORDS.findall(sentence) for sentence in SENTENCES.split(text))
        if words
    ]
    measures = readability.getmeasures("\n".join(lines), lang="en")
    return float(measures["readability grades"]["Kincaid"])


def told() -> Iterator[tuple[str, str]]:
    """(place, text) of all that tells a reader what is known or what to do."""
    data = evidence()
    yield from ((f"causes.{key}", cause.verdict) for key, cause in data.causes.items())
    yield from ((f"tips.{key}", tip.verdict) for key, tip in data.tips.items())
    yield from (
        (f"tips.{key} withheld", tip.withheld_note)
        for key, tip in data.tips.items()
        if tip.withheld_note
    )
    for key, stop in data.stops.items():
        yield f"stops.{key}", f"{stop.text} {stop.act}"
    for key, flag in data.red_flags.items():
        yield f"red_flags.{key}", f"{flag.sign} {flag.act}"
    for key, other in data.look_alikes.items():
        yield f"look_alikes.{key}", f"{other.label}. {other.signs} {other.act}"
    yield from (
        (f"inputs.{key}", entry.caution) for key, entry in data.inputs.items() if entry.caution
    )
    yield "relief", " ".join((*data.relief.steps, data.relief.alarm, data.relief.avoid))


@pytest.mark.parametrize(("place", "text"), [pytest.param(*one, id=one[0]) for one in told()])
def test_a_reader_of_fourteen_understands(place: str, text: str) -> None:
    assert grade(text) <= GRADE, f"{place}: {grade(text):.1f}"


def test_only_words_that_are_there_are_let_through() -> None:
    text = " ".join(text.lower() for _, text in told())
    assert {word for word in NEEDED if word not in text} == set()


def test_hard_words_and_long_sentences_are_noticed() -> None:
    plain = "Rub the muscle, and rest. Both may help."
    hard = "Neuromuscular hyperexcitability necessitates pharmacological reconsideration."
    assert grade(plain) < GRADE < grade(hard)
