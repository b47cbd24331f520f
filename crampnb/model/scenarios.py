"""Settings to start from, read from `data/scenarios.toml`: a desk week, a race week and more."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from crampnb.model.profile import Profile
from crampnb.model.risk import hypothesis_of
from crampnb.model.schema import expect
from crampnb.model.settings import USUAL, Settings


@dataclass(frozen=True, kw_only=True)
class Scenario(Settings):
    """A named day and the story it is told with."""

    key: str
    name: str
    about: str


@cache
def scenarios() -> Mapping[str, Scenario]:
    """{key: scenario}, in the order of the file."""
    text = (files("crampnb") / "data" / "scenarios.toml").read_text("utf-8")
    return {key: _scenario(key, entry) for key, entry in tomllib.loads(text)["scenarios"].items()}


def _scenario(key: str, entry: Mapping[str, Any]) -> Scenario:
    for name in ("name", "about", "profile"):
        expect(name in entry, f"scenarios.{key}", f"lacks the entry {name!r}")
    story = hypothesis_of(entry.get("hypothesis", USUAL))
    profile = Profile.of(entry["profile"])
    return Scenario(profile, story.key, key=key, name=entry["name"], about=entry["about"])
