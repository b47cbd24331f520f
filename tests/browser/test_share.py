"""Links in and out, paper and files to keep, and the warning signs that come before all numbers."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

import crampnb
from crampnb.cli import main
from crampnb.model.evidence import evidence
from crampnb.model.explain import compare, explain
from crampnb.model.export import as_csv
from crampnb.model.fragment import to_fragment
from crampnb.model.inputs import Input
from crampnb.model.profile import Profile
from crampnb.model.scenarios import scenarios
from crampnb.views.next_steps import SHOWN
from crampnb.views.page import TITLE
from tests.browser.paper import count_pages, is_never_left_alone
from tests.browser.visits import (
    NUMBERS,
    SENTENCE,
    Visits,
    becomes,
    charts_are_drawn,
    controls_show,
    open_more,
    python_has_drawn,
    ready,
    section,
    shows,
    slider,
)

NIGHT = scenarios()["night_shift"]
# What can be read in each chapter that has numbers, near or far from the window.
CHAPTERS = """
  Object.fromEntries(
    ['answer', 'why', 'how', 'what-if', 'next-steps', 'stories', 'compare', 'maths'].map(id => {
      const walk = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walk.nextNode()) {
        if (walk.currentNode.parentElement.checkVisibility()) texts.push(walk.currentNode.data);
      }
      return [id, texts.join(' ')];
    }))
