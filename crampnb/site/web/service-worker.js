/** Keeps the site in the browser, so that it opens again without a network.
 *
 * `KEPT` is written by the builder: a version, and {address: sha-256} of each file. A file is kept
 * only if it is the one that the builder wrote, so pages of two versions never mix: what has changed
 * comes from the network until the next version of this script, which replaces the whole.
 */
const { version, files } = KEPT;
const NAME = `crampnb-explainer-${version}`;
const OURS = /^crampnb-explainer-/;

/** Address of a kept file, relative to this script; undefined for everything else. */
function keptAs(url) {
  const { href } = new URL(url.replace(/[?#].*$/, ""));
  const name = href.startsWith(registration.scope) && href.slice(registration.scope.length);
  return [name, `${name}index.html`].find((each) => each !== false && each in files);
}

async function isWhole(name, response) {
  if (!response.ok) return false;
  const sum = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  return files[name] === [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file as it was kept, or else from the network, and kept if it is the one of this version. */
async function answer(name) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(name);
  if (kept) return kept;
  const response = await fetch(new URL(name, registration.scope), { cache: "no-cache" });
  if (await isWhole(name, response)) await cache.put(name, response.clone());
  else registration.update();
  return response;
}

addEventListener("install", (event) => {
  const keepAll = async () => {
    for (const name of Object.keys(files)) await answer(name);
    await skipWaiting();
  };
  event.waitUntil(keepAll());
});

addEventListener("activate", (event) => {
  const replace = async () => {
    const old = (await caches.keys()).filter((name) => OURS.test(name) && name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(replace());
});

addEventListener("fetch", (event) => {
  const name = event.request.method === "GET" && keptAs(event.request.url);
  if (name) event.respondWith(answer(name));
});
