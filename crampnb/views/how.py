"""How: from the day's exposures, through what might happen in muscle and nerve, to the cramp."""

from crampnb.evidence import Factor, evidence
from crampnb.exposures import Exposures, exposures
from crampnb.pictures import mechanism
from crampnb.views.html import listing, times
from crampnb.views.screen import Screen


def how(screen: Screen) -> str:
    """The mechanism as a picture with today's strokes, and the same as text."""
    if screen.stopped:
        return ""
    answer = screen.answer
    body = exposures(answer.profile)
    groups = [
        (
            entry.label,
            [
                {
                    "text": _exposure(evidence().factors[key], screen, body),
                    "term": answer.terms[key],
                    "judged": evidence().factors[key].link == "judged",
                }
                for key in entry.factors
            ],
        )
        for entry in evidence().mechanisms.values()
    ]
    active = [
        f"{evidence().factors[key].label}: {times(term)} the odds"
        for key, term in answer.terms.items()
        if times(term) != times(0)
    ]
    told = listing(active) if active else "<p>At these settings every stroke is a hairline.</p>"
    texts = "".join(
        f"<div><dt>{entry.label.replace('/', ' ')}</dt><dd>{entry.about}</dd></div>"
        for entry in evidence().mechanisms.values()
    )
    picture = mechanism(groups, "a cramp", "From exposures through muscle and nerve to a cramp")
    return (
        f'<div class="how"><figure>{picture}<figcaption>Thicker means more effect today. Solid: a'
        " link with cramps has been measured, in other muscles. Dashed: nobody has measured it; we"
        " judged. Coloured strokes raise the odds, dark ones lower them.</figcaption></figure>"
        f'<div class="how-text"><dl>{texts}</dl>'
        f"<h3>What flows today</h3>{told}</div></div>"
    )


def _exposure(factor: Factor, screen: Screen, body: Exposures) -> str:
    """A factor with today's exposure: "Fluid deficit 1.8 %"."""
    short = factor.short or factor.label
    if not factor.unit:
        return short
    owner = body if factor.measure in Exposures._fields else screen.answer.profile
    value = getattr(owner, factor.measure)
    if factor.unit == "share missing":
        return f"{short} {100 * value:.0f} %"
    shown = f"{value:.1f}".removesuffix(".0")
    return f"{short} {shown} {factor.unit}"