"""


def furthest(entry: Input) -> object:
    """The value of an input that is far from the reference day."""
    if entry.kind == "number":
        return entry.range[1]
    if entry.kind == "switch":
        return True
    return entry.options if entry.kind == "set" else entry.options[0]


#: a day with much of everything, whose settings and cautions fill half a page
STRONG = Profile(
    sitting=12, activity_load=3000, usual_load=600, fluid_intake=0.9, electrolyte_intake=50,
    age=66, conditions=["diabetes", "arthritis"], medicines=["statin"], effort=9, slumped=True,
    longest_sitting=200,
)  # fmt: skip
TOLD = "document.querySelector('#compare .split')?.textContent"
EVERYTHING = Profile(**{entry.name: furthest(entry) for entry in crampnb.inputs()})


@pytest.mark.parametrize(
    ("profile", "story"),
    [(NIGHT.profile, "article"), (EVERYTHING, "fluid_salt"), (Profile(), "evidence")],
    ids=["night_shift", "everything", "nothing"],
)
def test_a_link_brings_its_settings(visits: Visits, profile: Profile, story: str) -> None:
    page = ready(visits.open(f"#{to_fragment(profile, story)}"))
    shows(page, profile, story)
    open_more(page)
    controls_show(page, profile)
    name = evidence().hypotheses[story].name
    expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
    expect(page.locator("[data-part=notices]")).to_be_empty()


def test_a_hostile_link_is_named_and_the_rest_applies(visits: Visits) -> None:
    bad = {
        "v": "2",
        "fluid_intake": "99",
        "activity_load": "NaN",
        "usual_load": "__import__(os)",
        "nonsense": "1",
        "__class__": "1",
        "sex": "<img src=x onerror=alert(1)>",
        "conditions": "diabetes,plague",
        "slumped": "perhaps",
        "story": "wizardry",
    }
    page = visits.visitor()
    page.on("dialog", lambda dialog: pytest.fail("a script of the link ran"))
    page.goto(f"{visits.address}#{urlencode({**bad, 'sitting': '10', 'medicines': 'statin'})}")
    ready(page)
    shows(page, {"sitting": 10, "medicines": ["statin"]})
    notice = page.locator("[data-part=notices]").get_by_role("listitem")
    expect(notice).to_have_count(1)
    for name, value in list(bad.items())[:3]:
        expect(notice).to_contain_text(f"{name} = '{value}'")
    expect(notice).to_contain_text("and 5 more. They were left out.")
    expect(notice).not_to_contain_text("nonsense")  # what is not ours is nobody's business


@pytest.mark.parametrize(
    "fragment", ["#v=1&sitting=" + "1" * 3000, "#" + "&".join(["sitting=1"] * 80), "#v=%00%ff&=="]
)
def test_a_link_of_rubbish_leaves_the_reference_day(visits: Visits, fragment: str) -> None:
    page = ready(visits.open(fragment))
    expect(page.locator("[data-part=notices]").get_by_role("listitem")).not_to_have_count(0)
    becomes(page, SENTENCE, explain({}).sentence)
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})


def test_a_link_to_a_chapter_changes_no_setting(visits: Visits) -> None:
    page = ready(visits.open("#evidence"))
    expect(page.locator("#evidence")).to_be_in_viewport()
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})
    expect(page.locator("[data-part=notices]")).to_be_empty()


def test_a_new_link_on_the_open_page_is_followed(page: Page) -> None:
    page.evaluate("location.hash = '#v=1&sitting=10&story=fatigue'")
    shows(page, {"sitting": 10}, "fatigue")
    page.reload()
    ready(page)
    shows(page, {"sitting": 10}, "fatigue")


def test_the_link_can_be_copied(visits: Visits) -> None:
    page = ready(visits.open(permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("button", name=f"{NIGHT.name}: ").click()
    shows(page, NIGHT.profile, NIGHT.hypothesis)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link is copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url == f"{visits.address}#{to_fragment(NIGHT.profile)}"
    shows(ready(visits.open(copied.removeprefix(visits.address))), NIGHT.profile)


def test_the_model_card_opens_in_a_page_of_its_own(visits: Visits) -> None:
    page = ready(visits.open())
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})
    with page.expect_popup() as opened:
        page.get_by_role("link", name="The model card").click()
    card = opened.value
    expect(card.get_by_role("heading", level=1)).to_contain_text("Model card: crampnb")
    assert card.url == f"{visits.address}model.html"
    card.get_by_role("link", name="Explainer").click()
    ready(card)
    shows(page, {"sitting": 0})


def test_where_copying_is_refused_the_link_is_shown(visits: Visits) -> None:
    page = visits.visitor()
    refuse = "navigator.clipboard.write = () => Promise.reject()"
    page.add_init_script(f"if (navigator.clipboard) {refuse}")  # an empty page has none
    page.goto(visits.address)
    ready(page)
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text(f"Select and copy this: {page.url}")).to_be_visible()


def test_no_heading_stands_alone_at_the_foot_of_a_printed_page(page: Page) -> None:
    charts_are_drawn(page)
    is_never_left_alone(page, "Why: what adds to it")


def test_the_print_is_short_and_has_no_controls(visits: Visits) -> None:
    page = visits.visitor()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(visits.address)
    ready(page)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.get_by_role("button", name="Older and stiff: ").click()
    shows(page, scenarios()["older_and_stiff"].profile)
    page.emulate_media(media="print")
    for role in ("slider", "spinbutton", "button", "checkbox", "radio", "combobox", "navigation"):
        expect(page.get_by_role(role)).to_have_count(0)
    expect(page.get_by_role("status")).to_be_visible()
    expect(section(page, "What would help").get_by_role("listitem").first).to_be_visible()


def test_the_print_is_two_pages_at_most(page: Page) -> None:
    charts_are_drawn(page)
    assert 1 <= count_pages(page, "A4") <= 2
    assert 1 <= count_pages(page, "Letter") <= 2
    page.get_by_role("button", name="Pin these settings as A").click()
    page.evaluate(f"location.hash = '{to_fragment(STRONG, 'article')}'")
    shows(page, STRONG, "article")
    becomes(page, TOLD, compare(explain({}), explain(STRONG, "article")))
    assert 1 <= count_pages(page, "A4") <= 2
    assert 1 <= count_pages(page, "Letter") <= 2
    stop(page, STRONG, "article")
    assert count_pages(page, "A4") == count_pages(page, "Letter") == 1


def stop(page: Page, profile: Profile, story: str) -> None:
    """Tick a warning sign."""
    key, flag = next(iter(evidence().red_flags.items()))
    page.get_by_role("checkbox", name=flag.sign, exact=True).check()
    becomes(page, SENTENCE, explain(profile, story, [key]).sentence)


def test_with_a_warning_sign_no_chapter_is_printed(page: Page) -> None:
    stop(page, Profile(), "evidence")
    page.emulate_media(media="print")
    for chapter in ("Why: what adds to it", "What would help", "Compare"):
        expect(section(page, chapter)).to_have_count(0)


def test_the_paper_has_the_answer_the_reasons_and_the_link(visits: Visits) -> None:
    page = visits.visitor()
    page.add_init_script(
        "window.print = () => { dispatchEvent(new Event('beforeprint')); window.printed = true }"
    )
    page.goto(f"{visits.address}#{to_fragment(NIGHT.profile)}")
    shows(ready(page), NIGHT.profile)
    charts_are_drawn(page)
    page.get_by_role("button", name="Print").click()
    becomes(page, "window.printed", True)
    page.emulate_media(media="print")
    paper = " ".join(page.locator("#crampnb-page").inner_text().split())
    answer = explain(NIGHT.profile)
    steps = [step.name for step in answer.steps if step.risk_reduction > 1e-6][:SHOWN]
    for words in (
        *(TITLE, "Settings: ", f"Story: {answer.story.name}.", answer.sentence),
        "Nine chances in ten that the figure lies between",
        *(cause.label for cause in evidence().causes.values()),
        *steps,
        *(story.name for story in evidence().hypotheses.values()),
        page.url,
    ):
        assert words in paper, words
    expect(page.locator("#answer .icons")).to_be_visible()
    expect(section(page, "Compare")).to_have_count(0)  # nothing is pinned


def test_the_print_is_dark_on_white_in_dark_mode_too(visits: Visits) -> None:
    page = ready(visits.open(color_scheme="dark"))
    page.emulate_media(media="print", color_scheme="dark")
    look = "getComputedStyle(document.querySelector('#crampnb-page {}')).color"
    inks = {page.evaluate(look.format(part)) for part in ("h1", "h2", ".sentence", "th", ".lede")}
    for ink in inks:
        assert max(map(int, re.findall(r"\d+", ink))) < 128, inks


@pytest.mark.reused
def test_a_downloaded_json_opens_in_the_terminal(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.get_by_role("button", name=f"{NIGHT.name}: ").click()
    page.get_by_role("radio", name="What the article says").check()
    shows(page, NIGHT.profile, "article")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert main(["risk", str(path)]) == 0
    assert page.evaluate(SENTENCE) in capsys.readouterr().out
    risk = explain(NIGHT.profile, "article").risk  # the last digit is the browser's own
    assert json.loads(path.read_text())["risk"] == pytest.approx(risk, rel=1e-12)


@pytest.mark.reused
def test_a_downloaded_csv_opens_as_a_table(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name=f"{NIGHT.name}: ").click()
    shows(page, NIGHT.profile)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_bytes().decode()
    assert text == as_csv(explain(NIGHT.profile))
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["factor"] for row in rows] == list(evidence().factors)
    added = explain(NIGHT.profile).risk - explain({}).risk
    assert sum(float(row["people_of_1000"]) for row in rows) == pytest.approx(1000 * added)


def test_who_goes_to_the_address_bar_finds_the_settings_there(page: Page) -> None:
    slider(page, "sitting").press("End")
    found = page.evaluate("(dispatchEvent(new Event('blur')), location.hash.slice(1))")
    assert found == to_fragment(Profile(sitting=16), "evidence")


def test_every_warning_sign_replaces_every_number(page: Page) -> None:
    page.get_by_role("button", name=f"{NIGHT.name}: ").click()
    page.get_by_role("button", name="Pin these settings as A").click()
    slider(page, "sitting").press("End")
    profile = NIGHT.profile.but(sitting=16)
    shows(page, profile)
    expect(page.locator("input[type=range]")).to_have_count(len(NUMBERS))
    charts_are_drawn(page)
    python_has_drawn(page)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    before = page.evaluate(CHAPTERS)
    assert all(re.search(r"\d", text) for text in before.values())
    for key, flag in evidence().red_flags.items():
        box = page.get_by_role("checkbox", name=flag.sign, exact=True)
        box.check()
        becomes(page, SENTENCE, explain(profile, red_flags=[key]).sentence)
        becomes(page, "document.querySelector('[data-part=maths]').textContent", "")
        stopped = page.evaluate(CHAPTERS)
        assert flag.act in stopped.pop("answer")
        assert "of 1,000" not in page.locator("#answer").aria_snapshot()
        assert [text for text in stopped.values() if re.search(r"\d", text)] == []
        box.uncheck()
        shows(page, profile)
        # What Python has drawn anew is closed.
        python_has_drawn(page)
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    charts_are_drawn(page)
    becomes(page, CHAPTERS, before)


@pytest.mark.reused
def test_several_warning_signs_stay_until_the_last_is_unticked(page: Page) -> None:
    first, *_, last = evidence().red_flags
    for key in (last, first):
        page.get_by_role("checkbox", name=evidence().red_flags[key].sign, exact=True).check()
    becomes(page, SENTENCE, explain({}, red_flags=[first, last]).sentence)
    expect(section(page, "The answer")).to_contain_text(evidence().red_flags[last].act)
    slider(page, "sitting").press("End")
    page.get_by_role("checkbox", name=evidence().red_flags[first].sign, exact=True).uncheck()
    becomes(page, SENTENCE, explain({}, red_flags=[last]).sentence)
    page.get_by_role("checkbox", name=evidence().red_flags[last].sign, exact=True).uncheck()
    shows(page, {"sitting": 16})


def test_a_link_without_end_is_told_and_the_sliders_go_on(visits: Visits) -> None:
    page = ready(visits.open("#sitting=10&" + "x" * 100_000))
    expect(page.get_by_text("The link is too long to be read")).to_be_visible()
    slider(page, "sitting").press("End")
    shows(page, {"sitting": 16})
