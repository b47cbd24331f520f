"""The model card: in short on the page, and the way to the whole."""

from crampnb.model.evidence import evidence
from crampnb.views.elements import Html, a, fragment, p
from crampnb.views.html import listing


def link() -> Html:
    """The way to the whole card; the style hides it where no server has that page (JupyterLab)."""
    card = a(href="model.html", target="_blank", rel="noopener")["The model card"]
    return p("model-card")[card, " has every figure, its source, and how far it can be trusted."]


def card() -> Html:
    """What the model is, what it is not, and how it would fare under an expert's eye."""
    facts = listing(
        [
            "It was put together from published findings; it was not fitted to people and has not"
            " been tested on people. An expert would rate its risk of bias as high.",
            "No study was found that measured cramps of the buttock. Everything comes from calves,"
            " thighs or any muscle.",
            "Every odds ratio is a judgement, anchored to what was measured; each shows its range.",
            "It does not diagnose, predict or treat anything about you, and is no medical device."
            " Do not start or stop a medicine because of it.",
            "Your settings stay in this page's address, in the part that browsers do not send.",
        ]
    )
    return fragment[p["The figure stands for ", evidence().outcome.name, "."], facts]
