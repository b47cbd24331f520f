"""Who says so: the four stories on the same settings, and what would tell them apart."""

import crampnb.figures as figures
from crampnb.evidence import evidence
from crampnb.explain import Disagreement, Explanation, disagreement, explain, natural_frequency
from crampnb.figures import Spec
from crampnb.views.html import button, cited, frequency, table
from crampnb.views.screen import Screen


def tellings(screen: Screen) -> list[Explanation]:
    """The same settings under each hypothesis."""
    return [explain(screen.answer.profile, key) for key in evidence().hypotheses]


def spread(screen: Screen) -> Spec:
    """The four stories as a plotly spec."""
    told = tellings(screen)
    return figures.stories(
        [answer.story.short for answer in told],
        [answer.risk for answer in told],
        [answer.interval for answer in told],
        list(evidence().hypotheses).index(screen.answer.hypothesis),
    )


def stories(screen: Screen) -> str:
    """The disagreement in a sentence, a row for each story, and the study that would help."""
    if screen.stopped:
        return ""
    split = disagreement(screen.answer.profile)
    rows = [_row(answer, screen.answer.hypothesis) for answer in tellings(screen)]
    head = ("Story", "of 1,000", "Range", "What it holds", "")
    return (
        f'<p class="split">{split.sentence}</p>{_driver(split)}'
        f"{table('Four stories, one set of sliders', head, rows, 'stories')}"
    )


def _row(answer: Explanation, chosen: str) -> tuple[str, ...]:
    low, high = map(natural_frequency, answer.interval)
    choose = (
        '<span class="chosen">shown now</span>'
        if answer.hypothesis == chosen
        else button("Use", "story", answer.hypothesis, label=f"Use the story: {answer.story.name}")
    )
    return (
        answer.story.name,
        frequency(answer.risk),
        f"{low} to {high}",
        answer.story.about + cited(answer.story.sources),
        choose,
    )


def _driver(split: Disagreement) -> str:
    """What drives the stories apart, and the study that would tell."""
    if not split.driver:
        return "<p>Move a slider away from its reference and see whether they stay together.</p>"
    entry = evidence().inputs[split.driver]
    study = evidence().causes[split.cause].separating_study
    return (
        f"<p>What drives them apart most is <b>{entry.label.lower()}</b>.</p>"
        f'<p class="card note"><b>A study that would tell them apart:</b> {study}</p>'
    )
