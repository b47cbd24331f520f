"""The state of the page: one immutable profile and a hypothesis, replaced as wholes.

Everything else that is on the page is computed from them, or is what the visitor opened beside
them (a pinned answer, ticked warning signs, the axes of the charts).
"""

from traitlets import HasTraits, Instance, Tuple, Unicode

from crampnb.explain import Explanation, explain
from crampnb.profile import Profile
from crampnb.views.screen import Screen


class RiskState(HasTraits):
    """What the visitor has set; observers see each change once, as a whole."""

    profile = Instance(Profile, args=())
    hypothesis = Unicode("evidence")
    red_flags = Tuple()
    pinned = Instance(Explanation, allow_none=True)
    along = Unicode(Screen.along)
    over = Tuple(default_value=Screen.over)
    notices = Tuple()

    @property
    def answer(self) -> Explanation:
        """The explanation of these settings."""
        return explain(self.profile, self.hypothesis, self.red_flags)

    @property
    def screen(self) -> Screen:
        """What the views show."""
        return Screen(self.answer, self.pinned, self.along, self.over, self.notices)

    def set(self, **inputs: object) -> None:
        """Change some inputs; `InputError` leaves everything as it was."""
        self.profile = self.profile.but(**inputs)

    def reset(self) -> None:
        """Back to the reference day; what is pinned stays pinned."""
        with self.hold_trait_notifications():
            self.profile, self.hypothesis, self.red_flags, self.notices = (
                Profile(),
                "evidence",
                (),
                (),
            )
