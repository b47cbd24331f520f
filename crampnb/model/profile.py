"""A person's typical day: a `Profile` of inputs in everyday units.

Anything left out is at its reference, and stays there when another input moves the reference
(drinks follow sex, minerals follow sex and age, this week's load follows the usual load).
Numeric inputs and switches may also be NumPy arrays: then everything computed from the profile is
an array too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from crampnb.errors import InputError
from crampnb.model.arithmetic import Number
from crampnb.model.evidence import evidence
from crampnb.model.inputs import WORDS

#: what references may follow from
FOLLOWED = ("sex", "age", "usual_load")
MINERALS = ("sodium", "potassium", "calcium", "magnesium")


@dataclass(frozen=True, init=False, eq=False)
class Profile:
    """A typical day; keyword inputs only, each checked against its unit and range."""

    fluid_intake: Number  #: drinks (L/day)
    sitting: Number  #: time spent sitting (h/day)
    activity_load: Number  #: effort x minutes (session-RPE units/week)
    electrolyte_intake: Number  #: the four minerals together (% of reference intake)
    sodium: Number  #: (mg/day)
    potassium: Number  #: (mg/day)
    calcium: Number  #: (mg/day)
    magnesium: Number  #: (mg/day)
    usual_load: Number  #: what the body is used to (session-RPE units/week)
    effort: Number  #: of the hardest session (RPE 0-10)
    longest_sitting: Number  #: without standing up (min)
    slumped: Number  #: no back support (yes/no)
    warm_up: Number  #: sessions begun with a warm-up (%)
    stretching: Number  #: (days/week)
    strength: Number  #: strength training (days/week)
    diet_quality: Number  #: (0-100)
    conditions: frozenset[str]  #: keys of the evidence's conditions
    medicines: frozenset[str]  #: keys of the evidence's medicines
    recent_strain: Number  #: muscle or tendon injury in the last 12 months (yes/no)
    previous_cramp: Number  #: in the last 12 months (yes/no)
    family_history: Number  #: (yes/no)
    hot_weather: Number  #: (yes/no)
    heavy_alcohol: Number  #: (yes/no)
    age: Number  #: (years)
    sex: str  #: "female", "male" or "unspecified"; sets reference intakes only
    body_mass: Number  #: (kg)

    #: the inputs that were given; all others are at their reference
    given: Mapping[str, Any]

    def __init__(self, /, **inputs: object) -> None:
        """A profile of the given inputs; `InputError` for an unknown or unusable one."""
        self._fill({name: checked(name, value) for name, value in inputs.items()})

    def _fill(self, given: dict[str, Any]) -> None:
        """Set the given inputs and let all others follow from them."""
        filled = vars(self)  # a frozen dataclass allows no assignment, and this is the quick way
        filled.update(_all_references())
        filled.update(given)
        filled["given"] = MappingProxyType(given)
        for name, follow in FOLLOWING.items():
            if name not in given:
                filled[name] = follow(self)
        share = self.electrolyte_intake / 100
        for mineral, need in mineral_needs(self).items():
            if mineral not in given:
                filled[mineral] = share * need

    @classmethod
    def of(cls, inputs: "Profile | Mapping[str, object]") -> "Profile":
        """A profile from a mapping; a profile is returned as it is."""
        if isinstance(inputs, Profile):
            return inputs
        if not isinstance(inputs, Mapping):
            raise InputError("profile", inputs, "must be a mapping of inputs")
        unnamed = [name for name in inputs if not isinstance(name, str)]
        if unnamed:
            raise InputError("profile", unnamed[0], "every input is named by a text")
        return cls(**inputs)

    def but(self, /, **changes: object) -> "Profile":
        """The same day with some inputs changed."""
        checked_changes = {name: checked(name, value) for name, value in changes.items()}
        return self.of_checked({**self.given, **checked_changes})

    def without(self, *names: str) -> "Profile":
        """The same day with some inputs back at their reference."""
        return self.of_checked({name: v for name, v in self.given.items() if name not in names})

    @classmethod
    def of_checked(cls, given: dict[str, Any]) -> "Profile":
        """A profile of inputs that have been checked already."""
        profile = object.__new__(cls)
        profile._fill(given)
        return profile

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Profile) and dict(self.given) == dict(other.given)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.given.items(), key=lambda item: item[0])))

    def __repr__(self) -> str:
        return f"Profile({', '.join(f'{name}={value!r}' for name, value in self.given.items())})"


@cache
def _all_references() -> dict[str, Any]:
    """The references as the data has them; those that follow from other inputs are still words."""
    return {name: _plain_reference(entry.reference) for name, entry in evidence().inputs.items()}


def plain_references() -> dict[str, float | bool | str]:
    """{input: reference} of numbers, switches and choices that follow from no other input."""
    return {
        name: value
        for name, value in _all_references().items()
        if value not in WORDS and not isinstance(value, frozenset)
    }


def _plain_reference(reference: Any) -> Any:
    """The reference in the type that a checked input has."""
    if isinstance(reference, tuple):
        return frozenset(reference)
    return reference if isinstance(reference, bool | str) else float(reference)


def reference(profile: Profile, name: str) -> Any:
    """The reference of one input for this person, in the input's unit."""
    if name in MINERALS:  # not what the electrolyte intake makes of it
        return mineral_needs(profile)[name]
    follow = FOLLOWING.get(name)
    return follow(profile) if follow else _all_references()[name]


def fluid_need(profile: Profile) -> float:
    """Drinks needed on an ordinary day (L/day); source efsa-2010."""
    return _fluid_need_of(profile.sex)


@cache
def _fluid_need_of(sex: str) -> float:
    needs = [evidence().needs[one].fluid for one in _sexes(sex)]
    return sum(needs) / len(needs)


#: {input: what it is where it is not given}; the minerals follow from the electrolyte intake
FOLLOWING: dict[str, Callable[[Profile], Number]] = {
    "activity_load": lambda profile: profile.usual_load,
    "fluid_intake": fluid_need,
}


def mineral_needs(profile: Profile) -> Mapping[str, Number]:
    """{mineral: reference intake for sex and age (mg/day)}; arrays where age is one."""
    needs = _needs_of_one if isinstance(profile.age, float) else _needs
    return needs(profile.sex, profile.age)


def _needs(sex: str, age: Number) -> Mapping[str, Number]:
    sexes = _sexes(sex)
    return {
        mineral: sum(_band(getattr(evidence().needs[one], mineral), age) for one in sexes)
        / len(sexes)
        for mineral in MINERALS
    }


@cache
def _needs_of_one(sex: str, age: float) -> Mapping[str, float]:
    return _needs(sex, age)


def _sexes(sex: str) -> tuple[str, ...]:
    """Whose needs to average: both where sex is unspecified."""
    return tuple(evidence().needs) if sex == "unspecified" else (sex,)


def _band(bands: tuple[tuple[float, float], ...], age: Number) -> Number:
    """The value of the age band that holds `age` (years)."""
    value: Number = 0.0
    before = 0.0
    for from_age, here in bands:
        value = value + (age >= from_age) * (here - before)
        before = here
    return value


def checked(name: str, value: object) -> Any:
    """The value of an input, in its own type and range; `InputError` otherwise."""
    entry = evidence().inputs.get(name)
    if getattr(value, "ndim", None) == 0:  # a NumPy scalar is welcome as what it holds
        value = value.item()  # type: ignore[attr-defined]
    if entry is None:
        raise InputError(name, value, f"unknown input; there are {', '.join(evidence().inputs)}")
    return entry.check(value)
