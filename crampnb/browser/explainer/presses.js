/** Buttons and keys: what the browser does by itself, and what goes to Python. */
import { follow, linkTo } from "./address.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../types.js").LocalAction} LocalAction */

/** @param {Page} page */
export function listenToPresses(page) {
  const { root, over } = page;
  root.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element)) return;
      /** @type {HTMLElement | null} */
      const button = event.target.closest("[data-action]");
      if (button) act(page, button);
      /** @type {HTMLAnchorElement | null} */
      const link = event.target.closest('a[href^="#"]');
      if (link) follow(event, root, link);
    },
    { signal: over },
  );
  // The browser's own print would not wait for what has just been set.
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "p";
    if (!asked || !root.dataset.adopted) return;
    page.controls.commit();
    if (page.isDrawn) return;
    event.preventDefault();
    print(page);
  };
  addEventListener("keydown", keys, { capture: true, signal: over });
}

/** @type {Record<LocalAction, (page: Page, value: string, button: HTMLElement) => void>} */
const LOCAL = {
  print,
  copy: (page, value) => {
    const text = settle(page).then(() => page.root.querySelector(`#${value}`)?.textContent ?? "");
    copy(page.root, text, () => "Copied.");
  },
  "copy-link": copyLink,
  reset: (page) => page.reset(),
  scenario: (page, key) => page.startFrom(key),
  sheet: (page, _, button) => {
    const isOpen = page.root.toggleAttribute("data-sheet");
    button.setAttribute("aria-expanded", String(isOpen));
  },
  story: (page, key) => page.trace.stories.includes(key) && page.set({ story: key }, "story"),
  timer: (page) => page.timer.toggle(),
};

/**
 * @param {Page} page
 * @param {HTMLElement} button
 */
function act(page, button) {
  const { action = "", value = "" } = button.dataset;
  page.controls.commit();
  if (action in LOCAL) LOCAL[/** @type {LocalAction} */ (action)](page, value, button);
  else page.press(action, value);
}

/**
 * Whether Python has answered all that was set by now.
 * @param {Page} page
 */
async function settle(page) {
  page.controls.commit();
  return page.partner ? page.partner.settled() : false;
}

/** @param {Page} page */
function print(page) {
  if (page.isDrawn || !page.partner) window.print();
  else settle(page).then(() => window.print());
}

/** @param {Page} page */
function copyLink(page) {
  const text = settle(page).then(() => linkTo(page));
  copy(page.root, text, () => "The link is copied.");
}

/**
 * Copies what `text` promises; browsers want to be asked while the press is still fresh.
 * @param {HTMLElement} root
 * @param {Promise<string>} text
 * @param {() => string} done
 */
async function copy(root, text, done) {
  try {
    const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    say(root, done());
  } catch {
    say(root, `Copying is not allowed here. Select and copy this: ${await text}`);
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} text
 */
function say(root, text) {
  const place = root.querySelector("[data-said]");
  if (place) place.textContent = text;
}
