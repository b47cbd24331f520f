"""When to leave the numbers alone: a cramp right now, and warning signs that it is not a cramp."""

from crampnb.evidence import evidence
from crampnb.views.controls import slot
from crampnb.views.html import button, cited, details, escape
from crampnb.views.screen import Screen

URGENCIES = {"now": "Now", "today": "Today", "soon": "Soon"}


def relief() -> str:
    """What to do about a cramp right now, with a timer that says when to get help."""
    entry = evidence().relief
    steps = "".join(f"<li>{step}</li>" for step in entry.steps)
    timer = (
        f'<p class="timer" data-timer data-alarm="{entry.alarm_minutes * 60}">'
        f"{button('Start the timer', 'timer', kind='primary')}"
        ' <span role="timer" data-timer-text aria-label="Time since the cramp began">0:00</span>'
        "</p>"
        f'<p class="card alarm" data-timer-alarm hidden>{entry.alarm}</p>'
    )
    body = (
        f"<ol>{steps}</ol>{timer}<p>Longer than {entry.alarm_minutes} minutes? {entry.alarm}</p>"
        f'<p class="help">{entry.avoid}</p>{cited(entry.sources)}'
    )
    return details("Cramp right now?", f"<h2>{entry.title}</h2>{body}", "relief")


def red_flags() -> str:
    """The warning signs, each with a box to tick and what to do."""
    rows = "".join(
        f'<li class="flag">{slot(f"flag.{key}", flag.sign, "check")}'
        f'<p class="act"><b>{URGENCIES[flag.urgency]}:</b> {escape(flag.act)}</p>'
        f"{cited(flag.sources)}</li>"
        for key, flag in evidence().red_flags.items()
    )
    return f'<ul class="flags">{rows}</ul>'


def help_card(screen: Screen) -> str:
    """Where to get help for each sign that is ticked."""
    flags = [evidence().red_flags[key] for key in screen.answer.red_flags]
    if not flags:
        return ""
    acts = "".join(f"<li><b>{flag.sign}</b> {flag.act}</li>" for flag in flags)
    return (
        f'<div class="card alarm"><h3>What you ticked</h3><ul>{acts}</ul>'
        f"<p>The number is hidden while a warning sign is ticked.</p></div>"
    )
