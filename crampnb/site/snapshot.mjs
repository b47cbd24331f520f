// Python's memory after our notebook has run, for a browser to go on from there.
// node snapshot.mjs PYODIDE PACKAGES NOTEBOOK OUT: folder, folder, file; writes OUT.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, packages, notebook, out] = process.argv.slice(2).map((p) => path.resolve(p));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide-module.js")));

const python = await loadPyodide({ _makeSnapshot: true, args: ['-OO'], indexURL: pyodideFolder });
copy(packages, python.runPython("__import__('site').getsitepackages()[0]"));
python.runPython(`
import importlib
importlib.invalidate_caches()
from crampnb.pyodide import shell
shell.prepare()
shell.show
`)(fs.readFileSync(notebook, "utf-8"));
await new Promise((resolve) => setTimeout(resolve, 300)); // what the page sends a moment later
forget();
blankFreeMemory(python._module);
useReadersTrampoline(python._module);
fs.writeFileSync(out, python.makeMemorySnapshot());

/** What only made the start quicker: the files that it knew of are not there any more. */
function forget() {
  python.runPython(`
import gc, linecache, re, sys, typing, zipimport
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()
linecache.clearcache()
re.purge()
for clean in typing._cleanups:
    clean()
gc.collect()
`);
}

/** What Python used once and gave back is still there, and would be sent: all that it can get without
 * more memory is taken, blanked and given back. */
function blankFreeMemory({ HEAPU8, _PyMem_RawMalloc: take, _PyMem_RawFree: giveBack }) {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("no more memory");
  };
  const taken = [];
  for (let size = 1 << 20; size >= 8; size = size > 512 ? size >> 1 : size - 8) {
    for (let at; (at = take(size)); taken.push(at)) HEAPU8.fill(0, at, at + size);
  }
  taken.forEach(giveBack);
  WebAssembly.Memory.prototype.grow = grow;
}

/** CPython calls functions through a slot of a table that each engine numbers in its own way, and
 * that some do not have: without Node's number the reader's Pyodide fills in its own. */
function useReadersTrampoline({ HEAP32, __PyRuntime, __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: offset }) {
  HEAP32[(__PyRuntime + HEAP32[offset / 4]) / 4] = 0;
}

function copy(from, to) {
  python.FS.mkdirTree(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) copy(source, target);
    else python.FS.writeFile(target, fs.readFileSync(source));
  }
}
