"""What of the evidence is due to be looked at again: `python -m crampnb.modelcard.upkeep`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from crampnb.model.evidence import evidence
from crampnb.model.sources import Depth
from crampnb.modelcard.groups import groups

#: how long a look holds
HOLDS = timedelta(days=2 * 365)


class Entry(NamedTuple):
    """Something that the data files say, and on whose word."""

    #: where it stands in the files
    place: str
    looked_at: date
    #: how far each of its sources was read; a source is its own
    read: frozenset[Depth]


def entries() -> tuple[Entry, ...]:
    """Every dated entry and every source."""
    return (*_citing(), *_groups(), *_sources())


def _citing() -> Iterable[Entry]:
    for place, entry in evidence().citing.items():
        yield Entry(place, entry.looked_at, _read(entry.sources))


def _groups() -> Iterable[Entry]:
    for key, group in groups().items():
        cited = [source for finding in group.findings for source in finding.sources]
        yield Entry(f"groups.{key}", group.looked_at, _read(cited))


def _sources() -> Iterable[Entry]:
    for key, source in evidence().sources.items():
        yield Entry(f"sources.{key}", source.looked_at, frozenset({source.read}))


def _read(sources: Iterable[str]) -> frozenset[Depth]:
    return frozenset(evidence().sources[key].read for key in sources)


def due(found: Iterable[Entry], today: date) -> list[str]:
    """What was looked at more than two years ago, oldest first."""
    old = sorted((one.looked_at, one.place) for one in found if today - one.looked_at > HOLDS)
    return [f"{place}, {when:%d %B %Y}" for when, place in old]


def thin(found: Iterable[Entry]) -> list[str]:
    """What rests on abstracts alone."""
    return [one.place for one in found if one.read == {"abstract"}]


def unread(found: Iterable[Entry]) -> list[str]:
    """What has sources, but none that anybody here could read."""
    return [
        one.place for one in found if one.read and one.read <= {"described elsewhere", "not read"}
    ]


def report(found: tuple[Entry, ...], today: date) -> str:
    """The three lists in lines for a terminal."""
    lists = {
        "Looked at more than two years ago": due(found, today),
        "Rests on abstracts alone": thin(found),
        "Has no source that could be read": unread(found),
    }
    return "\n\n".join(_listing(title, places) for title, places in lists.items())


def _listing(title: str, places: list[str]) -> str:
    lines = [f"  {place}" for place in places] or ["  nothing"]
    return "\n".join([f"{title} ({len(places)}):", *lines])


if __name__ == "__main__":
    print(report(entries(), date.today()))
