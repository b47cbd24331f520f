"""Where a card's widgets stand: label, unit, help and reference; the widgets move in later.

Until then each place shows where the control will stand, so that nothing jumps.
"""

from crampnb.model.inputs import Input
from crampnb.model.profile import Profile, reference
from crampnb.views.controls import BOX, place
from crampnb.views.elements import Html, div, p, span
from crampnb.views.html import details


def number(entry: Input, brief: bool = False) -> Html:
    """The place of a slider with its number box, unit, reference mark and help.

    A brief one has its help one click away.
    """
    usual = reference(Profile(), entry.name)
    at = f"{100 * place(entry, usual):.1f}%"
    low, high = entry.range
    names = {
        "data_label": entry.label,
        "data_unit": entry.unit,
        "data_decimals": f"{entry.decimals}",
    }
    limits = {"data_low": f"{low:g}", "data_high": f"{high:g}", "data_step": f"{entry.step:g}"}
    reference_is = span("reference")["Reference: ", span[entry.speak(usual)], "."]
    return div("control", data_input=entry.name, style=f"--reference:{at}")[
        div("control-head")[
            span("control-label")[entry.label],
            span("box", data_slot=f"{entry.name}{BOX}", **names, **limits)[
                span("waiting")[f"{usual:.{entry.decimals}f}"]
            ],
            span("unit")[entry.short_unit],
        ],
        p("beside", data_beside=entry.name, aria_live="polite")[""],
        div("slider", data_slot=entry.name, **names)[
            span("waiting")[span("thumb", style=f"left:{at}")[""]]
        ],
        details(reference_is, p("help")[entry.help], "help")
        if brief
        else p("help")[f"{entry.help} ", reference_is],
    ]
