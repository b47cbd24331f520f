// Python's memory after our notebook has run, for a browser to go on from there.
// node snapshot.mjs PYODIDE PACKAGES NOTEBOOK OUT: folder, folder, file; writes OUT.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, packages, notebook, out] = process.argv.slice(2).map((p) => path.resolve(p));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")));

const python = await loadPyodide({ _makeSnapshot: true, args: ['-OO'], indexURL: pyodideFolder });
copy(packages, python.runPython("__import__('site').getsitepackages()[0]"));
python.runPython(`
import importlib
importlib.invalidate_caches()
from crampnb.site import shell
shell.prepare()
shell.show
`)(fs.readFileSync(notebook, "utf-8"));
await new Promise((resolve) => setTimeout(resolve, 300)); // what the page sends a moment later
python.runPython("import gc; gc.collect()");
fs.writeFileSync(out, python.makeMemorySnapshot());

function copy(from, to) {
  python.FS.mkdirTree(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) copy(source, target);
    else python.FS.writeFile(target, fs.readFileSync(source));
  }
}
