"""A visitor who fiddles: 200 key presses and drags at random, and the page stays true."""

import os
from random import Random

import pytest
from playwright.sync_api import Page, expect

import crampnb
from crampnb.model.explain import explain
from crampnb.model.fragment import from_fragment
from crampnb.model.frequency import natural_frequency
from crampnb.model.profile import Profile
from tests.browser.visits import (
    NUMBERS,
    SENTENCE,
    charts_are_drawn,
    controls_show,
    open_more,
    shows,
    slider,
    thumb,
)

STEPS = int(os.environ.get("CRAMPNB_STEPS", "200"))
KEYS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End")


def value(page: Page, name: str) -> float:
    """Where a slider stands."""
    return round(float(slider(page, name).input_value()), 6)


def drag(page: Page, name: str, to: float) -> None:
    """Drag a slider to a share of its length."""
    handle = slider(page, name)
    handle.scroll_into_view_if_needed()
    page.mouse.move(*thumb(handle))
    page.mouse.down()
    page.mouse.move(*thumb(handle, to), steps=8)
    page.mouse.up()


def fiddle(page: Page, chance: Random, name: str, moves: int) -> None:
    """Move a slider as fast as it goes; it does not end where it began."""
    began = value(page, name)
    for _ in range(moves):
        if chance.random() < 0.2:
            drag(page, name, chance.random())
        else:
            slider(page, name).press(chance.choice(KEYS))
    if value(page, name) == began:
        slider(page, name).press("End" if began < max_of(name) else "Home")


def all_is_answered(page: Page) -> None:
    """Wait until Python has answered every move: only then does the page say that it has copied."""
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("[data-said]")).not_to_be_empty()


def max_of(name: str) -> float:
    """The upper end of an input."""
    return next(entry.range[1] for entry in NUMBERS if entry.name == name)


SEEDS = [int(seed) for seed in os.environ.get("CRAMPNB_SEEDS", "2 100").split()]


@pytest.mark.parametrize("seed", SEEDS)
def test_after_a_random_walk_the_page_tells_what_the_model_tells(page: Page, seed: int) -> None:
    chance, profile, done = Random(seed), Profile(), 0
    open_more(page)
    page.get_by_role("radio", name="What the article says").check()
    while done < STEPS:
        name, moves = chance.choice(NUMBERS).name, chance.randint(1, 12)
        fiddle(page, chance, name, moves)
        done += moves
        profile = profile.but(**{name: value(page, name)})
        shows(page, profile, "article")
    all_is_answered(page)
    controls_show(page, profile)
    link = from_fragment(page.evaluate("location.hash"))
    told = explain(link.profile, link.hypothesis)
    assert page.evaluate(SENTENCE) == told.sentence == explain(profile, "article").sentence
    people = natural_frequency(told.risk)
    expect(page.locator("svg.icons")).to_have_attribute("data-icons", f"10 {people}")
    charts_are_drawn(page)
    for chart, trace, axis in (("curve", 3, "y"), ("spread", 0, "x")):
        drawn = page.evaluate(
            f"document.querySelector('[data-chart={chart}]').data[{trace}].{axis}"
        )
        stories = [story.key for story in crampnb.hypotheses()]
        shown = drawn[stories.index("article") if chart == "spread" else 0]
        assert shown == pytest.approx(1000 * told.risk)
