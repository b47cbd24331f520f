/** The explainer as the browser has it: it answers by itself, and Python joins in when it comes. */
import { linkTo } from "./address.js";
import { Charts } from "./charts.js";
import { Controls } from "./controls.js";
import { drawFigures } from "./draw.js";
import { figuresOf, helpOf } from "./figures.js";
import { fromFragment, rounded, same, toFragment, usual } from "./settings.js";
import { holdStill, keepInSight, keepPlace, watchSentence } from "./sight.js";
import { SPECS } from "./specs.js";
import { Timer } from "./timer.js";

/** @typedef {import("../types.js").Settings} Settings */
/** @typedef {import("../types.js").Given} Given */
/** @typedef {import("../types.js").PageData} PageData */
/** @typedef {import("../types.js").Trace} Trace */

/**
 * Python at the other end.
 * @typedef {object} Partner
 * @property {(name: string) => void} tell what `name` sets has changed; all of it where that is ""
 * @property {(action: string, value: string) => void} press
 * @property {() => Promise<boolean>} settled whether all that was told before has been answered
 */

const READY = "ready";

export class Page {
  /** @type {Partner | undefined} */
  partner;
  /** @type {[Settings, string, string][]} presses that wait for Python, with what was set by then */
  waiting = [];
  /** @type {Set<HTMLInputElement>} */
  #typed = new Set();
  /** counts the changes */
  version = 0;
  /** @type {{place: HTMLElement, words: ChildNode[]}} where the sentence stands, and what it is made of */
  #sentence;

