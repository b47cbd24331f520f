"""The controls: ipywidgets made from the evidence's inputs, each bound to the state both ways.

Where a widget stands, what it is called and how it speaks is the page's business (`views.controls`
and `page.js`): here are only values.
"""

import operator
from collections.abc import Callable
from typing import Any

import ipywidgets as w
from ipywidgets.widgets.widget_bool import CheckboxStyle
from ipywidgets.widgets.widget_description import DescriptionStyle

from crampnb.evidence import Input, evidence
from crampnb.profile import InputError
from crampnb.state import RiskState
from crampnb.views.whatif import numeric_inputs

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

    def first(self) -> Slots:
        """What answers first: the four sliders with their boxes, and the story."""
        main = [entry for entry in evidence().inputs.values() if entry.group == "main"]
        return self.numbers(main) | {"story": self.story()}

    def rest(self) -> Slots:
        """Everything behind "More about you", the axes of the charts and the warning signs."""
        more = [entry for entry in evidence().inputs.values() if entry.group != "main"]
        slots = self.numbers(entry for entry in more if entry.kind == "number")
        for entry in more:
            if entry.kind == "set":
                slots |= {
                    f"{entry.name}.{option}": self._member(entry, option)
                    for option in entry.options
                }
            elif entry.kind != "number":
                slots[entry.name] = self._single(entry)
        slots |= {f"flag.{key}": self._flag(key) for key in evidence().red_flags}
        return slots | self._axes()

    def numbers(self, entries: Any) -> Slots:
        """Sliders with their boxes for these numeric inputs."""
        slots: Slots = {}
        for entry in entries:
            # A slider in the browser stands on whole steps and says so, also when nobody moved it.
            slots[entry.name] = self._number(entry, self._slider(entry), entry.step / 2)
            slots[f"{entry.name}.box"] = self._number(entry, self._box(entry), 0.0)
        return slots

    def _slider(self, entry: Input) -> Any:
        low, high = entry.range
        value = getattr(self.state.profile, entry.name)
        return w.FloatSlider(
            value, min=low, max=high, step=entry.step, readout=False,
            layout=self._layout, style=self._slider_style,
        )  # fmt: skip

    def _box(self, entry: Input) -> Any:
        value = getattr(self.state.profile, entry.name)
        return w.FloatText(value, step=entry.step, layout=self._layout, style=self._style)

    def _number(self, entry: Input, widget: Any, grain: float) -> Any:
        return self._bind(
            widget,
            lambda: round(getattr(self.state.profile, entry.name), DIGITS),
            lambda value: self.state.set(**{entry.name: round(value, DIGITS)}),
            lambda one, other: abs(one - other) <= grain + 10**-DIGITS,
        )

    def _single(self, entry: Input) -> Any:
        """A tick box for a switch, a drop-down for a choice."""
        if entry.kind == "switch":
            widget = self._tick(entry.label)
        else:
            pairs = list(zip(entry.option_labels, entry.options, strict=True))
            widget = self._dropdown(entry.label, pairs)
        return self._bind(
            widget,
            lambda: getattr(self.state.profile, entry.name),
            lambda value: self.state.set(**{entry.name: value}),
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
        pairs = [(entry.label, entry.name) for entry in numeric_inputs()]

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
