/** The page's own controls: what a person sets there, and what they show.
 *
 * They are native; each bears the name of what it sets (views/controls.py).
 */
import { spoken } from "../figures.js";
import { BOX } from "../widgets/boxes.js";
import { isTicked, rounded } from "./settings.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../types.js").Settings} Settings */
/** @typedef {import("./figures.js").Figures} Figures */

const PLAIN = /^\d+([.,]\d\d?)?$/; // a number that cannot be taken for another one
const PAGE = 5; // steps of a slider for PageUp and PageDown, in every browser

export class Controls {
  /** @type {Map<HTMLInputElement, string>} number box → the text that stands in it, if nobody types */
  #shown = new Map();

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const how = { signal: page.over };
    const { root } = page;
    root.addEventListener("input", (event) => this.#input(event), how);
    root.addEventListener("change", (event) => this.#change(event), how);
    root.addEventListener("focusout", (event) => this.#commit(event.target), how);
    root.addEventListener("keydown", (event) => this.#keys(event), how);
    root.addEventListener("submit", (event) => event.preventDefault(), how);
    for (const box of this.#all("input.number")) this.#shown.set(/** @type {any} */ (box), box.value);
    keepFingers(root, page.over);
  }

  /**
   * @param {string} selector
   * @returns {NodeListOf<HTMLInputElement>}
   */
  #all(selector) {
    return this.page.root.querySelectorAll(selector);
  }

  /** @param {Event} event */
  #input({ target }) {
    if (!(target instanceof HTMLInputElement) || target.type !== "range") return;
    this.page.setNumber(target.name, Number(target.value));
  }

  /** @param {Event} event */
  #change({ target }) {
    if (target instanceof HTMLSelectElement) this.#choose(target.name, target.value);
    else if (!(target instanceof HTMLInputElement)) return;
    else if (target.type === "checkbox") this.#tick(target.name, target.checked);
    else if (target.type === "radio") this.page.set({ story: target.value }, "story");
    else this.#commit(target);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #choose(name, value) {
    const { page } = this;
    const { over } = page.settings;
    if (name === "along") page.set({ along: value }, name);
    else if (over.includes(value) && name.startsWith("over.")) page.set({ over: [over[1], over[0]] });
    else if (name === "over.x") page.set({ over: [value, over[1]] }, name);
    else if (name === "over.y") page.set({ over: [over[0], value] }, name);
    else page.setInput(name, value);
  }

  /**
   * @param {string} name
   * @param {boolean} ticked
   */
  #tick(name, ticked) {
    const { page } = this;
    const [group, member] = name.split(".");
    /** @param {string[]} members */
    const changed = (members) => (ticked ? [...members, member] : members.filter((one) => one !== member));
    if (!member) page.setInput(name, ticked);
    else if (group === "flag") page.set({ flags: changed(page.settings.flags) }, name);
    else page.setInput(group, changed(/** @type {string[]} */ (page.settings.given[group] ?? [])).sort(), name);
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const { target, key } = event;
    if (!(target instanceof HTMLInputElement)) return;
    if (target.type !== "checkbox" && target.type !== "radio") event.stopPropagation(); // JupyterLab has its own plans
    if (target.type === "range") {
      const pages = { PageUp: PAGE, PageDown: -PAGE }[key];
      if (!pages) return;
      event.preventDefault();
      target.valueAsNumber += pages * Number(target.step);
      this.page.setNumber(target.name, target.valueAsNumber);
    } else if (target.className === "number") {
      const steps = { ArrowUp: 1, ArrowDown: -1 }[key];
      if (steps) event.preventDefault();
      if (steps) this.#step(target, steps);
      else if (key === "Escape") target.value = this.#shown.get(target) ?? "";
      if (steps || key === "Enter") this.#commit(target);
    }
  }