  /**
   * @param {HTMLElement} root
   * @param {Trace} trace
   * @param {AbortSignal} over
   */
  constructor(root, trace, over) {
    this.root = root;
    this.trace = trace;
    this.over = over;
    /** @type {PageData} */
    this.data = JSON.parse(root.querySelector("[data-page]")?.textContent ?? "");
    this.settings = usual(this.data);
    /** settings whose parts Python has drawn; as printed, those of the reference day */
    this.drawn = this.settings;
    this.figures = figuresOf(trace, this.data, this.settings);
    const place = /** @type {HTMLElement} */ (root.querySelector("[data-part=sentence]"));
    this.#sentence = { place, words: [...place.childNodes] };
    this.still = holdStill(root, over);
    this.timer = new Timer(root);
    this.charts = new Charts(root);
    this.controls = new Controls(this);
    keepInSight(root, over);
    keepPlace(root, over);
    watchSentence(root, over);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.charts.redraw(), {
      signal: over,
    });
  }

  get fragment() {
    return toFragment(this.settings, this.data);
  }

  /** Whether Python has drawn what is set. */
  get isDrawn() {
    return same(this.drawn, this.settings);
  }

  /**
   * Replaces what is set; `name` says what a person has changed, "" that it was more than one thing.
   * @param {Partial<Settings>} changes
   * @param {string} [name]
   */
  set(changes, name = "") {
    this.#become({ ...this.settings, ...changes });
    this.partner?.tell(name);
  }

  /**
   * @param {string} input
   * @param {Given[string]} value
   * @param {string} [name] the control, where it is not the input's own
   */
  setInput(input, value, name = input) {
    this.set({ given: { ...this.settings.given, [input]: value } }, name);
  }

  /**
   * @param {string} input
   * @param {number} value
   */
  setNumber(input, value) {
    const number = rounded(value);
    if (number !== rounded(this.figures.told.inputs[input])) this.setInput(input, number);
  }

  /**
   * Takes a number that was typed for an input; Python hears the text, and forgets an earlier one.
   * @param {string} input
   * @param {number} value
   * @param {string} typed
   */
  take(input, value, typed) {
    const given = { ...this.settings.given, [input]: rounded(value) };
    if (rounded(value) !== rounded(this.figures.told.inputs[input])) this.#become({ ...this.settings, given });
    this.partner?.press("type", `${input}=${typed}`);
  }

  /**
   * Takes minutes of activity a week: the load follows from them.
   * @param {number} minutes
   */
  takeMinutes(minutes) {
    this.setNumber(this.data.minutes.load, minutes * this.minutes.each);
  }

  /** Minutes of activity a week, at the effort that is set. */
  get minutes() {
    const { load, effort } = this.data.minutes;
    const { inputs } = this.figures.told;
    const each = Math.max(inputs[effort], 1);
    const { high = 0 } = this.data.inputs[load];
    return { each, value: Math.round(inputs[load] / each), high: high / each };
  }

  /**
   * Lets Python read what was typed for an input.
   * @param {string} input
   * @param {HTMLInputElement} box
   */
  async type(input, box) {
    this.#typed.add(box);
    this.press("type", `${input}=${box.value}`);
    if (!this.partner) return;
    await this.partner.settled();
    this.#typed.delete(box);
  }

  /**
   * Whether a box holds a text that Python has not read.
   * @param {HTMLInputElement} box
   */
  isTyped(box) {
    return this.#typed.has(box);
  }

  /**
   * Asks Python for something, now or when it is there.
   * @param {string} action
   * @param {string} [value]
   */
  press(action, value = "") {
    if (this.partner) this.partner.press(action, value);
    else this.waiting.push([this.settings, action, value]);
  }

  /**
   * Opens the settings of a link; Python reads what is not understood here.
   * @param {string} fragment
   */
  open(fragment) {
    const { given, story, whole } = fromFragment(fragment, this.data, this.trace);
    this.set({ given, story });
    if (!whole) this.press("link", fragment);
  }

  /**
   * Starts from a week.
   * @param {string} key
   */
  startFrom(key) {
    const week = this.data.weeks[key];
    if (week) this.set({ given: week.given, story: week.story });
  }

  reset() {
    const { along, over } = this.settings;
    this.set({ ...usual(this.data), along, over });
  }

  /**
   * Shows what Python has changed by itself.
   * @param {Settings} settings
   */
  adopt(settings) {
    this.#typed.clear();
    this.#become(settings);
  }

  /** Python has drawn the parts of these settings. @param {Settings} settings */
  draw(settings) {
    this.drawn = settings;
    drawFigures(this.root, this.figures, this.data);
    this.#mark();
  }

  /** Shows what is set also where the page has grown since. */
  show() {
    this.controls.show(this.settings, this.figures);
    drawFigures(this.root, this.figures, this.data);
    this.charts.ask(() => this.specs());
  }

  /** @param {Settings} settings */
  #become(settings) {
    this.version += 1;
    this.settings = settings;
    this.figures = figuresOf(this.trace, this.data, settings);
    this.controls.show(settings, this.figures);
    this.root.toggleAttribute("data-stopped", settings.flags.length > 0);
    this.#say();
    this.#mark();
    this.still("figures", () => {
      drawFigures(this.root, this.figures, this.data);
      this.charts.ask(() => this.specs());
    });
    this.onchange();
  }

  /** What is called after each change. */
  onchange() {}

  /** The charts for what is set; none while a warning sign is ticked. */
  specs() {
    const { trace, data, settings, figures } = this;
    if (settings.flags.length) return {};
    return Object.fromEntries(
      Object.entries(SPECS).map(([name, spec]) => [name, () => spec(trace, data, settings, figures)]),
    );
  }

  /** The sentence, or in its place where to get help. */
  #say() {
    const { flags } = this.settings;
    const { place, words } = this.#sentence;
    if (!flags.length) {
      if (place.firstChild !== words[0]) place.replaceChildren(...words);
      return;
    }
    const help = helpOf(this.data, flags);
    if (place.textContent === help) return;
    const said = document.createElement("span");
    said.className = "first";
    said.textContent = help;
    place.replaceChildren(said);
  }

  /** Marks which week is chosen, and whether Python has drawn what is set. */
  #mark() {
    const { week } = this.figures.states;
    for (const chip of this.root.querySelectorAll("[data-action=scenario]")) {
      chip.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (chip).dataset.value === week));
    }
    this.root.toggleAttribute("data-ahead", !this.isDrawn);
  }

  /** Writes the link on the sheet, which has no address. */
  toPaper() {
    for (const place of this.root.querySelectorAll("[data-link]")) place.textContent = linkTo(this);
  }

  /** @param {"live" | "ready" | "lost"} mark */
  mark(mark) {
    this.root.dataset.crampnb = mark;
    if (mark === READY) for (const place of this.root.querySelectorAll("[data-loading]")) place.remove();
  }

  remove() {
    this.timer.stop();
    this.charts.remove();
  }
}

/**
 * The model's trace, which the page holds as text.
 * @param {HTMLElement} root
 * @returns {Promise<Trace>}
 */
export async function traceOf(root) {
  const text = root.querySelector("[data-trace]")?.textContent ?? "";
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
