"""The state of the page: one immutable profile and a hypothesis, replaced as wholes.

Everything else that is on the page is computed from them, or is what the visitor opened beside
them (a pinned answer, ticked warning signs, the axes of the charts).
"""

from collections.abc import Mapping
from typing import Any

from traitlets import Dict, HasTraits, Instance, Tuple, Unicode, observe

from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.profile import Profile
from crampnb.model.risk import hypothesis_of
from crampnb.model.safety import checked_flags
from crampnb.model.settings import USUAL, Settings
from crampnb.views.browser import given
from crampnb.views.screen import Screen


class RiskState(HasTraits):
    """What the visitor has set; observers see each change once, as a whole."""

    profile = Instance(Profile, args=())
    hypothesis = Unicode(USUAL)
    red_flags = Tuple()
    pinned = Instance(Explanation, allow_none=True)
    along = Unicode(Screen.along)
    over = Tuple(default_value=Screen.over)
    notices = Tuple()
    #: {input: why what was last typed for it was not taken}
    refused = Dict()

    @property
    def answer(self) -> Explanation:
        """The explanation of these settings."""
        return explain(self.profile, self.hypothesis, self.red_flags)

    @property
    def screen(self) -> Screen:
        """What the views show."""
        return Screen(self.answer, self.pinned, self.along, self.over, self.notices, self.refused)

    @observe("profile", "hypothesis", "over")
    def _forget_notices(self, _: Any) -> None:
        """Take away what was said about the last thing that was set, now that another one is.

        traitlets tells whoever observes a trait by its name before those who observe all, so the
        page never shows an old notice beside a new answer.
        """
        self.notices, self.refused = (), {}

    def take(self, settings: Settings, notices: tuple[str, ...] = ()) -> None:
        """Replace profile and story together; `notices` are about them."""
        with self.hold_trait_notifications():
            self.profile, self.hypothesis = settings.profile, settings.hypothesis
        self.notices = notices  # not before: the change above takes away what was said earlier

    def set(self, **inputs: object) -> None:
        """Change some inputs; `InputError` leaves everything as it was."""
        self.profile = self.profile.but(**inputs)

    def as_told(self) -> dict[str, Any]:
        """What is set, as JSON: `Settings` of the browser."""
        return {
            "given": given(self.profile.given),
            "story": self.hypothesis,
            "flags": list(self.red_flags),
            "along": self.along,
            "over": list(self.over),
        }

    def tell(self, told: Mapping[str, Any]) -> None:
        """Take all of it, as `as_told` gives it; `InputError` leaves everything as it was."""
        along, over = told["along"], tuple(told["over"])
        for name in (along, *over):
            if name not in {entry.name for entry in evidence().numeric_inputs}:
                raise InputError("along", name, "must be an input with a number")
        if len(set(over)) != len(over) or len(over) != 2:
            raise InputError("over", over, "must be two different inputs")
        profile, story = Profile.of(told["given"]), hypothesis_of(told["story"])
        flags = checked_flags(told["flags"])
        with self.hold_trait_notifications():
            self.profile, self.hypothesis = profile, story.key
            self.red_flags, self.along, self.over = flags, along, over
