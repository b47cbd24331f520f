"""Numbers as people write them: with a comma or a point, grouped, as a share, with a unit.

"1,500" is fifteen hundred to some and one and a half to others, so a text may have several
readings; who asked for the number decides which of them make sense. Nothing is ever evaluated.
"""

import re
import unicodedata
from dataclasses import dataclass

#: characters of a number that are read; none that makes sense needs more
LONGEST = 60

_DIGITS = r"[-+]?(?:\d[\d,. ]*|[.,]\d+)(?:e[-+]?\d+)?"
_FLOAT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?")
_MIXED = re.compile(r"(?<!\d)(\d+) +(\d{1,2}/\d{1,2})")
_SHARE = re.compile(rf"({_DIGITS})\s*(?:[a-z]+\s+)?(?:in|of|out of|per|from)\s*({_DIGITS})")
_FRACTION = re.compile(rf"({_DIGITS})\s*/\s*({_DIGITS})")
_PERCENT = re.compile(rf"({_DIGITS})\s*(?:%|percent|per cent)")
_PLAIN = re.compile(rf"({_DIGITS})")
#: other signs for the same: minus, fraction, decimal comma (Arabic), groups (Arabic, Swiss)
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "⁄": "/", "÷": "/", "٫": ",", "٬": " ", "'": " ", "’": " "}
)
#: what may stand before a number, and the words after it
_BEFORE = re.compile(r"^(?:about|around|roughly|times|x|×|~|≈|=)\s*")
_AFTER = re.compile(r"[\s.]*(?:[a-zµ²]+[\s./]*)*$")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed."""

    value: float
    #: what it is a share of ("15 in 1000": 1000; "1.5 %": 100); 0 for a plain number
    of: float = 0.0
    #: the words after it, as they were typed
    words: str = ""


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read a typed number; empty where there is none."""
    plain = _plain(text)
    if len(plain) > LONGEST:
        return ()
    for pattern, of in ((_SHARE, None), (_FRACTION, 0.0), (_PERCENT, 100.0), (_PLAIN, 0.0)):
        found = pattern.match(plain)
        if not found or not _AFTER.fullmatch(plain[found.end() :]):
            continue
        words = plain[found.end() :].strip()
        tops = _numbers(found[1])
        if found.lastindex == 1:
            return tuple(Reading(top, of or 0.0, words) for top in tops)
        bottoms = [bottom for bottom in _numbers(found[2]) if bottom > 0]
        if of is None:
            return tuple(Reading(top, bottom, words) for top in tops for bottom in bottoms)
        return tuple(Reading(top / bottom, 0.0, words) for top in tops for bottom in bottoms)
    return ()


def _plain(text: str) -> str:
    """The text in small letters and the plainest signs; "1½" as "3/2"."""
    spaced = "".join(f" {sign}" if unicodedata.category(sign) == "No" else sign for sign in text)
    plain = unicodedata.normalize("NFKC", spaced).strip().lower().translate(_SIGNS)
    return _MIXED.sub(_as_fraction, _BEFORE.sub("", plain))


def _as_fraction(mixed: re.Match[str]) -> str:
    """A mixed number as one fraction: "3/2" for "1 1/2"."""
    top, bottom = map(int, mixed[2].split("/"))
    return f"{int(mixed[1]) * bottom + top}/{bottom}"


def _numbers(text: str) -> list[float]:
    """The numbers that digits with commas, points and spaces may mean."""
    text = _GROUPS.sub("", text.strip()).rstrip(",.")
    spellings = {text.replace(",", ".")}
    for thousands, point in ((",", "."), (".", ",")):
        if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", text):
            spellings.add(text.replace(thousands, "").replace(point, "."))
    return [float(one) for one in sorted(spellings) if _FLOAT.fullmatch(one)]
