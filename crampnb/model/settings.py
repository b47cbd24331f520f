"""What is set: a day, and the story that tells it."""

from dataclasses import dataclass, field

from crampnb.model.profile import Profile

#: key of the story that answers where none is named
USUAL = "evidence"


@dataclass(frozen=True)
class Settings:
    """A profile and a hypothesis: links, scenarios and the page hand them on as one."""

    profile: Profile = field(default_factory=Profile)
    hypothesis: str = USUAL
