/**
 * Python, going on from the memory that the builder kept after our notebook had run.
 *
 * Tells the page how the download goes (download.js), and what is said in python.js.
 */
import { loadPyodide } from "../pyodide/pyodide-module.js";
import { download } from "./download.js";
import { XzReadableStream } from "./xz-decompress.js";

// Throws where a policy forbids WebAssembly: of a stream that ends because of it nobody hears why.
new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));

const HERE = new URL(".", import.meta.url);
// All that a page uses is in the memory; an archive without entries is enough to begin with.
const NO_ARCHIVE = new Uint8Array(22);
NO_ARCHIVE.set([0x50, 0x4b, 5, 6]);

/** @param {import("./download.js").Progress | import("./python.js").Said} said */
const tell = (said) => self.postMessage(said);
/** @param {{message?: unknown} | undefined} error */
const fail = (error) => tell({ failed: String(error?.message ?? error) });
// Pyodide waits for ever for a core that cannot be compiled: whatever nobody hears of ends here.
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(event.reason);
});

/**
 * The body of a compressed file as it is unpacked.
 * @param {string} name
 * @param {string} type
 */
function unpacked(name, type) {
  const body = new XzReadableStream(download(new URL(name, HERE).href, tell));
  return new Response(body, { headers: { "content-type": type } });
}

/**
 * Pyodide's script, which leaves a function behind for the other.
 * @param {Blob} script
 */
async function run(script) {
  const address = URL.createObjectURL(script);
  await import(address);
  URL.revokeObjectURL(address);
}

// They come at the same time and are unpacked one after the other.
const [compiled, script, memory] = [
  WebAssembly.compileStreaming(unpacked("core.bin", "application/wasm")),
  unpacked("runtime.bin", "text/javascript").blob(),
  unpacked("memory.bin", "application/octet-stream").arrayBuffer(),
];

// Pyodide fetches its core and starts it once the memory is there. Here the core is the compressed
// one, a third as large whatever the host does, and compiles while both are still on their way.
const fetched = self.fetch;
self.fetch = async (wanted, options) =>
  String(wanted).endsWith("/pyodide.asm.wasm") ? new Response() : fetched(wanted, options);
WebAssembly.instantiateStreaming = async (_response, imports) => {
  const module = await compiled;
  return { module, instance: await WebAssembly.instantiate(module, imports) };
};

async function start() {
  await run(await script);
  const python = await loadPyodide({
    indexURL: new URL("../pyodide/", HERE).href,
    stdLibURL: URL.createObjectURL(new Blob([NO_ARCHIVE])),
    _loadSnapshot: memory,
  });
  const shell = python.pyimport("crampnb.pyodide.shell");
  /** @param {string} text */
  shell.line.post = (text) => tell({ text });
  self.onmessage = ({ data }) => shell.receive(data);
  tell({ shown: shell.shown.toJs() });
}

start().catch(fail);
