"""Compare: pin the settings as A, change something, read the difference."""

from crampnb.evidence import evidence
from crampnb.explain import compare as difference
from crampnb.profile import Profile
from crampnb.views.html import button, table
from crampnb.views.screen import Screen


def compare(screen: Screen) -> str:
    """The pinned settings beside today's, or the invitation to pin."""
    if screen.stopped:
        return ""
    pin = button("Pin these settings as A", "pin", kind="primary")
    if screen.pinned is None:
        return f"<p>Pin the settings, change something, and read the difference here.</p>{pin}"
    before, now = screen.pinned, screen.answer
    rows = [
        (evidence().inputs[name].label, shown(before.profile, name), shown(now.profile, name))
        for name in evidence().inputs
        if getattr(before.profile, name) != getattr(now.profile, name)
    ]
    if before.hypothesis != now.hypothesis:
        rows.append(("Story", before.story.name, now.story.name))
    changes = (
        table("What differs", ("", "A", "Now"), rows) if rows else "<p>Nothing differs yet.</p>"
    )
    return (
        f'<p class="split">{difference(before, now)}</p>{changes}<p class="buttons">'
        f"{button('Pin these settings as A instead', 'pin')} {button('Go back to A', 'restore')}"
        f" {button('Forget A', 'unpin')}</p>"
    )


def settings(screen: Screen) -> str:
    """What is set, in words: on paper there are no sliders to look at."""
    answer = screen.answer
    told = [
        f"{evidence().inputs[name].label}: {shown(answer.profile, name)}"
        for name in answer.profile.given
    ]
    return (
        f"<b>Settings:</b> {'; '.join(told) or 'all at the reference'}. Story: {answer.story.name}."
    )


def shown(profile: Profile, name: str) -> str:
    """The value of an input as a person says it."""
    entry, value = evidence().inputs[name], getattr(profile, name)
    if entry.kind == "number":
        return entry.speak(value)
    if entry.kind == "switch":
        return "yes" if value else "no"
    if entry.kind == "choice":
        return entry.label_of(value)
    return ", ".join(entry.label_of(one) for one in entry.options if one in value) or "none"
