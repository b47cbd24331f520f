/** Where JupyterLite's kernel gets Pyodide from: the site's own, and one archive with all packages.
 *
 * The kernel's worker is a classic script and asks for a global `loadPyodide`.
 */

async function unpacked(address) {
  const { body } = await fetch(address);
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** [name, content] of each file in a tar archive. */
function* filesOf(archive) {
  const text = (at, length) => String.fromCharCode(...new Uint8Array(archive, at, length)).split("\0", 1)[0];
  for (let at = 0; text(at, 1); ) {
    const size = parseInt(text(at + 124, 12), 8);
    yield [[text(at + 345, 155), text(at, 100)].filter(Boolean).join("/"), new Uint8Array(archive, at + 512, size)];
    at += 512 * (1 + Math.ceil(size / 512));
  }
}

self.loadPyodide = async ({ indexURL: here, packages, ...options }) => {
  const archive = unpacked(new URL("python.bin", here));
  const { loadPyodide } = await import(new URL("../pyodide/pyodide.mjs", here));
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
  python.pyimport("crampnb.site.kernel");
  return python;
};
