"""What a learner does in a lesson, by keyboard: runs cells, guesses, answers, writes, grades."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from crampnb.lessons.plans import Plan
from crampnb.lessons.quiz import ChoiceQuestion
from crampnb.model.explain import explain
from tests.browser.visits import INPUTS

#: put something behind `ratio[name]` in the cell that holds a text
MEND = """([text, sign]) => {
  const { cells } = jupyterapp.shell.currentWidget.content.model;
  const { sharedModel } = [...cells].find((one) => one.sharedModel.getSource().includes(text));
  sharedModel.setSource(sharedModel.getSource().replace(/ratio.name.*/, `ratio[name]${sign}`));
}"""
#: what to type beside the sliders, so that each task of a lesson is done by the last of them
TASKS = {
    "wide": [("sitting", "16"), ("activity_load", "6 000"), ("fluid_intake", "0")],
    "narrow": [("fluid_intake", "1,8"), ("activity_load", "1200")],
    "split": [("activity_load", "6000"), ("fluid_intake", "0"), ("electrolyte_intake", "0")],
    "agree": [("activity_load", "800"), ("fluid_intake", "2,5"), ("electrolyte_intake", "120 %")],
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
        for text, said in (("1,5", "write a whole number"), ("40 in 1000", "Read as 40.")):
            box.fill(text)
            box.press("Enter")
            expect(told(one)).to_contain_text(said)
        expect(box).to_have_value("40")
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
                expect(told(one)).to_be_empty()
                one.get_by_role("button", name="Check").press("Enter")
                expect(told(one)).to_contain_text("Not yet." if key == wrong else "Yes.")
        else:
            box = one.get_by_role("textbox", name="Your answer")
            box.fill("-7")
            box.press("Enter")
            expect(one.get_by_role("button", name="Show me how")).to_be_visible()
            box.fill(f"{question.answer():.6g}".replace(".", ","))
            box.press("Enter")
        expect(told(one)).to_have_text(f"Yes. {question.explained}")


def reach(page: Page, plan: Plan) -> None:
    """Do the tasks with the sliders' boxes; each ticks itself when it is done, and not before."""
    for task, moves in TASKS.items():
        if task in plan.tasks:
            one = card(page, "Explore")
            sides = one.locator(".explore").bounding_box()
            screen = page.locator(".jp-WindowedPanel-outer:visible").bounding_box()
            assert sides
            assert screen
            assert sides["height"] <= screen["height"], "sliders and tasks are not on one screen"
            goal = one.get_by_role("listitem").filter(has_text=plan.tasks[task].goal)
            for name, text in moves:
                expect(goal).not_to_contain_text("Done.")
                box = one.get_by_role("spinbutton", name=re.compile(f"^{INPUTS[name].label}"))
                box.fill(text)
                box.press("Enter")
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
        expect(told(one)).to_contain_text("As the evidence:")


def build(page: Page, plan: Plan) -> None:
    """Mend the lines of code, at first as on a calculator."""
    for key in plan.values:
        lines = page.locator(".jp-CodeCell").filter(has_text=f'lesson.verify("{key}"')
        way = card(page, "Stuck?")
        way.get_by_role("button", name="Show me how").press("Enter")
        expect(way).to_contain_text("ratio[name] ** dose[name]")
        for sign, said in (("^", "Nearly! The sign ^ is for calculators."), ("**", "Yes: ")):
            code = lines.get_by_role("textbox")
            page.evaluate(MEND, [f'lesson.verify("{key}"', f" {sign} dose[name]"])
            code.press("Control+Enter")
            expect(lines.locator(".jp-OutputArea-output")).to_contain_text(said)
            expect(lines.locator(".jp-OutputArea-output")).not_to_contain_text("Traceback")


def play(page: Page, plan: Plan) -> None:
    """Go through the lesson to its end; its cards are for everyone."""
    for one in plan.later.values():
        expect(card(page, one.title)).to_contain_text("This opens later.")
    predict(page, plan)
    answer(page, plan)
    reach(page, plan)
    write(page, plan)
    grade(page, plan)
    build(page, plan)
    for one in plan.later.values():
        expect(card(page, one.title)).not_to_contain_text("This opens later.")
    steps = len(plan.steps)
    progress = page.locator("[data-part=progress]").first
    expect(progress).to_have_text(f"Done: {steps} of {steps}.")
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


def forget(page: Page, plan: Plan) -> None:
    """Make room for another learner: nothing stays chosen."""
    head = card(page, plan.heading)
    head.get_by_role("button", name="Forget my answers").click()
    head.get_by_role("button", name="Yes, forget them").click()
    expect(head).to_contain_text("Forgotten.")
    expect(page.locator(".ask input[type=radio]:checked")).to_have_count(0)
