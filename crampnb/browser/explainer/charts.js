/** Charts: plotly specs, drawn in the page's own colours once their library is there. */
import { ask, pause } from "../widgets/talk.js";

/** @typedef {import("../types.js").Spec} Spec */

const PLOTLY = { displayModeBar: false, responsive: true };
const HEAD_START = 400; // ms in which the sliders are alone
const TRY_AGAIN_AFTER = [500, 1000, 2000, 4000, 8000]; // ms; then there will be no charts

/** The charts of one page. */
export class Charts {
  /** @type {WeakMap<Element, Spec>} element → the spec that it shows */
  #shown = new WeakMap();
  /** @type {Record<string, string>} what the names of colours stand for; to read a style costs a layout */
  #palette = {};
  #isAsked = false;
  #isThere = false; // the library
  /** @type {() => Record<string, () => Spec>} */
  #make = () => ({});
  /** @type {Set<string>} charts that are older than what is set; who has waited longest comes first */
  #due = new Set();
  /** @type {number | undefined} the frame that is asked for */
  #frame;
  /** @type {Promise<void> | undefined} until the page has nothing better to do */
  #rest;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.#readPalette();
  }

  /**
   * Fetches the library, after a moment: from the address that the page names, or from Python.
   * @param {import("../types.js").Model} [model]
   * @param {AbortSignal} [gone]
   */
  start(model, gone) {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const found = moment().then(() => findPlotly(model, gone));
    found.then(() => {
      this.#isThere = true;
      this.ask(this.#make);
    }, warn);
  }

  /**
   * Draws charts, soon; of what is asked for before that, the latest.
   * @param {() => Record<string, () => Spec>} make
   */
  ask(make) {
    this.#make = make;
    for (const name of Object.keys(make())) this.#due.add(name);
    if (!this.#isThere) return;
    for (const name of this.#due) this.#place(name)?.setAttribute("aria-busy", "true"); // older than what is set
    this.#next();
  }

  /** One chart a frame, which keeps no other waiting: first those in sight. */
  #next() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const [first] = this.#due;
      const seen = [...this.#due].find((name) => isSeen(this.#place(name)));
      if (seen) this.#drawNext(seen);
      else if (first) this.#rest ??= idle().then(() => this.#afterRest());
    });
  }

  #afterRest() {
    this.#rest = undefined;
    const [first] = this.#due;
    if (first) this.#drawNext(first);
  }

  /** @param {string} name */
  #drawNext(name) {
    this.#due.delete(name);
    const make = this.#make()[name]; // none while a warning sign is ticked
    if (make) this.#draw(this.#place(name), make());
    this.#place(name)?.removeAttribute("aria-busy");
    this.#next();
  }

  /** Draws all once more: the page has other colours. */
  redraw() {
    this.#readPalette();
    for (const place of this.root.querySelectorAll("[data-chart]")) {
      const spec = this.#shown.get(place);
      if (spec) this.#draw(/** @type {HTMLElement} */ (place), spec);
    }
  }

  remove() {
    for (const chart of this.root.querySelectorAll(".js-plotly-plot")) globalThis.Plotly.purge(chart);
  }

  /**
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  #place(name) {
    return this.root.querySelector(`[data-chart="${name}"]`);
  }

  /**
   * @param {HTMLElement | null} place
   * @param {Spec} spec
   */
  #draw(place, spec) {
    if (!place?.isConnected) return;
    this.#shown.set(place, spec);
    const { data, layout } = this.#coloured(spec);
    globalThis.Plotly.react(place, data, layout, PLOTLY);
  }

  #readPalette() {
    const style = getComputedStyle(this.root);
    const names = [...style].filter((name) => name.startsWith("--"));
    this.#palette = Object.fromEntries(names.map((name) => [`var(${name})`, style.getPropertyValue(name).trim()]));
    this.#palette.inherit = style.fontFamily;
  }

  /**
   * The spec with the page's colours in place of their names.
   * @template T
   * @param {T} value
   * @returns {T}
   */
  #coloured(value) {
    /** @type {any} */
    const any = value;
    if (typeof any === "string") return /** @type {any} */ (this.#palette[any] ?? any);
    if (Array.isArray(any)) {
      return typeof any.at(-1) === "number" ? value : /** @type {any} */ (any.map((one) => this.#coloured(one)));
    }
    if (any && typeof any === "object") {
      return /** @type {any} */ (Object.fromEntries(Object.entries(any).map(([k, v]) => [k, this.#coloured(v)])));
    }
    return value;
  }
}

// Charts wait a moment: to start their library keeps the page from answering for 0.3 s.
function moment() {
  return pause(HEAD_START).then(idle);
}

// When the page has nothing better to do: a slider that is moved goes before.
function idle() {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 1000 });
    else setTimeout(resolve, 50);
  });
}

/**
 * Whether a chart that was drawn before is in sight; the first time takes long.
 * @param {Element | null} place
 */
function isSeen(place) {
  if (!place || !("data" in place)) return false;
  const { top, bottom } = place.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/**
 * plotly.js: from the address that the page's template names, or sent by the kernel where there is
 * no template. It is wanted only now, when the sliders answer already.
 * @param {import("../types.js").Model} [model]
 * @param {AbortSignal} [gone]
 */
async function findPlotly(model, gone) {
  if (globalThis.Plotly) return;
  /** @type {HTMLElement | null} */
  const named = document.querySelector("script[data-plotly]");
  if (named) {
    await insist(named.dataset.src ?? "");
    return;
  }
  if (!model || !gone) throw new Error("this page names no library");
  const { text = "" } = await ask(model, "plotly", gone);
  if (globalThis.Plotly) return;
  // The bundle is written for several module systems; it is given one of our own, so that an AMD
  // loader on the page does not swallow it.
  const bundle = { exports: /** @type {any} */ ({}) };
  new Function("module", "exports", "define", text)(bundle, bundle.exports, undefined);
  globalThis.Plotly ??= bundle.exports;
}

/**
 * Loads a script; a line that broke may be back a little later.
 * @param {string} address
 */
async function insist(address) {
  for (const wait of TRY_AGAIN_AFTER) {
    try {
      return await load(address);
    } catch {
      await pause(wait);
    }
  }
  return load(address);
}

/** @param {string} address */
function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

/**
 * The tables have the charts' numbers too.
 * @param {unknown} error
 */
function warn(error) {
  console.warn("There will be no charts:", error);
}
