/** Boxes for numbers as people write them, and what is said beside a box. */
import { dropHeldBack, press, settled } from "./talk.js";

export const BOX = ".box"; // ends the name of an input's box

/** @typedef {import("../types.js").Model} Model */
/** @typedef {import("../types.js").ControlModel} ControlModel */

/**
 * A box for a number as people write it, in a place that names its label, unit, step and limits. It
 * shows the value of a widget (FloatText); what is typed goes to Python as the press `type` with
 * "slot=text", and what Python makes of it is shown. An <input type=number> would drop "2,5".
 * @param {Model} model
 * @param {string} name
 * @param {ControlModel} child
 * @param {HTMLElement} place
 * @param {ControlModel} slider of the same input
 * @returns {import("../types.js").Control}
 */
export function numberBox(model, name, child, place, slider) {
  const box = boxIn(place);
  let shown = ""; // what Python knows
  let unanswered = 0; // numbers on their way; what comes meanwhile is older than the box
  const show = () => {
    const value = child.get("value");
    box.value = shown = String(value);
    box.setAttribute("aria-valuenow", value);
  };
  // What is being typed stays.
  const rest = () => {
    if (!unanswered && box.value === shown) show();
  };
  const commit = async () => {
    if (box.value === shown) return;
    shown = box.value;
    dropHeldBack(slider);
    press(model, "type", `${name}=${shown}`);
    unanswered += 1;
    await settled(model);
    unanswered -= 1;
    rest();
  };
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    event.stopPropagation(); // JupyterLab has its own plans with keys
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (steps) {
      event.preventDefault();
      box.value = stepped(box, child.get("value"), steps, place.dataset);
    } else if (event.key === "Escape") box.value = shown;
    if (steps || event.key === "Enter") commit();
  };
  show();
  child.on("change:value", rest);
  box.addEventListener("keydown", keys);
  for (const end of ["change", "blur"]) box.addEventListener(end, commit);
  return { commit, remove: () => child.off("change:value", rest) };
}

/** @param {HTMLElement} place */
function boxIn(place) {
  const { label = "", unit = "", low = "", high = "" } = place.dataset;
  const box = document.createElement("input");
  Object.assign(box, { type: "text", inputMode: "decimal", autocomplete: "off", className: "number" });
  const spoken = { role: "spinbutton", "aria-label": `${label}, ${unit}` };
  const limits = { "aria-valuemin": low, "aria-valuemax": high };
  for (const [key, value] of Object.entries({ ...spoken, ...limits })) box.setAttribute(key, value);
  place.replaceChildren(box);
  return box;
}

/**
 * The number in the box, or the last one where there is none, some steps on.
 * @param {HTMLInputElement} box
 * @param {number} last
 * @param {number} steps
 * @param {DOMStringMap} limits
 */
function stepped(box, last, steps, { low, high, step }) {
  const typed = Number(box.value.trim().replace(",", ".") || NaN);
  const next = (Number.isFinite(typed) ? typed : last) + steps * Number(step);
  return String(Number(Math.min(Math.max(next, Number(low)), Number(high)).toPrecision(12)));
}

/** @type {WeakMap<Element, string>} place beside a box → the HTML that it shows */
const besides = new WeakMap();

/**
 * Says beside each box what Python makes of what was typed there.
 * @param {HTMLElement} root
 * @param {Record<string, string>} beside
 */
export function showBeside(root, beside) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-beside]"))) {
    const html = beside[place.dataset.beside ?? ""] ?? "";
    if ((besides.get(place) ?? "") === html) continue;
    besides.set(place, html);
    place.innerHTML = html;
    if (html) place.scrollIntoView({ block: "nearest" }); // also when a press far away brought it
  }
}
