"""What comes before any number: warning signs, and cards about water."""

import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crampnb.errors import InputError
from crampnb.model.arithmetic import Number
from crampnb.model.entries import RedFlag, Urgency
from crampnb.model.evidence import evidence
from crampnb.model.exposures import exposures
from crampnb.model.profile import Profile

#: cards about water, the more urgent first
WATER_CARDS = ("hyponatraemia", "little_drink")
#: how soon a warning sign needs help, most urgent first
URGENCIES: tuple[Urgency, ...] = typing.get_args(Urgency)


@dataclass(frozen=True)
class StopCard:
    """Words that come before any number: where to get help, or what to beware of."""

    title: str
    text: str
    act: str
    #: the card takes the number's place (red flags); otherwise it stands beside it
    replaces_number: bool

    @property
    def said(self) -> str:
        """What stands where the number would."""
        return f"{self.title} {self.act}"


def help_first(flag: RedFlag) -> StopCard:
    """Where to get help for a red flag."""
    return StopCard("Please get help first.", flag.sign, flag.act, replaces_number=True)


def stop_card(profile: Profile, red_flags: Sequence[str] = ()) -> StopCard | None:
    """Where to get help for the most urgent red flag; else the card for much or little water."""
    if red_flags:
        return help_first(min((evidence().red_flags[key] for key in red_flags), key=_urgency))
    key = due_water_card(profile)
    if not key:
        return None
    card = evidence().stops[key]
    return StopCard(card.title, card.text, card.act, replaces_number=False)


def due_water_card(profile: Profile) -> str:
    """Key of the card about water that is due; "" for none."""
    return next((key for key, is_due in water_cards(profile).items() if is_due), "")


def water_cards(profile: Profile) -> dict[str, Number]:
    """{card: whether it is due}: for far more water than need and sweat, and for very little."""
    body, figures = exposures(profile), evidence().quantities
    little = figures["little_drink_alarm"].value * body.fluid_need
    due = (
        body.water_excess >= figures["plain_water_alarm"].value,
        profile.fluid_intake < little,
    )
    return dict(zip(WATER_CARDS, due, strict=True))


def _urgency(flag: RedFlag) -> int:
    return URGENCIES.index(flag.urgency)


def checked_flags(red_flags: Iterable[str]) -> tuple[str, ...]:
    """Keys of red flags; `InputError` for one that there is not."""
    known = evidence().red_flags
    allowed = f"allowed is any of {', '.join(known)}"
    try:
        flags = tuple(red_flags)
    except TypeError:
        raise InputError("red_flags", red_flags, allowed) from None
    for key in flags:
        if not isinstance(key, str) or key not in known:
            raise InputError("red_flags", key, allowed)
    return flags
