// A copy of a folder in which every Python module is bytecode of the Python that runs in browsers.
// node compile.mjs PYODIDE SOURCE RESULT LEVEL: folder, folder, new folder; LEVEL is 0, 1 or 2 (-OO).
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, source, result] = process.argv.slice(2, 5).map((name) => path.resolve(name));
const level = Number(process.argv[5]);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide-module.js")));

const python = await loadPyodide({ indexURL: pyodide });
fs.cpSync(source, result, { recursive: true });
python.mountNodeFS("/result", result);
python.globals.set("level", level);
python.runPython(`
import compileall
from pathlib import Path
from py_compile import PycInvalidationMode

# stripdir: a traceback names "crampnb/lessons/lesson.py", not where this was built.
whole = compileall.compile_dir(
    "/result", quiet=1, force=True, legacy=True, stripdir="/result", optimize=level,
    invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
)
if not whole:
    raise SystemExit("a module could not be compiled")
for module in Path("/result").rglob("*.py"):
    module.unlink()
`);
