/** Keeps the lessons in the browser, so that they open again without a network, and takes the
 * kernel's questions about the learner's files to the page, as JupyterLite's own worker does.
 *
 * `KEPT` is written by the builder: {address: sha-256 of the content}. Files are kept under both, so
 * what is stale or broken is never found, and is fetched again; what has not changed is not.
 */
const CACHE = "crampnb-lessons";
const files = new Map(Object.entries(KEPT).map(([name, sum]) => [new URL(name, location).href, sum]));
const questions = new BroadcastChannel("/sw-api.v1");

const keyOf = (address) => `${address}?${files.get(address)}`;

/** The kept address of what is asked for; undefined for everything else. */
function keptAs(url) {
  const address = url.replace(/[?#].*$/, "");
  return [address, `${address}index.html`].find((each) => files.has(each));
}

async function isWhole(address, response) {
  const sum = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return files.get(address) === [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function keep(address, response) {
  if (await isWhole(address, response.clone())) await (await caches.open(CACHE)).put(keyOf(address), response);
  else await registration.update(); // the site has changed, and this script with it
}

async function answer(event, address) {
  const kept = await caches.match(keyOf(address), { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(address, { cache: "no-cache" });
  if (response.ok) event.waitUntil(keep(address, response.clone()));
  return response;
}

/** Nothing; what is still missing is fetched, one after the other, while the learner reads. */
async function keepTheRest() {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
  for (const address of files.keys()) {
    if (kept.has(keyOf(address))) continue;
    const response = await fetch(address, { cache: "no-cache" });
    if (response.ok) await keep(address, response);
  }
}

let keeping;
const goOnKeeping = () => (keeping ??= keepTheRest().catch(() => (keeping = undefined)));

/** The page's answer to a question of the kernel. */
async function asked(request) {
  const question = { ...(await request.json()), pathname: new URL(request.url).pathname };
  return new Promise((resolve) => {
    const listen = ({ data }) => {
      if (data.browsingContextId !== question.browsingContextId || data.requestId !== question.requestId) return;
      if (!("response" in data)) return;
      questions.removeEventListener("message", listen);
      resolve(new Response(JSON.stringify(data.response)));
    };
    questions.addEventListener("message", listen);
    questions.postMessage(question);
  });
}

async function forgetTheOld() {
  const cache = await caches.open(CACHE);
  const current = new Set([...files.keys()].map(keyOf));
  for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(forgetTheOld().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (pathname.endsWith("/api/service-worker-heartbeat")) {
    event.respondWith(new Response("ok"));
    event.waitUntil(goOnKeeping());
  } else if (pathname.endsWith("/api/drive") || pathname.includes("/api/stdin/")) {
    event.respondWith(asked(request));
    event.waitUntil(goOnKeeping());
  } else if (request.method === "GET") {
    const address = keptAs(request.url);
    if (address) event.respondWith(answer(event, address));
  }
});
