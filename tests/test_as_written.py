"""An author's "&", "<" or quotation mark in any text of the data reads on the page as written."""

import dataclasses
import html
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampnb.model.evidence import evidence
from crampnb.model.explain import explain, notes_of_all
from crampnb.model.scenarios import scenarios
from crampnb.model.typed import Refusal, read_typed
from crampnb.views import elements as el
from crampnb.views.page import document
from crampnb.views.parts import CHARTS, PARTS, draw
from crampnb.views.screen import Screen
from crampnb.views.settings import beside
from tests.markup import read
from tests.strategies import STORIES

#: what authors might write, and what would do harm if a browser took it for HTML
SIGNS = "&<\"'<i>&lt;<script>"
MARK = re.compile(r"¤([^¤]*?)(\d+)¤")
#: fields that hold keys, by which entries find each other, and no text
KEYS = {"key", "cause", "causes", "measure", "options", "sources", "factors", "standard", "lights"}
KEYS |= {"withheld_for", "input", "to", "reference", "hypothesis", "profile"}
#: texts that the page leaves to MODEL.md, or says in other words
ELSEWHERE = {"relief.grade", "stops.adults_only.title", "tips.professional.effort_note"}
ELSEWHERE |= {
    f"inputs.{name}.help"
    for name, entry in evidence().inputs.items()
    if entry.help and entry.kind in ("switch", "choice")
}


class Marked:
    """Copies of entries with a mark of its own behind each of their texts."""

    def __init__(self) -> None:
        #: places of the texts in the data, by the number of their mark
        self.places: list[str] = []

    def entry(self, entry: Any, where: str) -> Any:
        """An entry of the data, with what it holds."""
        if isinstance(entry, str):
            return self.text(entry, where)
        if isinstance(entry, Mapping):
            return {key: self.entry(value, f"{where}.{key}") for key, value in entry.items()}
        if isinstance(entry, tuple):
            return tuple(self.entry(value, where) for value in entry)
        return self.fields(entry, where) if dataclasses.is_dataclass(entry) else entry

    def fields(self, entry: Any, where: str) -> Any:
        """A dataclass; its keys and the words that stand for something stay."""
        hints = get_type_hints(type(entry))
        keys = KEYS | ({"name"} if where.startswith("inputs.") else set())
        texts = {
            field.name: self.entry(getattr(entry, field.name), f"{where}.{field.name}")
            for field in dataclasses.fields(entry)
            if field.init and field.name not in keys and "Literal" not in str(hints[field.name])
        }
        return dataclasses.replace(entry, **texts)

    def text(self, text: str, where: str) -> str:
        """A text with its mark; where nothing is said, nothing is marked."""
        if not text:
            return text
        self.places.append(where)
        return f"{text}¤{SIGNS}{len(self.places) - 1}¤"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Marked]:
    """Data in which every text has marks; the numbers stay as they are."""
    marks = Marked()
    for field in dataclasses.fields(evidence()):
        held = marks.entry(getattr(evidence(), field.name), field.name)
        monkeypatch.setitem(vars(evidence()), field.name, held)
    for key, scenario in scenarios().items():
        monkeypatch.setitem(scenarios(), key, marks.entry(scenario, f"scenarios.{key}"))
    forget()
    yield marks
    forget()


def forget() -> None:
    """Empty whatever the views remember of the data."""
    notes_of_all.cache_clear()
    views = [module for name, module in sys.modules.items() if name.startswith("crampnb.views.")]
    for one in (one for module in views for one in vars(module).values()):
        if hasattr(one, "cache_clear") and one.__module__.startswith("crampnb.views."):
            one.cache_clear()


