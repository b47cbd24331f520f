"""What Playwright's WebDriver BiDi does otherwise than its protocol for Chromium, made good."""

from playwright.sync_api import BrowserContext

# What a test fills in is put behind what a number box holds; the browser's own command replaces it.
INSERT = """
  Object.defineProperty(window, "__pw_bidiInsertText", {
    get: () => (text) => { document.execCommand("insertText", false, text); },
    set: () => {},
  });
"""


def mended(context: BrowserContext) -> BrowserContext:
    """The context, whose pages fill in boxes as a person does."""
    context.add_init_script(INSERT)
    return context
