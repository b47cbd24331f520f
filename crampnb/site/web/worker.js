/** Python, going on from the memory that the builder kept after our notebook had run.
 *
 * Says to the page {bytes} for what has come, {shown} when it is there, with the ids of the widgets
 * to show, {text} for a widget's message, and {failed} when it cannot.
 */
import { loadPyodide } from "../pyodide/pyodide.mjs";
import "../pyodide/pyodide.asm.js";

const HERE = new URL(".", import.meta.url);
// All that a page uses is in the memory; an archive without entries is enough to begin with.
const NO_ARCHIVE = new Uint8Array(22);
NO_ARCHIVE.set([0x50, 0x4b, 5, 6]);

/** The body of a compressed file as it is unpacked, counted as it comes. */
async function unpacked(name, type) {
  const response = await fetch(new URL(name, HERE));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const count = new TransformStream({
    transform(chunk, out) {
      self.postMessage({ bytes: chunk.byteLength });
      out.enqueue(chunk);
    },
  });
  const body = response.body.pipeThrough(count).pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "content-type": type } });
}

// Pyodide fetches its core and starts it once the memory is there. Here the core is the compressed
// one, a third as large whatever the host does, and compiles while both are still on their way.
const fetched = self.fetch;
const core = WebAssembly.compileStreaming(unpacked("core.bin", "application/wasm"));
self.fetch = (wanted, options) =>
  String(wanted).endsWith("/pyodide.asm.wasm") ? new Response() : fetched(wanted, options);
WebAssembly.instantiateStreaming = async (response, imports) => {
  const module = await core;
  return { module, instance: await WebAssembly.instantiate(module, imports) };
};

async function start() {
  const memory = unpacked("memory.bin", "application/octet-stream");
  const python = await loadPyodide({
    indexURL: new URL("../pyodide/", HERE).href,
    stdLibURL: URL.createObjectURL(new Blob([NO_ARCHIVE])),
    _loadSnapshot: memory.then((response) => response.arrayBuffer()),
  });
  const shell = python.pyimport("crampnb.site.shell");
  shell.line.post = (text) => self.postMessage({ text });
  self.onmessage = ({ data }) => shell.receive(data);
  self.postMessage({ shown: shell.shown.toJs() });
}

start().catch((error) => self.postMessage({ failed: String(error) }));
