/** Every figure and state that the page shows, by the names that `views/live.py` gives them. */
import { fixed, peopleOf, signed, spoken, times } from "../figures.js";
import { sameDay } from "./settings.js";

/** @typedef {import("../types.js").Settings} Settings */
/** @typedef {import("../types.js").PageData} PageData */
/** @typedef {import("../types.js").Trace} Trace */
/** @typedef {import("../types.js").Told} Told */
/** @typedef {import("../types.js").Given} Given */

const NONE = "none";

/**
 * What all settings come to, as one object: `drawFigures` shows it.
 * @param {Trace} trace
 * @param {PageData} data
 * @param {Settings} settings
 */
export function figuresOf(trace, data, settings) {
  const stories = Object.fromEntries(trace.stories.map((key) => [key, trace.tell(key, settings.given)]));
  const told = stories[settings.story];
  const people = peopleOf(told, trace);
  const references = referencesOf(trace, data, settings);
  return {
    told,
    people,
    stories,
    story: settings.story,
    references,
    texts: /** @type {Record<string, string>} */ ({
      ...answerTexts(people, trace, data),
      ...causeTexts(told, people),
      ...storyTexts(stories, trace),
      ...referenceTexts(references, data),
      ...flowTexts(told, data),
      effort: short(told.inputs[data.minutes.effort]),
    }),
    states: { ...states(told, people, data, settings), ...causeStates(people), ...storyStates(trace, settings) },
    bars: /** @type {Record<string, number>} */ (
      Object.fromEntries(Object.entries(told.causes).map(([key, term]) => [`cause.${key}`, term]))
    ),
  };
}

/**
 * What stands in the sentence's place: where to get help for the most urgent of the signs, if any is ticked.
 * @param {PageData} data
 * @param {string[]} ticked
 */
export function helpOf({ flags }, ticked) {
  const [most] = ticked.map((key) => flags[key]).sort((one, other) => one.urgency - other.urgency);
  return most?.said ?? "";
}

/** @typedef {ReturnType<typeof figuresOf>} Figures */
/** @typedef {import("../types.js").People} People */

/**
 * To one decimal, without ".0".
 * @param {number} number
 */
const short = (number) => fixed(number, 1).replace(/\.0$/, "");

/** @param {number} number */
const whole = (number) => number.toLocaleString("en-GB");

/**
 * The smallest top of an axis that holds so many people.
 * @param {PageData} data
 * @param {number} highest
 */
export function topOf({ tops }, highest) {
  return tops.find((top) => highest <= top) ?? tops[tops.length - 1];
}

/**
 * @param {People} people
 * @param {Trace} trace
 * @param {PageData} data
 * @returns {Record<string, string>}
 */
function answerTexts({ low, risk, high, baseline, added }, { denominator }, data) {
  return {
    low: whole(low),
    risk: whole(risk),
    high: whole(high),
    baseline: whole(baseline),
    added: signed(added),
    by: whole(Math.abs(added)),
    same: whole(Math.min(baseline, risk)),
    rest: whole(denominator - Math.max(baseline, risk)),
    top: whole(topOf(data, high)),
  };
}

/**
 * @param {Told} told
 * @param {People} people
 */
function causeTexts({ terms, causes, shares }, people) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [key, term] of Object.entries(causes)) {
    texts[`cause.${key}.times`] = times(term);
    texts[`cause.${key}.people`] = signed(people.causes[key]);
    texts[`cause.${key}.by`] = whole(Math.abs(people.causes[key]));
  }
  for (const [key, term] of Object.entries(terms)) {
    texts[`factor.${key}.times`] = times(term);
    texts[`factor.${key}.people`] = signed(shares[key], 1);
  }
  return texts;
}

/**
 * What flows in the picture of muscle and nerve.
 * @param {Told} told
 * @param {PageData} data
 */
