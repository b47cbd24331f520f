"""The evidence, card by card: what was measured, what was judged, by whom. It does not move."""

from crampnb.evidence import Cause, Condition, Factor, OddsRatio, Source, evidence
from crampnb.views.html import cited, details, escape, table


def cards() -> str:
    """A card per factor, by cause; conditions and medicines; the tips; the studies."""
    causes = "".join(_cause(cause) for cause in evidence().causes.values())
    return (
        f"{causes}{_ailments('Conditions', evidence().conditions)}"
        f"{_ailments('Medicines', evidence().medicines)}"
        f"{_tips()}{_baseline()}{_physiology()}{_studies()}"
    )


def _cause(cause: Cause) -> str:
    heading = f"{cause.number}. {cause.label}" if cause.number else cause.label
    claim = f"<p><b>The article says:</b> {cause.claim}</p>" if cause.claim else ""
    factors = "".join(_factor(factor) for factor in evidence().factors_of(cause.key))
    return (
        f'<section class="cause-cards"><h3>{heading}</h3>{claim}'
        f"<p><b>The evidence:</b> {cause.verdict}</p>{factors}</section>"
    )


def _factor(factor: Factor) -> str:
    effect = f"<div><dt>At full dose</dt><dd>{_triple(factor.odds_ratio)}</dd></div>"
    if factor.bands:
        effect = "".join(
            f"<div><dt>From {band.from_age:g} years</dt><dd>{_triple(band.odds_ratio)}</dd></div>"
            for band in factor.bands
        )
    elif factor.odds_ratio is None:
        effect = "<div><dt>At full dose</dt><dd>by condition; see the tables below</dd></div>"
    dose = ""
    if factor.unit and factor.measure:
        start, end = factor.ramp
        dose = f"<div><dt>Dose 0 to 1</dt><dd>{start:g} to {end:g} {factor.unit}</dd></div>"
    facts = (
        f'<dl class="facts"><div><dt>Certainty</dt><dd>{factor.certainty}</dd></div>'
        f"<div><dt>Direction</dt><dd>{escape(factor.direction)}</dd></div>{dose}{effect}</dl>"
    )
    return details(
        f'{factor.label} <span class="badge">{factor.certainty}</span>',
        f"{facts}<p><b>Measured:</b> {factor.measured}</p><p><b>Judged:</b> {factor.judged}</p>"
        f"{cited(factor.sources)}",
        "card",
    )


def _triple(odds_ratio: OddsRatio | None) -> str:
    if odds_ratio is None:
        return ""
    low, central, high = odds_ratio.low, odds_ratio.central, odds_ratio.high
    reach = ", which includes no effect" if low <= 1 <= high else ""
    return f"× {central:g} the odds ({low:g} to {high:g}{reach}); judged"


def _ailments(title: str, entries: dict[str, Condition]) -> str:
    rows = [
        (
            entry.label,
            _triple(entry.odds_ratio),
            entry.certainty,
            entry.measured + cited(entry.sources),
        )
        for entry in entries.values()
    ]
    head = ("", "Effect", "Certainty", "What was measured")
    return details(title, table(f"{title} and the odds of a cramp", head, rows), "card")


def _tips() -> str:
    rows = [
        (
            tip.label,
            f"Tip {tip.article}: {tip.claim}" if tip.article else "not in the article",
            tip.verdict + cited(tip.sources),
        )
        for tip in evidence().tips.values()
    ]
    head = ("Tip", "What the article says", "What is known")
    return details("The tips", table("Tips and what is known", head, rows), "card")


def _baseline() -> str:
    base = evidence().baseline
    low, central, high = (f"{1000 * risk:g}" for risk in base.risk)
    body = (
        f"<p>{central} of 1,000 in 30 days ({low} to {high}); certainty {base.certainty};"
        f" {base.basis}.</p>"
        f"<p><b>Measured:</b> {base.measured}</p><p><b>Judged:</b> {base.judged}</p>"
        f"{cited(base.sources)}"
    )
    return details("Where the figure starts: the baseline", body, "card")


def _physiology() -> str:
    """The figures that lead from a day to its exposures, and the reference intakes."""
    rows = [
        (
            key.replace("_", " "),
            f"{one.value:g} {one.unit}",
            one.basis,
            one.note + cited(one.sources),
        )
        for key, one in evidence().quantities.items()
    ]
    needs = evidence().needs_note
    body = table("Figures of the physiology", ("", "Value", "Basis", "Why"), rows)
    return details(
        "From your day to your body: the figures",
        f"{body}<p><b>Reference intakes:</b> {needs.note}</p>{cited(needs.sources)}",
        "card",
    )


def _studies() -> str:
    items = "".join(
        f'<li id="source-{key}" tabindex="-1">{_full(source)}</li>'
        for key, source in sorted(evidence().sources.items())
    )
    return details(
        f"All {len(evidence().sources)} studies", f'<ul class="studies">{items}</ul>', "card"
    )


def _full(source: Source) -> str:
    """The reference as far as it was read, with its finding; addresses are text, not links."""
    where = [f"doi {source.doi}"] if source.doi else []
    where += [f"PMID {source.pmid}"] if source.pmid else []
    where += [source.url] if source.url and not source.doi else []
    seen = "" if source.read == "publication" else " (read in a secondary page)"
    ids = f' <span class="ids">{escape("; ".join(where))}</span>' if where else ""
    people = f" {escape(source.population)}." if source.population else ""
    return f"{escape(source.reference)}{seen}.{ids}{people} {escape(source.finding)}"
