"""The model for a browser: its own code run on symbols, printed as a JavaScript module.

There is one model, in Python. Here it is run once for all days: every number, switch, condition
and medicine is a `Symbol`, and for a choice it is run with each option. What was recorded is the
text of an ES module that answers as Python does, to the last digits of a float:

    inputs        names of all inputs, in the order of the evidence
    stories       keys of the stories
    denominator   people that every figure is "of"
    baseline      risk at the reference settings
    tell(story, given)

`given` is what `export.as_dict` calls inputs: {name: number, true or false, option, list of keys};
one left out (or null) is at its reference, and follows where the reference does. `tell` returns

    risk, low, high    risk and its 90 % interval (probability over the horizon)
    terms              {factor: log odds}
    causes             {cause: log odds}
    shares             {factor: people of the denominator that it adds}, not rounded
    people             {cause: people that it adds}, not rounded
    inputs             {number or switch: its value, given or followed; switches are 1 or 0}
    measures           {factor that has a unit: what its dose is read from, in that unit}
    stops              {card about water: 1 where it is due, else 0}

A key that no story has throws a RangeError. Values are not checked: who fills `given` does that.
The whole people that a page shows are rounded in `browser/figures.js`; types are in
`browser/types.d.ts` (`Trace`, `Told`, `Given`).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from crampnb.model.attribution import by_cause, shares
from crampnb.model.evidence import evidence
from crampnb.model.inputs import WORDS, ChoiceInput, Input, NumberInput, SetInput, SwitchInput
from crampnb.model.profile import Profile
from crampnb.model.risk import Telling, baseline_risk, hypothesis_of
from crampnb.model.safety import water_cards
from crampnb.model.settings import USUAL
from crampnb.model.stories import tellings
from crampnb.model.trace.script import Script, number
from crampnb.model.trace.symbols import Known, Record, merged, needed

#: {where a number belongs: number}
Results = dict[tuple[str, ...], Known]


@cache
def trace() -> str:
    """The module's text; made once a process."""
    record = Record()
    inputs = evidence().inputs.values()
    choices = [entry for entry in inputs if isinstance(entry, ChoiceInput)]
    given = {
        entry.name: _given(record, entry) for entry in inputs if not isinstance(entry, ChoiceInput)
    }
    return _module(_results(record, given, choices))


def _given(record: Record, entry: Input) -> Any:
    """What stands in for an input: a symbol, or {member: symbol} for a set."""
    value = f"g.{entry.name}??"
    if isinstance(entry, SetInput):
        members = record.step(f"{value}{json.dumps(entry.reference)}")
        return {
            member: record.step(f"+{{}}.includes({json.dumps(member)})", members)
            for member in entry.options
        }
    if entry.reference in WORDS:
        return None  # it follows from others: `_day`
    form = f"{value}{{}}" if isinstance(entry, NumberInput) else f"+({value}{{}})"
    return record.step(form, float(getattr(Profile(), entry.name)))


def _results(record: Record, given: dict[str, Any], choices: Sequence[ChoiceInput]) -> Results:
    """All results; each choice is made in every way, and what comes of them is merged."""
    if not choices:
        return dict(_flat(_told(record, _day(record, given))))
    entry, *others = choices
    usual = f"g.{entry.name}??{json.dumps(entry.reference)}"
    *first, last = entry.options
    results = _results(record, given | {entry.name: last}, others)
    for option in first:
        way = _results(record, given | {entry.name: option}, others)
        chosen = record.step(f"+(({usual})==={json.dumps(option)})")
        results = merged(chosen, way, results)
    return results


def _day(record: Record, given: dict[str, Any]) -> Profile:
    """The day of all symbols; an input that follows others does so where it is not given."""
    following = [name for name, value in given.items() if value is None]
    plain = {name: value for name, value in given.items() if name not in following}
    followed = vars(Profile.of_checked(plain))
    told = {name: record.step(f"g.{name}??{{}}", followed[name]) for name in following}
    return Profile.of_checked(plain | told)


def _told(record: Record, day: Profile) -> dict[str, Any]:
    """What each story adds, and all that is told once that is known, in `r`."""
    stories = {
        key: {**telling.terms, "shift": telling.shift, "variance": telling.variance}
        for key, telling in tellings(day).items()
    }
    *terms, shift, variance = (record.step(f"r[{i}]") for i in range(len(evidence().factors) + 2))
    telling = Telling(day, hypothesis_of(USUAL))
    vars(telling).update(
        terms=dict(zip(evidence().factors, terms, strict=True)), shift=shift, variance=variance
    )
    low, high = telling.interval
    people = shares(telling)
    inputs = {
        entry.name: getattr(day, entry.name)
        for entry in evidence().inputs.values()
        if isinstance(entry, NumberInput | SwitchInput)
    }
    answer = {
        "risk": telling.risk,
        "low": low,
        "high": high,
        "terms": telling.terms,
        "causes": by_cause(telling.terms),
        "shares": people,
        "people": by_cause(people),
        "inputs": inputs,
        "measures": {
            factor.key: telling.measures[factor.measure]
            for factor in evidence().factors.values()
            if factor.unit
        },
        "stops": water_cards(day),
    }
    return {**stories, ANSWER: answer}


def _flat(tree: Mapping[str, Any], *above: str) -> Iterator[tuple[tuple[str, ...], Known]]:
    """Each leaf of a tree with the keys that lead to it."""
    for key, inside in tree.items():
        if isinstance(inside, Mapping):
            yield from _flat(inside, *above, key)
        else:
            yield (*above, key), inside


def _module(results: Results) -> str:
    """The module's text: what several parts need, what each story adds, and the answer."""
    parts: dict[str, Results] = {}
    for (part, *place), known in results.items():
        parts.setdefault(part, {})[tuple(place)] = known
    script = Script(results.values())
    steps = {part: needed(inside.values()) for part, inside in parts.items()}
    uses = Counter(step for used in steps.values() for step in used)
    shared = script.assign(step for step, count in uses.items() if count > 1)
    answer = parts.pop(ANSWER)
    cases = []
    for story, added in parts.items():
        own = script.assign(steps[story])
        numbers = ",".join(script.write(known) for known in added.values())
        cases.append(f"case{json.dumps(story)}:{{{own}r=[{numbers}];break}}")
    return _TEXT.format(
        inputs=json.dumps(list(evidence().inputs)),
        stories=json.dumps(list(parts)),
        denominator=evidence().outcome.people,
        baseline=number(baseline_risk()),
        shared=shared,
        cases="\n".join(cases),
        rest=script.assign(steps[ANSWER]),
        answer=_literal({place: script.write(known) for place, known in answer.items()}),
    )


#: where results belong: to a story, or to the answer
ANSWER = ""

_TEXT = """\
// Printed by crampnb/model/trace from the model itself: change the model, not this.
export const inputs={inputs},stories={stories},denominator={denominator},baseline={baseline};
export function tell(story,g){{
{shared}
let r;switch(story){{
{cases}
default:throw new RangeError("no story "+story)}}
{rest}
return{answer}}}
"""


def _literal(texts: Mapping[tuple[str, ...], str]) -> str:
    """An object with each text in its place."""
    fields: dict[str, dict[tuple[str, ...], str]] = {}
    for (key, *rest), text in texts.items():
        fields.setdefault(key, {})[tuple(rest)] = text
    return f"{{{','.join(f'{key}:{_field(inside)}' for key, inside in fields.items())}}}"


def _field(texts: Mapping[tuple[str, ...], str]) -> str:
    return texts[()] if () in texts else _literal(texts)
