/** Puts figures and states where the page has a place for them (views/live.py). */
import { fixed } from "../figures.js";
import { sum, topOf } from "./figures.js";
import { drawIcons } from "./icons.js";

/** @typedef {import("./figures.js").Figures} Figures */
/** @typedef {import("../types.js").PageData} PageData */

/**
 * @param {HTMLElement} root
 * @param {Figures} figures
 * @param {PageData} data
 */
export function drawFigures(root, figures, data) {
  const { texts, states, bars, people } = figures;
  for (const place of all(root, "[data-figure]")) write(place, texts[place.dataset.figure ?? ""]);
  for (const place of all(root, "[data-told]")) {
    const told = (place.dataset.told ?? "").replace(/{(\w+)}/g, (_, name) => texts[name]);
    if (place.getAttribute("aria-label") !== told) place.setAttribute("aria-label", told);
  }
  for (const place of all(root, "[data-if]")) {
    const [name, value] = (place.dataset.if ?? "").split("=");
    place.toggleAttribute("hidden", states[name] !== value); // an SVG element has no property for it
  }
  for (const bar of all(root, "[data-bar]")) drawBar(bar, bars[bar.dataset.bar ?? ""], data.longest_bar);
  drawFlows(root, figures.told.terms, figures.story);
  for (const range of all(root, "[data-range]")) drawRange(range, people, topOf(data, people.high));
  for (const picture of all(root, "[data-icons]"))
    drawIcons(/** @type {any} */ (picture), people.baseline, people.risk);
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
function all(root, selector) {
  return root.querySelectorAll(selector);
}

/**
 * @param {HTMLElement} place
 * @param {string | undefined} text
 */
function write(place, text) {
  if (text !== undefined && place.textContent !== text) place.textContent = text;
}

/**
 * A term as a bar from the middle: right raises the odds, left lowers them.
 * @param {HTMLElement} bar
 * @param {number} term
 * @param {number} longest
 */
function drawBar(bar, term, longest) {
  const mark = /** @type {HTMLElement} */ (bar.firstElementChild);
  const width = Math.min(Math.abs(term) / longest, 1) * 50;
  mark.className = term >= 0 ? "bar-up" : "bar-down";
  mark.style.left = percent(term >= 0 ? 50 : 50 - width);
  mark.style.width = percent(width);
}

const UNSEEN = 0.005; // log odds; what is below reads "× 1.00"

/**
 * The picture of muscle and nerve, by the rules of views/mechanism.py.
 * @param {HTMLElement} root
 * @param {Record<string, number>} terms
 * @param {string} story
 */
function drawFlows(root, terms, story) {
  for (const flow of all(root, "[data-flow]")) {
    const term = terms[flow.dataset.flow ?? ""];
    const sign = Math.abs(term) < UNSEEN ? "none" : term > 0 ? "up" : "down";
    for (const one of ["none", "up", "down"]) flow.classList.toggle(one, one === sign);
    if (flow instanceof SVGElement) flow.style.setProperty("--w", fixed(1 + Math.min(8 * Math.abs(term), 11), 1));
  }
  const tilt = Math.max(-14, Math.min(12 * sum(terms), 14));
  for (const balance of all(root, "[data-balance]")) balance.style.setProperty("--tilt", `${tilt.toFixed(1)}deg`);
  for (const picture of all(root, "[data-story]")) picture.dataset.story = story;
}

/**
 * @param {HTMLElement} range
 * @param {{low: number, risk: number, high: number}} people
 * @param {number} top
 */
function drawRange(range, { low, risk, high }, top) {
  const bar = /** @type {HTMLElement} */ (range.querySelector(".range-bar"));
  const mark = /** @type {HTMLElement} */ (range.querySelector(".range-mark"));
  bar.style.left = percent((100 * low) / top);
  bar.style.width = percent((100 * (high - low)) / top);
  mark.style.left = percent((100 * risk) / top);
}

/** @param {number} share */
const percent = (share) => `${fixed(share, 1)}%`;
