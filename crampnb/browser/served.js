/** The page as a server sends it: the visitor's kernel is there, and ends with the visit. */
import { decode, encode, PROTOCOL } from "./frames.js";
import { base } from "./jupyter-widgets.js";
import { Kernel } from "./kernel.js";
import { enliven } from "./live.js";

const RETRY_AFTER = [250, 500, 1000, 2000, 4000]; // ms; then the line counts as down
const OPEN_WITHIN = 20_000; // ms; a line that is neither opened nor refused is asked for again
const SAY_AFTER = 8_000; // ms
const BLOCKED =
  "The line to Python (a websocket) does not open: a proxy, a firewall or a policy on the way may block it.";

/** A kernel at the other end of a websocket. */
class RemoteKernel extends Kernel {
  reason = BLOCKED; // as long as it has not started
  #tries = 0;

  /** @param {string} url of the kernel on its server, such as `/api/kernels/1f…` */
  constructor(url) {
    super();
    const address = new URL(`${url}/channels?session_id=${this.session}`, location.href);
    this.address = address.href.replace(/^http/, "ws");
    this.socket = this.#connect();
  }

  /** @param {import("./types.js").Outgoing} message */
  transmit(message) {
    this.socket.send(encode(message));
  }

  #connect() {
    const socket = new WebSocket(this.address, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      this.#tries = 0; // not when it opens: a proxy may take every line and drop it at once
      this.receive(decode(data));
    };
    const opening = setTimeout(() => socket.close(), OPEN_WITHIN);
    socket.onopen = () => {
      clearTimeout(opening);
      this.reason = "";
      this.connected();
    };
    socket.onclose = () => {
      clearTimeout(opening);
      const broken = this.connectionStatus === "connected";
      const wait = RETRY_AFTER[this.#tries++];
      this.set("connectionStatus", wait ? "connecting" : "disconnected");
      if (broken || !wait) this.release();
      if (wait) {
        setTimeout(() => {
          this.socket = this.#connect();
        }, wait);
      }
    };
    return socket;
  }
}

/** The visitor's own token, which Voilà asks for before it ends a kernel but never hands out. */
function token() {
  return /(?:^|; )_xsrf=([^;]+)/.exec(document.cookie)?.[1];
}

/**
 * Takes the key to a Jupyter server out of the address, which visitors copy to pass on.
 *
 * The server has set a cookie for it, so that a reload needs it no more.
 */
function hideKey() {
  const address = new URL(location.href);
  if (!address.searchParams.has("token")) return;
  address.searchParams.delete("token");
  history.replaceState(history.state, "", address);
}

/**
 * Ends the visitor's kernel with the visit.
 * @param {{baseUrl: string, kernelId: string}} place
 */
function endWithPage({ baseUrl, kernelId }) {
  if (!token()) {
    const value = base.uuid().replaceAll("-", "");
    document.cookie = `_xsrf=${value}; path=${baseUrl}; SameSite=Strict`;
  }
  addEventListener("pagehide", () => {
    const form = new FormData();
    form.append("_xsrf", token() ?? "");
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
  });
  // A page that the browser kept while its kernel ended.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

/**
 * Says so when the line takes long to open.
 * @param {Kernel} kernel
 */
function sayIfSlow(kernel) {
  const saying = setTimeout(() => {
    const place = document.querySelector("[data-loading]");
    if (place) place.textContent = `${BLOCKED} Still trying …`;
  }, SAY_AFTER);
  kernel.whenUp(() => clearTimeout(saying));
}

const place = JSON.parse(document.getElementById("crampnb-kernel")?.textContent ?? "");
hideKey();
endWithPage(place);
const kernel = new RemoteKernel(`${place.baseUrl}api/kernels/${place.kernelId}`);
sayIfSlow(kernel);
enliven(kernel).catch(console.warn);
