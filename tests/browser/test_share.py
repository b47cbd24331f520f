"""Links in and out, paper and files to keep, and the warning signs that come before all numbers."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, PdfMargins, expect

import crampnb
from crampnb.cli import main
from crampnb.evidence import Input, evidence
from crampnb.explain import explain
from crampnb.link import to_fragment
from crampnb.profile import Profile
from crampnb.report import as_csv
from crampnb.scenarios import scenarios
from tests.browser.visits import (
    NUMBERS,
    SENTENCE,
    Visits,
    becomes,
    charts_are_drawn,
    controls_show,
    open_more,
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


EVERYTHING = Profile(**{entry.name: furthest(entry) for entry in crampnb.inputs()})


def pages_on_paper(page: Page) -> int:
    """How many pages the print has."""
    around = "1cm"
    margin: PdfMargins = {"top": around, "right": around, "bottom": around, "left": around}
    paper = page.pdf(format="A4", margin=margin)
    return len(re.findall(rb"/Type\s*/Page\b", paper))


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
    notices = page.locator("[data-part=notices]").get_by_role("listitem")
    expect(notices).to_have_count(len(bad))
    for name, value in bad.items():
        told = notices.filter(has_text=f"{name} = ")
        expect(told).to_contain_text(value.rpartition(",")[2], ignore_case=True)
        expect(told).to_contain_text("left out")


@pytest.mark.parametrize(
    "fragment", ["#v=1&sitting=" + "1" * 3000, "#" + "&".join(["sitting=1"] * 80), "#%00%ff&=&&==="]
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


def test_where_copying_is_refused_the_link_is_shown(visits: Visits) -> None:
    page = visits.visitor()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(visits.address)
    ready(page)
    slider(page, "sitting").press("Home")
    shows(page, {"sitting": 0})
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text(f"Select and copy this: {page.url}")).to_be_visible()


def test_the_print_is_short_and_has_no_controls(visits: Visits) -> None:
    page = visits.visitor()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(visits.address)
    assert 1 <= pages_on_paper(ready(page)) <= 3
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.get_by_role("button", name="Older and stiff: ").click()
    shows(page, scenarios()["older_and_stiff"].profile)
    page.emulate_media(media="print")
    for role in ("slider", "spinbutton", "button", "checkbox", "radio", "combobox", "navigation"):
        expect(page.get_by_role(role)).to_have_count(0)
    expect(page.get_by_role("status")).to_be_visible()
    expect(section(page, "What would help").get_by_role("listitem").first).to_be_visible()
    assert 1 <= pages_on_paper(page) <= 3


def test_the_print_is_dark_on_white_in_dark_mode_too(visits: Visits) -> None:
    page = ready(visits.open(color_scheme="dark"))
    page.emulate_media(media="print", color_scheme="dark")
    look = "getComputedStyle(document.querySelector('#crampnb-page {}')).color"
    inks = {page.evaluate(look.format(part)) for part in ("h1", "h2", ".sentence", "th", ".lede")}
    for ink in inks:
        assert max(map(int, re.findall(r"\d+", ink))) < 128, inks


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
    assert json.loads(path.read_text())["risk"] == explain(NIGHT.profile, "article").risk


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


def test_every_warning_sign_replaces_every_number(page: Page) -> None:
    page.get_by_role("button", name=f"{NIGHT.name}: ").click()
    page.get_by_role("button", name="Pin these settings as A").click()
    slider(page, "sitting").press("End")
    profile = NIGHT.profile.but(sitting=16)
    shows(page, profile)
    expect(page.locator("[role=slider]")).to_have_count(len(NUMBERS))
    charts_are_drawn(page)
    before = page.evaluate(CHAPTERS)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
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
    becomes(page, CHAPTERS, before)


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
