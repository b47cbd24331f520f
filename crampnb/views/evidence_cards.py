"""The evidence, card by card: what was measured, what was judged, by whom. It does not move."""

from collections.abc import Iterable

from crampnb.model.entries import Cause, Condition, Factor, OddsRatio, Tip
from crampnb.model.evidence import evidence
from crampnb.model.sources import Source
from crampnb.views.elements import Html, b, fragment, h3, li, p, section, span, ul
from crampnb.views.html import READ, cited, details, facts, table


def cards() -> Html:
    """A card per factor, by cause; conditions and medicines; the tips; the studies."""
    return fragment[
        [_cause(cause) for cause in evidence().causes.values()],
        _ailments("Conditions", evidence().conditions.values()),
        _ailments("Medicines", evidence().medicines.values()),
        _tips(),
        _baseline(),
        _physiology(),
        _studies(),
    ]


def _cause(cause: Cause) -> Html:
    heading = f"{cause.number}. {cause.label}" if cause.number else cause.label
    return section("cause-cards")[
        h3[heading],
        p[b["The article says:"], " ", cause.claim] if cause.claim else "",
        p[b["The evidence:"], " ", cause.verdict],
        [_factor(factor) for factor in evidence().factors_of(cause.key)],
    ]


def _factor(factor: Factor) -> Html:
    known = [
        ("Certainty", factor.certainty),
        ("Direction", factor.direction),
        *_dose(factor),
        *_effects(factor),
    ]
    return details(
        [factor.label, " ", span("badge")[factor.certainty]],
        [
            facts(known),
            p[b["Measured:"], " ", factor.measured],
            p[b["Judged:"], " ", factor.judged],
            cited(factor.sources, factor.looked_at),
        ],
        "card",
    )


def _dose(factor: Factor) -> list[tuple[str, str]]:
    """Where the dose starts and where it is full."""
    if not (factor.unit and factor.measure):
        return []
    start, end = factor.ramp
    return [("Dose 0 to 1", f"{start:g} to {end:g} {factor.unit}")]


def _effects(factor: Factor) -> list[tuple[str, str]]:
    """The odds ratio at full dose, or one for each age."""
    if factor.bands:
        return [
            (f"From {band.from_age:g} years", _triple(band.odds_ratio)) for band in factor.bands
        ]
    if factor.odds_ratio is None:
        return [("At full dose", "by condition; see the tables below")]
    return [("At full dose", _triple(factor.odds_ratio))]


def _triple(odds_ratio: OddsRatio) -> str:
    low, central, high = odds_ratio.low, odds_ratio.central, odds_ratio.high
    reach = ", which includes no effect" if low <= 1 <= high else ""
    return f"× {central:g} the odds ({low:g} to {high:g}{reach}); judged"


def _ailments(title: str, entries: Iterable[Condition]) -> Html:
    rows = [
        (entry.label, _triple(entry.odds_ratio), entry.certainty, _known(entry))
        for entry in entries
    ]
    head = ("", "Effect", "Certainty", "What was measured")
    return details(title, table(f"{title} and the odds of a cramp", head, rows), "card")


def _known(entry: Condition) -> Html:
    """What was measured and judged of a condition or medicine, and what to beware of."""
    return fragment[
        f"{entry.measured} ",
        b["Judged:"],
        f" {entry.judged}",
        [" ", b["Caution:"], " ", entry.caution] if entry.caution else "",
        cited(entry.sources, entry.looked_at),
    ]


def _tips() -> Html:
    rows = [(tip.label, _claim(tip), _verdict(tip)) for tip in evidence().tips.values()]
    head = ("Tip", "What the article says", "What is known")
    return details("The tips", table("Tips and what is known", head, rows), "card")


def _claim(tip: Tip) -> str:
    return f"Tip {tip.article}: {tip.claim}" if tip.article else "not in the article"


def _verdict(tip: Tip) -> Html:
    return fragment[tip.verdict, cited(tip.sources, tip.looked_at)]


def _baseline() -> Html:
    base = evidence().baseline
    low, central, high = (f"{1000 * risk:g}" for risk in base.risk)
    start = (
        f"{central} of 1,000 in 30 days ({low} to {high}); certainty {base.certainty};"
        f" {base.basis}."
    )
    body = fragment[
        p[start],
        p[b["Measured:"], " ", base.measured],
        p[b["Judged:"], " ", base.judged],
        cited(base.sources, base.looked_at),
    ]
    return details("Where the figure starts: the baseline", body, "card")


def _physiology() -> Html:
    """The figures that lead from a day to its exposures, and the reference intakes."""
    rows = [
        (
            key.replace("_", " "),
            f"{one.value:g} {one.unit}",
            one.basis,
            [one.note, cited(one.sources, one.looked_at)],
        )
        for key, one in evidence().quantities.items()
    ]
    needs = evidence().needs_note
    body = fragment[
        table("Figures of the physiology", ("", "Value", "Basis", "Why"), rows),
        p[b["Reference intakes:"], " ", needs.note],
        cited(needs.sources, needs.looked_at),
    ]
    return details("From your day to your body: the figures", body, "card")


def _studies() -> Html:
    items = [
        li(id=f"source-{key}", tabindex=-1)[_full(source)]
        for key, source in sorted(evidence().sources.items())
    ]
    return details(f"All {len(evidence().sources)} sources", ul("studies")[items], "card")


def _full(source: Source) -> Html:
    """The reference, its finding and how far it was read; addresses are text, not links."""
    known = "; ".join(source.identifiers)
    return fragment[
        source.reference,
        [" ", span("ids")[known]] if known else "",
        f" {source.population}. {source.finding} ",
        span("read")[f"{READ[source.read]}, {source.looked_at:%B %Y}."],
    ]
