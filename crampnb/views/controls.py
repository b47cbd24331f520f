"""The controls as the browser's own: they work as soon as they are printed.

Each has the name of what it sets: an input (`sitting`), a member of a set (`conditions.diabetes`),
a warning sign (`flag.clot`), or what a chart runs along (`over.x`). `browser/explainer/controls.js`
listens to them by these names, and `dashboard.controls` has an ipywidget for each.
"""

from crampnb.model.evidence import evidence
from crampnb.model.inputs import ChoiceInput, Input, NumberInput, SetInput, SwitchInput
from crampnb.model.profile import Profile, reference
from crampnb.views import elements as el
from crampnb.views.elements import Html, div, h3, input_, p, span
from crampnb.views.html import details
from crampnb.views.live import figure

#: ends the name of the number box beside a slider
BOX = ".box"


def control(entry: Input) -> Html:
    """One control, by kind."""
    if isinstance(entry, NumberInput):
        return number(entry)
    if isinstance(entry, SetInput):
        ticks = [tick(f"{entry.name}.{option}", entry.label_of(option)) for option in entry.options]
        return div("set")[h3[entry.label], p("help")[entry.help], ticks]
    if isinstance(entry, SwitchInput):
        return tick(entry.name, entry.label)
    assert isinstance(entry, ChoiceInput)
    pairs = list(zip(entry.options, entry.option_labels, strict=True))
    return choice(entry.name, entry.label, pairs, str(entry.reference))


def place(entry: Input, value: float) -> float:
    """Where a value stands on its slider (share of the range)."""
    low, high = entry.range
    return (value - low) / (high - low)


def number(entry: Input, more: Html | str = "") -> Html:
    """A slider with its number box, unit, reference mark and help; `more` stands below it."""
    usual = reference(Profile(), entry.name)
    at = place(entry, usual)
    low, high = entry.range
    spoken = figure(f"reference.{entry.name}", entry.speak(usual))
    return div("control", data_input=entry.name, style=f"--at:{at:.4f};--reference:{at:.4f}")[
        div("control-head")[
            span("control-label")[entry.label], _box(entry, usual), span("unit")[entry.short_unit]
        ],
        p("beside", data_beside=entry.name, aria_live="polite")[""],
        div("slider", data_slot=entry.name)[
            input_(
                type="range",
                name=entry.name,
                aria_label=entry.label,
                aria_valuetext=entry.speak(usual),
                min=f"{low:g}",
                max=f"{high:g}",
                step=f"{entry.step:g}",
                value=f"{usual:.10g}",
                autocomplete="off",
            )
        ],
        more,
        details(
            [el.b(aria_hidden="true")["?"], span("spoken")[f"About {entry.label.lower()}"]],
            p("help")[f"{entry.help} ", span("reference")["Reference: ", spoken, "."]],
            "about",
        ),
    ]


def _box(entry: Input, usual: float) -> Html:
    """A box for a number as people write it: a box of the browser's for numbers drops "2,5"."""
    low, high = entry.range
    return span("box", data_slot=f"{entry.name}{BOX}")[
        input_(
            "number",
            type="text",
            role="spinbutton",
            name=f"{entry.name}{BOX}",
            inputmode="decimal",
            autocomplete="off",
            aria_label=f"{entry.label}, {entry.unit}",
            aria_valuemin=f"{low:g}",
            aria_valuemax=f"{high:g}",
            aria_valuenow=f"{usual:.10g}",
            value=f"{usual:.10g}",
        )
    ]


def tick(name: str, label: str) -> Html:
    """A tick box."""
    box = input_(type="checkbox", name=name, autocomplete="off")
    return div("check", data_slot=name)[el.label[box, span[label]]]


def choice(name: str, label: str, pairs: list[tuple[str, str]], chosen: str) -> Html:
    """A drop-down of (key, words)."""
    options = [el.option(value=key, selected=key == chosen)[words] for key, words in pairs]
    return div("choice", data_slot=name)[
        el.label[span[label], el.select(name=name, autocomplete="off")[options]]
    ]


def story(chosen: str) -> Html:
    """The stories as one group of radio buttons."""
    return div("story", data_slot="story", role="radiogroup", aria_label="Story")[
        h3["Story"],
        [
            el.label[
                input_(
                    type="radio",
                    name="story",
                    value=key,
                    checked=key == chosen,
                    autocomplete="off",
                ),
                span[one.name],
            ]
            for key, one in evidence().hypotheses.items()
        ],
    ]
