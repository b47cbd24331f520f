"""The explainer as one widget: `explainer` for a notebook, and what it is made of."""

from crampnb.dashboard.app import explainer

__all__ = ["explainer"]
