"""What both peers show: the model's own sentence and the log odds of the article's six causes."""

import crampnb
from crampnb.model.evidence import evidence
from crampnb.model.inputs import Input

SLIDERS: tuple[Input, ...] = tuple(entry for entry in crampnb.inputs() if entry.group == "main")
CAUSES = tuple(key for key in evidence().causes if key != "you")


def start(slider: Input) -> float:
    """Where the slider stands at first: the reference, in the input's unit."""
    return float(getattr(crampnb.Profile(), slider.name))


def answer(*values: float) -> tuple[str, list[float]]:
    """The sentence, and the log odds of each of `CAUSES`, for the four sliders' values."""
    names = (slider.name for slider in SLIDERS)
    explanation = crampnb.explain(dict(zip(names, values, strict=True)))
    return explanation.sentence, [explanation.causes[cause] for cause in CAUSES]
