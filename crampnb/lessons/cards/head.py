"""The head of a lesson: its title, how far one is, and the answers to save, open or forget."""

from crampnb.lessons import html
from crampnb.lessons.cards.card import Card
from crampnb.lessons.progress import Progress

_CODE = (
    " What was typed into a grey box stays there, and counts again when that box is run:"
    " write it back first."
)


class HeadCard(Card):
    """Title, progress, and the answers."""

    def __init__(self, progress: Progress) -> None:
        self.progress, plan = progress, progress.plan
        super().__init__(
            plan.heading,
            html.head(plan),
            actions={
                "save": self.save,
                "open": self.take_over,
                "recall": self.recall,
                "forget": self.ask_first,
                "forget-all": self.forget,
            },
            kept=progress.saved,  # at once: the browser looks for it as soon as it has the card
        )
        self._tell()
        progress.observe(self._tell, ["entries", "plan"])
        # What another head has said before is over.
        progress.observe(lambda _: self.show(said=""), "replaced")

    def _tell(self, _: object = None) -> None:
        self.show(
            progress=f"Done: {self.progress.done} of {len(self.progress.plan.steps)}.",
            missing=html.still_to_do(self.progress.plan, self.progress.missing),
        )
        self.kept = self.progress.saved

    def save(self, _: str) -> None:
        """Hand the answers over as a file; say what became of it."""
        count = len(self.progress.entries)
        if not count:
            self.show(said="There is no answer to save yet.")
            return
        name = f"answers-{self.progress.plan.key}-{self.progress.id}.json"
        self.download(name, self.progress.saved)
        held = "one answer" if count == 1 else f"{count} answers"
        self.show(said=f"Saved: {name}, with {held}, where your browser puts downloads.")

    def take_over(self, text: str) -> None:
        """Take over the answers of a file that the learner opens; say what became of it."""
        self.show(said=self.progress.take_over(text.encode()))

    def recall(self, text: str) -> None:
        """Take over what the browser kept; say so."""
        self.show(said=self.progress.recall(text.encode()))

    def ask_first(self, _: str) -> None:
        """Ask whether all answers may really go."""
        self.reveal("sure")

    def forget(self, _: str) -> None:
        """Have no answers any more, here and in the browser."""
        self.progress.forget()
        self.due = []
        code = _CODE if self.progress.plan.values else ""
        self.show(said=f"Forgotten. You can begin anew.{code}")
