"""The model card: prose of `data/modelcard.md`, every number and table from the evidence.

`python -m crampnb.modelcard` writes it to MODEL.md in the current folder.
"""

from collections.abc import Callable
from importlib.resources import files
from string import Template

import crampnb
from crampnb.model.evidence import evidence
from crampnb.model.explain import explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from crampnb.modelcard import factors, people, references, settings
from crampnb.modelcard.markdown import cite, triple
from crampnb.modelcard.verdicts import odds_ratio


def card() -> str:
    """The whole card as Markdown."""
    prose = (files("crampnb") / "data" / "modelcard.md").read_text("utf-8")
    return Template(prose).substitute(_figures(), **{name: part() for name, part in PARTS.items()})


def _figures() -> dict[str, str]:
    """{name: text}: the single figures and sentences that the prose quotes."""
    data = evidence()
    count = data.outcome.people
    low, central, high = (f"{risk * count:g}" for risk in data.baseline.risk)
    start, end = (f"{risk * count:.1f}" for risk in explain({}).interval)
    split = odds_ratio(_slouching(), Profile(), data.hypotheses["article"])
    return {
        "version": crampnb.__version__,
        "outcome": data.outcome.name,
        "horizon": str(data.outcome.horizon_days),
        "people": f"{count:,}",
        "baseline": f"{low} / {central} / {high}",
        "baseline_ends": f"{low} to {high}",
        "baseline_certainty": data.baseline.certainty,
        "baseline_measured": data.baseline.measured,
        "baseline_judged": data.baseline.judged,
        "baseline_sources": cite(data.baseline.sources),
        "reference_interval": f"{start} to {end}",
        "needs_note": data.needs_note.note,
        "needs_sources": cite(data.needs_note.sources),
        "per_cause": triple(data.hypotheses["article"].per_cause),
        "split_interval": f"{split.low:.2f} to {split.high:.2f}",
        "previous_cramp": triple(data.factors["previous_cramp"].odds_ratio),
        "compounded": _compounded(),
    } | {key: f"{quantity.value:g}" for key, quantity in data.quantities.items()}


def _slouching() -> Profile:
    """A day with every factor of posture at full dose."""
    return Profile(sitting=10, longest_sitting=120, slumped=True, activity_load=0)


def _compounded() -> str:
    """What many ticks at once come to."""
    ill = Profile(age=65, conditions=("cirrhosis", "dialysis"), previous_cramp=True)
    low, high = map(natural_frequency, explain(ill).interval)
    return (
        f"{natural_frequency(explain(ill).risk)} of {evidence().outcome.people:,} ({low} to {high})"
    )


#: what the template calls its tables and lists
PARTS: dict[str, Callable[[], str]] = {
    "inputs": settings.inputs,
    "needs": settings.needs,
    "quantities": settings.quantities,
    "factors": factors.overview,
    "factor_notes": lambda: factors.notes(evidence().factors),
    "ailments": factors.ailments,
    "ailment_notes": lambda: factors.notes(evidence().ailments),
    "story_notes": factors.story_notes,
    "stories": factors.stories,
    "groups": people.overview,
    "groups_summary": people.summary,
    "group_notes": people.notes,
    "groups_by_story": people.by_story,
    "references": references.listing,
}
