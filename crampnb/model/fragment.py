"""Settings in a link: `v=1&fluid_intake=1.2&sitting=10&story=fatigue`, the fragment of an address.

The fragment stays in the browser; no server sees it. A link is data from a stranger: it is read
with bounds, and a part that does not fit is named and left out while the rest applies. On its way
it may have been mangled by mailers; no setting holds any of the signs that they add or encode.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from crampnb.errors import InputError
from crampnb.model.evidence import evidence
from crampnb.model.inputs import SetInput
from crampnb.model.profile import Profile, checked
from crampnb.model.settings import USUAL, Settings

VERSION = "1"
LONGEST = 2000  # characters; every input at once needs fewer than 700
MOST_PARTS = 64
MOST_NAMED = 3  # parts of a link that its notice names
LONGEST_SHOWN = 24  # characters of a part or of what is allowed that the notice repeats
OTHERS = ("v", "story", "at")  # what a link holds beside inputs; "at" is the page's place


@dataclass(frozen=True)
class Link(Settings):
    """What a link holds, and what of it could not be used."""

    #: one friendly sentence, if anything was left out
    notices: tuple[str, ...] = ()


def to_fragment(profile: Profile, hypothesis: str = USUAL) -> str:
    """The settings as a fragment, without the leading "#"; what is at its reference is left out."""
    known = evidence().inputs
    parts = {"v": VERSION} | {name: known[name].write(it) for name, it in profile.given.items()}
    if hypothesis != USUAL:
        parts["story"] = hypothesis
    return urlencode(parts, safe=",")


def from_fragment(fragment: str) -> Link:
    """The settings of a fragment; parts that do not fit are named and left out."""
    profile, hypothesis = Profile(), USUAL
    if len(fragment) > LONGEST:
        return Link(profile, hypothesis, ("The link is too long to be read; nothing was changed.",))
    try:
        parts = parse_qsl(_unmangled(fragment), keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        return Link(profile, hypothesis, ("The link has too many parts; nothing was changed.",))
    errors = []
    for name, value in parts:
        try:
            if name == "v":
                _check_version(value)
            elif name == "story":
                hypothesis = _story(value)
            elif not _is_foreign(name):
                profile = profile.but(**{name: read_value(name, value)})
        except InputError as error:
            errors.append((value, error))
    return Link(profile, hypothesis, _notice(errors))


def _unmangled(text: str) -> str:
    """The fragment as it was before mailers encoded it and sentences ended behind it."""
    for _ in range(4):  # each forwarding may add a layer
        text = re.sub(r"=3d", "=", unquote(text), flags=re.IGNORECASE)
        text = re.sub(r"&(?:amp|#38|#x26);", "&", text, flags=re.IGNORECASE)
    text = re.sub(r"[\s).,;:!>\]}\"'’”\u200b]+$", "", text.lstrip("/#?"))
    return text.replace("?", "&").replace("#", "&")


def _is_foreign(name: str) -> bool:
    """Whether a part is none of our business (`utm_source`), and no slip of the pen either."""
    known = [*evidence().inputs, *OTHERS]
    return name in OTHERS or not get_close_matches(name[:LONGEST_SHOWN].lower(), known, 1, 0.8)


def _notice(errors: list[tuple[str, InputError]]) -> tuple[str, ...]:
    """One short sentence for all that was left out, or none."""
    if not errors:
        return ()
    told = [
        f"{_short(error.name)} = {_short(repr(written))} ({_allowed(error)})"
        for written, error in errors[:MOST_NAMED]
    ]
    more = f"; and {len(errors) - MOST_NAMED} more" if len(errors) > MOST_NAMED else ""
    end = "It was left out." if len(errors) == 1 else "They were left out."
    return (f"The link's {'; '.join(told)}{more}. {end}",)


def _allowed(error: InputError) -> str:
    """What is allowed, where that is short."""
    entry = evidence().inputs.get(error.name)
    if isinstance(entry, SetInput):
        return f"one of the {len(entry.options)} on the page is allowed"
    known = entry or error.name in OTHERS
    return error.allowed.removeprefix("must be a number; ") if known else "unknown"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def read_value(name: str, text: str) -> Any:
    """The value of an input as written in a link or on a command line; `InputError` otherwise."""
    entry = evidence().inputs.get(name)
    return entry.parse(text) if entry else checked(name, text)


def _story(value: str) -> str:
    stories = evidence().hypotheses
    if value not in stories:
        raise InputError("story", value, f"allowed is one of {', '.join(stories)}")
    return value


def _check_version(value: str) -> None:
    if value != VERSION:
        raise InputError("v", value, f"this page reads version {VERSION}")
