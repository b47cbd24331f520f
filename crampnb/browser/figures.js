/** Figures as Python writes them (model/frequency.py, model/attribution.py, views/html.py), to the letter. */

/** @typedef {import("./types.js").Told} Told */
/** @typedef {import("./types.js").People} People */

/**
 * `x` without its last digits, in which one computer's arithmetic differs from another's.
 * @param {number} x
 */
const settled = (x) => Number(x.toFixed(9));

/**
 * A number of 0 or more with so many decimals; what lies halfway goes to the even digit, as in Python.
 * @param {number} x
 */
export function fixed(x, decimals = 0) {
  const isHalfway = Math.abs((x * 2 ** (decimals + 1)) % 2) === 1;
  if (!isHalfway) return x.toFixed(decimals);
  const below = Math.floor(x * 10 ** decimals);
  return ((below + (below % 2)) / 10 ** decimals).toFixed(decimals);
}

/**
 * A number with its sign, as typeset: "+5", "−3", "0".
 * @param {number} number
 */
export function signed(number, decimals = 0) {
  const text = fixed(settled(Math.abs(number)), decimals);
  return Number(text) ? `${number > 0 ? "+" : "−"}${text}` : "0";
}

/**
 * A term as "times the odds": "× 1.41".
 * @param {number} term
 */
export const times = (term) => `× ${fixed(settled(Math.exp(term)), 2)}`;

/**
 * The answer in whole people of the denominator; those of the causes add up to `added`.
 * @param {Told} told
 * @param {{baseline: number, denominator: number}} usual
 * @returns {People}
 */
export function peopleOf(told, { baseline, denominator }) {
  /** @param {number} risk */
  const frequency = (risk) => Number(fixed(settled(risk * denominator)));
  const [low, risk, high, usual] = [told.low, told.risk, told.high, baseline].map(frequency);
  return { low, risk, high, baseline: usual, added: risk - usual, causes: wholePeople(told.people, risk - usual) };
}

/**
 * Whole numbers that sum to `total`, each less than one off its amount (largest remainder; of equals the first).
 * @param {Record<string, number>} amounts
 * @param {number} total
 * @returns {Record<string, number>}
 */
function wholePeople(amounts, total) {
  const floors = Object.entries(amounts).map(([key, amount]) => ({ key, floor: Math.floor(amount), amount }));
  const byRemainder = floors.toSorted((a, b) => settled(a.floor - a.amount) - settled(b.floor - b.amount));
  const short = total - floors.reduce((sum, { floor }) => sum + floor, 0);
  const raised = new Set(byRemainder.slice(0, short));
  return Object.fromEntries(floors.map((one) => [one.key, one.floor + (raised.has(one) ? 1 : 0)]));
}

/**
 * A value as a person says it: "1.2 litres a day".
 * @param {number} value
 * @param {import("./types.js").InputData} input
 */
export function spoken(value, { decimals = 0, unit = "" }) {
  const [before, after] = fixed(value, decimals).split(".");
  const digits = before.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${after ? `${digits}.${after}` : digits} ${unit}`;
}
