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
      else this.#die(failed);
    });
  }
  transmit({ channel, buffers, ...message }) {
    worker.postMessage(JSON.stringify(message));
  }
  #begin(shown) {
    for (const model_id of shown) {
      const place = document.createElement("div");
      place.innerHTML = '<script type="application/vnd.jupyter.widget-view+json"></script>';
      place.firstChild.textContent = JSON.stringify({ model_id });
      document.getElementById("crampnb-widgets").append(place);
    }
    this.connected();
  }
  #die(reason) {
    console.warn("Python could not start:", reason);
    this.set("status", "dead");
    startAfresh();
  }
}

/** What is loading and how large it is, where the page says that its sliders are waking up. */
function showProgress() {
  const place = document.querySelector("[data-loading]");
  const { bytes } = JSON.parse(document.getElementById("crampnb-python").textContent);
  const size = (count) => (count / MB).toFixed(1);
  place.innerHTML = '<label></label> <progress></progress>';
  const [label, bar] = place.children;
  bar.max = bytes;
  arrived.onchange = () => {
    bar.value = arrived.bytes;
    const done = arrived.bytes >= bytes;
    label.textContent = done
      ? `Python is here (${size(bytes)} MB). The sliders are waking up …`
      : `The sliders need Python, which is on its way: ${size(arrived.bytes)} of ${size(bytes)} MB`;
  };
  arrived.onchange();
}

/** Keeps the page for visits without a network; where the browser does not allow it, all else works. */
async function keep() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(new URL("../service-worker.js", import.meta.url));
  (await navigator.serviceWorker.ready).active.postMessage("keep");
}

/** What was kept may be what keeps the page from starting: once, all is fetched again. */
async function startAfresh() {
  if (!navigator.serviceWorker?.controller || history.state?.afresh) return;
  history.replaceState({ afresh: true }, "");
  for (const name of await caches.keys()) await caches.delete(name);
  location.reload();
}

if (able) {
  showProgress();
  enliven(new LocalKernel()).then(keep).catch(console.warn);
} else {
  document.querySelector("[data-crampnb-unable]").hidden = false;
  document.querySelector("[data-loading]").remove();
}
