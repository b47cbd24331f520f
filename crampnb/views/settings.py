"""The panel of settings, the weeks to start from, and what is said beside a number box."""

from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from crampnb.model.settings import USUAL
from crampnb.model.typed import Refusal
from crampnb.views.controls import control, number, story
from crampnb.views.elements import (
    Html,
    b,
    div,
    fieldset,
    form,
    fragment,
    h2,
    input_,
    label,
    legend,
    p,
    span,
)
from crampnb.views.elements import button as el_button
from crampnb.views.html import button, details
from crampnb.views.live import figure, only_if
from crampnb.views.screen import Screen

GROUPS = {
    "activity": "Activity",
    "sitting": "Sitting",
    "food": "Food and minerals",
    "health": "Health",
    "about": "About you",
}


def beside(screen: Screen) -> dict[str, Html]:
    """{input: what is said beside its box}: why a number was not taken, and what it may mean."""
    return {name: _refusal(name, refused) for name, refused in screen.refused.items()}


def _refusal(name: str, refused: Refusal) -> Html:
    """The sentence, with a button for each number that was perhaps meant."""
    meant = [f"{choice:.10g}" for choice in refused.choices]
    asked = [(" ", button(one, "type", f"{name}={one}", "chip")) for one in meant]
    return fragment[refused.sentence, (" Which one?", asked) if asked else ""]


def panel() -> Html:
    """Four sliders, the story, everything else one click away; a sheet on a phone."""
    more = [
        fieldset("group")[legend[name], map(control, _group(group))]
        for group, name in GROUPS.items()
    ]
    sheet = el_button(
        "button chip sheet", type="button", data_action="sheet", aria_expanded="false"
    )
    return form(
        "panel",
        id="settings",
        tabindex="-1",  # Firefox would stop at what scrolls
        autocomplete="off",
        aria_labelledby="settings-title",
    )[
        div("panel-head")[
            h2(id="settings-title")["Your typical day"],
            sheet[span("sheet-open")["All four sliders"], span("sheet-close")["Close"]],
        ],
        [number(entry, minutes() if entry.name == LOAD else "") for entry in _group("main")],
        story(USUAL),
        details("More about you", more, "more"),
        p("buttons")[
            button("Pin as A", "pin", label="Pin as A, to compare"),
            button("Reset", "reset", label="Reset everything"),
        ],
    ]


def minutes() -> Html:
    """The load as people count it: minutes, and how hard they are."""
    usual = Profile()
    box = input_(
        "number",
        type="text",
        name=MINUTES,
        inputmode="decimal",
        autocomplete="off",
        aria_label="Minutes of activity a week",
        value=f"{usual.activity_load / usual.effort:.0f}",
    )
    return p("minutes")[
        label["That is ", box, " minutes a week"],
        " at effort ",
        figure("effort", f"{usual.effort:g}"),
        " of 10.",
    ]


#: the name of the box whose minutes, times the effort, are the activity load
MINUTES = "minutes"
#: the load is minutes times the effort, or times 1 where that is less
LOAD, EFFORT = "activity_load", "effort"


def weeks() -> Html:
    """Weeks to start from, as buttons that stay pressed as long as nothing else is set."""
    return div("chips")[
        [
            el_button(
                "button chip",
                type="button",
                data_action="scenario",
                data_value=entry.key,
                aria_label=f"{entry.name}: {entry.about}",
                aria_pressed="false",
            )[entry.name]
            for entry in scenarios().values()
        ]
    ]


def scenario(screen: Screen) -> Html:
    """What the chosen week is about; it is chosen as long as its settings are untouched."""
    now = _chosen(screen)
    return fragment[
        [
            span(**only_if("week", entry.key, now))[b[entry.name, "."], " ", entry.about]
            for entry in scenarios().values()
        ],
        span(**only_if("week", "", now))[
            "Pick the one that looks like yours; change what differs."
        ],
    ]


def _chosen(screen: Screen) -> str:
    """Key of the week whose settings these are; "" if of none."""
    now = (screen.answer.profile, screen.answer.hypothesis)
    same = (one.key for one in scenarios().values() if (one.profile, one.hypothesis) == now)
    return next(same, "")


def _group(name: str) -> list[Input]:
    return [entry for entry in evidence().inputs.values() if entry.group == name]
