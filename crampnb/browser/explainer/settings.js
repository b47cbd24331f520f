/** What is set, as one value that is never changed, only replaced; and as a link. */

/** @typedef {import("../types.js").Settings} Settings */
/** @typedef {import("../types.js").PageData} PageData */
/** @typedef {import("../types.js").Trace} Trace */
/** @typedef {import("../types.js").Given} Given */

const DIGITS = 6; // decimals beyond which a number is a slider's arithmetic
const LONGEST = 2000; // characters of a link that is read here
const MOST_PARTS = 64;
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * The reference day.
 * @param {PageData} data
 * @returns {Settings}
 */
export function usual({ usual, along, over }) {
  return { given: {}, story: usual, flags: [], along, over };
}

/** @param {number} value */
export const rounded = (value) => Number(value.toFixed(DIGITS));

/**
 * Whether something is ticked: a switch ("slumped"), or one of several ("flag.…", "conditions.…").
 * @param {string} name of its control
 * @param {Settings} settings
 */
export function isTicked(name, { given, flags }) {
  const [group, member] = name.split(".");
  if (!member) return Boolean(given[group]);
  const members = group === "flag" ? flags : /** @type {string[]} */ (given[group] ?? []);
  return members.includes(member);
}

/**
 * Whether two settings say the same; a number is the same within a slider's arithmetic.
 * @param {Settings} one
 * @param {Settings} other
 */
export function same(one, other) {
  return written(one) === written(other);
}

/** @param {Settings} settings */
function written({ given, story, flags, along, over }) {
  const inputs = Object.entries(given).map(([name, value]) => [name, plain(value)]);
  return JSON.stringify([inputs.sort(), story, [...flags].sort(), along, over]);
}

/** @param {Given[string]} value */
function plain(value) {
  if (typeof value === "number") return rounded(value);
  return Array.isArray(value) ? [...value].sort() : value;
}

/**
 * Whether two sets of inputs, told by a story, are the same day.
 * @param {{given: Given, story: string}} one
 * @param {{given: Given, story: string}} other
 */
export function sameDay(one, other) {
  const rest = { flags: [], along: "", over: /** @type {[string, string]} */ (["", ""]) };
  return same({ ...one, ...rest }, { ...other, ...rest });
}

/**
 * Day and story as a fragment, without the "#": as `model/fragment.py` writes them.
 * @param {Settings} settings
 * @param {PageData} data
 */
export function toFragment({ given, story }, data) {
  const parts = [["v", "1"]];
  for (const [name, value] of Object.entries(given)) parts.push([name, inWords(value)]);
  if (story !== data.usual) parts.push(["story", story]);
  return new URLSearchParams(parts).toString().replaceAll("%2C", ",");
}

/** @param {Given[string]} value */
function inWords(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return [...value].sort().join(",");
  return typeof value === "number" ? String(Number(value.toPrecision(10))) : String(value);
}

/**
 * Day and story of a fragment, and whether all of it was understood: Python reads more, and says what
 * it cannot use.
 * @param {string} fragment
 * @param {PageData} data
 * @param {Trace} trace
 * @returns {{given: Given, story: string, whole: boolean}}
 */
export function fromFragment(fragment, data, trace) {
  /** @type {Given} */
  const given = {};
  let story = data.usual;
  let whole = fragment.length <= LONGEST && fragment.split("&").length <= MOST_PARTS;
  for (const [name, text] of whole ? new URLSearchParams(fragment) : []) {
    if (name === "story" && trace.stories.includes(text)) story = text;
    else if (Object.hasOwn(data.inputs, name)) {
      const value = readInput(data.inputs[name], text);
      if (value === undefined) whole = false;
      else given[name] = value;
    } else if (name !== "at" && !(name === "v" && text === "1")) whole = false;
  }
  return { given, story, whole };
}

/**
 * @param {import("../types.js").InputData} input
 * @param {string} text
 * @returns {Given[string]} nothing for what does not fit
 */
function readInput({ kind, low = 0, high = 0, options = [] }, text) {
  const value = Number(text);
  if (kind === "number") return NUMBER.test(text) && low <= value && value <= high ? value : undefined;
  if (kind === "switch") return text === "yes" || (text === "no" ? false : undefined);
  if (kind === "choice") return options.includes(text) ? text : undefined;
  const members = text.split(",").filter(Boolean);
  return members.every((one) => options.includes(one)) ? [...new Set(members)].sort() : undefined;
}
