/** The explainer where there is no server: its kernel is a worker, and the page can be kept. */
import { Kernel } from "./kernel.js";
import { enliven } from "./live.js";
import { able, arrived, listen, worker } from "./python.js";

const MB = 1e6;

/** The kernel in the worker; messages are text both ways. */
class LocalKernel extends Kernel {
  constructor() {
    super();
    listen(({ shown, text, failed }) => {
      if (shown) this.#begin(shown);
      else if (text) this.receive({ ...JSON.parse(text), buffers: [] });
      else this.#die(failed ?? "");
    });
  }
  /** @param {import("./types.js").Outgoing} message */
  transmit({ channel: _, buffers: __, ...message }) {
    worker?.postMessage(JSON.stringify(message));
  }
  /** @param {string[]} shown ids of the widgets to show */
  #begin(shown) {
    for (const model_id of shown) {
      const place = document.createElement("div");
      const script = document.createElement("script");
      script.type = "application/vnd.jupyter.widget-view+json";
      script.textContent = JSON.stringify({ model_id });
      place.append(script);
      document.getElementById("crampnb-widgets")?.append(place);
    }
    this.connected();
  }
  /** @param {string} reason */
  #die(reason) {
    this.reason = inWords(reason);
    this.set("status", "dead");
    repair();
  }
}

/**
 * Why Python could not start, as a sentence.
 * @param {string} reason
 */
function inWords(reason) {
  if (/unsafe-eval|Content Security Policy|blocked by CSP/i.test(reason)) {
    return "A policy of this page's host forbids WebAssembly, which Python needs.";
  }
  if (/out of memory|allocat/i.test(reason)) return "This browser has too little memory left for Python.";
  return `Python could not start: ${reason}`;
}

/** What is loading and how large it is, where the page says that its sliders are waking up. */
function showProgress() {
  const { bytes } = JSON.parse(document.getElementById("crampnb-python")?.textContent ?? "");
  /** @param {number} count */
  const size = (count) => (count / MB).toFixed(1);
  const label = document.createElement("label");
  const bar = document.createElement("progress");
  bar.max = bytes;
  document.querySelector("[data-loading]")?.replaceChildren(label, " ", bar);
  arrived.onchange = () => {
    bar.value = arrived.bytes;
    const part = `${size(arrived.bytes)} of ${size(bytes)} MB`;
    if (arrived.bytes >= bytes) {
      label.textContent = `Python is here (${size(bytes)} MB) and is waking up …`;
    } else if (arrived.waiting) {
      label.textContent = `Python has stopped on its way, at ${part}: ${arrived.waiting}. Trying again …`;
    } else {
      label.textContent = `The tips, the tables and files need Python, which is on its way: ${part}`;
    }
  };
  arrived.onchange();
}

/**
 * Keeps the page for visits without a network; where the browser does not allow it, all else works.
 *
 * Asks the newest version and never the one before, which has to rest to be replaced. Chromium asks
 * that one once to rest; an event that comes just then, as one of a starting page, wakes it up again
 * and the next visit would meet it still. So the newest is told when the page has all that it needs.
 */
async function keep() {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(new URL("../service-worker.js", import.meta.url));
  // Without a network there is nothing newer.
  if (registration.active) await registration.update().catch(console.info);
  const newest = /** @type {ServiceWorker} */ (registration.installing ?? registration.waiting ?? registration.active);
  if (newest.state === "installing") await new Promise((resolve) => (newest.onstatechange = resolve));
  newest.postMessage("keep");
}

/** What was kept may be what keeps the page from starting: what is broken is fetched again. */
function repair() {
  const keeper = navigator.serviceWorker?.controller;
  if (!keeper) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.broken && location.reload());
  navigator.serviceWorker.startMessages();
  keeper.postMessage("repair");
}

if (able) {
  showProgress();
  enliven(new LocalKernel()).then(keep).catch(console.warn);
} else {
  /** @type {HTMLElement} */ (document.querySelector("[data-crampnb-unable]")).hidden = false;
  document.querySelector("[data-loading]")?.remove();
}
