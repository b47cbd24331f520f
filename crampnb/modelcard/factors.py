"""Factors, conditions, medicines and the four stories, as tables and notes."""

from collections.abc import Mapping

from crampnb.evidence import Condition, Factor, Hypothesis, OddsRatio, evidence
from crampnb.modelcard.markdown import NOTHING, cite, table, triple, words


def _factors() -> str:
    rows = (
        (
            evidence().causes[factor.cause].label,
            factor.label,
            _dose(factor),
            _effect(factor),
            in_use(factor.odds_ratio),
            factor.certainty,
            factor.direction,
            factor.link,
            factor.basis,
        )
        for factor in evidence().factors.values()
    )
    head = ("cause", "factor", "dose 0 → 1", "odds ratio", "interval in use")
    return table((*head, "certainty", "direction", "link with cramps", "size"), rows)


def _dose(factor: Factor) -> str:
    """From where to where the dose of a factor runs."""
    if factor.bands:
        return "by age band"
    if not factor.measure:
        return "any present"
    if factor.measure in evidence().inputs and evidence().inputs[factor.measure].kind == "switch":
        return "no → yes"
    start, end = factor.ramp
    scale = ", by doublings (log₂)" if factor.scale == "log2" else ""
    return f"{start:g} → {end:g} {factor.unit}{scale}{_weight(factor)}"


def _weight(factor: Factor) -> str:
    """What scales the dose, if anything does."""
    weight = factor.weight
    if weight is None:
        return ""
    start, end = weight.ramp
    return (
        f"; times {weight.start:g} → {weight.end:g} as {words(weight.measure).lower()}"
        f" go{'es' if weight.measure == 'activity_load' else ''} from {start:g} to {end:g}"
    )


def _effect(factor: Factor) -> str:
    """The odds ratio of a factor, or of each of its bands."""
    if factor.bands:
        bands = (f"from {band.from_age:g}: {triple(band.odds_ratio)}" for band in factor.bands)
        return "; ".join(bands)
    return triple(factor.odds_ratio) if factor.odds_ratio else "by condition"


def in_use(effect: OddsRatio | None) -> str:
    """The 90 % interval that the model draws from a triple."""
    if effect is None:
        return NOTHING
    low, high = (effect.central * (effect.high / effect.low) ** (side / 2) for side in (-1, 1))
    return f"{low:.2f} to {high:.2f}"


def _ailments() -> str:
    rows = (
        (
            entry.label,
            triple(entry.odds_ratio),
            in_use(entry.odds_ratio),
            entry.certainty,
            entry.basis,
            "yes" if entry.article else "no",
        )
        for entry in evidence().ailments.values()
    )
    head = ("condition or medicine", "odds ratio", "interval in use", "certainty", "size")
    return table((*head, "named by the article"), rows)


def _notes(entries: Mapping[str, Factor | Condition]) -> str:
    """What was measured and what was judged, an item for each entry."""
    return "\n".join(
        f"- **{entry.label}.** *Measured:* {entry.measured} *Judged:* {entry.judged}"
        f" ({cite(entry.sources)})"
        for entry in entries.values()
    )


def _story_notes() -> str:
    return "\n".join(
        f"- **{story.name}** (`{story.key}`). {story.about} ({cite(story.sources)})"
        for story in evidence().hypotheses.values()
    )


def _stories() -> str:
    stories = evidence().hypotheses.values()
    rows = (
        (factor.label, *(_held(story, factor) for story in stories))
        for factor in evidence().factors.values()
    )
    return table(("factor", *(story.short for story in stories)), rows)


def _held(story: Hypothesis, factor: Factor) -> str:
    """What a story holds of a factor at full dose."""
    if story.keeps(factor.key):
        return _effect(factor)
    held = evidence().odds_ratio(story, factor)
    return triple(held) if held else NOTHING
