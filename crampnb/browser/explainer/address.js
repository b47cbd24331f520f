/** The address and the way through the page.
 *
 * Settings live in the address, after the #, so a jump leaves it alone; all the same it is as on any
 * page: Back undoes it, and Ctrl opens a tab, which comes to the same place with the same settings
 * (`#v=1&sitting=10&at=why`).
 */

/** @typedef {import("./page.js").Page} Page */
const LONGEST_LINK = 4000; // characters sent of one; Python refuses it as too long from 2,000 on
const GESTURES = ["wheel", "touchstart", "pointerdown", "keydown"];

/**
 * The element that a fragment names, by itself or beside settings.
 * @param {HTMLElement} root
 * @param {string} fragment
 * @returns {HTMLElement | null}
 */
function placeOf(root, fragment) {
  const id = new URLSearchParams(fragment).get("at") ?? fragment;
  return id ? root.querySelector(`#${CSS.escape(id)}`) : null;
}

/**
 * The place that a link within the page leads to.
 * @param {HTMLElement} root
 * @param {HTMLAnchorElement} link
 */
function targetOf(root, link) {
  return placeOf(root, (link.getAttribute("href") ?? "").slice(1));
}

/**
 * The settings in a fragment; none where it only names a place.
 * @param {HTMLElement} root
 * @param {string} fragment
 */
function settingsOf(root, fragment) {
  const settings = fragment.replace(/(^|&)at=[^&]*/, "");
  return settings === fragment && placeOf(root, fragment) ? "" : settings;
}

/* ---------------------------------------------------------------- landing */

let landing = new AbortController();

/**
 * Brings `place` to the top, and again while what stands above it still grows, until the visitor
 * goes on.
 * @param {HTMLElement} root
 * @param {HTMLElement} place
 */
function land(root, place) {
  landing.abort();
  landing = new AbortController();
  const { signal } = landing;
  let top = 0; // in the window
  let depth = 0; // in the page
  const measure = () => {
    const now = place.getBoundingClientRect().top;
    return [now, now + scrollY];
  };
  const arrive = () => {
    place.scrollIntoView();
    [top, depth] = measure();
  };
  const scrolled = () => {
    const [now, here] = measure();
    if (Math.abs(here - depth) < 1 && Math.abs(now - top) > 2) landing.abort(); // by somebody else
  };
  const sizes = new ResizeObserver(arrive);
  for (let box = place.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
  arrive();
  place.focus({ preventScroll: true });
  sizes.observe(root);
  signal.addEventListener("abort", () => sizes.disconnect());
  addEventListener("scroll", scrolled, { signal, capture: true, passive: true });
  for (const sign of GESTURES) {
    addEventListener(sign, () => landing.abort(), { signal, capture: true, passive: true });
  }
}

/* ---------------------------------------------------------------- links within the page */

/**
 * Goes where a link within the page leads.
 * @param {MouseEvent} event
 * @param {HTMLElement} root
 * @param {HTMLAnchorElement} link
 */
export function follow(event, root, link) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const place = targetOf(root, link);
  if (!place) return;
  event.preventDefault();
  if (root.dataset.adopted) history.pushState(history.state, ""); // not in JupyterLab
  land(root, place);
}

/**
 * A link that is about to be used takes the settings along, for a tab of its own.
 * @param {Page} page
 */
function carry(page) {
  const { root, over } = page;
  /** @param {Event} event */
  const prepare = ({ target }) => {
    /** @type {HTMLAnchorElement | null} */
    const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
    const place = link && targetOf(root, link);
    if (place) link.href = `#${page.fragment}&at=${place.id}`;
  };
  for (const sign of ["pointerover", "pointerdown", "focusin"]) root.addEventListener(sign, prepare, { signal: over });
}

/* ---------------------------------------------------------------- settings in the address */

// Some mailers and pages make a ? of the #: the settings go back to where no server sees them.
function unask() {
  const asked = location.search.slice(1);
  if (!/(^|[&?;])v(=|%3D)/i.test(asked)) return;
  history.replaceState(history.state, "", `${location.pathname}#${asked}`);
}

const KEEP_AFTER = 400; // ms; Safari refuses more than a hundred changes in half a minute

/**
 * The address of this page with what is set.
 * @param {Page} page
 */
export function linkTo(page) {
  return `${location.href.split("#")[0]}#${page.fragment}`;
}

/**
 * The explainer's own page keeps the settings in its address; inside JupyterLab it leaves that alone.
 * @param {Page} page
 */
export function keepLink(page) {
  const { root, over } = page;
  /** @type {number} */
  let visit; // what all places of one link have in common
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let due;
  let known = location.hash; // as we have read or written it
  const keep = () => {
    clearTimeout(due);
    due = undefined;
    if (location.hash !== known) return; // another link, of which we shall hear in a moment
    history.replaceState({ visit }, "", `#${page.fragment}`);
    known = location.hash;
  };
  const open = () => {
    visit = history.state?.visit ?? Date.now();
    history.replaceState({ visit }, "");
    known = location.hash;
    const fragment = location.hash.slice(1);
    const place = placeOf(root, fragment);
    if (place) land(root, place);
    const settings = settingsOf(root, fragment).slice(0, LONGEST_LINK);
    if (settings && settings !== page.fragment) page.open(settings);
  };
  // Back and forth between places of one link changes no setting; `hashchange` opens another link.
  /** @param {PopStateEvent} event */
  const turn = ({ state }) => {
    landing.abort();
    if (state?.visit !== visit) return;
    known = location.hash;
    keep();
  };
  page.onchange = () => {
    due ??= setTimeout(keep, KEEP_AFTER);
  };
  unask();
  open();
  // Who leaves, or goes to the address bar to copy from there, does not wait.
  for (const sign of ["pagehide", "blur"]) addEventListener(sign, () => due && keep(), { signal: over });
  addEventListener("popstate", turn, { signal: over });
  addEventListener("hashchange", open, { signal: over });
  carry(page);
}
