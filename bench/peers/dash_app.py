"""A bare Dash app, served by one process as one would in earnest: `dash_app.py PORT`."""

import sys

import plotly.graph_objects as go
import waitress  # type: ignore[import-untyped]
from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found]

from bench.peers.answer import CAUSES, SLIDERS, answer, start


def update(*values: float) -> tuple[str, go.Figure]:
    """The sentence and the bars for the four sliders' values."""
    sentence, bars = answer(*values)
    return sentence, go.Figure(go.Bar(x=CAUSES, y=bars))


def application() -> Dash:
    """The app: four sliders that call `update` at every step."""
    app = Dash(title="Cramp")
    sliders = [
        dcc.Slider(
            *entry.range,
            entry.step,
            id=entry.name,
            value=start(entry),
            marks=None,
            updatemode="drag",
            allow_direct_input=False,
        )
        for entry in SLIDERS
    ]
    controls = [
        html.Div([html.Label(entry.label), slider])
        for entry, slider in zip(SLIDERS, sliders, strict=True)
    ]
    app.layout = html.Div([*controls, html.P(id="sentence"), dcc.Graph(id="bars")])
    outputs = [Output("sentence", "children"), Output("bars", "figure")]
    app.callback(outputs, [Input(entry.name, "value") for entry in SLIDERS])(update)
    return app


if __name__ == "__main__":
    waitress.serve(application().server, host="127.0.0.1", port=int(sys.argv[1]))
