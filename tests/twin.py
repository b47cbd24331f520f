"""A second, plain implementation of the model: the oracle that the tests hold the real one to.

It imports nothing from the package and reads none of its data; every number is typed in again.
Written for one person at a time, in the order in which one would do it on paper:

    given inputs -> resolved inputs -> exposures -> doses -> parts -> log odds -> risk

A *part* is one (mean, standard deviation) added to the log odds. Parts are independent and
normal, so their sum is normal too, which is what the closed-form interval rests on.
"""

import math
import random
from collections.abc import Mapping
from typing import Any

Triple = tuple[float, float, float]
Part = tuple[float, float]
Inputs = dict[str, Any]

#: standard normal quantile at 95 %
Z = 1.6449

FACTORS = (
    "load_spike",
    "hard_session",
    "recent_strain",
    "warm_up",
    "stretching",
    "strength",
    "long_sitting",
    "unbroken_sitting",
    "slumped",
    "dehydration",
    "over_drinking",
    "mineral_shortfall",
    "salt_loss",
    "poor_diet",
    "conditions",
    "previous_cramp",
    "family_history",
    "hot_weather",
    "heavy_alcohol",
    "age",
)

#: conditions first, then medicines; the order settles ties (odds ratios: 5 %, central, 95 %)
CONDITIONS: dict[str, Triple] = {
    "fibromyalgia": (1.0, 1.7, 3.5),
    "diabetes": (1.0, 1.4, 2.2),
    "kidney_disease": (1.1, 1.6, 3.0),
    "dialysis": (1.0, 3.0, 8.0),
    "cirrhosis": (1.3, 3.5, 9.0),
    "pregnancy": (1.3, 3.0, 8.0),
    "peripheral_artery_disease": (1.9, 2.5, 4.5),
    "arthritis": (1.3, 1.7, 3.4),
    "lumbar_stenosis": (1.0, 2.5, 6.0),
}
MEDICINES: dict[str, Triple] = {
    "thiazide": (1.2, 1.4, 1.7),
    "potassium_sparing": (1.4, 1.9, 2.8),
    "loop": (1.0, 1.15, 1.4),
    "laba": (1.5, 2.0, 2.9),
    "statin": (1.0, 1.05, 1.3),
}

#: odds ratios at full dose; a factor that a hypothesis leaves out has no effect.
#: `conditions` is worked out in `condition_parts`.
EVIDENCE: dict[str, Triple] = {
    "load_spike": (1.14, 1.41, 2.0),
    "hard_session": (1.14, 1.41, 2.0),
    "recent_strain": (1.2, 1.6, 2.2),
    "warm_up": (0.8, 0.95, 1.05),
    "stretching": (0.5, 0.85, 1.05),
    "strength": (0.4, 0.75, 1.1),
    "long_sitting": (0.9, 1.2, 2.0),
    "unbroken_sitting": (0.9, 1.15, 1.6),
    "slumped": (0.9, 1.05, 1.3),
    "dehydration": (0.9, 1.2, 1.8),
    "over_drinking": (0.9, 1.2, 1.8),
    "mineral_shortfall": (0.95, 1.05, 1.3),
    "salt_loss": (0.9, 1.1, 1.8),
    "poor_diet": (0.9, 1.1, 1.4),
    "previous_cramp": (2.0, 3.0, 6.0),
    "family_history": (1.2, 1.7, 2.9),
    "hot_weather": (1.0, 1.4, 2.0),
    "heavy_alcohol": (1.0, 1.4, 3.0),
}
#: one cause of the article at its worst, and a third of it on the log scale
WHOLE: Triple = (1.5, 2.0, 3.0)
THIRD: Triple = (1.5 ** (1 / 3), 2.0 ** (1 / 3), 3.0 ** (1 / 3))
ARTICLE: dict[str, Triple] = {
    "load_spike": THIRD,
    "hard_session": THIRD,
    "recent_strain": THIRD,
    "warm_up": (0.5, 0.7, 0.95),
    "stretching": (0.5, 0.7, 0.95),
    "long_sitting": THIRD,
    "unbroken_sitting": THIRD,
    "slumped": THIRD,
    "dehydration": WHOLE,
    "mineral_shortfall": WHOLE,
    "poor_diet": WHOLE,
}
FATIGUE: dict[str, Triple] = {
    "load_spike": (1.4, 1.8, 2.8),
    "hard_session": (1.4, 1.8, 2.8),
    "recent_strain": (1.3, 1.7, 2.4),
    "strength": (0.4, 0.7, 1.0),
    "stretching": (0.5, 0.8, 1.0),
    "previous_cramp": (2.0, 3.0, 6.0),
}
FLUID_SALT: dict[str, Triple] = {
    "dehydration": (1.3, 2.0, 4.0),
    "salt_loss": (1.3, 2.0, 4.0),
    "mineral_shortfall": (1.1, 1.5, 2.5),
    "over_drinking": (1.2, 1.6, 2.6),
    "hot_weather": (1.2, 1.6, 2.4),
}
HYPOTHESES: dict[str, dict[str, Triple]] = {
    "evidence": EVIDENCE,
    "article": ARTICLE,
    "fatigue": FATIGUE,
    "fluid_salt": FLUID_SALT,
}

