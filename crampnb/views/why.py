"""Why: what each of the six causes adds, as times the odds and as people of 1,000."""

from crampnb.evidence import Cause, Factor, evidence
from crampnb.explain import added_people, natural_frequency, people_by_cause, shares
from crampnb.pictures import bar
from crampnb.views.html import details, signed, table, times
from crampnb.views.screen import Screen


def why(screen: Screen) -> str:
    """One row a cause, each opening into its factors; people add up to the answer exactly."""
    if screen.stopped:
        return ""
    answer = screen.answer
    by_factor, people = shares(answer), people_by_cause(answer)
    rows = "".join(
        details(_row(cause, answer.causes[key], people[key]), _factors(screen, cause, by_factor))
        for key, cause in evidence().causes.items()
    )
    base, added = natural_frequency(answer.baseline), added_people(answer)
    return (
        '<div class="causes"><p class="causes-head" aria-hidden="true">'
        f"<span>lowers the odds</span><span>raises the odds</span></p>{rows}</div>"
        f'<p class="sum">{base} at the reference settings, {signed(added)} from these settings:'
        f" <b>{base + added} of 1,000</b>.</p>"
    )


def _row(cause: Cause, term: float, people: int) -> str:
    number = f'<span class="number">{cause.number}</span>' if cause.number else ""
    return (
        f'<span class="cause-name">{number}{cause.label}</span>{bar(term)}'
        f'<span class="cause-odds">{times(term)} <span class="unit">the odds</span></span>'
        f'<span class="cause-people">{signed(people)} <span class="unit">of 1,000</span></span>'
    )


def _factors(screen: Screen, cause: Cause, by_factor: dict[str, float]) -> str:
    """The factors of a cause with today's terms, their full effect and certainty."""
    rows = [
        (
            factor.label,
            times(screen.answer.terms[factor.key]),
            signed(by_factor[factor.key], 1),
            _full_effect(screen, factor),
            f"{factor.certainty}; {factor.basis}",
        )
        for factor in evidence().factors_of(cause.key)
    ]
    head = ("Factor", "Today", "People of 1,000", "At its worst (or best), with range", "Certainty")
    return f"<p>{cause.verdict}</p>{table(f'{cause.label}, factor by factor', head, rows)}"


def _full_effect(screen: Screen, factor: Factor) -> str:
    """Odds ratio at full dose with its range, as this story holds it."""
    odds_ratio = evidence().odds_ratio(screen.answer.story, factor)
    if odds_ratio:
        return f"× {odds_ratio.central:.2f} ({odds_ratio.low:.2f} to {odds_ratio.high:.2f})"
    if factor.key in ("age", "conditions") and screen.answer.story.keeps(factor.key):
        return "differs; see the cards below"
    return "no effect in this story"
