"""Who says so: a publication or a page of a public body, and how far it was read.

Schwellnus MP, Drew N, Collins M (2011). Title. Br J Sports Med 45:650–656.
"""

import typing
from dataclasses import dataclass
from datetime import date
from typing import Literal

from crampnb.model.schema import EvidenceError

#: how far a source was read, best first
Depth = Literal["full text", "abstract", "described elsewhere", "not read"]
DEPTHS: tuple[Depth, ...] = typing.get_args(Depth)
#: stands for authors whose names were not seen
OTHERS = "et al."


@dataclass(frozen=True)
class Source:
    """A publication or a page, as far as it was read."""

    title: str
    #: journal with volume and pages, book or site
    published: str
    read: Depth
    #: when somebody last held the finding against the source
    looked_at: date
    population: str
    finding: str
    #: family name, then initials where they were seen
    authors: tuple[str, ...] = ()
    #: who publishes it, where no person is named
    body: str = ""
    #: year of publication; None for a page without a date
    year: int | None = None
    #: tells apart two publications of the same authors and year
    letter: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.authors) == bool(self.body):
            raise EvidenceError("needs authors or a body, and not both")

    @property
    def short(self) -> str:
        """The reference as a text cites it: "Schwellnus 2011", "NHS: Sciatica"."""
        if self.body and not self.year:
            return f"{self.body}: {self.title}"
        if not self.year:
            return f"{self._names} (no date)"
        return f"{self._names} {self.year}{self.letter}"

    @property
    def reference(self) -> str:
        """The whole reference, without identifiers."""
        who = ", ".join(self.authors) or self.body
        when = f"{self.year}{self.letter}" if self.year else "no date"
        stop = "" if self.title.endswith(("?", "!")) else "."
        return f"{who} ({when}). {self.title}{stop} {self.published}."

    @property
    def identifiers(self) -> tuple[str, ...]:
        """DOI, PMID and address, as far as they were seen."""
        known = (("doi ", self.doi), ("PMID ", self.pmid), ("", self.url))
        return tuple(prefix + value for prefix, value in known if value)

    @property
    def _names(self) -> str:
        """Family names of one or two authors, of the first of more, or the body."""
        families = [name.rpartition(" ")[0] or name for name in self.authors if name != OTHERS]
        if len(families) == 2 and OTHERS not in self.authors:
            return " & ".join(families)
        return families[0] if families else self.body
