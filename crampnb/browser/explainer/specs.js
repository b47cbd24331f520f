/** The charts' numbers, in specs that views/charts.py has made for the reference day. */

import { topOf } from "./figures.js";
import { rounded } from "./settings.js";

/** @typedef {import("../types.js").Spec} Spec */
/** @typedef {import("../types.js").Settings} Settings */
/** @typedef {import("../types.js").PageData} PageData */
/** @typedef {import("../types.js").Trace} Trace */
/** @typedef {import("./figures.js").Figures} Figures */

/**
 * Every chart for these settings.
 * @type {Record<string, (trace: Trace, data: PageData, settings: Settings, figures: Figures) => Spec>}
 */
export const SPECS = { curve, heat, spread };

/**
 * `count` evenly spaced values over the range of an input.
 * @param {import("../types.js").InputData} input
 * @param {number} count
 */
function places({ low = 0, high = 0 }, count) {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/**
 * The risk along one input, with its band and today's mark.
 * @param {Trace} trace
 * @param {PageData} data
 * @param {Settings} settings
 * @param {Figures} figures
 */
function curve(trace, data, { given, story, along }, { told }) {
  const people = trace.denominator;
  const input = data.inputs[along];
  const x = places(input, data.points);
  const days = x.map((value) => trace.tell(story, { ...given, [along]: value }));
  const { spec, layout } = copyOf(data.charts.curve);
  const [low, high, middle, today] = spec.data;
  Object.assign(low, { x, y: days.map((day) => people * day.low) });
  Object.assign(high, { x, y: days.map((day) => people * day.high) });
  Object.assign(middle, { x, y: days.map((day) => people * day.risk), hovertemplate: input.hover });
  Object.assign(today, { x: [told.inputs[along]], y: [people * told.risk] });
  layout.xaxis = axis(layout.xaxis, input);
  layout.yaxis = { ...layout.yaxis, range: [0, topOf(data, Math.max(...high.y))] };
  return spec;
}

/**
 * The risk over two inputs, with today's mark.
 * @param {Trace} trace
 * @param {PageData} data
 * @param {Settings} settings
 * @param {Figures} figures
 */
function heat(trace, data, { given, story, over }, { told }) {
  const [across, up] = over;
  const x = places(data.inputs[across], data.cells);
  const y = places(data.inputs[up], data.cells);
  /** @param {number} right @param {number} above */
  const risk = (right, above) => trace.tell(story, { ...given, [across]: right, [up]: above }).risk;
  const { spec, layout } = copyOf(data.charts.heat);
  const [map, today] = spec.data;
  Object.assign(map, { x, y, z: y.map((above) => x.map((right) => trace.denominator * risk(right, above))) });
  Object.assign(today, { x: [told.inputs[across]], y: [told.inputs[up]] });
  layout.xaxis = axis(layout.xaxis, data.inputs[across]);
  layout.yaxis = axis(layout.yaxis, data.inputs[up]);
  return spec;
}

/**
 * The four stories side by side, one marked.
 * @param {Trace} trace
 * @param {PageData} data
 * @param {Settings} settings
 * @param {Figures} figures
 */
function spread({ stories, denominator }, data, { story }, figures) {
  const told = stories.map((key) => figures.stories[key]);
  const { spec, layout } = copyOf(data.charts.spread);
  const [marks] = spec.data;
  const { color, symbol } = marks.marker;
  const now = { color: color[0], symbol: symbol[0] }; // the reference day is told by the first story
  const other = { color: color[1], symbol: symbol[1] };
  const kinds = stories.map((key) => (key === story ? now : other));
  marks.x = told.map((one) => denominator * one.risk);
  marks.text = told.map((one) => String(Math.round(denominator * one.risk)));
  marks.marker = { ...marks.marker, color: kinds.map((one) => one.color), symbol: kinds.map((one) => one.symbol) };
  marks.error_x = {
    ...marks.error_x,
    array: told.map((one) => denominator * (one.high - one.risk)),
    arrayminus: told.map((one) => denominator * (one.risk - one.low)),
  };
  const highest = Math.max(...told.map((one) => denominator * one.high));
  layout.xaxis = { ...layout.xaxis, range: [0, topOf(data, highest)] };
  return spec;
}

/**
 * A spec to fill; what stays as it is is shared.
 * @param {Spec} given
 * @returns {{spec: {data: any[], layout: Record<string, any>}, layout: Record<string, any>}}
 */
function copyOf(given) {
  const layout = { ...given.layout };
  return { spec: { data: given.data.map((one) => ({ .../** @type {object} */ (one) })), layout }, layout };
}

/**
 * @param {Record<string, unknown>} given
 * @param {import("../types.js").InputData} input
 */
function axis(given, { low = 0, high = 0, title = "" }) {
  return { ...given, title: { text: title }, range: [low, high].map(rounded) };
}
