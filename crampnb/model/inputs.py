"""What a person can tell about a typical day: four kinds of input.

Each kind checks a value, reads it from a text, speaks it, and says in words what it allows.
Numbers and switches may also be NumPy arrays.
"""

import numbers
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

from crampnb.errors import InputError
from crampnb.model.schema import expect

#: references that follow from other inputs
WORDS = ("need", "usual_load")
YES, NO = "yes", "no"
_SWITCH = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}


@dataclass(frozen=True)
class Input(ABC):
    """One thing that a person can tell; which of the later fields count depends on its kind."""

    name: str
    label: str
    unit: str
    short_unit: str
    kind: Literal["number", "switch", "choice", "set"]
    group: Literal["main", "activity", "sitting", "food", "health", "about"]
    help: str
    reference: float | bool | str | tuple[str, ...]
    range: tuple[float, float] = (0, 0)
    step: float = 1
    decimals: int = 0
    options: tuple[str, ...] = ()
    option_labels: tuple[str, ...] = ()
    #: what a curve along this input must not be taken for
    caution: str = ""

    def __post_init__(self) -> None:
        labelled = len(self.options) == len(self.option_labels)
        expect(labelled, f"inputs.{self.name}", "needs a label for each option")

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What it allows, in words: "0 to 16 h/day"."""

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The value in the input's own type and range; `InputError` otherwise."""

    @abstractmethod
    def parse(self, text: str) -> Any:
        """The value of a text from a link or a command line; `InputError` otherwise."""

    @abstractmethod
    def write(self, value: Any) -> str:
        """The value as a text that `parse` reads."""

    @abstractmethod
    def speak(self, value: Any) -> str:
        """The value as a person says it: "1.2 litres a day"."""

    def label_of(self, option: str) -> str:
        """The words for one of the `options`."""
        return self.option_labels[self.options.index(option)]

    def refuse(self, value: object, why: str = "") -> InputError:
        """The error for a value that is not allowed."""
        return InputError(self.name, value, f"{why}allowed is {self.allowed}")


@dataclass(frozen=True)
class NumberInput(Input):
    """A number within a range."""

    kind: Literal["number"]

    def __post_init__(self) -> None:
        super().__post_init__()
        low, high = self.range
        here, usual = f"inputs.{self.name}", self.reference
        expect(low < high, here, f"range {low} to {high} is not in order")
        within = low <= usual <= high if isinstance(usual, float | int) else usual in WORDS
        expect(within, here, f"reference {usual} is out of range")

    @property
    def allowed(self) -> str:
        """The range with its unit."""
        low, high = self.range
        return f"{low:g} to {high:g} {self.short_unit}".rstrip()

    def check(self, value: Any) -> Any:
        """A float, or an array of floats."""
        low, high = self.range
        if _is_array(value):
            if value.dtype.kind not in "iuf":
                raise self.refuse(value)
            bad = value[~((value >= low) & (value <= high))]  # also true of NaN
            if bad.size:
                raise self.refuse(bad.flat[0])
            return value.astype(float, copy=False)  # whole numbers may be unsigned, and would wrap
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise self.refuse(value, "must be a number; ")
        try:
            number = float(value)
        except OverflowError:  # an integer beyond any float
            raise self.refuse(value) from None
        if not low <= number <= high:  # also true of NaN
            raise self.refuse(value)
        return number

    def parse(self, text: str) -> float:
        """A number in Python's own spelling."""
        try:
            number = float(text)
        except ValueError:
            raise self.refuse(text, "must be a number; ") from None
        return float(self.check(number))

    def write(self, value: Any) -> str:
        """As many digits as a float holds for sure, and no more than it needs."""
        return f"{value:.10g}"

    def speak(self, value: Any) -> str:
        """The value with its unit."""
        return f"{value:,.{self.decimals}f} {self.unit}"


@dataclass(frozen=True)
class SwitchInput(Input):
    """Yes or no."""

    kind: Literal["switch"]

    @property
    def allowed(self) -> str:
        """Both."""
        return "true or false"

    def check(self, value: Any) -> Any:
        """A bool, or an array of bools."""
        if _is_array(value) and value.dtype.kind == "b":
            return value
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> bool:
        """Yes or no, in one of the words that links and terminals use."""
        if text.lower() not in _SWITCH:
            raise InputError(self.name, text, f"allowed is {YES} or {NO}")
        return _SWITCH[text.lower()]

    def write(self, value: Any) -> str:
        """A word."""
        return YES if value else NO

    speak = write


@dataclass(frozen=True)
class ChoiceInput(Input):
    """One of several."""

    kind: Literal["choice"]

    def __post_init__(self) -> None:
        super().__post_init__()
        here = f"inputs.{self.name}"
        expect(self.reference in self.options, here, f"{self.reference!r} is no option")

    @property
    def allowed(self) -> str:
        """The keys of the options."""
        return f"one of {', '.join(self.options)}"

    def check(self, value: Any) -> str:
        """The key of an option."""
        if not (isinstance(value, str) and value in self.options):
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> str:
        """The key of an option."""
        return self.check(text)

    def write(self, value: Any) -> str:
        """The key."""
        return str(value)

    def speak(self, value: Any) -> str:
        """The option's label."""
        return self.label_of(value)


@dataclass(frozen=True)
class SetInput(Input):
    """Any of several."""

    kind: Literal["set"]

    @property
    def allowed(self) -> str:
        """The keys of the options."""
        return f"any of {', '.join(self.options)}"

    def check(self, value: Any) -> frozenset[str]:
        """A set of options' keys."""
        if not isinstance(value, list | tuple | set | frozenset):
            raise self.refuse(value, "must be a list; ")
        items = list(value)
        for item in items:
            if not isinstance(item, str) or item not in self.options:
                raise self.refuse(item)
        return frozenset(items)

    def parse(self, text: str) -> frozenset[str]:
        """Keys with commas between."""
        return self.check([item for item in text.split(",") if item])

    def write(self, value: Any) -> str:
        """Keys with commas between, in order of the alphabet."""
        return ",".join(sorted(value))

    def speak(self, value: Any) -> str:
        """The labels, in the order of the options."""
        return ", ".join(self.label_of(one) for one in self.options if one in value) or "none"


AnyInput = NumberInput | SwitchInput | ChoiceInput | SetInput


def _is_array(value: object) -> bool:
    return hasattr(value, "__array_namespace__")
