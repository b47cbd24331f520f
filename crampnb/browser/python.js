/** Python in a worker of its own, started before everything else so that the page never waits for it. */

/**
 * What the worker says: {shown} when Python is there, with the ids of the widgets to show, {text} for a
 * widget's message, and {failed}: why Python cannot start.
 * @typedef {{shown?: string[], text?: string, failed?: string}} Said
 */

/** Whether this browser can run it. */
export const able = ["WebAssembly", "Worker"].every((name) => name in globalThis);

/** How many bytes of Python have come so far, and why no more come; `onchange` is called for each change. */
export const arrived = { bytes: 0, waiting: "", onchange() {} };

/** @type {Said[]} */
const early = []; // what Python said before the page listened
/** @type {(said: Said) => void} */
let hear = (said) => early.push(said);

/**
 * From now on, and for all that was said before, `listener` hears what the worker says.
 * @param {(said: Said) => void} listener
 */
export function listen(listener) {
  hear = listener;
  early.splice(0).forEach(listener);
}

export const worker = able ? new Worker(new URL("worker.js", import.meta.url), { type: "module" }) : undefined;

if (worker) {
  worker.onerror = ({ message }) => hear({ failed: message || "its worker was refused" });
  worker.onmessage = ({ data }) => {
    if (!("bytes" in data || "waiting" in data)) return hear(data);
    arrived.bytes += data.bytes ?? 0;
    arrived.waiting = data.waiting ?? "";
    arrived.onchange();
  };
}
