"""What would help: single changes, ranked, each with its range, probability and certainty."""

from crampnb.evidence import evidence
from crampnb.explain import natural_frequency
from crampnb.steps import Step, is_withheld
from crampnb.views.html import button, escape, signed
from crampnb.views.screen import Screen

SHOWN = 5


def next_steps(screen: Screen) -> str:
    """The best single changes, the ones that this story sees no use in, and those withheld."""
    if screen.stopped:
        return ""
    useful = [step for step in screen.answer.steps if step.risk_reduction > 1e-6]
    useless = [step.name for step in screen.answer.steps if step.risk_reduction <= 1e-6]
    cards = "".join(f"<li>{_card(step)}</li>" for step in useful[:SHOWN])
    parts = [
        f'<ol class="steps">{cards}</ol>'
        if cards
        else "<p>No single change that this page knows of would lower the figure.</p>"
    ]
    if useless:
        parts.append(f"<p>In this story these would change nothing: {_joined(useless)}.</p>")
    parts += [
        f'<p class="card note"><b>{tip.label}</b>: not suggested here. {tip.withheld_note}</p>'
        for tip in evidence().tips.values()
        if tip.input and is_withheld(tip, screen.answer.profile)
    ]
    professional = evidence().tips["professional"]
    parts.append(f"<p><b>{professional.label}.</b> {professional.verdict}</p>")
    return "".join(parts)


def _card(step: Step) -> str:
    """One change: fewer people of 1,000 with the range, probability, certainty, effort."""
    fewer = natural_frequency(step.risk_reduction)
    worst, best = (signed(-1000 * end) for end in step.interval)
    gain = f"{fewer} fewer of 1,000" if fewer else "fewer than 1 fewer of 1,000"
    return (
        f'<h3>{step.name}</h3><p class="gain"><b>{gain}</b> <span>({best} to {worst})</span></p>'
        f'<dl class="facts"><div><dt>Helps at all</dt><dd>{100 * step.probability_helps:.0f} in 100'
        f"</dd></div><div><dt>Certainty</dt><dd>{step.certainty}</dd></div>"
        f"<div><dt>Effort</dt><dd>{step.effort}: {escape(step.effort_note)}</dd></div></dl>"
        + button("Try it", "apply", step.key, label=f"Try it: {step.name}")
    )


def _joined(names: list[str]) -> str:
    return "; ".join(name[0].lower() + name[1:] for name in names)