#: smallest and largest value; those of the minerals are the twin's own, well within any check
RANGES: dict[str, tuple[float, float]] = {
    "fluid_intake": (0, 6),
    "sitting": (0, 16),
    "activity_load": (0, 6000),
    "electrolyte_intake": (0, 200),
    "sodium": (0, 3000),
    "potassium": (0, 4000),
    "calcium": (0, 2000),
    "magnesium": (0, 600),
    "usual_load": (0, 6000),
    "effort": (0, 10),
    "longest_sitting": (15, 240),
    "warm_up": (0, 100),
    "diet_quality": (0, 100),
    "age": (12, 100),
    "body_mass": (30, 200),
}
WHOLE_NUMBERS = {"stretching": (0, 7), "strength": (0, 7)}
SWITCHES = (
    "slumped",
    "recent_strain",
    "previous_cramp",
    "family_history",
    "hot_weather",
    "heavy_alcohol",
)


def logit(p: float) -> float:
    """Log odds of the probability `p`."""
    return math.log(p / (1 - p))


def logistic(log_odds: float) -> float:
    """Probability, 0-1, that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))


def ramp(value: float, start: float, end: float) -> float:
    """Dose, 0 up to `start` and 1 from `end` on; `end` may be the smaller one."""
    return min(1.0, max(0.0, (value - start) / (end - start)))


def part(triple: Triple, dose: float = 1.0) -> Part:
    """Mean and standard deviation of the log odds that a factor adds at this dose."""
    low, central, high = triple
    return dose * math.log(central), dose * math.log(high / low) / 2 / Z


def fluid_need(sex: str) -> float:
    """Drinks needed (L/day)."""
    return {"male": 2.0, "female": 1.6, "unspecified": 1.8}[sex]


def reference_minerals(sex: str, age: float) -> dict[str, float]:
    """Reference intakes of the four minerals (mg/day)."""
    if sex == "unspecified":
        men, women = reference_minerals("male", age), reference_minerals("female", age)
        return {mineral: (men[mineral] + women[mineral]) / 2 for mineral in men}
    if sex == "male":
        return {
            "sodium": 1500.0,
            "potassium": 3400.0,
            "calcium": 1200.0 if age >= 71 else 1000.0,
            "magnesium": 400.0 if age < 31 else 420.0,
        }
    return {
        "sodium": 1500.0,
        "potassium": 2600.0,
        "calcium": 1200.0 if age >= 51 else 1000.0,
        "magnesium": 310.0 if age < 31 else 320.0,
    }


def resolve(given: Mapping[str, Any]) -> Inputs:
    """All inputs, those left out of `given` at their reference."""
    x: Inputs = {
        "sitting": 4.0,
        "electrolyte_intake": 100.0,
        "usual_load": 1000.0,
        "effort": 5.0,
        "longest_sitting": 30.0,
        "slumped": False,
        "warm_up": 0.0,
        "stretching": 0.0,
        "strength": 0.0,
        "diet_quality": 70.0,
        "conditions": frozenset(),
        "medicines": frozenset(),
        "recent_strain": False,
        "previous_cramp": False,
        "family_history": False,
        "hot_weather": False,
        "heavy_alcohol": False,
        "age": 30,
        "sex": "unspecified",
        "body_mass": 70.0,
    }
    x.update(given)
    x.setdefault("fluid_intake", fluid_need(x["sex"]))
    x.setdefault("activity_load", x["usual_load"])
    for mineral, reference in reference_minerals(x["sex"], x["age"]).items():
        x.setdefault(mineral, x["electrolyte_intake"] / 100 * reference)
    return x


def exposures(x: Inputs) -> dict[str, float]:
    """Physiology that follows from the resolved inputs `x`, in the units of each line below."""
    need = fluid_need(x["sex"])
    active_minutes = x["activity_load"] / max(x["effort"], 1)  # per week
    active_hours = active_minutes / 60 / 7  # per day
    sweat = (1.2 if x["hot_weather"] else 0.8) * active_hours  # L/day
    references = reference_minerals(x["sex"], x["age"])
    shortfalls = [max(0.0, 1 - x[mineral] / amount) for mineral, amount in references.items()]
    return {
        "fluid_need": need,  # L/day
        "active_minutes": active_minutes,
        "active_hours": active_hours,
        "sweat": sweat,
        # % of body mass
        "fluid_deficit": max(0.0, sweat + 0.6 * need - x["fluid_intake"]) / x["body_mass"] * 100,
        "water_excess": max(0.0, x["fluid_intake"] - sweat - need),  # L/day
        "load_spike": x["activity_load"] / max(x["usual_load"], 300),  # times usual
        "mineral_shortfall": sum(shortfalls) / 4,  # 0-1
        "sodium_gap": max(0.0, sweat * 0.83 + 0.5 - x["sodium"] / 1000),  # g/day
    }


def doses(x: Inputs) -> dict[str, float]:
    """Dose of each factor, 0 (no effect) to 1 (full effect)."""
    e = exposures(x)
    return {
        "load_spike": ramp(e["load_spike"], 1.2, 2.0),
        "hard_session": ramp(x["effort"], 5, 9) * ramp(x["activity_load"], 0, 300),
        "recent_strain": float(x["recent_strain"]),
        "warm_up": ramp(x["warm_up"], 0, 100),
        "stretching": ramp(x["stretching"], 0, 5),
        "strength": ramp(x["strength"], 0, 2),
        "long_sitting": ramp(x["sitting"], 4, 10) * (1 - ramp(e["active_minutes"], 150, 300) / 2),
        "unbroken_sitting": ramp(math.log2(x["longest_sitting"] / 30), 0, 2),
        "slumped": float(x["slumped"]),
        "dehydration": ramp(e["fluid_deficit"], 1, 4),
        "over_drinking": ramp(e["water_excess"], 0.5, 2.0) * ramp(e["active_hours"], 0.5, 1.0),
        "mineral_shortfall": ramp(e["mineral_shortfall"], 0, 0.5),
        "salt_loss": ramp(e["sodium_gap"], 0, 2),
        "poor_diet": ramp(x["diet_quality"], 70, 30),
        "conditions": float(bool(x["conditions"] or x["medicines"])),
        "previous_cramp": float(x["previous_cramp"]),
        "family_history": float(x["family_history"]),
        "hot_weather": float(x["hot_weather"]),
        "heavy_alcohol": float(x["heavy_alcohol"]),
        "age": float(x["age"] >= 40),
    }


def condition_parts(x: Inputs, hypothesis: str) -> list[Part]:
    """Parts of the `conditions` term; empty when nothing is ticked or the story has none."""
    if hypothesis == "fatigue":
        return []
    if hypothesis == "article":
        return [part(WHOLE)] if x["conditions"] else []
    ticked = [triple for key, triple in CONDITIONS.items() if key in x["conditions"]]
    ticked += [triple for key, triple in MEDICINES.items() if key in x["medicines"]]
    ranked = sorted(ticked, key=lambda triple: -triple[1])  # stable: the list settles ties
    return [part(triple) for triple in ranked[:2]] + [(math.log(1.3), 0.0) for _ in ranked[2:]]


def age_parts(x: Inputs, hypothesis: str) -> list[Part]:
    """Parts of the `age` term, which only the evidence story has."""
    if hypothesis != "evidence" or x["age"] < 40:
        return []
    return [part((1.0, 1.2, 1.5) if x["age"] < 60 else (1.1, 1.5, 2.0))]


def parts(given: Mapping[str, Any], hypothesis: str) -> dict[str, list[Part]]:
    """Parts of each factor's term."""
    x = resolve(given)
    triples = HYPOTHESES[hypothesis]
    found = {key: [part(triples[key], dose)] for key, dose in doses(x).items() if key in triples}
    found["conditions"] = condition_parts(x, hypothesis)
    found["age"] = age_parts(x, hypothesis)
    return found


