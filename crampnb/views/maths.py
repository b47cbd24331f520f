"""Show the maths: today's numbers in the formula, and Python that gives the same value."""

from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation
from crampnb.views import elements as el
from crampnb.views.elements import Html, fragment, p, pre, sub
from crampnb.views.html import button, frequency, signed, table, times
from crampnb.views.screen import Screen


def maths(screen: Screen) -> Html:
    """The formula with today's terms, and the same as code."""
    answer = screen.answer
    rows = [
        (
            evidence().factors[key].label,
            f"{answer.doses[key]:.2f}" if key in answer.doses else "",
            signed(term, 3),
            times(term),
        )
        for key, term in answer.terms.items()
        if term
    ]
    total = sum(answer.terms.values())
    told = (
        f" is {frequency(answer.baseline)}, a judgement. The terms sum to"
        f" {signed(total, 3)}, which is {times(total)} the odds, and so p = {answer.risk:.4f},"
        f" or {frequency(answer.risk)}. Illustration, not a prediction."
    )
    head = ("Term", "Dose", "Log odds", "Times the odds")
    return fragment[
        p("formula")["log odds(p) = log odds(p", sub["0"], ") + Σ ln(odds ratio) × dose"],
        p["p", sub["0"], told],
        table("Today's terms", head, rows, "numbers") if rows else p["Every term is 0 today."],
        p["The same in Python, to the last digit:"],
        pre(tabindex=0, role="region", aria_label="Python code")[el.code(id="code")[code(answer)]],
        button("Copy the code", "copy", "code"),
    ]


def code(answer: Explanation) -> str:
    """Plain Python that prints the risk of the answer, to the last digit."""
    lines = [f"    {term!r},  # {key}\n" for key, term in answer.terms.items() if term]
    terms = f"\n{''.join(lines)}" if lines else ""
    return (
        "import math\n\n"
        f"baseline = {answer.baseline!r}\n"
        "# ln(odds ratio) * dose, for each factor that acts today\n"
        f"terms = [{terms}]\n"
        "odds_ratio = math.e ** sum(terms)\n"
        "risk = baseline * odds_ratio / (1 - baseline + baseline * odds_ratio)\n"
        "print(risk)\n"
    )
