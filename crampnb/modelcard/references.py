"""The list of references: every source that the card cites."""

from typing import Any

from crampnb.model.evidence import evidence
from crampnb.model.sources import Depth, Source
from crampnb.modelcard.verdicts import comparisons

#: how far a source was read, inside a sentence
READ: dict[Depth, str] = {
    "full text": "read in full",
    "abstract": "read as an abstract or in part",
    "described elsewhere": "known from a description elsewhere",
    "not read": "not readable for us",
}


def listing() -> str:
    """Every source that the data cite, in the order of the evidence."""
    return "\n".join(
        _entry(key, source) for key, source in evidence().sources.items() if key in _cited()
    )


def _cited() -> set[str]:
    """Keys of all sources that something on the card names."""
    data = evidence()
    tables = (data.quantities, data.factors, data.ailments, data.hypotheses)
    entries: list[Any] = [entry for table in tables for entry in table.values()]
    entries += [found.finding for found in comparisons()]
    return {key for entry in (*entries, data.baseline, data.needs_note) for key in entry.sources}


def _entry(key: str, source: Source) -> str:
    """One reference with its finding, how far it was read and when."""
    where = [
        f"doi [{source.doi}](https://doi.org/{source.doi})" if source.doi else "",
        f"PMID {source.pmid}" if source.pmid else "",
        f"<{source.url}>" if source.url else "",
        f"{READ[source.read]}, {source.looked_at:%B %Y}",
    ]
    return (
        f'- <a id="{key}"></a>{source.reference} *{source.population}.* {source.finding}'
        f" ({'; '.join(part for part in where if part)})"
    )
