"""What a class found hard, guessed and wrote, for its teacher."""

import re
from collections.abc import Iterable

from crampnb.lessons import answers as given
from crampnb.lessons import glance
from crampnb.lessons.answers import Answers
from crampnb.lessons.cards.card import Card
from crampnb.lessons.plans import Plan, lessons
from crampnb.model.frequency import natural_frequency

#: what a lesson of one's own is known by: its first words, and six signs that tell it from the like
_OWN = re.compile(r"(?P<words>[a-z0-9]+(?:-[a-z0-9]+)*)-[0-9a-f]{6}")
LONGEST_WORDS = 24  # signs from which on the words may have been cut


def class_overview(answers: Iterable[Answers]) -> Card:
    """Questions, the hardest first; how guesses spread; what was written."""
    class_ = list(answers)
    checked = [one for one in given.overview(class_) if one.checked]
    checked.sort(key=lambda one: one.right_at_first / one.checked)
    parts = (
        glance.questions((_asked(one.lesson, one.key), one) for one in checked),
        glance.guesses((_asked(one.lesson, one.key), one) for one in given.guesses(class_)),
        glance.texts((_asked(one.lesson, one.key), one) for one in given.texts(class_)),
    )
    caption = "The class at a glance"
    return Card(caption, glance.class_at_a_glance(caption, filter(None, parts)))


def _asked(key: str, question: str) -> glance.Asked:
    """Lesson, question and the model's figure; what no lesson has stands for itself."""
    plan = lessons().get(key)
    if plan is None:
        return _words(key), _words(question.removeprefix("guess.")), ""
    return f"Lesson\u00a0{plan.number}", *_prompt(plan, question)


def _prompt(plan: Plan, key: str) -> tuple[str, str]:
    """What was asked, and the model's figure where it was guessed."""
    if key in plan.questions:
        return plan.questions[key].prompt, ""
    if claim := plan.claims.get(key.removeprefix("grade.")):
        return claim.claim, ""
    if situation := plan.situations.get(key.removeprefix("guess.")):
        return situation.story, str(natural_frequency(situation.answer.risk))
    if key in plan.values:
        return "Code of one's own that gives the model's risk to six digits", ""
    return plan.writing.get(key, key), ""


def _words(key: str) -> str:
    """A key of a lesson of one's own as the words that it is made of."""
    found = _OWN.fullmatch(key)
    if not found:
        return key
    words = found["words"].replace("-", " ").capitalize()
    return f"{words} ..." if len(words) >= LONGEST_WORDS else words
