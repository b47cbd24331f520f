"""What the lessons' data leaves to be computed: right answers, figures in texts, ends of tasks.

`data/lessons.toml` calls all of them by their names here. Each follows from the model, or by the
arithmetic that the lesson teaches:

    odds = risk / (1 - risk)
    risk = odds / (1 + odds)
"""

import math
from collections.abc import Callable, Mapping
from functools import partial

import crampnb.model.risk as model
from crampnb.lessons.claims import claims
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile, reference
from crampnb.model.sensitivity import Judgement, sensitivity
from crampnb.model.stories import disagreement

#: the four sliders of the article, all moved
DAY = {"fluid_intake": 0.5, "sitting": 10.0, "activity_load": 2000.0, "electrolyte_intake": 50.0}
#: two people whose ranges overlap
SITTER, CRAMPED = {"sitting": 10.0}, {"previous_cramp": True}
#: a day on which the four stories differ
DRY = {"activity_load": 4000.0, "fluid_intake": 0.5, "electrolyte_intake": 50.0}

#: what tasks ask for: the upper end (people of 1,000), sitting (hours), stories apart (people)
WIDE, NARROW, LONG, SPLIT = 58, 37, 10, 20
#: litres in a glass; effort (0 to 10) of an hour's sport, and of sport and a walk in a usual week
GLASS, SPORT, BALL, WALK = 0.25, 6, 5, 4
#: two hours of sport (minutes)
TRAINING = 120


def odds(risk: float) -> float:
    """Odds of a risk: those with it, for each one without."""
    return risk / (1 - risk)


def risk(odds: float) -> float:
    """Risk at these odds: those with it, as a share of all."""
    return odds / (1 + odds)


def ends(day: Mapping[str, object]) -> tuple[int, int]:
    """Low and high end of a day's range, in people of 1,000."""
    low, high = explain(day).interval
    return natural_frequency(low), natural_frequency(high)


def width(day: Mapping[str, object]) -> int:
    """People of 1,000 between the two ends."""
    low, high = ends(day)
    return high - low


def people(day: Mapping[str, object]) -> int:
    """People of 1,000 who would have a cramp on such a day."""
    return natural_frequency(explain(day).risk)


def alone(name: str) -> float:
    """Risk with one of the article's four sliders moved."""
    return float(explain({name: DAY[name]}).risk)


def ordinary(name: str) -> float:
    """What an ordinary day has of an input, in its unit."""
    return float(reference(Profile(), name))


def unmended() -> float:
    """Risk of the article's day by the learner's five lines as they come: without the doses."""
    return _by_hand(lambda ratio, _: ratio)


def multiplied() -> float:
    """The same with one star where two should be."""
    return _by_hand(lambda ratio, dose: ratio * dose)


def _by_hand(factor: Callable[[float, float], float]) -> float:
    """Risk of the article's day: `factor` makes of odds ratio and dose what the odds are times."""
    dose, ratios = model.doses(Profile.of(DAY)), model.slopes("evidence")
    factors = (factor(ratios[name].central, dose[name]) for name in ratios if dose[name] > 0)
    return risk(odds(float(explain({}).risk)) * math.prod(factors))


def ramp() -> tuple[float, float]:
    """Hours of sitting from which it counts, and from which it counts fully."""
    return evidence().factors["long_sitting"].ramp


def dose(hours: float) -> float:
    """Dose of sitting, on its ramp."""
    start, end = ramp()
    return (hours - start) / (end - start)


def ratio() -> float:
    """Odds ratio of sitting at the full dose."""
    found = evidence().factors["long_sitting"].odds_ratio
    assert found is not None
    return found.central


def judgements() -> tuple[Judgement, ...]:
    """What moves the article's day most, first."""
    return sensitivity(Profile.of(DAY))


def ranking() -> list[str]:
    """The same as lines, in people of 1,000."""
    return [f"{_span(one)}: {one.label}" for one in judgements()]


def judgement_hints() -> dict[str, str]:
    """What is said to whoever takes another judgement for the strongest."""
    return {
        one.key: f"Its low and its high end move the answer from {_span(one)}."
        " Look at the ranking below: which line is the widest?"
        for one in judgements()[:4]
    }


def _span(one: Judgement) -> str:
    return f"{natural_frequency(one.low)} to {natural_frequency(one.high)} of 1,000"


def tellings() -> Mapping[str, float]:
    """{story: risk} on the dry day."""
    return disagreement(Profile.of(DRY)).risks


def story_people(key: str) -> int:
    """People of 1,000 on the dry day, as one story tells it."""
    return natural_frequency(tellings()[key])


