"""The explainer's charts as plotly figures, from the very specs that its page draws.

What a figure shows stands above it in words as well. Its colours are those of the page by day, on
the page's own paper, so that it can be read in a dark notebook too.
"""

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import crampnb.views.charts as charts
from crampnb.errors import InputError
from crampnb.model.attribution import added_people, people_by_cause
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, Explanation, explain
from crampnb.model.frequency import denominator
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.model.stories import disagreement
from crampnb.places import BROWSER
from crampnb.views import whatif
from crampnb.views.charts import Spec
from crampnb.views.html import signed
from crampnb.views.screen import Screen
from crampnb.views.stories import spread

if TYPE_CHECKING:
    from crampnb.notebook.figure import Figure

#: an answer, or the day that it would be for
Answer: TypeAlias = Explanation | Profile | Mapping[str, object]

WIDTH = 84  # characters of a line above a figure, which fit in 600 px
LINE, ABOVE = 18, 54  # px of such a line, and of what is above them
HEIGHT = 360  # px of a figure below these lines
FONT = "system-ui, sans-serif"


def curve(answer: Answer, along: str) -> "Figure":
    """Risk (people of 1,000) along one numeric input, with its 90 % band and today's mark.

    `InputError` for an input that is no number, or is none.

    >>> curve({"sitting": 10}, "sitting").data[3].x
    (10.0,)
    """
    screen = Screen(_answer(answer), along=_numeric("along", along).name)
    entry, (_, today, _, _) = evidence().inputs[along], screen.answer.people
    spec = whatif.curve(screen)
    here = entry.speak(getattr(screen.answer.profile, along))
    return _figure(
        screen.answer,
        spec,
        f"{entry.label}: {_reach(spec['data'][2]['y'])}",
        f"Here, at {here}: {today}.",
        entry.caution,
    )


def heat(answer: Answer, across: str, up: str) -> "Figure":
    """Risk (people of 1,000) over two numeric inputs as shades, with today's mark.

    `InputError` unless they are two different inputs that are numbers.

    >>> heat({}, "sitting", "fluid_intake").layout.xaxis.range
    (0, 16)
    """
    x, y = _numeric("across", across), _numeric("up", up)
    if x == y:
        raise InputError("up", up, "must be another input than the one across")
    screen = Screen(_answer(answer), over=(x.name, y.name))
    spec = whatif.heat(screen)
    people = [number for row in spec["data"][0]["z"] for number in row]
    return _figure(
        screen.answer,
        spec,
        f"{x.label} and {y.label}: {_reach(people)}",
        f"Here: {screen.answer.people.risk}.",
        x.caution,
        y.caution,
    )


def causes(answer: Answer) -> "Figure":
    """People of 1,000 that each cause adds, or spares; they sum to what the settings add.

    >>> sum(causes({"sitting": 10}).data[0].x)
    2
    """
    told = _answer(answer)
    people = people_by_cause(told)
    labels = [evidence().causes[key].label for key in people]
    added = signed(added_people(told))
    return _figure(
        told,
        charts.causes(labels, list(people.values())),
        f"What adds to it: {added} of {denominator()} people",
        f"{told.people.baseline} at the reference settings, {added} from these settings:"
        f" {told.people.risk}.",
    )


def stories(answer: Answer) -> "Figure":
    """The four stories of the same day, with their 90 % intervals; the answer's own is marked.

    >>> len(stories({}).data[0].x)
    4
    """
    told = _answer(answer)
    return _figure(told, spread(Screen(told)), disagreement(told.profile).sentence)


def _answer(answer: Answer) -> Explanation:
    """The answer itself, or that for a day; `InputError` for one with arrays, or for neither."""
    told = answer if isinstance(answer, Explanation) else explain(answer)
    if not isinstance(told.risk, float):
        raise InputError("answer", told, "a picture is of one person, not of arrays")
    return told


def _numeric(name: str, key: str) -> Input:
    """The numeric input of this key; `InputError` if there is none."""
    known = {entry.name: entry for entry in evidence().numeric_inputs}
    if not isinstance(key, str) or key not in known:
        raise InputError(name, key, f"allowed is one of {', '.join(known)}")
    return known[key]


def _reach(people: list[float]) -> str:
    low, high = f"{min(people):.0f}", f"{max(people):.0f}"
    reach = f"from {low} to {high}" if low != high else f"all along {low}"
    return f"{reach} of {denominator()} people"


def _figure(answer: Explanation, spec: Spec, title: str, *told: str) -> "Figure":
    """The spec as a figure, with words above it; these alone while a warning sign is ticked."""
    from crampnb.notebook.figure import Figure  # and so plotly, which not every notebook needs

    if answer.is_stopped:
        title, *act = answer.sentences
        return Figure(_coloured(_below_words(_nothing(), title, act)))
    return Figure(_coloured(_below_words(spec, title, [*told, ILLUSTRATION])))


def _below_words(spec: Spec, title: str, told: list[str]) -> Spec:
    lines = textwrap.wrap(" ".join(filter(None, told)), WIDTH)
    top = ABOVE + LINE * len(lines)
    layout = spec["layout"] | {
        "title": {
            "text": charts.as_written(title),
            "font": {"size": 16, "weight": 600},
            "subtitle": {"text": "<br>".join(map(charts.as_written, lines)), "font": {"size": 13}},
            **{"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"t": 12, "l": 12}},
        },
        "margin": spec["layout"]["margin"] | {"t": top},
        "height": HEIGHT + top,
        "paper_bgcolor": charts.PAPER,
        "template": {},  # plotly's own would dress it in other colours
    }
    return {"data": spec["data"], "layout": layout}


def _nothing() -> Spec:
    unseen = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": charts.layout(xaxis=unseen, yaxis=unseen)}


def _coloured(value: Any) -> Any:
    """The spec with colours in place of their names."""
    if isinstance(value, str):
        return _palette().get(value, value)
    if isinstance(value, dict):
        return {key: _coloured(one) for key, one in value.items()}
    return [_coloured(one) for one in value] if isinstance(value, list) else value


@cache
def _palette() -> dict[str, str]:
    """{name that a spec has: the style sheet's colour by day, which it names first}."""
    found = re.findall(r"(--[\w-]+): ([^;]+);", (BROWSER / "page.css").read_text("utf-8"))
    return {f"var({name})": value for name, value in reversed(found)} | {"inherit": FONT}