  /**
   * The number in the box, or the last one where there is none, some steps on.
   * @param {HTMLInputElement} box
   * @param {number} steps
   */
  #step(box, steps) {
    const { name, page } = { name: box.name.replace(BOX, ""), page: this.page };
    const input = page.data.inputs[name];
    if (!input) return;
    const { low = 0, high = 0, step = 1 } = input;
    const typed = Number(box.value.trim().replace(",", ".") || Number.NaN);
    const last = Number.isFinite(typed) ? typed : page.figures.told.inputs[name];
    box.value = String(rounded(Math.min(Math.max(last + steps * step, low), high)));
  }

  /**
   * Takes what has been typed in a box: a plain number at once, anything else as Python reads it.
   * @param {EventTarget | null} target
   */
  #commit(target) {
    if (!(target instanceof HTMLInputElement) || target.className !== "number") return;
    if (target.value === this.#shown.get(target)) return;
    this.#shown.set(target, target.value);
    const { page } = this;
    const name = target.name.replace(BOX, "");
    const text = target.value.trim();
    const value = PLAIN.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
    const input = page.data.inputs[name];
    if (!input) this.#commitMinutes(target, value);
    else if ((input.low ?? 0) <= value && value <= (input.high ?? 0)) {
      page.take(name, value, text);
      this.#rest(target);
    } else page.type(name, target).then(() => this.#rest(target));
  }

  /**
   * @param {HTMLInputElement} box
   * @param {number} value
   */
  #commitMinutes(box, value) {
    const { high } = this.page.minutes;
    if (value >= 0 && value <= high) this.page.takeMinutes(value);
    this.#rest(box);
  }

  /** Takes all that is being typed. */
  commit() {
    for (const box of this.#shown.keys()) this.#commit(box);
  }

  /**
   * Shows the box's own number, unless somebody types there.
   * @param {HTMLInputElement} box
   */
  #rest(box) {
    if (box.value !== this.#shown.get(box) || this.page.isTyped(box)) return;
    const { told } = this.page.figures;
    const name = box.name.replace(BOX, "");
    const value = told.inputs[name] ?? this.page.minutes.value;
    box.value = String(rounded(value));
    this.#shown.set(box, box.value);
    if (box.role) box.setAttribute("aria-valuenow", box.value);
  }

  /**
   * Brings every control in line.
   * @param {Settings} settings
   * @param {Figures} figures
   */
  show(settings, { told, references }) {
    const { data } = this.page;
    for (const slider of this.#all("input[type=range]")) {
      const value = told.inputs[slider.name];
      const { low = 0, high = 1 } = data.inputs[slider.name];
      /** @param {number} number */
      const at = (number) => ((number - low) / (high - low)).toFixed(4);
      if (Number(slider.value) !== value) slider.valueAsNumber = value;
      say(slider, "aria-valuetext", spoken(slider.valueAsNumber, data.inputs[slider.name]));
      const place = /** @type {HTMLElement} */ (slider.closest("[data-input]"));
      place.style.setProperty("--at", at(slider.valueAsNumber));
      place.style.setProperty("--reference", at(references[slider.name]));
    }
    for (const box of this.#shown.keys()) this.#rest(box);
    for (const box of this.#all("input[type=checkbox]")) box.checked = isTicked(box.name, settings);
    for (const radio of this.#all("input[type=radio]")) radio.checked = radio.value === settings.story;
    const { given, along, over } = settings;
    /** @type {Record<string, unknown>} */
    const chosen = { along, "over.x": over[0], "over.y": over[1] };
    for (const list of this.page.root.querySelectorAll("select")) {
      const value = chosen[list.name] ?? given[list.name] ?? data.plain[list.name];
      if (value !== undefined && list.value !== value) list.value = String(value);
    }
  }
}

/**
 * @param {Element} element
 * @param {string} attribute
 * @param {string} value
 */
function say(element, attribute, value) {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

const SIDEWAYS = 6; // px after which a finger means the slider

/**
 * A finger that begins on a slider may want to scroll: until it has moved sideways, or has left, the
 * slider stays where it was.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
function keepFingers(root, signal) {
  /** @type {{slider: HTMLInputElement, value: string, x: number} | undefined} */
  let down;
  let waiting = ""; // where the slider would be by now
  /** @param {EventTarget | null} target */
  const sliderOf = (target) => (target instanceof HTMLInputElement && target.type === "range" ? target : undefined);
  const how = { capture: true, signal };
  root.addEventListener(
    "pointerdown",
    ({ pointerType, target, clientX }) => {
      const slider = sliderOf(target);
      down = slider && pointerType === "touch" ? { slider, value: slider.value, x: clientX } : undefined;
      waiting = "";
    },
    how,
  );
  root.addEventListener(
    "input",
    (event) => {
      if (!down || sliderOf(event.target) !== down.slider) return;
      event.stopImmediatePropagation();
      waiting = down.slider.value;
    },
    how,
  );
  const release = () => {
    const slider = down?.slider;
    down = undefined;
    if (slider && waiting) slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  root.addEventListener(
    "pointermove",
    ({ clientX }) => {
      if (down && Math.abs(clientX - down.x) > SIDEWAYS) release();
    },
    how,
  );
  root.addEventListener("pointerup", release, how);
  root.addEventListener(
    "pointercancel",
    () => {
      if (down) down.slider.value = down.value;
      down = undefined;
    },
    how,
  );
}
