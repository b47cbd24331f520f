"""Who says so: the four stories on the same settings, and what would tell them apart."""

import crampnb.views.charts as figures
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation
from crampnb.model.frequency import denominator
from crampnb.model.stories import Disagreement, disagreement
from crampnb.views.charts import Spec
from crampnb.views.elements import Html, Inside, b, fragment, p, span
from crampnb.views.html import button, cited, table
from crampnb.views.live import figure, filled, only_if, yes
from crampnb.views.screen import Screen


def spread(screen: Screen) -> Spec:
    """The four stories as a plotly spec."""
    return figures.stories(
        [answer.story.short for answer in screen.tellings],
        [answer.risk for answer in screen.tellings],
        [answer.interval for answer in screen.tellings],
        list(evidence().hypotheses).index(screen.answer.hypothesis),
    )


def stories(screen: Screen) -> Html:
    """A row for each story."""
    rows = [_row(answer, screen.answer.hypothesis) for answer in screen.tellings]
    head = ("Story", "of 1,000", "Range", "What it holds", "")
    return table("Four stories, one set of sliders", head, rows, "stories")


def split(screen: Screen) -> Html:
    """The disagreement in a sentence, and the study that would help."""
    found = disagreement(screen.answer.profile)
    return fragment[p("split")[found.sentence], _driver(found)]


def _row(answer: Explanation, chosen: str) -> tuple[Inside, ...]:
    key, people = answer.hypothesis, answer.people
    shown = {
        name: figure(f"story.{key}.{name}", f"{number:,}")
        for name, number in people._asdict().items()
    }
    now = yes(key == chosen)
    use = button("Use", "story", key, label=f"Use the story: {answer.story.name}")
    choose = (
        span("chosen", **only_if(f"story.{key}", "yes", now))["shown now"],
        span(**only_if(f"story.{key}", "no", now))[use],
    )
    return (
        answer.story.name,
        filled(f"{{risk}} of {denominator()}", shown),
        filled("{low} to {high}", shown),
        (answer.story.about, cited(answer.story.sources, answer.story.looked_at)),
        choose,
    )


def _driver(split: Disagreement) -> Html:
    """What drives the stories apart, and the study that would tell."""
    if not split.driver:
        return p["Move a slider away from its reference and see whether they stay together."]
    entry = evidence().inputs[split.driver]
    study = evidence().causes[split.cause].separating_study
    return fragment[
        p["What drives them apart most is ", b[entry.label.lower()], "."],
        p("card note")[b["A study that would tell them apart:"], " ", study],
    ]
