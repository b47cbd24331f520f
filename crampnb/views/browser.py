"""What the browser is given to answer by itself: the model's trace, and the data of the page.

The data is JSON in the page, beside the parts that it is about. It holds no text that the page
shows elsewhere, but for the charts, which are drawn from it.
"""

import json
from functools import cache
from typing import Any

from crampnb.model.evidence import evidence
from crampnb.model.explain import ADULT, ADULTS_ONLY, NOT_STUDIED, notes_of_all
from crampnb.model.inputs import Input, NumberInput
from crampnb.model.profile import FOLLOWED, plain_references
from crampnb.model.safety import URGENCIES, help_first
from crampnb.model.scenarios import scenarios
from crampnb.model.settings import USUAL
from crampnb.model.trace import trace
from crampnb.views import elements as el
from crampnb.views.charts import TOPS, Spec, as_written, axis_title, curve_hover
from crampnb.views.elements import Html, fragment
from crampnb.views.how import SHARE
from crampnb.views.parts import CHARTS
from crampnb.views.pictures import LONGEST_BAR
from crampnb.views.screen import Screen
from crampnb.views.settings import EFFORT, LOAD
from crampnb.views.whatif import CELLS, POINTS


def scripts() -> Html:
    """Both, as elements that run nothing: the page's own script reads them.

    What a script holds is not unescaped. The trace has no text that could end it; in the data "<",
    with which every such text begins, is written as JSON may write it.
    """
    told = json.dumps(data()).replace("<", r"\u003c")
    return fragment[
        el.script(type="text/plain", data_trace=True)[Html(trace())],
        el.script(type="application/json", data_page=True)[Html(told)],
    ]


@cache
def data() -> dict[str, Any]:
    """What `types.d.ts` calls `PageData`."""
    screen = Screen()
    return {
        "inputs": {name: _input(entry) for name, entry in evidence().inputs.items()},
        "plain": plain_references(),
        "person": FOLLOWED,
        "usual": USUAL,
        "along": screen.along,
        "over": screen.over,
        "flags": {
            key: {"urgency": URGENCIES.index(flag.urgency), "said": help_first(flag).said}
            for key, flag in evidence().red_flags.items()
        },
        "shares": [key for key, factor in evidence().factors.items() if factor.unit == SHARE],
        "weeks": {
            key: {"given": given(entry.profile.given), "story": entry.hypothesis}
            for key, entry in scenarios().items()
        },
        "adults": {"from": ADULT, "note": ADULTS_ONLY, "leave_out": sorted(NOT_STUDIED)},
        "notes": list(notes_of_all()),
        "minutes": {"load": LOAD, "effort": EFFORT},
        "tops": TOPS,
        "longest_bar": LONGEST_BAR,
        "points": POINTS,
        "cells": CELLS,
        "charts": {name: _emptied(chart.drawing(screen)) for name, chart in CHARTS.items()},
    }


def _emptied(spec: Spec) -> Spec:
    """The spec without the numbers that the browser puts in."""
    return spec | {"data": [one | dict.fromkeys(_numbers(one), ()) for one in spec["data"]]}


def _numbers(drawn: Spec) -> list[str]:
    return [axis for axis in "xyz" if axis in drawn and not isinstance(drawn[axis][0], str)]


def given(inputs: Any) -> dict[str, Any]:
    """Inputs as JSON has them: sets as lists in order of the alphabet."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in inputs.items()
    }


def _input(entry: Input) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": entry.kind, "options": entry.options}
    if isinstance(entry, NumberInput):
        low, high = entry.range
        told = {
            "kind": entry.kind,
            "low": low,
            "high": high,
            "step": entry.step,
            "decimals": entry.decimals,
            "unit": entry.unit,
            "title": as_written(axis_title(entry)),
            "hover": curve_hover(entry),
        }
    return told
