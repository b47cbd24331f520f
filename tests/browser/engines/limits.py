"""What an engine's tool cannot do, and the tests that are left out for it.

Only the tool counts here: what the page does otherwise in a browser is mended in the page.
"""

from tests.browser import engines

Limits = dict[str, list[str]]

#: {what Playwright's WebDriver BiDi cannot do: tests that need it}, for whichever browser it drives
BIDI: Limits = {
    "the tool shows no page as dark, printed, with less motion or with forced colours": [
        "test_access.py::test_no_violation_with_everything_open_and_with_a_warning_sign[dark]",
        "test_access.py::test_nothing_is_too_small_to_hit_or_too_wide_to_see[dark]",
        "test_access.py::test_nothing_is_too_small_to_hit_or_too_wide_to_see[phone in the dark]",
        "test_access.py::test_nothing_is_too_small_to_hit_or_too_wide_to_see[forced colours]",
        "test_access.py::test_nothing_moves_by_itself_where_less_motion_is_wanted",
        "test_access.py::test_charts_wear_the_colours_of_the_page_by_day_and_by_night",
        "test_share.py::test_the_print_is_short_and_has_no_controls",
        "test_share.py::test_with_a_warning_sign_no_chapter_is_printed",
        "test_share.py::test_the_paper_has_the_answer_the_reasons_and_the_link",
        "test_share.py::test_the_print_is_dark_on_white_in_dark_mode_too",
        "site/test_site.py::test_the_pages_around_are_for_everyone[dark-]",
        "site/test_site.py::test_the_pages_around_are_for_everyone[dark-explainer/]",
        "site/test_site.py::test_the_pages_around_are_for_everyone[dark-teachers/]",
        "site/test_site.py::test_the_pages_around_are_for_everyone[dark-teachers/worksheet_1.html]",
        "site/test_site.py::test_the_pages_around_are_for_everyone[dark-explainer/model.html]",
    ],
    "the tool gives no outline of what it prints": [
        "test_share.py::test_no_heading_stands_alone_at_the_foot_of_a_printed_page",
        "site/test_site.py::test_no_heading_around_stands_alone_on_paper[teachers]",
        "site/test_site.py::test_no_heading_around_stands_alone_on_paper[lesson]",
    ],
    "the tool cannot switch a page's scripts off": [
        "test_access.py::test_without_scripts_the_reference_day_is_told",
    ],
    "the tool has no line to Chromium's developer tools, which slow a machine down": [
        "test_access.py::test_nothing_jumps_while_a_slow_machine_loads_the_page",
    ],
    "the tool has no fingers: Playwright's tap does nothing by WebDriver BiDi": [
        "test_gestures.py::test_a_swipe_up_from_a_slider_scrolls",
        "test_gestures.py::test_a_swipe_sideways_sets_the_slider",
        "test_gestures.py::test_a_tap_sets_the_slider",
    ],
}

#: {what Firefox does not tell Playwright}
FIREFOX: Limits = {
    "the tool cannot look into a worker": [
        "site/test_site.py::test_python_may_be_there_before_the_page",
    ],
    "the tool has Firefox take a folder's files for one site's": [
        "site/test_lines.py::test_a_page_opened_as_a_file_is_told",
    ],
    "Playwright passes over a download without an id, and Firefox gives it none": [
        "test_share.py::test_a_downloaded_json_opens_in_the_terminal",
        "test_share.py::test_a_downloaded_csv_opens_as_a_table",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download JSON-0]",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download JSON-60]",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download JSON-250]",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download CSV-0]",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download CSV-60]",
        "test_typing.py::test_what_is_typed_counts_before_the_press[Download CSV-250]",
    ],
}

#: {what the program in `tests/webkit` does not do beyond that: tests that need it}
WEBKIT: Limits = {
    "the tool does not print": ["test_share.py::test_the_print_is_two_pages_at_most"],
    "the tool shows one window and opens no other": [
        "test_share.py::test_the_model_card_opens_in_a_page_of_its_own",
        "test_jumps.py::test_a_link_with_ctrl_opens_a_tab_at_the_place_with_the_settings",
    ],
    "the tool answers no request in a server's place": [
        "test_access.py::test_the_page_before_its_sliders_has_no_violation",
        "site/test_site.py::test_the_page_is_true_before_python_is_there_and_says_what_is_loading",
        "site/test_site.py::test_python_that_does_not_come_is_said",
        "site/test_site.py::test_python_may_be_there_before_the_page",
        "site/test_lines.py::test_a_file_that_changes_meanwhile_is_not_mixed",
        "site/test_lines.py::test_a_missing_script_is_told",
        "site/test_lines.py::test_a_frame_that_locks_it_in_is_told",
    ],
}

#: what each engine's tool cannot do
LIMITS: dict[str, Limits] = {"chromium": {}, "firefox": BIDI | FIREFOX, "webkit": BIDI | WEBKIT}


def reason(test: str) -> str | None:
    """Why the tool of this run's engine cannot do a test ("test_share.py::test_x[id]"), or None."""
    name = test.partition("[")[0]
    limits = LIMITS[engines.NAME].items()
    return next((why for why, tests in limits if test in tests or name in tests), None)
