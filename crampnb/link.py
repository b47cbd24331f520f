"""Settings in a link: `v=1&fluid_intake=1.2&sitting=10&story=fatigue`, the fragment of an address.

The fragment stays in the browser; no server sees it. A link is data from a stranger: it is read
with bounds, and a part that does not fit is named and left out while the rest applies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from crampnb.evidence import Input, evidence
from crampnb.profile import InputError, Profile, checked

VERSION = "1"
LONGEST = 2000  # characters; every input at once needs fewer than 700
MOST_PARTS = 64
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Link:
    """What a link holds, and what of it could not be used."""

    profile: Profile
    hypothesis: str
    #: one friendly sentence for each part that was left out
    notices: tuple[str, ...] = ()


def to_fragment(profile: Profile, hypothesis: str = "evidence") -> str:
    """The settings as a fragment, without the leading "#"; what is at its reference is left out."""
    parts = {"v": VERSION} | {name: _written(value) for name, value in profile.given.items()}
    if hypothesis != next(iter(evidence().hypotheses)):
        parts["story"] = hypothesis
    return urlencode(parts, safe=",")


def from_fragment(fragment: str) -> Link:
    """The settings of a fragment; parts that do not fit are named and left out."""
    profile, hypothesis = Profile(), next(iter(evidence().hypotheses))
    text = fragment.removeprefix("#")
    if len(text) > LONGEST:
        return Link(profile, hypothesis, ("The link is too long to be read; nothing was changed.",))
    try:
        parts = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        return Link(profile, hypothesis, ("The link has too many parts; nothing was changed.",))
    notices = []
    for name, value in parts:
        try:
            if name == "v":
                _check_version(value)
            elif name == "story":
                hypothesis = _story(value)
            else:
                profile = profile.but(**{name: read_value(name, value)})
        except InputError as error:
            notices.append(f"The link's {error}. It was left out.")
    return Link(profile, hypothesis, tuple(notices))


def read_value(name: str, text: str) -> Any:
    """The value of an input as written in a link or on a command line; `InputError` otherwise."""
    entry = evidence().inputs.get(name)
    read = _READERS[entry.kind](entry, text) if entry else text
    return checked(name, read)


def _story(value: str) -> str:
    stories = evidence().hypotheses
    if value not in stories:
        raise InputError("story", value, f"allowed is one of {', '.join(stories)}")
    return value


def _check_version(value: str) -> None:
    if value != VERSION:
        raise InputError("v", value, f"this page reads version {VERSION}")


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return value if isinstance(value, str) else f"{value:.10g}"


def _number(entry: Input, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        low, high = entry.range
        allowed = f"must be a number; allowed is {low:g} to {high:g} {entry.short_unit}".rstrip()
        raise InputError(entry.name, text, allowed) from None


def _switch(entry: Input, text: str) -> bool:
    words = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}
    if text.lower() not in words:
        raise InputError(entry.name, text, f"allowed is {YES} or {NO}")
    return words[text.lower()]


_READERS: dict[str, Callable[[Input, str], Any]] = {
    "number": _number,
    "switch": _switch,
    "choice": lambda entry, text: text,
    "set": lambda entry, text: [item for item in text.split(",") if item],
}
