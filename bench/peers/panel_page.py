"""Panel's page, with all its answers worked out before: `panel_page.py FILE`."""

import sys

import panel  # type: ignore[import-not-found]
from bokeh.resources import INLINE  # type: ignore[import-not-found]

from bench.peers.answer import SLIDERS, answer

#: steps of each slider; their answers multiply, to 625
STEPS = 5


def steps(low: float, high: float) -> list[float]:
    """Values from one end to the other."""
    return [low + (high - low) * i / (STEPS - 1) for i in range(STEPS)]


def said(*values: float) -> str:
    """The sentence as HTML; Panel's page leaves out a text that is the one before, so none is."""
    return f"<p>{answer(*values)[0]}</p><!-- {values} -->"


def page() -> panel.Column:
    """Four sliders and the sentence."""
    sliders = [
        panel.widgets.DiscreteSlider(name=entry.label, options=steps(*entry.range))
        for entry in SLIDERS
    ]
    for slider in sliders:
        slider.value = slider.options[STEPS // 2]
    return panel.Column(*sliders, panel.pane.HTML(panel.bind(said, *sliders)))


if __name__ == "__main__":
    panel.extension(inline=True)
    page().save(sys.argv[1], embed=True, max_states=STEPS**4, max_opts=STEPS, resources=INLINE)