def terms(given: Mapping[str, Any], hypothesis: str) -> dict[str, float]:
    """Log odds that each factor adds to the baseline; 0 for those without effect."""
    found = parts(given, hypothesis)
    return {factor: sum(mean for mean, _ in found.get(factor, [])) for factor in FACTORS}


def every_part(given: Mapping[str, Any], hypothesis: str) -> list[Part]:
    """The baseline's part, and after it those of all factors."""
    baseline = (logit(0.01), (logit(0.03) - logit(0.003)) / 2 / Z)
    return [baseline] + [p for several in parts(given, hypothesis).values() for p in several]


def risk(given: Mapping[str, Any], hypothesis: str) -> float:
    """Risk over 30 days, 0-1."""
    return logistic(sum(mean for mean, _ in every_part(given, hypothesis)))


def interval(given: Mapping[str, Any], hypothesis: str) -> tuple[float, float]:
    """90 % interval of the risk, in closed form."""
    found = every_part(given, hypothesis)
    mean = sum(m for m, _ in found)
    deviation = math.sqrt(sum(s * s for _, s in found))
    return logistic(mean - Z * deviation), logistic(mean + Z * deviation)


def monte_carlo(
    given: Mapping[str, Any], hypothesis: str, n: int, seed: int
) -> tuple[float, float]:
    """5 % and 95 % points of `n` risks, every part drawn anew for each."""
    rng = random.Random(seed)
    found = every_part(given, hypothesis)
    drawn = sorted(logistic(sum(rng.gauss(m, s) for m, s in found)) for _ in range(n))
    return drawn[round(0.05 * (n - 1))], drawn[round(0.95 * (n - 1))]


def random_profile(rng: random.Random) -> Inputs:
    """Valid inputs, any subset of them; one numeric value in five is an end of its range."""

    def number(low: float, high: float) -> float:
        return float(rng.choice((low, high))) if rng.random() < 0.2 else rng.uniform(low, high)

    every: Inputs = {name: number(*ends) for name, ends in RANGES.items()}
    every |= {name: rng.randint(*ends) for name, ends in WHOLE_NUMBERS.items()}
    every |= {name: rng.random() < 0.5 for name in SWITCHES}
    every["sex"] = rng.choice(("female", "male", "unspecified"))
    every["conditions"] = frozenset(rng.sample(list(CONDITIONS), rng.randint(0, 4)))
    every["medicines"] = frozenset(rng.sample(list(MEDICINES), rng.randint(0, 3)))
    share = rng.random()
    return {name: value for name, value in every.items() if rng.random() < share}
