/** What a service worker has; TypeScript takes a script for one of a page. */
export const scope = /** @type {import("../types.js").ServiceWorkerScope} */ (/** @type {unknown} */ (self));