def screens() -> Iterator[Screen]:
    """Screens on which all that can be said is said."""
    inputs = evidence().inputs
    numbers = [name for name, entry in inputs.items() if entry.kind == "number"]
    yield Screen(explain({}, red_flags=list(evidence().red_flags)))
    for name in numbers:
        over = (name, numbers[numbers.index(name) - 1])
        refusal = read_typed(inputs[name], "?")
        assert isinstance(refusal, Refusal)
        refused = {name: dataclasses.replace(refusal, choices=(1.0, 2.0))}
        yield Screen(explain({}), along=name, over=over, notices=("x",), refused=refused)
    ill = {name: list(inputs[name].options) for name in ("conditions", "medicines")}
    days: list[dict[str, Any]] = [dict(s.profile.given) for s in scenarios().values()]
    days += [{"age": 17}, {"fluid_intake": 6}, {"fluid_intake": 0}, ill]
    days += [{name: end} for name in numbers for end in inputs[name].range]
    days += [{n: True} for n, entry in inputs.items() if entry.kind == "switch"]
    days += [{n: o} for n, e in inputs.items() if e.kind == "choice" for o in e.options]
    for number, day in enumerate(days):
        yield Screen(explain(day, STORIES[number % 4]), pinned=explain({}, STORIES[number % 3]))


def readings(markup: str) -> Iterator[str]:
    """All that is to be read in HTML: its text and its attributes; no sign made an element."""
    root = read(markup)
    assert not root.tags("i")
    yield root.text
    for node in root:
        yield from node.attrs.values()


def labels(spec: Any) -> Iterator[str]:
    """The texts of a plotly spec as plotly shows them."""
    if isinstance(spec, str):
        assert "<i>" not in spec
        yield html.unescape(spec)
    elif isinstance(spec, dict | list):
        for value in spec.values() if isinstance(spec, dict) else spec:
            yield from labels(value)


def carried() -> Iterator[str]:
    """The texts in the page's data, which no sign in them ends or makes part of the page."""
    scripts = read(document()).tags("script")
    assert [script.attrs["type"] for script in scripts] == ["text/plain", "application/json"]
    told = json.loads("".join(map(str, scripts[1].children)))
    yield from (flag["said"] for flag in told["flags"].values())
    yield from labels(told["charts"])
    yield from (html.unescape(entry.get("hover", "")) for entry in told["inputs"].values())


def shown() -> Iterator[str]:
    """All that is to be read on the page and on its screens."""
    yield from readings(document())
    yield from carried()
    for screen in screens():
        for name in PARTS:
            yield from readings(draw(name, screen))
        for chart in CHARTS.values():
            yield from labels(chart.drawing(screen))
        for said in beside(screen).values():
            yield from readings(said)


def test_every_text_of_the_data_reads_as_it_is_written(marked: Marked) -> None:
    seen = set()
    for text in shown():
        assert text.count("¤") == 2 * len(MARK.findall(text)), text
        for signs, number in MARK.findall(text):
            assert signs == SIGNS, text
            seen.add(int(number))
    assert {place for n, place in enumerate(marked.places) if n not in seen} == ELSEWHERE


def test_elements_alone_say_what_is_html() -> None:
    """Elsewhere a view cannot pass text on as HTML: mypy takes no `str` for an `Html`."""
    folder = Path(el.__file__).parent
    calls = {path.name for path in folder.glob("*.py") if "Html(" in path.read_text("utf-8")}
    assert calls == {"elements.py", "browser.py"}  # that one for scripts, in which nothing is HTML


# ------------------------------------------------------------------ elements

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def test_an_element_has_its_class_its_attributes_and_what_is_inside() -> None:
    made = el.p("lead", data_late=True, hidden=False, tabindex=-1, id="a")[
        "5 < 6, ", el.b["always"], [" & ", [el.NOTHING, "ever"]]
    ]
    assert made == (
        '<p class="lead" data-late tabindex="-1" id="a">5 &lt; 6, <b>always</b> &amp; ever</p>'
    )
    assert el.path("flow", stroke_width=1.5, d="M0 0") == (
        '<path class="flow" stroke-width="1.5" d="M0 0"/>'
    )
    assert el.joined(", ", map(el.escape, "a<b")) == "a, &lt;, b"


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_reads_as_it_is_written(kind: str, name: str, inside: str) -> None:
    for made in (
        el.div(kind, aria_label=name)[inside],
        el.div(kind, aria_label=name)[inside, ""],
        el.div(kind, aria_label=name)[el.escape(inside)],
    ):
        (element,) = read(made).tags("div")
        assert element.attrs.get("class", "") == kind
        assert element.attrs["aria-label"] == name
        assert "".join(map(str, element.children)) == inside
    assert el.escape(el.escape(inside)) == el.escape(inside)
