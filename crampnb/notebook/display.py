"""An answer as a cell's last line: HTML, and plain text beside it for a terminal."""

from functools import cache

from crampnb.model.explain import Explanation
from crampnb.model.export import as_text
from crampnb.places import BROWSER
from crampnb.views.elements import Html, div, fragment
from crampnb.views.parts import draw
from crampnb.views.screen import Screen

#: the explainer's parts that are shown; with a ticked warning sign those with numbers are blank
PARTS = ("help", "cautions", "picture", "why")


def mimebundle(answer: Explanation) -> dict[str, str]:
    """{MIME type: the answer as such}; an answer for many people at once is told by its settings.

    >>> import crampnb
    >>> list(mimebundle(crampnb.explain({"sitting": 10})))
    ['text/html', 'text/plain']
    """
    if not isinstance(answer.risk, float):
        return {"text/plain": repr(answer)}
    return {"text/html": html(answer), "text/plain": as_text(answer)}


def html(answer: Explanation) -> Html:
    """Sentence, 1,000 people and causes, or where to get help; the style sheet comes with them."""
    screen = Screen(answer)
    parts = [div[draw(name, screen)] for name in PARTS]
    card = div("crampnb lesson-card", role="group", aria_label="Answer")
    return fragment[_style(), card[div("sentence")[draw("sentence", screen)], parts]]


@cache
def _style() -> Html:
    return Html(f"<style>{(BROWSER / 'page.css').read_text('utf-8')}</style>")
