"""The places of the controls: label, unit, help and reference; the widgets move in later.

Until then each place shows where the control will stand, so that nothing jumps.
"""

from crampnb.evidence import Input, evidence
from crampnb.profile import Profile, reference
from crampnb.scenarios import scenarios
from crampnb.views.html import button, details, escape
from crampnb.views.screen import Screen

GROUPS = {
    "activity": "Activity",
    "sitting": "Sitting",
    "food": "Food and minerals",
    "health": "Health",
    "about": "About you",
}


def place(entry: Input, value: float) -> float:
    """Where a value stands on its slider (% of the range)."""
    low, high = entry.range
    return 100 * (value - low) / (high - low)


def marks(profile: Profile) -> dict[str, list[object]]:
    """{numeric input: [place of its reference (%), the reference in words]} for this person."""
    found: dict[str, list[object]] = {}
    for name, entry in evidence().inputs.items():
        if entry.kind == "number":
            usual = reference(profile, name)
            found[name] = [round(place(entry, usual), 1), entry.speak(usual)]
    return found


def settings() -> str:
    """The panel: scenarios, four sliders, the story, everything else one click away."""
    main = "".join(number(entry) for entry in _group("main"))
    starts = "".join(
        button(entry.name, "scenario", entry.key, "chip", label=f"{entry.name}: {entry.about}")
        for entry in scenarios().values()
    )
    more = "".join(
        f'<fieldset class="group"><legend>{label}</legend>'
        f"{''.join(map(control, _group(group)))}</fieldset>"
        for group, label in GROUPS.items()
    )
    return (
        f"{main}"
        '<div class="story" data-slot="story" data-label="Story">'
        '<p class="waiting">Story: What studies suggest</p></div>'
        f'<div class="starts"><h3>Start from</h3><div class="chips">{starts}</div>'
        f'<p class="help" data-part="scenario">{scenario(Screen())}</p></div>'
        f"{details('More about you', more, 'more')}"
        f'<p class="buttons">{button("Reset everything", "reset")}</p>'
    )


def scenario(screen: Screen) -> str:
    """What the chosen scenario is about; it is chosen as long as its settings are untouched."""
    answer = screen.answer
    for entry in scenarios().values():
        if (entry.profile, entry.hypothesis) == (answer.profile, answer.hypothesis):
            return f"<b>{entry.name}.</b> {entry.about}"
    return "Pick a week that looks like yours, then change what differs."


def control(entry: Input) -> str:
    """The place of one control, by kind."""
    if entry.kind == "number":
        return number(entry)
    if entry.kind == "set":
        boxes = "".join(
            slot(f"{entry.name}.{option}", label, "check")
            for option, label in zip(entry.options, entry.option_labels, strict=True)
        )
        return (
            f'<div class="set"><h4>{entry.label}</h4><p class="help">{entry.help}</p>{boxes}</div>'
        )
    kind = "check" if entry.kind == "switch" else "choice"
    return slot(entry.name, entry.label, kind)


def number(entry: Input) -> str:
    """The place of a slider with its number box, unit, reference mark and help."""
    usual = reference(Profile(), entry.name)
    at, spoken = place(entry, usual), entry.speak(usual)
    names = (
        f'data-label="{escape(entry.label)}" data-unit="{escape(entry.unit)}"'
        f' data-decimals="{entry.decimals}"'
    )
    return (
        f'<div class="control" data-input="{entry.name}" style="--reference:{at:.1f}%">'
        f'<div class="control-head"><span class="control-label">{entry.label}</span>'
        f'<span class="box" data-slot="{entry.name}.box" {names}>'
        f'<span class="waiting">{usual:.{entry.decimals}f}</span></span>'
        f'<span class="unit">{entry.short_unit}</span></div>'
        f'<div class="slider" data-slot="{entry.name}" {names}>'
        f'<span class="waiting"><span class="thumb" style="left:{at:.1f}%"></span></span></div>'
        f'<p class="help">{entry.help} <span class="reference">Reference:'
        f' <span data-reference="{entry.name}">{spoken}</span>.</span></p></div>'
    )


def slot(name: str, label: str, kind: str) -> str:
    """The place of a tick box or a choice."""
    return f'<div class="{kind}" data-slot="{name}"><span class="waiting">{label}</span></div>'


def _group(name: str) -> list[Input]:
    return [entry for entry in evidence().inputs.values() if entry.group == name]
