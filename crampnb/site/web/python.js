/** Python in a worker of its own, started before everything else so that the page never waits for it. */

/** Whether this browser can run it. */
export const able = ["WebAssembly", "Worker", "DecompressionStream"].every((name) => name in globalThis);

export const worker = able && new Worker(new URL("worker.js", import.meta.url), { type: "module" });

/** How many bytes of Python have come so far; `onchange` is called for each more. */
export const arrived = { bytes: 0, onchange() {} };

if (worker) {
  worker.addEventListener("message", ({ data }) => {
    if (!data.bytes) return;
    arrived.bytes += data.bytes;
    arrived.onchange();
  });
}
