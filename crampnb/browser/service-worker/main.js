/** Keeps a part of the site in the browser, so that it opens again without a network. */
import { asked, HEARTBEAT, QUESTIONS } from "./questions.js";
import { scope } from "./scope.js";
import { answer, forgetTheBroken, forgetTheOld, goOnKeeping, keptAs } from "./store.js";

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(forgetTheOld().then(() => scope.clients.claim())));
// The page says when it has all that it needs itself; JupyterLite's by its first question.
scope.addEventListener("message", (event) => {
  if (event.data !== "repair") {
    scope.skipWaiting(); // in vain at first, if the one before was woken up
    return event.waitUntil(goOnKeeping());
  }
  event.waitUntil(forgetTheBroken().then((broken) => event.source.postMessage({ broken })));
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (HEARTBEAT.test(pathname)) {
    event.respondWith(new Response("ok"));
    event.waitUntil(goOnKeeping());
  } else if (QUESTIONS.test(pathname)) {
    event.respondWith(asked(request));
    event.waitUntil(goOnKeeping());
  } else if (request.method === "GET" && !request.headers.has("Range")) {
    const address = keptAs(request.url);
    if (address) event.respondWith(answer(event, address));
  }
});
