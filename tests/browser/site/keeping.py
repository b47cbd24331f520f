"""What a browser has kept of the site."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from crampnb.site import keeper


def is_kept(page: Page, folder: Path) -> None:
    """Nothing; waits until the browser has kept every file that the script in a folder names."""
    script = (folder / keeper.NAME).read_text("utf-8")
    kept: dict[str, Any] = json.JSONDecoder().raw_decode(script, script.index("{"))[0]
    page.evaluate(
        """async ({ store, files }) => {
          const wanted = Object.entries(files).map(([name, sum]) => `${name}?${sum}`);
          const cache = await caches.open(store);
          for (;;) {
            const urls = (await cache.keys()).map(({ url }) => url);
            const there = (name) => urls.some((url) => url.endsWith(name.replace(/^\\.\\./, "")));
            if (wanted.every(there)) return;
            await new Promise(requestAnimationFrame);
          }
        }""",
        kept,
    )
