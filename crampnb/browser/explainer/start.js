/** Starts a page: from here on it answers. */
import { keepLink } from "./address.js";
import { layOutAhead } from "./ahead.js";
import { Page, traceOf } from "./page.js";
import { listenToPresses } from "./presses.js";

/** @type {WeakMap<HTMLElement, Promise<Page>>} */
const STARTED = globalThis.crampnbPages ?? new WeakMap();
globalThis.crampnbPages = STARTED; // the page's own script and the widget's are two bundles

/**
 * The page in this element, started once, whoever asks.
 * @param {HTMLElement} root
 * @param {AbortSignal} [over] ends it
 * @returns {Promise<Page>}
 */
export function start(root, over = new AbortController().signal) {
  const started = STARTED.get(root) ?? begin(root, over);
  STARTED.set(root, started);
  return started;
}

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} over
 */
async function begin(root, over) {
  const page = new Page(root, await traceOf(root), over);
  listenToPresses(page);
  if (root.dataset.adopted !== "cell") {
    keepLink(page);
    addEventListener("beforeprint", () => page.toPaper(), { signal: over });
  }
  page.charts.ask(() => page.specs());
  page.mark("live");
  layOutAhead(root, over);
  return page;
}
