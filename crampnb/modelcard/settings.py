"""The inputs, their references and the figures inside the exposures, as tables."""

from collections.abc import Sequence

from crampnb.model.evidence import evidence
from crampnb.model.inputs import ChoiceInput, Input, NumberInput, SwitchInput
from crampnb.model.profile import MINERALS
from crampnb.modelcard.markdown import NOTHING, cite, table, words


def inputs() -> str:
    """Every input: name, unit, range, step, reference."""
    head = ("input", "name in code", "unit", "range, step", "reference")
    rows = (
        (entry.label, f"`{entry.name}`", entry.unit or NOTHING, _range(entry), _reference(entry))
        for entry in evidence().inputs.values()
    )
    return table(head, rows)


def _range(entry: Input) -> str:
    """What an input allows."""
    if isinstance(entry, NumberInput):
        low, high = entry.range
        return f"{low:,g} to {high:,g}, {entry.step:g}"
    if isinstance(entry, ChoiceInput):
        return ", ".join(entry.option_labels)
    return "no, yes" if isinstance(entry, SwitchInput) else "any of those below"


def _reference(entry: Input) -> str:
    """The reference of an input in words."""
    follows = {"need": "reference intake", "usual_load": "usual activity load"}
    reference = entry.reference
    if isinstance(reference, str):
        return follows[reference] if reference in follows else entry.label_of(reference)
    if isinstance(reference, bool):
        return "yes" if reference else "no"
    return f"{reference:,g}" if not isinstance(reference, tuple) else "none"


def needs() -> str:
    """Reference intakes of drinks and minerals by sex and age."""
    both = evidence().needs
    drinks = ("Drinks (L/day)", *(f"{need.fluid:g}" for need in both.values()))
    rows = [
        (f"{mineral.capitalize()} (mg/day)", *(_bands(getattr(n, mineral)) for n in both.values()))
        for mineral in MINERALS
    ]
    return table(("reference", *both), [drinks, *rows])


def _bands(bands: Sequence[tuple[float, float]]) -> str:
    """Reference intakes by age: "1,000; from 51 years: 1,200"."""
    (_, first), *later = bands
    return "; ".join([f"{first:,g}", *(f"from {age:g} years: {value:,g}" for age, value in later)])


def quantities() -> str:
    """Every figure inside the exposures, with where it comes from."""
    head = ("quantity", "value", "unit", "basis", "where it comes from", "sources")
    rows = (
        (words(key), f"{q.value:g}", q.unit, q.basis, q.note, cite(q.sources))
        for key, q in evidence().quantities.items()
    )
    return table(head, rows)
