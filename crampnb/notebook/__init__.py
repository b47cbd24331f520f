"""For people who write notebooks: an answer that shows itself, plotly figures, ready-made sliders.

>>> from crampnb.notebook import curve, sliders
>>> sliders("sitting")["sitting"].value
4.0
>>> curve({"sitting": 10}, "sitting").layout.title.text
'Sitting time: from 10 to 12 of 1,000 people'

plotly and ipywidgets are imported by the first call that needs them.
"""

from crampnb.notebook.figures import causes, curve, heat, stories
from crampnb.notebook.widgets import sliders

__all__ = ["causes", "curve", "heat", "sliders", "stories"]
