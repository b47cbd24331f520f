"""What a browser has kept of the site."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from crampnb.site import service_worker

PATIENCE = 60_000  # ms; long enough on a busy machine


def is_kept(page: Page, folder: Path) -> None:
    """Wait until the browser has kept every file that the script in a folder names."""
    script = (folder / service_worker.NAME).read_text("utf-8")
    kept: dict[str, Any] = json.JSONDecoder().raw_decode(script, script.index("{"))[0]
    missing = page.evaluate(
        """async ([{ store, files }, patience]) => {
          const wanted = Object.entries(files).map(([name, sum]) => `${name}?${sum}`);
          const end = performance.now() + patience;
          for (;;) {
            // To open a store that is not there yet would make another, which stays empty.
            const name = (await caches.keys()).find((each) => each.startsWith(store));
            const urls = name ? (await (await caches.open(name)).keys()).map(({ url }) => url) : [];
            const there = (name) => urls.some((url) => url.endsWith(name.replace(/^\\.\\./, "")));
            const missing = wanted.filter((name) => !there(name));
            if (!missing.length || performance.now() > end) return missing;
            await new Promise(requestAnimationFrame);
          }
        }""",
        [kept, PATIENCE],
    )
    assert missing == [], missing
