// What comes of every cell of these notebooks in the lessons' own kernel, as JSON lines.
// node cells.mjs PYODIDE PACKAGES NOTEBOOK…: folder, folder, files; each runs in its folder.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, packages, ...notebooks] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide-module.js")));
const python = await loadPyodide({ indexURL: pyodide });
python.FS.mkdirTree("/packages");
python.mountNodeFS("/packages", packages);
python.runPython("import sys; sys.path.append('/packages')");
python.pyimport("crampnb.pyodide.warm_up");
const { kernel_instance: kernel } = python.pyimport("pyodide_kernel");
kernel.interpreter.send_comm = () => undefined;
kernel._parent_header = python.toPy({ header: { msg_id: "none" } }); // the page's question, for outputs
for (const [number, notebook] of notebooks.entries()) {
  python.FS.mkdirTree(`/notebooks${number}`);
  python.mountNodeFS(`/notebooks${number}`, path.dirname(notebook));
  python.runPython(`import os; os.chdir("/notebooks${number}")`);
  for (const cell of JSON.parse(fs.readFileSync(notebook)).cells) {
    if (cell.cell_type !== "code") continue;
    const source = [cell.source].flat().join("");
    const result = (await kernel.run(source)).toJs({ dict_converter: Object.fromEntries });
    console.log(JSON.stringify([path.basename(notebook), source, result.status, result.evalue ?? ""]));
  }
}
