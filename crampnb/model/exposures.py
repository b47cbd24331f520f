"""What a typical day does to the body: profile -> `Exposures`.

    active hours/day  h = activity load / max(effort, 1) / 60 / 7
    sweat             = rate * h
    fluid deficit     = max(0, sweat + 0.6 * need - drinks) / body mass * 100
    water excess      = max(0, drinks - sweat - need)
    load spike        = activity load / max(usual load, 300)
    mineral shortfall = mean over four minerals of max(0, 1 - intake / reference)
    sodium gap        = max(0, sweat * 0.83 + 0.5 - sodium)

The figures stand in the evidence file; 0.6 because healthy kidneys save water, so that drinking
little every day is not by itself dehydration.
"""

import math
from functools import cache
from typing import NamedTuple

from crampnb.model.arithmetic import Number, clip, positive
from crampnb.model.evidence import evidence
from crampnb.model.profile import Profile, fluid_need, mineral_needs


class Exposures(NamedTuple):
    """The physiology that follows from a profile; floats, or arrays for a profile of arrays."""

    active_hours: Number  #: (h/day)
    active_minutes: Number  #: (min/week)
    sweat: Number  #: (L/day)
    fluid_need: Number  #: drinks needed on an ordinary day (L/day)
    fluid_deficit: Number  #: (% of body mass)
    water_excess: Number  #: drinks beyond need and sweat (L/day)
    load_spike: Number  #: this week's load as a multiple of the usual
    mineral_shortfall: Number  #: mean share of the reference intakes that is missing (0-1)
    sodium_gap: Number  #: sodium lost and not replaced (g/day)


def exposures(profile: Profile) -> Exposures:
    """The exposures of a typical day."""
    figures = _figures()
    active_minutes = profile.activity_load / clip(profile.effort, 1.0, math.inf)
    active_hours = active_minutes / 60 / 7
    cool, hot = figures["sweat_rate"], figures["sweat_rate_hot"]
    sweat = (cool + (hot - cool) * profile.hot_weather) * active_hours
    need = fluid_need(profile)
    lost = sweat + figures["fluid_need_share"] * need
    salt_lost = sweat * figures["sweat_sodium"] + figures["other_sodium_loss"]
    return Exposures(
        active_hours=active_hours,
        active_minutes=active_minutes,
        sweat=sweat,
        fluid_need=need,
        fluid_deficit=positive(lost - profile.fluid_intake) / profile.body_mass * 100,
        water_excess=positive(profile.fluid_intake - sweat - need),
        load_spike=profile.activity_load / accustomed_load(profile),
        mineral_shortfall=_mineral_shortfall(profile),
        sodium_gap=positive(salt_lost - profile.sodium / 1000),
    )


def accustomed_load(profile: Profile) -> Number:
    """The load that a body is used to (session-RPE units/week); no body is used to nothing."""
    return clip(profile.usual_load, _figures()["load_floor"], math.inf)


@cache
def _figures() -> dict[str, float]:
    """{quantity: value} of the physiology."""
    return {key: quantity.value for key, quantity in evidence().quantities.items()}


def _mineral_shortfall(profile: Profile) -> Number:
    """Mean share of the reference intake that is missing (0-1); more than enough is no bonus."""
    needs = mineral_needs(profile)
    missing: Number = 0.0
    for mineral, need in needs.items():
        missing = missing + positive(1 - getattr(profile, mineral) / need)
    return missing / len(needs)
