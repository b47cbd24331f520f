"""What a learner does in a lesson, by keyboard: runs cells, guesses, answers, writes, grades."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from crampnb.lessons.plans import Plan
from crampnb.lessons.quiz import ChoiceQuestion
from crampnb.model.explain import explain
from tests.browser.visits import INPUTS

#: sliders to press, and the key that does each task of a lesson
TASKS = {
    "wide": [("sitting", "End"), ("activity_load", "End"), ("fluid_intake", "Home")],
    "narrow": [("sitting", "End"), ("activity_load", "Home"), ("fluid_intake", "End")],
    "split": [("activity_load", "End"), ("fluid_intake", "Home"), ("electrolyte_intake", "Home")],
}


def idle(page: Page) -> Locator:
    """What says that the kernel waits, in the notebook's own toolbar."""
    expect(page.locator(".jp-Toolbar-kernelName")).to_contain_text("Python", timeout=60_000)
    return page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")


def run_all(page: Page, cells: int) -> None:
    """Run every cell with Shift + Enter."""
    kernel = idle(page)
    expect(kernel).to_be_visible(timeout=60_000)
    page.locator(".jp-Notebook").focus()
    page.keyboard.press("Control+Home")
    for number in range(cells):
        active = page.locator(f".jp-Cell.jp-mod-active[data-windowed-list-index='{number}']")
        expect(active).to_be_visible()
        page.keyboard.press("Shift+Enter")
    expect(kernel).to_be_visible(timeout=60_000)
    expect(page.locator("crampnb-card .lesson-card:not([data-crampnb=ready])")).to_have_count(0)


def card(page: Page, name: str) -> Locator:
    """A card by its name."""
    return page.get_by_role("group", name=name, exact=True).first


def told(one: Locator) -> Locator:
    """Where a card answers."""
    return one.locator("[data-part=told]")


def predict(page: Page, plan: Plan) -> None:
    """Guess, see and move each situation."""
    for name, situation in plan.situations.items():
        entry = INPUTS[name]
        one = card(page, f"Predict: {entry.label}")
        box = one.get_by_role("textbox", name=re.compile("^Your guess"))
        expect(one.get_by_role("slider")).to_have_count(0)
        box.press("Enter")
        expect(told(one)).to_contain_text("Write a number first")
        box.fill("40")
        box.press("Enter")
        expect(told(one)).to_contain_text("You guessed 40.")
        expect(one.locator("[data-part=sentence]")).to_have_text(situation.answer.sentence)
        one.get_by_role("slider", name=entry.label, exact=True).press("End")
        moved = explain({name: entry.range[1]}).sentence
        expect(one.locator("[data-part=sentence]")).to_have_text(moved)


def answer(page: Page, plan: Plan) -> None:
    """Answer each question wrongly, then rightly."""
    for question in plan.questions.values():
        one = card(page, question.prompt)
        if isinstance(question, ChoiceQuestion):
            wrong = next(key for key in question.options if key != question.answer())
            for key in (wrong, question.answer()):
                one.get_by_role("radio", name=question.options[key], exact=True).press("Space")
                one.get_by_role("button", name="Check").press("Enter")
                expect(told(one)).not_to_be_empty()
        else:
            box = one.get_by_role("textbox", name="Your answer")
            box.fill("-7")
            box.press("Enter")
            expect(one.get_by_role("button", name="Show me how")).to_be_visible()
            box.fill(f"{question.answer():.6g}".replace(".", ","))
            box.press("Enter")
        expect(told(one)).to_have_text(f"Yes. {question.explained}")


def reach(page: Page, plan: Plan) -> None:
    """Do the tasks with the sliders; each ticks itself."""
    for task, moves in TASKS.items():
        if task in plan.tasks:
            one = card(page, "Explore")
            for name, key in moves:
                one.get_by_role("slider", name=INPUTS[name].label, exact=True).press(key)
            goal = one.get_by_role("listitem").filter(has_text=plan.tasks[task].goal)
            expect(goal).to_contain_text("Done.")


def write(page: Page, plan: Plan) -> None:
    """Write own words, which are kept."""
    for prompt in plan.writing.values():
        one = card(page, prompt)
        one.get_by_role("textbox", name=prompt).fill("That it moved so little.")
        one.get_by_role("button", name="Keep it").press("Enter")
        expect(told(one)).to_have_text("Kept.")


def grade(page: Page, plan: Plan) -> None:
    """Grade each claim."""
    if plan.claims:
        one = card(page, "Grade the claims")
        for box in one.get_by_role("combobox").all():
            box.select_option("low")
        one.get_by_role("button", name="Compare").press("Enter")
        expect(told(one)).to_contain_text("You agree with the evidence on")


def play(page: Page, plan: Plan) -> None:
    """Go through the lesson to its end; its cards are for everyone."""
    predict(page, plan)
    answer(page, plan)
    reach(page, plan)
    write(page, plan)
    grade(page, plan)
    progress = page.locator("[data-part=progress]").first
    expect(progress).not_to_have_text(re.compile("^Done: 0 "))
    found = Axe().run(page, context=".lesson-card").response["violations"]
    assert [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]] == []


def move_a_picture(page: Page) -> None:
    """Move a slider of `interact` to its end; fail unless its picture follows."""
    box = page.locator(".widget-interact").first
    box.scroll_into_view_if_needed()
    entry = INPUTS["sitting"]
    slider = box.locator(".widget-slider").filter(has_text=f"{entry.label} ({entry.short_unit})")
    figure = box.locator(".js-plotly-plot")
    expect(figure).to_contain_text(f"Here, at {entry.speak(4)}: {explain({}).people.risk}.")
    slider.get_by_role("slider").press("End")
    people = explain({"sitting": entry.range[1]}).people.risk
    expect(figure).to_contain_text(f"Here, at {entry.speak(entry.range[1])}: {people}.")
