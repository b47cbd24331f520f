"""How quick the model is, and how long the package takes to import."""

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy

import crampnb
from bench.servers import ROOT, environment
from crampnb.model.inputs import ChoiceInput, Input, NumberInput, SwitchInput
from crampnb.model.risk import risk

PEOPLE = 1_000_000
FIELDS = ("risk", "interval", "baseline", "terms", "causes", "steps", "sentence", "stop")


@dataclass(frozen=True)
class Core:
    """Times without a browser or a server."""

    explains: list[float]  #: one answer with all its fields, each of a random profile (µs)
    million: float  #: a million risks at once (s)
    risks_a_second: float  #: one profile after the other
    imports: dict[str, float]  #: {module: median time to import it in a new process (ms)}


def measure(profiles: int, processes: int) -> Core:
    """Times over `profiles` random profiles, and over `processes` imports of each module."""
    modules = ("crampnb", "crampnb.dashboard")
    return Core(
        explains=explains(profiles),
        million=min(million_risks() for _ in range(3)),
        risks_a_second=risks_a_second(profiles),
        imports={name: median(imported(name) for _ in range(processes)) for name in modules},
    )


def explains(count: int) -> list[float]:
    """Time of each answer to a mapping of random inputs, every field read (µs)."""
    return [explained(inputs) for inputs in random_people(count)]


def risks_a_second(count: int) -> float:
    """How many profiles' risks are known after a second."""
    profiles = [crampnb.Profile(**inputs) for inputs in random_people(count)]
    begin = time.perf_counter()
    for profile in profiles:
        risk(profile)
    return count / (time.perf_counter() - begin)


def random_people(count: int) -> list[dict[str, Any]]:
    """Mappings of random inputs, the same in every run."""
    dice = random.Random(1)
    return [random_profile(dice) for _ in range(count)]


def explained(inputs: dict[str, Any]) -> float:
    """Time until every field of the answer is known (µs)."""
    begin = time.perf_counter()
    answer = crampnb.explain(inputs)
    for field in FIELDS:
        getattr(answer, field)
    return (time.perf_counter() - begin) * 1e6


def random_profile(dice: random.Random) -> dict[str, Any]:
    """A mapping of inputs of which each is given or left out, evenly."""
    return {
        entry.name: random_value(entry, dice) for entry in crampnb.inputs() if dice.random() < 0.5
    }


def random_value(entry: Input, dice: random.Random) -> Any:
    """A value that the input allows."""
    if isinstance(entry, NumberInput):
        return dice.uniform(*entry.range)
    if isinstance(entry, SwitchInput):
        return dice.random() < 0.5
    if isinstance(entry, ChoiceInput):
        return dice.choice(entry.options)
    return dice.sample(entry.options, dice.randrange(3))


def million_risks() -> float:
    """Time for a million people's risks from arrays of all numeric inputs and switches (s)."""
    dice = numpy.random.default_rng(1)
    people: dict[str, Any] = {}
    for entry in crampnb.inputs():
        if isinstance(entry, NumberInput):
            people[entry.name] = dice.uniform(*entry.range, PEOPLE)
        elif isinstance(entry, SwitchInput):
            people[entry.name] = dice.random(PEOPLE) < 0.5
    begin = time.perf_counter()
    risks = crampnb.explain(people).risk
    took = time.perf_counter() - begin
    if risks.shape != (PEOPLE,):
        raise RuntimeError("not one risk for each person")
    return took


def imported(module: str) -> float:
    """Time that a new process takes to import `module` (ms)."""
    program = (
        f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    return float(done.stdout) * 1000