#: {name: what computes the figure}
FIGURES: Mapping[str, Callable[[], object]] = {
    "days": lambda: evidence().outcome.horizon_days,
    "day.fluid_intake": lambda: DAY["fluid_intake"],
    "day.sitting": lambda: DAY["sitting"],
    "day.activity_load": lambda: DAY["activity_load"],
    "day.electrolyte_intake": lambda: DAY["electrolyte_intake"],
    "predict.inputs": lambda: {name: evidence().inputs[name].label for name in DAY},
    **{f"predict.at.{name}": partial(people, {name: value}) for name, value in DAY.items()},
    "predict.largest": lambda: max(DAY, key=alone),
    "predict.least": lambda: min(DAY, key=alone),
    "predict.reference": lambda: people({}),
    "predict.without": lambda: 1000 - people({}),
    "predict.low": lambda: ends(SITTER)[0],
    "predict.high": lambda: ends(SITTER)[1],
    "odds.day": lambda: explain(DAY).risk,
    "odds.ten": lambda: odds(0.01),
    "odds.higher": lambda: 1.5 * odds(0.01),
    "odds.higher_and_one": lambda: 1 + 1.5 * odds(0.01),
    "odds.higher_risk": lambda: risk(1.5 * odds(0.01)),
    "odds.higher_people": lambda: 1000 * 1.5 * odds(0.01),
    "odds.people": lambda: 1000 * risk(1.5 * odds(0.01)),
    "odds.tripled": lambda: 3 * odds(0.4),
    "odds.tripled_risk": lambda: risk(3 * odds(0.4)),
    "odds.large": lambda: 1000 * risk(3 * odds(0.4)),
    "odds.ramp_start": lambda: ramp()[0],
    "odds.ramp_end": lambda: ramp()[1],
    "odds.dose": lambda: dose(7),
    "odds.dose_from_zero": lambda: 7 / ramp()[1],
    "odds.ratio": ratio,
    "odds.half": lambda: math.sqrt(ratio()),
    "odds.half_excess": lambda: (1 + ratio()) / 2,
    "odds.half_excess_squared": lambda: ((1 + ratio()) / 2) ** 2,
    "odds.unmended": unmended,
    "odds.multiplied": multiplied,
    "sure.day": lambda: people(DAY),
    "sure.low": lambda: ends(DAY)[0],
    "sure.high": lambda: ends(DAY)[1],
    "sure.width": lambda: width(DAY),
    "sure.judgements": lambda: {one.key: one.label for one in judgements()[:4]},
    "sure.hints": judgement_hints,
    "sure.ranking": ranking,
    "sure.moves": lambda: judgements()[0].key,
    "sure.wide": lambda: WIDE,
    "sure.narrow": lambda: NARROW,
    "sure.long": lambda: LONG,
    "stories.names": lambda: {key: story.name for key, story in evidence().hypotheses.items()},
    "stories.highest": lambda: max(tellings(), key=tellings().__getitem__),
    **{f"stories.at.{key}": partial(story_people, key) for key in evidence().hypotheses},
    "stories.most": lambda: natural_frequency(max(tellings().values())),
    "stories.least": lambda: natural_frequency(min(tellings().values())),
    "stories.apart": lambda: (
        natural_frequency(max(tellings().values())) - natural_frequency(min(tellings().values()))
    ),
    "stories.split": lambda: SPLIT,
    "article.claims": claims,
    "ordinary.glasses": lambda: ordinary("fluid_intake") / GLASS,
    "ordinary.hour": lambda: 60 * SPORT,
    "ordinary.sport": lambda: TRAINING * BALL,
    "ordinary.rest": lambda: ordinary("activity_load") - TRAINING * BALL,
    "ordinary.walk": lambda: (ordinary("activity_load") - TRAINING * BALL) / WALK,
}


def upper_end(answer: Explanation) -> int:
    """The upper end of an answer's range, in people of 1,000."""
    return natural_frequency(answer.interval[1])


def agree(answer: Explanation) -> bool:
    """Whether all stories give the same number though three sliders are moved."""
    told = {natural_frequency(one) for one in disagreement(answer.profile).risks.values()}
    moved = [name for name in DRY if getattr(answer.profile, name) != ordinary(name)]
    return len(moved) == len(DRY) and len(told) == 1


#: {name: whether an answer is the end of a task}
ENDS: Mapping[str, Callable[[Explanation], bool]] = {
    "sure.wide": lambda answer: upper_end(answer) >= WIDE,
    "sure.narrow": lambda answer: (
        bool(answer.profile.sitting >= LONG) and upper_end(answer) <= NARROW
    ),
    "stories.split": lambda answer: disagreement(answer.profile).spread * 1000 >= SPLIT,
    "stories.agree": agree,
}
