"""Ready-made controls for inputs: label, unit, range, step and reference are the data's."""

from collections.abc import Callable
from typing import Any

from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile, checked, reference

WIDE = {"width": "100%", "max_width": "44rem"}
STYLE = {"description_width": "17rem"}


def sliders(*names: str, **values: object) -> dict[str, Any]:
    """{input: its control}, at the reference or at a value; with no input at all the main four.

    Numbers get sliders in their unit, which answer when they are let go; yes or no a box to tick,
    choices a list. `interact(f, **sliders("sitting"))` calls `f(sitting=...)`, and the controls are
    ordinary ipywidgets for a box of one's own. `InputError` names an input that there is not, or a
    value that is not allowed.

    >>> controls = sliders("sitting", fluid_intake=1.2)
    >>> [(one.description, one.value, one.max) for one in controls.values()]
    [('Sitting time (h/day)', 4.0, 16.0), ('Hydration (L/day)', 1.2, 6.0)]
    """
    if not names and not values:
        names = tuple(entry.name for entry in evidence().inputs.values() if entry.group == "main")
    at_reference = {entry.name: reference(Profile(), entry.name) for entry in map(_input, names)}
    begun = {name: _one(name, value) for name, value in values.items()}
    return {
        name: _CONTROLS[evidence().inputs[name].kind](evidence().inputs[name], value)
        for name, value in (at_reference | begun).items()
    }


def _input(name: str) -> Input:
    known = evidence().inputs
    if not isinstance(name, str) or name not in known:
        raise InputError("input", name, f"allowed is one of {', '.join(known)}")
    return known[name]


def _one(name: str, value: object) -> object:
    """A value that a control can show; `InputError` for any other."""
    entry = _input(name)
    if getattr(value, "ndim", 0):
        raise entry.refuse(value, "must be one value; ")
    return checked(name, value)


def _slider(entry: Input, value: float) -> Any:
    import ipywidgets as w

    low, high = entry.range
    unit = f" ({entry.short_unit})" if entry.short_unit else ""
    return w.FloatSlider(
        value,
        min=low,
        max=high,
        step=entry.step,
        readout_format=f",.{entry.decimals}f",
        continuous_update=False,  # one picture for where it is let go, not one for each step
        **_words(f"{entry.label}{unit}", entry),
    )


def _tick(entry: Input, value: bool) -> Any:
    import ipywidgets as w

    return w.Checkbox(value, indent=False, **_words(entry.label, entry))


def _choice(entry: Input, value: str) -> Any:
    import ipywidgets as w

    return w.Dropdown(options=_options(entry), value=value, **_words(entry.label, entry))


def _choices(entry: Input, value: frozenset[str]) -> Any:
    import ipywidgets as w

    chosen = [key for _, key in _options(entry) if key in value]
    return w.SelectMultiple(options=_options(entry), value=chosen, **_words(entry.label, entry))


_CONTROLS: dict[str, Callable[[Input, Any], Any]] = {
    "number": _slider,
    "switch": _tick,
    "choice": _choice,
    "set": _choices,
}


def _options(entry: Input) -> list[tuple[str, str]]:
    return list(zip(entry.option_labels, entry.options, strict=True))


def _words(description: str, entry: Input) -> dict[str, Any]:
    """What is written at a control, and where."""
    usual = entry.speak(reference(Profile(), entry.name))
    return {
        "description": description,
        "tooltip": f"{entry.help} Reference: {usual}.",
        "style": STYLE,
        "layout": WIDE,
    }
