/** Keeps a part of the site in the browser, so that it opens again without a network.
 *
 * `KEPT` is written by the builder: the name of the store, and {address: sha-256 of the content}.
 * Files are kept under both, so what is stale or broken is never found and is fetched again; what
 * has not changed is not.
 */
const files = new Map(Object.entries(KEPT.files).map(([name, sum]) => [new URL(name, location).href, sum]));
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
  if (await isWhole(address, response.clone())) await (await caches.open(KEPT.store)).put(keyOf(address), response);
  else await registration.update(); // the site has changed, and this script with it
}

async function answer(event, address) {
  const kept = await caches.match(keyOf(address), { cacheName: KEPT.store });
  if (kept) return kept;
  const response = await fetch(address, { cache: "no-cache" });
  if (response.ok) event.waitUntil(keep(address, response.clone()));
  return response;
}

/** Nothing; what is still missing is fetched, one after the other, while somebody reads. */
async function keepTheRest() {
  const kept = new Set((await (await caches.open(KEPT.store)).keys()).map(({ url }) => url));
  for (const address of files.keys()) {
    if (kept.has(keyOf(address))) continue;
    const response = await fetch(address, { cache: "no-cache" });
    if (response.ok) await keep(address, response);
  }
}

let keeping;
const goOnKeeping = () => (keeping ??= keepTheRest().catch(() => (keeping = undefined)));

async function forgetTheOld() {
  const cache = await caches.open(KEPT.store);
  const current = new Set([...files.keys()].map(keyOf));
  for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
}

/** JupyterLite's kernel asks for the learner's files by requests; the page answers them. */
const QUESTIONS = /\/api\/(drive|stdin\/.*)$/;
const HEARTBEAT = /\/api\/service-worker-heartbeat$/;
const questions = new BroadcastChannel("/sw-api.v1");

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

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(forgetTheOld().then(() => clients.claim())));
// The page says when it has all that it needs itself; JupyterLite's by its first question.
addEventListener("message", (event) => event.waitUntil(goOnKeeping()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (HEARTBEAT.test(pathname)) {
    event.respondWith(new Response("ok"));
    event.waitUntil(goOnKeeping());
  } else if (QUESTIONS.test(pathname)) {
    event.respondWith(asked(request));
    event.waitUntil(goOnKeeping());
  } else if (request.method === "GET") {
    const address = keptAs(request.url);
    if (address) event.respondWith(answer(event, address));
  }
});
