/**
 * Where JupyterLite's kernel gets Pyodide from: the site's own, and one archive with all packages
 * but those for figures.
 *
 * The kernel's worker is a classic script and asks for a global `loadPyodide`.
 */

/**
 * @param {string} here
 * @returns {Promise<ArrayBuffer>}
 */
async function unpacked(here) {
  /** @type {typeof import("./download.js")} */
  const { download } = await import(new URL("../static/download.js", here).href);
  const body = download(new URL("python.bin", here).href);
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * [name, content] of each file in a tar archive.
 * @param {ArrayBuffer} archive
 * @returns {Generator<[string, Uint8Array]>}
 */
function* filesOf(archive) {
  /** @type {(at: number, length: number) => string} */
  const text = (at, length) => String.fromCharCode(...new Uint8Array(archive, at, length)).split("\0", 1)[0];
  for (let at = 0; text(at, 1); ) {
    const size = parseInt(text(at + 124, 12), 8);
    yield [[text(at + 345, 155), text(at, 100)].filter(Boolean).join("/"), new Uint8Array(archive, at + 512, size)];
    at += 512 * (1 + Math.ceil(size / 512));
  }
}

/**
 * The archive for figures. Python waits for it in the middle of an import, so this waits too.
 * @param {string} here
 */
function figures(here) {
  const request = new XMLHttpRequest();
  request.open("GET", new URL("figures.bin", here).href, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`figures.bin: ${request.status}`);
  return new Uint8Array(request.response);
}

// All packages are in the archives.
self.loadPyodide = async ({ indexURL: here, packages: _, ...options }) => {
  const archive = unpacked(here);
  /** @type {typeof import("pyodide")} */
  const { loadPyodide } = await import(new URL("../pyodide/pyodide-module.js", here).href);
  const python = await loadPyodide({
    ...options,
    indexURL: new URL("../pyodide/", here).href,
    fsInit: async (tree, { sitePackages }) => {
      for (const [name, content] of filesOf(await archive)) {
        const path = `${sitePackages}/${name}`;
        tree.mkdirTree(path.slice(0, path.lastIndexOf("/")));
        tree.writeFile(path, content, { canOwn: true });
      }
    },
  });
  python.pyimport("crampnb.pyodide.warm_up");
  python.pyimport("crampnb.pyodide.later").put_off(() => figures(here));
  return python;
};
