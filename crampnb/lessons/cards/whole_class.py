"""What a class found hard, for its teacher."""

from collections.abc import Iterable

from crampnb.lessons import html
from crampnb.lessons.answers import Answers, QuestionOverview, overview
from crampnb.lessons.cards.card import Card
from crampnb.lessons.plans import lesson, lessons


def class_overview(answers: Iterable[Answers]) -> Card:
    """What a class found hard: a row for each question, the hardest first."""
    checked = [one for one in overview(answers) if one.checked and one.lesson in lessons()]
    checked.sort(key=lambda one: one.right_at_first / one.checked)
    rows = [(lesson(one.lesson).number, _prompt(one), one) for one in checked]
    caption = "The class at a glance"
    return Card(caption, html.questions_of_class(caption, rows))


def _prompt(one: QuestionOverview) -> str:
    """What was asked; a key that no question has stands for itself."""
    plan = lesson(one.lesson)
    if one.key in plan.questions:
        return plan.questions[one.key].prompt
    claim = plan.claims.get(one.key.removeprefix("grade."))
    return claim.claim if claim else one.key
