"""A plotly figure that a notebook shows at once, and without asking anybody for plotly.js.

plotly's own way to show a figure imports its renderers, which takes two seconds, and its HTML asks
a server of others. The figure itself, as plotly's MIME type, is what JupyterLab, Notebook 7 and VS
Code draw with the plotly.js that they have, and the site's JupyterLab with ours.
"""

import sys
from typing import Any

from plotly import graph_objects

MIME = "application/vnd.plotly.v1+json"
#: without the bar of tools, which covers the title
CONFIG = {"displayModeBar": False, "responsive": True}


class Figure(graph_objects.Figure):
    """A `plotly.graph_objects.Figure` in every other respect."""

    #: IPython would take these first
    _ipython_display_ = None
    _repr_html_ = None

    def _repr_mimebundle_(self, *arguments: Any, **options: Any) -> Any:
        if "google.colab" in sys.modules:  # it knows plotly's HTML only
            return super()._repr_mimebundle_(*arguments, **options)
        return {MIME: {**self.to_plotly_json(), "config": CONFIG}, "text/plain": self.words}

    def show(self, *arguments: Any, **options: Any) -> Any:
        """Show it here, as a cell's last line does; as plotly does if it is told how, or where."""
        if arguments or options or "IPython" not in sys.modules:
            return super().show(*arguments, **options)
        from IPython.display import display

        return display(self)  # type: ignore[no-untyped-call]

    @property
    def words(self) -> str:
        """What the figure says above its picture."""
        title = self.layout.title
        told = [title.text, title.subtitle.text]
        return "\n".join(filter(None, told)).replace("<br>", " ")
