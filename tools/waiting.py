"""Waiting for a page: for what it comes to, never for a time."""

from typing import Any

from playwright.sync_api import Page

PATIENCE = 20_000  # ms; how long a mark is waited for before a test fails


def comes_true(page: Page, condition: str, wanted: Any = None) -> bool:
    """Whether a condition (JavaScript, on `wanted`) comes to hold before patience ends.

    It looks at every frame; Playwright's own assertions look once in a while, which adds up, and
    its `wait_for_function` makes code of a text inside the page, which the page does not allow.
    """
    found: bool = page.evaluate(
        f"""wanted => new Promise((resolve) => {{
          const end = performance.now() + {PATIENCE};
          const look = () => {{
            const holds = Boolean({condition});
            if (holds || performance.now() > end) resolve(holds);
            else requestAnimationFrame(look);
          }};
          look();
        }})""",
        wanted,
    )
    return found
