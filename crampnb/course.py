"""The six lessons as data: situations to predict, questions, tasks and claims to grade.

Every right answer is computed from the model or by the arithmetic that the lesson teaches.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import crampnb.model as model
from crampnb.evidence import CERTAINTIES, Certainty, evidence
from crampnb.explain import Explanation, disagreement, explain, natural_frequency
from crampnb.profile import InputError, Profile
from crampnb.quiz import ChoiceQuestion, NumberQuestion, Question, Trap
from crampnb.sensitivity import sensitivity

#: what to grade a claim with; the last where nobody has studied it
GRADES = (*CERTAINTIES, "not known")


@dataclass(frozen=True)
class Situation:
    """A day to predict: all at the reference but one input."""

    name: str  #: of the input
    value: float  #: in the input's unit
    story: str  #: the day in a sentence

    @property
    def answer(self) -> Explanation:
        """What the model says."""
        return explain({self.name: self.value})


@dataclass(frozen=True)
class Task:
    """Something to reach with the sliders; it ticks itself."""

    key: str
    goal: str
    done: Callable[[Explanation], bool]


@dataclass(frozen=True)
class Claim:
    """One thing that the lay article says, with the grade that the evidence gives it."""

    key: str
    claim: str
    grade: Certainty
    verdict: str


@dataclass(frozen=True)
class Plan:
    """One lesson."""

    key: str
    number: int
    title: str
    minutes: int
    about: str
    situations: Mapping[str, Situation]
    questions: Mapping[str, Question]
    tasks: Mapping[str, Task]
    #: {key: prompt} of answers in one's own words
    writing: Mapping[str, str]
    #: {key: the value that the learner's own code is to make}
    values: Mapping[str, Callable[[], float]]
    claims: Mapping[str, Claim]

    @property
    def notebook(self) -> str:
        """File name of its notebook."""
        return f"{self.number}_{self.key}.ipynb"

    @property
    def steps(self) -> tuple[str, ...]:
        """Keys of everything that counts as progress."""
        predicted = (f"guess.{name}" for name in self.situations)
        graded = (f"grade.{key}" for key in self.claims)
        return (*predicted, *self.questions, *self.tasks, *self.writing, *self.values, *graded)


@cache
def lessons() -> Mapping[str, Plan]:
    """{key: lesson}, in their order."""
    plans = (_predict(), _odds(), _sure(), _stories(), _article(), _class())
    return {plan.key: plan for plan in plans}


def lesson(key: str) -> Plan:
    """The lesson of this key; `InputError` if there is none."""
    if not isinstance(key, str) or key not in lessons():
        raise InputError("lesson", key, f"allowed is one of {', '.join(lessons())}")
    return lessons()[key]


def _plan(
    key: str,
    number: int,
    title: str,
    minutes: int,
    about: str,
    situations: tuple[Situation, ...] = (),
    questions: tuple[Question, ...] = (),
    tasks: tuple[Task, ...] = (),
    writing: Mapping[str, str] | None = None,
    values: Mapping[str, Callable[[], float]] | None = None,
    claims: tuple[Claim, ...] = (),
) -> Plan:
    return Plan(
        key, number, title, minutes, about,
        {one.name: one for one in situations},
        {one.key: one for one in questions},
        {one.key: one for one in tasks},
        writing or {},
        values or {},
        {one.key: one for one in claims},
    )  # fmt: skip


# ------------------------------------------------------------------ 1. predict

SITUATIONS = (
    Situation("fluid_intake", 0.5, "Someone drinks half a litre a day."),
    Situation("sitting", 10.0, "Someone sits for 10 hours a day."),
    Situation("activity_load", 2000.0, "Someone trains twice as hard as usual this week."),
    Situation("electrolyte_intake", 50.0, "Someone eats half of the usual minerals."),
)


def _moved(pick: Callable[..., Situation]) -> str:
    return pick(SITUATIONS, key=lambda one: one.answer.risk).name


def _predict() -> Plan:
    labels = {one.name: evidence().inputs[one.name].label for one in SITUATIONS}
    base = natural_frequency(model.baseline_risk())
    sitting = SITUATIONS[1].answer
    low, middle, high = map(
        natural_frequency, (sitting.interval[0], sitting.risk, sitting.interval[1])
    )
    return _plan(
        "predict", 1, "Predict, observe, explain", 25,
        "Guess what each slider does before you may move it. Then look, and ask why.",
        situations=SITUATIONS,
        questions=(
            ChoiceQuestion(
                "largest", "In these four situations, which one moved the number most?", labels,
                lambda: _moved(max),
                dict.fromkeys(labels, "Look at the drawing: where does the model lie highest?"),
                "{answer}. It is the one with the strongest studies behind it, though they are"
                " about legs.",
                {"fluid_intake": "believes that thirst is the main cause",
                 "electrolyte_intake": "believes that missing minerals are the main cause",
                 "sitting": "believes that sitting is the main cause"},
            ),
            ChoiceQuestion(
                "least", "And which one moved it least?", labels,
                lambda: _moved(min),
                dict.fromkeys(labels, "Look at the drawing: where is the model at 10 or nearest?"),
                "{answer}. Studies of drinking and cramps conflict, and most find no link.",
            ),
            NumberQuestion(
                "most", "Of 1,000 people at the reference settings, how many would have no"
                f" buttock cramp in the next {evidence().outcome.horizon_days} days?",
                lambda: 1000 - base,
                f"{base} of 1,000 would have one. How many are left?",
                f"1,000 − {base} = {{answer}}. Most people have none, whatever the slider does.",
                unit="of 1,000", of=1000, tolerance=0.0, slack=0.5,
                traps=(Trap("gives those with a cramp", lambda: base,
                            "That is how many would have one. How many would not?"),),
            ),
            ChoiceQuestion(
                "range", f"For 10 hours of sitting the model says {middle} of 1,000, and {low} to"
                f" {high} beside it. What is the {low} to {high}?",
                {"could": "where the figure could well lie, if our judgements hold",
                 "people": "the number of cramps that one person has",
                 "mistake": "a sign that the model has made a mistake"},
                lambda: "could",
                {"people": "The figure counts people, not cramps in one person.",
                 "mistake": "A range is no mistake: it says how much is not known."},
                "It is {answer}. A wide range is the honest answer here.",
                {"people": "reads the range as cramps per person",
                 "mistake": "takes uncertainty for error"},
            ),
        ),
        writing={"surprise": "What surprised you most, and why might your guess have differed?"},
    )  # fmt: skip


# ------------------------------------------------------------------ 2. odds

#: the four sliders of the article, all moved
DAY = {"fluid_intake": 0.5, "sitting": 10.0, "activity_load": 2000.0, "electrolyte_intake": 50.0}


def odds(risk: float) -> float:
    """Odds of a risk: those with it, for each one without."""
    return risk / (1 - risk)


def _odds() -> Plan:
    sitting = evidence().factors["long_sitting"]
    low, high = sitting.ramp
    ratio = sitting.odds_ratio.central if sitting.odds_ratio else 1.0
    doubled = 3 * odds(0.4) / (1 + 3 * odds(0.4))
    return _plan(
        "odds", 2, "From odds to people", 35,
        "Odds, odds ratios, doses and natural frequencies, built by hand.",
        questions=(
            NumberQuestion(
                "odds", "10 of 1,000 people have a cramp. What are the odds of a cramp?",
                lambda: odds(0.01),
                "Odds are those with a cramp divided by those without.",
                "10 with, 990 without: 10 / 990 = {answer}.",
                tolerance=0.002, decimals=5,
                traps=(Trap("gives the risk instead of the odds", lambda: 0.01,
                            "That is the risk: 10 / 1,000. For odds divide by those without."),
                       Trap("turns the odds around", lambda: 99.0,
                            "You have divided the wrong way round: those with a cramp on top.")),
            ),
            NumberQuestion(
                "people", "The odds are 1.5 times as high now. How many of 1,000 is that?",
                lambda: 1000 * 1.5 * odds(0.01) / (1 + 1.5 * odds(0.01)),
                "New odds = 1.5 × 10/990. Then risk = odds / (1 + odds).",
                "1.5 × 10/990 = 0.01515; 0.01515 / 1.01515 = 0.0149: about {answer} of 1,000.",
                unit="of 1,000", of=1000, tolerance=0.0, slack=0.51,
                traps=(Trap("adds the odds ratio", lambda: 11.5,
                            "An odds ratio multiplies; it is not added."),),
            ),
            NumberQuestion(
                "large", "Now 400 of 1,000 have something, and the odds are 3 times as high."
                " How many of 1,000 is that?",
                lambda: 1000 * doubled,
                "Odds of 400 in 1,000 are 400/600. Multiply by 3, then go back to a risk.",
                "3 × 400/600 = 2; 2 / (1 + 2) = 0.667: {answer} of 1,000.",
                unit="of 1,000", of=1000, tolerance=0.0, slack=1.0,
                traps=(Trap("multiplies the people by the odds ratio", lambda: 1200.0,
                            "1,200 of 1,000 cannot be. An odds ratio is not times the people."),),
            ),
            NumberQuestion(
                "dose", f"Sitting begins to count at {low:g} hours and counts fully from {high:g}"
                " hours. Which dose, from 0 to 1, has someone who sits 7 hours? (Leave out that"
                " moving softens it.)",
                lambda: (7 - low) / (high - low),
                f"How far is 7 along the way from {low:g} to {high:g}?",
                f"(7 − {low:g}) / ({high:g} − {low:g}) = {{answer}}.",
                tolerance=0.01, decimals=1,
                traps=(Trap("divides by the end of the ramp", lambda: 7 / high,
                            f"The way begins at {low:g} hours, not at 0."),),
            ),
            NumberQuestion(
                "half", f"At the full dose the odds are × {ratio:g}. What are they multiplied by"
                " at half the dose?",
                lambda: math.sqrt(ratio),
                "Half the dose is half the log odds: take the logarithm, halve it, go back.",
                f"ln {ratio:g} / 2 = {math.log(ratio) / 2:.4f}; e to that is {{answer}}."
                " It is the square root.",
                tolerance=0.003, decimals=3,
                traps=(Trap("halves the excess of the odds ratio", lambda: (1 + ratio) / 2,
                            "Nearly. Half the dose halves the logarithm, not the odds ratio."),),
            ),
            NumberQuestion(
                "both", "One thing makes the odds × 1.5, another × 2. What do both together make"
                " of the odds in this model?",
                lambda: 3.0,
                "Adding log odds is the same as multiplying odds ratios.",
                "1.5 × 2 = {answer}.",
                tolerance=0.001, decimals=0,
                traps=(Trap("adds odds ratios", lambda: 3.5,
                            "Odds ratios are multiplied; it is the logarithms that are added."),
                       Trap("adds the excesses", lambda: 2.5,
                            "Odds ratios are multiplied; it is the logarithms that are added.")),
            ),
        ),
        values={"recreate": lambda: explain(DAY).risk},
    )  # fmt: skip


# ------------------------------------------------------------------ 3. sure

#: two people whose ranges overlap
SITTER, CRAMPED = {"sitting": 10.0}, {"previous_cramp": True}


def _sure() -> Plan:
    answer = explain(DAY)
    low, high = map(natural_frequency, answer.interval)
    ranked = sensitivity(Profile.of(DAY))
    options = {one.key: one.label for one in ranked[:4]}
    return _plan(
        "sure", 3, "How sure are we?", 30,
        "Ranges, grades, measured and judged: what a number without a range hides.",
        questions=(
            NumberQuestion(
                "width", f"The model says {natural_frequency(answer.risk)} of 1,000, and {low} to"
                f" {high}. How many people of 1,000 wide is the range?",
                lambda: high - low,
                "Take the lower end from the upper end.",
                f"{high} − {low} = {{answer}} people.",
                unit="of 1,000", of=1000, tolerance=0.0, slack=0.5,
            ),
            ChoiceQuestion(
                "moves", "Which single judgement moves this answer most when it is taken at its"
                " low and at its high end?",
                options, lambda: ranked[0].key,
                dict.fromkeys(options, "Whose two numbers in the ranking lie furthest apart?"),
                "{answer}: its two numbers lie furthest apart. That is where a better study would"
                " help most.",
            ),
            ChoiceQuestion(
                "judged", "A factor is marked as judged. What does that mean?",
                {"people": "the makers of the model set its odds ratio, as no study measured it",
                 "proved": "a court or an authority has settled it",
                 "wrong": "it is wrong and should not be used"},
                lambda: "people",
                {"proved": "Nobody has settled it; that is why it is marked.",
                 "wrong": "It may be right. We only cannot show that it is."},
                "It means that {answer}. Each card says what was measured and what was judged.",
                {"proved": "takes a judgement for proof", "wrong": "takes unmeasured for wrong"},
            ),
            ChoiceQuestion(
                "overlap", "The ranges of A and B overlap. What follows?",
                {"little": "little: most of both ranges is the baseline that they share, and it"
                 " moves both up or down together",
                 "same": "their risks are the same",
                 "nothing": "nothing can be said about the two of them"},
                lambda: "little",
                {"same": "They may well differ. What makes both ranges so wide?",
                 "nothing": "If the baseline were three times as high, what would happen to A,"
                 " and what to B?"},
                "It is {answer}.",
                {"same": "reads overlap as equality", "nothing": "lets the range wipe out all"},
            ),
        ),
        tasks=(
            Task("wide", "Make the upper end of the range at least 60 of 1,000.",
                 lambda one: natural_frequency(one.interval[1]) >= 60),
            Task("narrow", "Sit 10 hours or more, and bring the upper end to 40 of 1,000 or less.",
                 lambda one: one.profile.sitting >= 10
                 and natural_frequency(one.interval[1]) <= 40),
        ),
        writing={"measure": "What would you have to measure to make the range narrower?"},
    )  # fmt: skip


# ------------------------------------------------------------------ 4. stories

APART = 20  # people of 1,000 between the stories that the task asks for


def _stories() -> Plan:
    names = {key: story.name for key, story in evidence().hypotheses.items()}
    dry = Profile(activity_load=4000.0, fluid_intake=0.5, electrolyte_intake=50.0)
    told = disagreement(dry).risks
    return _plan(
        "stories", 4, "Four stories, one cramp", 40,
        "The same day told four ways, and the study that would tell them apart.",
        questions=(
            ChoiceQuestion(
                "most", "Someone trains 4,000 effort-minutes this week, drinks half a litre a day"
                " and eats half the usual minerals. Which story gives the highest number?",
                names, lambda: max(told, key=lambda key: told[key]),
                dict.fromkeys(names, "Set these sliders above and compare the four numbers."),
                "{answer}.",
            ),
            NumberQuestion(
                "apart", "How many people of 1,000 lie between the lowest and the highest story on"
                " that day?",
                lambda: natural_frequency(max(told.values())) - natural_frequency(
                    min(told.values())),
                "Take the lowest of the four numbers from the highest.",
                f"{natural_frequency(max(told.values()))} −"
                f" {natural_frequency(min(told.values()))} = {{answer}}.",
                unit="of 1,000", of=1000, tolerance=0.0, slack=0.5,
            ),
            ChoiceQuestion(
                "few", "A study of 50 people in each group finds no difference. What does that"
                " show?",
                {"little": "little: a study that small would miss a real difference most of the"
                 " time",
                 "none": "that there is no difference",
                 "proof": "that the story is wrong"},
                lambda: "little",
                {"none": "Run the small study again and again: how often does it find the"
                 " difference that is there?",
                 "proof": "It could be right and the study too small."},
                "It shows {answer}.",
                {"none": "takes no finding for no effect",
                 "proof": "takes no finding for disproof"},
            ),
        ),
        tasks=(
            Task("split", f"Find settings where the stories lie {APART} of 1,000 apart or more.",
                 lambda one: disagreement(one.profile).spread * 1000 >= APART),
            Task("agree", "Find settings other than the reference where all four agree.",
                 lambda one: bool(one.profile.given)
                 and len({natural_frequency(r) for r in disagreement(one.profile).risks.values()})
                 == 1),
        ),
        writing={"study": "Sketch the study: who takes part, what differs between the groups, what"
                 " is counted?"},
    )  # fmt: skip


# ------------------------------------------------------------------ 5. article


def _grade_of(factors: tuple[str, ...]) -> Certainty:
    """The best certainty among factors: what most can be said for a claim."""
    return min((evidence().factors[key].certainty for key in factors), key=CERTAINTIES.index)


def _claims() -> tuple[Claim, ...]:
    causes = (
        Claim(f"cause.{cause.key}", cause.claim,
              _grade_of(tuple(f.key for f in evidence().factors_of(cause.key) if f.article)),
              cause.verdict)
        for cause in evidence().causes.values() if cause.number
    )  # fmt: skip
    tips = (
        Claim(f"tip.{tip.key}", tip.claim, _grade_of(_moved_by(tip.input)), tip.verdict)
        for tip in evidence().tips.values()
        if tip.article and tip.input
    )
    return (*causes, *tips)


def _moved_by(name: str) -> tuple[str, ...]:
    """Factors whose dose differs between the two ends of an input."""
    entry = evidence().inputs[name]
    low, high = entry.range if entry.kind == "number" else (False, True)
    one, other = model.doses(Profile(**{name: low})), model.doses(Profile(**{name: high}))
    return tuple(key for key in one if one[key] != other[key])


def _article() -> Plan:
    return _plan(
        "article", 5, "Read the article like a scientist", 40,
        "Six causes and five tips, claim by claim, beside what studies have found.",
        questions=(
            ChoiceQuestion(
                "crude", "In the made-up people above, those who take the supplement cramp more"
                " often. Does the supplement cause cramps?",
                {"age": "no: older people take it more often, and older people cramp more often",
                 "yes": "yes, the odds ratio is above 1",
                 "chance": "no, it is chance: with more people it would go away"},
                lambda: "age",
                {"yes": "Compare people of the same age: what is the odds ratio then?",
                 "chance": "Make the group ten times as large: it stays."},
                "Answer: {answer}. Age is a confounder.",
                {"yes": "takes association for cause", "chance": "takes confounding for chance"},
            ),
            ChoiceQuestion(
                "fix", "Which study would show best whether the supplement causes cramps?",
                {"coin": "a coin decides who gets it, and nobody knows until the end",
                 "ask": "ask many more people what they take and how often they cramp",
                 "best": "ask the people whom it has helped"},
                lambda: "coin",
                {"ask": "More people give a sharper number, with the same confounder in it.",
                 "best": "Those whom it has not helped would be missing."},
                "This one: {answer}. Chance then shares out age and all else evenly.",
                {"ask": "believes that size cures confounding",
                 "best": "trusts reports of success"},
            ),
        ),
        writing={"again": "Write one sentence of the article again, so that it is true."},
        claims=_claims(),
    )  # fmt: skip


# ------------------------------------------------------------------ 6. class


def _class() -> Plan:
    return _plan(
        "class", 6, "Sit, stand, move: a class experiment", 40,
        "Your own anonymous counts, and how the model's answer spreads over the class.",
        questions=(
            ChoiceQuestion(
                "same", "The model's figure differs between two pupils by 2 of 1,000. What is the"
                " best thing to say?",
                {"range": "that is far less than the range around each figure",
                 "ill": "the one with the higher figure should be worried",
                 "sure": "the one with the lower figure lives more healthily"},
                lambda: "range",
                {"ill": "It is an illustration and no prediction about anybody.",
                 "sure": "The model knows three counts, not how healthily somebody lives."},
                "Best to say: {answer}.",
                {"ill": "reads the figure as a prediction",
                 "sure": "reads the figure as a mark for health"},
            ),
            ChoiceQuestion(
                "class", "The whole class sits 7 hours on the same chairs. Why is that a problem"
                " for finding out what sitting does?",
                {"differ": "nobody differs, so there is nothing to compare",
                 "many": "there are too many people",
                 "honest": "pupils do not tell the truth"},
                lambda: "differ",
                {"many": "More people would help, if they differed.",
                 "honest": "Suppose that all do: what could you compare?"},
                "Because {answer}.",
            ),
        ),
        writing={"better": "How would you make this experiment better next time?"},
    )  # fmt: skip