function flowTexts({ terms, measures }, { shares }) {
  /** @type {Record<string, string>} */
  const texts = { "odds.all": times(sum(terms)) };
  for (const [key, term] of Object.entries(terms)) texts[`odds.${key}`] = times(term);
  for (const [key, value] of Object.entries(measures)) {
    texts[`exposure.${key}`] = shares.includes(key) ? fixed(100 * value) : short(value);
  }
  return texts;
}

/** @param {Record<string, number>} terms */
export const sum = (terms) => Object.values(terms).reduce((total, term) => total + term, 0);

/**
 * @param {Record<string, Told>} stories
 * @param {Trace} trace
 */
function storyTexts(stories, trace) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [key, told] of Object.entries(stories)) {
    const { low, risk, high } = peopleOf(told, trace);
    for (const [name, number] of Object.entries({ low, risk, high })) texts[`story.${key}.${name}`] = whole(number);
  }
  return texts;
}

/**
 * {number input: its reference for this person}: what it would be if it were left out, and for
 * minerals not what the electrolyte intake makes of them.
 * @param {Trace} trace
 * @param {PageData} data
 * @param {Settings} settings
 * @returns {Record<string, number>}
 */
function referencesOf(trace, data, { given, story }) {
  /** @type {Given} */
  const person = {};
  for (const name of data.person) person[name] = given[name];
  const { inputs } = trace.tell(story, person);
  const numbers = Object.keys(data.inputs).filter((name) => data.inputs[name].kind === "number");
  return Object.fromEntries(numbers.map((name) => [name, Number(data.plain[name] ?? inputs[name])]));
}

/**
 * @param {Record<string, number>} references
 * @param {PageData} data
 */
function referenceTexts(references, { inputs }) {
  return Object.fromEntries(
    Object.entries(references).map(([name, value]) => [`reference.${name}`, spoken(value, inputs[name])]),
  );
}

/**
 * @param {number} difference
 */
const change = (difference) => (difference > 0 ? "more" : difference < 0 ? "fewer" : "same");

/** @param {unknown} holds */
const yes = (holds) => (holds ? "yes" : NO);
const NO = "no";

/**
 * @param {Told} told
 * @param {People} people
 * @param {PageData} data
 * @param {Settings} settings
 * @returns {Record<string, string>}
 */
function states(told, people, data, { given, story, flags }) {
  const stopped = flags.length > 0;
  const notes = notesOf(told, data, given);
  const due = Object.keys(told.stops).find((key) => told.stops[key]) ?? "";
  const week = Object.keys(data.weeks).find((key) => sameDay(data.weeks[key], { given, story })) ?? "";
  return {
    week,
    change: change(people.added),
    stopped: yes(stopped),
    stop: stopped ? "" : due,
    noted: yes(notes.length),
    ...Object.fromEntries(data.notes.map((key) => [`note.${key}`, yes(notes.includes(key))])),
    ...Object.fromEntries(Object.keys(data.flags).map((key) => [`flag.${key}`, yes(flags.includes(key))])),
  };
}

/**
 * What this person has to bear in mind.
 * @param {Told} told
 * @param {PageData} data
 * @param {Given} given
 */
function notesOf(told, { adults, notes }, given) {
  const ticked = Object.values(given).flatMap((value) => (Array.isArray(value) ? value : []));
  const forAdults = told.inputs.age < adults.from || adults.leave_out.some((key) => ticked.includes(key));
  return notes.filter((key) => (key === adults.note ? forAdults : ticked.includes(key)));
}

/** @param {People} people */
function causeStates({ causes }) {
  const sizes = Object.entries(causes).map(([key, number]) => ({ key, size: Math.abs(number) }));
  const most = sizes.reduce((largest, one) => (one.size > largest.size ? one : largest));
  /** @type {Record<string, string>} */
  const found = { because: most.size ? most.key : NONE };
  for (const [key, number] of Object.entries(causes)) found[`cause.${key}.change`] = change(number);
  return found;
}

/**
 * @param {Trace} trace
 * @param {Settings} settings
 */
function storyStates({ stories }, { story }) {
  return Object.fromEntries(stories.map((key) => [`story.${key}`, yes(key === story)]));
}
