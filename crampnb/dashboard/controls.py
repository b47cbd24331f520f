"""The controls: ipywidgets made from the evidence's inputs, each bound to the state both ways.

What a person sees of them is the page's own (`views.controls`), bound to these by their names.
"""

import operator
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as w
from ipywidgets.widgets.widget_bool import CheckboxStyle
from ipywidgets.widgets.widget_description import DescriptionStyle

from crampnb.dashboard.state import RiskState
from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input, NumberInput, SetInput, SwitchInput
from crampnb.model.typed import Refusal, read_typed
from crampnb.views.controls import BOX

DIGITS = 6  # decimals beyond which a number is a slider's arithmetic
#: {place on the page: widget}
Slots = dict[str, Any]


class Controls:
    """The widgets of one page; they read and write its state."""

    def __init__(self, state: RiskState) -> None:
        self.state = state
        self._bound: list[tuple[Any, Callable[[], Any], Callable[[Any, Any], bool]]] = []
        # One layout and one style for all: each of its own would be two more models to send.
        self._layout = w.Layout(width="auto")
        self._slider_style, self._tick_style = w.SliderStyle(), CheckboxStyle()
        self._style = DescriptionStyle()
        state.observe(lambda change: self._show())

    def all(self) -> Slots:
        """{name of a control on the page: its widget}."""
        slots: Slots = {"story": self.story()}
        for entry in evidence().inputs.values():
            if isinstance(entry, SetInput):
                slots |= {
                    f"{entry.name}.{option}": self._member(entry, option)
                    for option in entry.options
                }
            else:
                slots[entry.name] = self._single(entry)
        slots |= {f"flag.{key}": self._flag(key) for key in evidence().red_flags}
        return slots | self._axes()

    def numbers(self, entries: Iterable[Input]) -> Slots:
        """Sliders with a number box each, for a page that has no controls of its own."""
        slots: Slots = {}
        for entry in entries:
            slots[entry.name] = self._slider(entry)
            slots[f"{entry.name}{BOX}"] = self._number(
                entry, w.FloatText(step=entry.step, layout=self._layout, style=self._style)
            )
        return slots

    def type(self, typed: str) -> None:
        """Take a number as it was typed for an input, "sitting=7,5", or keep why it is not."""
        place, _, text = typed.partition("=")
        name = place.removesuffix(BOX)
        entry = evidence().inputs.get(name)
        if not isinstance(entry, NumberInput):
            return
        number = read_typed(entry, text)
        if isinstance(number, Refusal):
            self.state.refused = {name: number}
        else:
            self.state.refused = {}
            self.state.set(**{name: round(number, DIGITS)})

    def _single(self, entry: Input) -> Any:
        """A slider for a number, a tick box for a switch, a drop-down for a choice."""
        if isinstance(entry, NumberInput):
            return self._slider(entry)
        if isinstance(entry, SwitchInput):
            widget = self._tick(entry.label)
        else:
            pairs = list(zip(entry.option_labels, entry.options, strict=True))
            widget = self._dropdown(entry.label, pairs)
        return self._bind(
            widget,
            lambda: getattr(self.state.profile, entry.name),
            lambda value: self.state.set(**{entry.name: value}),
        )

    def _slider(self, entry: Input) -> Any:
        low, high = entry.range
        value = getattr(self.state.profile, entry.name)
        widget = w.FloatSlider(
            value, min=low, max=high, step=entry.step, description=entry.label, readout=False,
            continuous_update=False,  # a lesson's card reports each step: `hearSlides`
            layout=self._layout, style=self._slider_style,
        )  # fmt: skip
        return self._number(entry, widget)

    def _number(self, entry: Input, widget: Any) -> Any:
        return self._bind(
            widget,
            lambda: round(getattr(self.state.profile, entry.name), DIGITS),
            lambda value: self.state.set(**{entry.name: round(value, DIGITS)}),
            lambda one, other: abs(one - other) <= 10**-DIGITS,
        )

    def _member(self, entry: Input, option: str) -> Any:
        """A tick box for one member of a set."""

        def write(ticked: bool) -> None:
            members = getattr(self.state.profile, entry.name)
            self.state.set(**{entry.name: members | {option} if ticked else members - {option}})

        return self._bind(
            self._tick(entry.label_of(option)),
            lambda: option in getattr(self.state.profile, entry.name),
            write,
        )

    def _flag(self, key: str) -> Any:
        """A tick box for a warning sign."""

        def write(ticked: bool) -> None:
            others = tuple(flag for flag in self.state.red_flags if flag != key)
            self.state.red_flags = (*others, key) if ticked else others

        widget = self._tick(evidence().red_flags[key].sign)
        return self._bind(widget, lambda: key in self.state.red_flags, write)

    def story(self) -> Any:
        """The choice of story."""
        pairs = [(story.name, key) for key, story in evidence().hypotheses.items()]
        widget = w.RadioButtons(
            options=pairs, description="Story", layout=self._layout, style=self._style
        )
        return self._trait(widget, "hypothesis")

    def _axes(self) -> Slots:
        """Which inputs the curve and the map run along."""
        pairs = [(entry.label, entry.name) for entry in evidence().numeric_inputs]

        def axis(label: str, index: int) -> Any:
            def write(name: str) -> None:
                over = list(self.state.over)
                over[index] = name
                if over[0] == over[1]:
                    raise InputError(
                        label, evidence().inputs[name].label, "must be two different inputs"
                    )
                self.state.over = tuple(over)

            return self._bind(self._dropdown(label, pairs), lambda: self.state.over[index], write)

        along = self._trait(self._dropdown("Along", pairs), "along")
        return {"along": along, "over.x": axis("Across", 0), "over.y": axis("Up", 1)}

    def _tick(self, label: str) -> Any:
        return w.Checkbox(
            description=label, indent=False, layout=self._layout, style=self._tick_style
        )

    def _dropdown(self, label: str, pairs: list[tuple[str, str]]) -> Any:
        return w.Dropdown(options=pairs, description=label, layout=self._layout, style=self._style)

    def _trait(self, widget: Any, name: str) -> Any:
        """Bind to a trait of the state."""
        return self._bind(
            widget,
            lambda: getattr(self.state, name),
            lambda value: setattr(self.state, name, value),
        )

    def _bind(
        self,
        widget: Any,
        read: Callable[[], Any],
        write: Callable[[Any], None],
        same: Callable[[Any, Any], bool] = operator.eq,
    ) -> Any:
        """Let the widget show what `read` gives and hand what a person sets to `write`.

        Two values that are the `same` need no word between widget and state.
        """
        widget.value = read()

        def on_change(change: Any) -> None:
            if same(change.new, read()):
                return
            try:
                write(change.new)
            except InputError as error:
                self.state.notices = (_told(error),)
                widget.value = read()

        widget.observe(on_change, "value")
        self._bound.append((widget, read, same))
        return widget

    def _show(self) -> None:
        """Bring every widget in line with the state."""
        for widget, read, same in self._bound:
            value = read()
            if not same(widget.value, value):
                widget.value = value


def _told(error: InputError) -> str:
    """The error as a notice, with the name that the visitor knows."""
    entry = evidence().inputs.get(error.name)
    return f"{entry.label}: {error}." if entry else f"{error}."
