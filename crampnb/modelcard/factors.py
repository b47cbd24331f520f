"""Factors, conditions, medicines and the four stories, as tables and notes."""

import math
from collections.abc import Mapping

from crampnb.model.entries import Condition, Factor, Hypothesis, OddsRatio
from crampnb.model.evidence import evidence
from crampnb.model.inputs import SwitchInput
from crampnb.modelcard.markdown import NOTHING, cite, table, triple, words


def overview() -> str:
    """Every factor: dose, odds ratio, certainty, what is measured and what is judged."""
    rows = (
        (
            evidence().causes[factor.cause].label,
            factor.label,
            _dose(factor),
            _effect(factor),
            _in_use(factor.odds_ratio),
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
    if isinstance(evidence().inputs.get(factor.measure), SwitchInput):
        return "no → yes"
    start, end = factor.ramp
    scale = ", by doublings (log₂)" if factor.scale == "log2" else ""
    space = "" if factor.unit.startswith("%") else " "
    return f"{start:g} → {end:g}{space}{factor.unit}{scale}{_weight(factor)}"


def _weight(factor: Factor) -> str:
    """What scales the dose, if anything does."""
    weight = factor.weight
    if weight is None:
        return ""
    start, end = weight.ramp
    measure = words(weight.measure).lower()
    return f"; times {weight.start:g} → {weight.end:g} for {measure} {start:g} to {end:g}"


def _effect(factor: Factor) -> str:
    """The odds ratio of a factor, or of each of its bands."""
    if factor.bands:
        bands = (f"from {band.from_age:g}: {triple(band.odds_ratio)}" for band in factor.bands)
        return "; ".join(bands)
    return triple(factor.odds_ratio) if factor.odds_ratio else "by condition"


def _in_use(effect: OddsRatio | None) -> str:
    """The 90 % interval that the model draws from a triple."""
    if effect is None:
        return NOTHING
    low, high = (math.exp(effect.slope + side * effect.spread) for side in (-1, 1))
    return f"{low:.2f} to {high:.2f}"


def ailments() -> str:
    """Every condition and medicine: odds ratio, certainty, what is judged."""
    rows = (
        (
            entry.label,
            triple(entry.odds_ratio),
            _in_use(entry.odds_ratio),
            entry.certainty,
            entry.basis,
            "yes" if entry.article else "no",
        )
        for entry in evidence().ailments.values()
    )
    head = ("condition or medicine", "odds ratio", "interval in use", "certainty", "size")
    return table((*head, "named by the article"), rows)


def notes(entries: Mapping[str, Factor | Condition]) -> str:
    """What was measured and what was judged, an item for each entry."""
    return "\n".join(
        f"- **{entry.label}.** *Measured:* {entry.measured} *Judged:* {entry.judged}"
        f" ({cite(entry.sources)})"
        for entry in entries.values()
    )


def story_notes() -> str:
    """What each story says, and on whose word."""
    return "\n".join(
        f"- **{story.name}** (`{story.key}`). {story.about}{_on_whose_word(story)}"
        for story in evidence().hypotheses.values()
    )


def _on_whose_word(story: Hypothesis) -> str:
    return f" ({cite(story.sources)})" if story.sources else ""


def stories() -> str:
    """What each story holds of each factor, side by side."""
    held_by = evidence().hypotheses.values()
    rows = (
        (factor.label, *(_held(story, factor) for story in held_by))
        for factor in evidence().factors.values()
    )
    return table(("factor", *(story.short for story in held_by)), rows)


def _held(story: Hypothesis, factor: Factor) -> str:
    """What a story holds of a factor at full dose."""
    if story.keeps(factor.key):
        return _effect(factor)
    held = evidence().odds_ratio(story, factor)
    return triple(held) if held else NOTHING
