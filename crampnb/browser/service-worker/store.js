/**
 * The store of what is kept of the site.
 *
 * `KEPT` is written by the builder: the name of the store, and {address: sha-256 of the content}.
 * Files are kept under both, so what is stale or broken is never found and is fetched again; what
 * has not changed is not.
 */
import { scope } from "./scope.js";

// Other sites of ours may stand in other folders of the same host.
const STORE = `${KEPT.store} ${new URL(".", location.href).pathname}`;
const files = new Map(Object.entries(KEPT.files).map(([name, sum]) => [new URL(name, location.href).href, sum]));
/** @param {string} address */
const keyOf = (address) => `${address}?${files.get(address)}`;

/**
 * The kept address of what is asked for; undefined for everything else.
 * @param {string} url
 */
export function keptAs(url) {
  const address = url.replace(/[?#].*$/, "");
  return [address, `${address}index.html`].find((each) => files.has(each));
}

/**
 * @param {string} address
 * @param {Response} response
 */
async function isWhole(address, response) {
  const sum = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return files.get(address) === [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} address
 * @param {Response} response
 */
async function keep(address, response) {
  if (await isWhole(address, response.clone())) await (await caches.open(STORE)).put(keyOf(address), response);
  else await scope.registration.update(); // the site has changed, and this script with it
}

/** Forgets what is not whole; how many that were. */
export async function forgetTheBroken() {
  const cache = await caches.open(STORE);
  /** @param {string} address */
  const forget = async (address) => {
    const kept = await cache.match(keyOf(address));
    return kept !== undefined && !(await isWhole(address, kept)) && cache.delete(keyOf(address));
  };
  return (await Promise.all([...files.keys()].map(forget))).filter(Boolean).length;
}

/**
 * @param {import("../types.js").LongEvent} event
 * @param {string} address
 */
export async function answer(event, address) {
  const kept = await caches.match(keyOf(address), { cacheName: STORE });
  if (kept) return kept;
  const response = await fetch(address, { cache: "no-cache" });
  if (response.ok) event.waitUntil(keep(address, response.clone()));
  return response;
}

/** Fetches what is still missing, one after the other, while somebody reads. */
async function keepTheRest() {
  const kept = new Set((await (await caches.open(STORE)).keys()).map(({ url }) => url));
  for (const address of files.keys()) {
    if (kept.has(keyOf(address))) continue;
    const response = await fetch(address, { cache: "no-cache" });
    if (response.ok) await keep(address, response);
  }
}

/** @type {Promise<void> | undefined} */
let keeping;
/** Begins where nobody has, or where it failed. */
export function goOnKeeping() {
  keeping ??= keepTheRest().catch(() => {
    keeping = undefined;
  });
  return keeping;
}

export async function forgetTheOld() {
  const cache = await caches.open(STORE);
  const current = new Set([...files.keys()].map(keyOf));
  for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
}
