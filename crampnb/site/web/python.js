/** Python in a worker of its own, started before everything else so that the page never waits for it. */

/** Whether this browser can run it. */
export const able = ["WebAssembly", "Worker", "DecompressionStream"].every((name) => name in globalThis);

/** How many bytes of Python have come so far; `onchange` is called for each more. */
export const arrived = { bytes: 0, onchange() {} };

const early = []; // what Python said before the page listened
let hear = (said) => early.push(said);

/** From now on, and for all that was said before, `listener` hears {shown}, {text} and {failed}. */
export function listen(listener) {
  hear = listener;
  early.splice(0).forEach(listener);
}

export const worker = able && new Worker(new URL("worker.js", import.meta.url), { type: "module" });

if (worker) {
  worker.onerror = ({ message }) => hear({ failed: message });
  worker.onmessage = ({ data }) => {
    if (!data.bytes) return hear(data);
    arrived.bytes += data.bytes;
    arrived.onchange();
  };
}
