/** Parts of the page: HTML from Python, morphed in place. */
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";

/** @type {WeakMap<Element, string>} element → the HTML that it shows */
const shown = new WeakMap();

/**
 * Shows the parts that are not shown yet.
 * @param {HTMLElement} root
 * @param {Record<string, string>} parts
 */
export function showParts(root, parts) {
  for (const [name, html] of Object.entries(parts)) {
    const place = root.querySelector(`[data-part="${name}"]`);
    if (!place || shown.get(place) === html) continue;
    shown.set(place, html);
    Idiomorph.morph(place, html, {
      morphStyle: "innerHTML",
      callbacks: {
        // What the visitor has opened stays open.
        beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
      },
    });
  }
}
