/** The page as a server sends it: the visitor's kernel is there, and ends with the visit. */
import { base } from "./jupyter-widgets.js";
import { Kernel } from "./kernel.js";
import { enliven } from "./live.js";

const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const PARTS = ["header", "parent_header", "metadata", "content"];
const RETRY_AFTER = [250, 500, 1000, 2000, 4000]; // ms; then the line counts as down

/** Binary frame of `message`: number of offsets, offsets, then the parts they point to. */
export function encode({ channel, buffers = [], ...message }) {
  const text = (value) => new TextEncoder().encode(value);
  const parts = [text(channel), ...PARTS.map((name) => text(JSON.stringify(message[name] ?? {})))];
  parts.push(...buffers.map((b) => new Uint8Array(b.buffer ?? b, b.byteOffset ?? 0, b.byteLength)));
  const offsets = [8 * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.byteLength);
  const frame = new Uint8Array(offsets.at(-1));
  const view = new DataView(frame.buffer);
  [offsets.length, ...offsets].forEach((n, i) => view.setBigUint64(8 * i, BigInt(n), true));
  parts.forEach((part, i) => frame.set(part, offsets[i]));
  return frame.buffer;
}

/** Message in a binary frame; `buffers` are DataViews on it. */
export function decode(frame) {
  const view = new DataView(frame);
  const offset = (i) => Number(view.getBigUint64(8 * (i + 1), true));
  const last = Number(view.getBigUint64(0, true)) - 1;
  const bytes = (i) => new DataView(frame, offset(i), offset(i + 1) - offset(i));
  const message = { channel: new TextDecoder().decode(bytes(0)), buffers: [] };
  PARTS.forEach((name, i) => (message[name] = JSON.parse(new TextDecoder().decode(bytes(i + 1)))));
  for (let i = PARTS.length + 1; i < last; i++) message.buffers.push(bytes(i));
  return message;
}

/** A kernel at the other end of a websocket. */
class RemoteKernel extends Kernel {
  #tries = 0;

  /** `url` of the kernel on its server, such as `/api/kernels/1f…`. */
  constructor(url) {
    super();
    const address = new URL(`${url}/channels?session_id=${this.session}`, location.href);
    this.address = address.href.replace(/^http/, "ws");
    this.#connect();
  }

  transmit(message) {
    this.socket.send(encode(message));
  }

  #connect() {
    this.socket = new WebSocket(this.address, [PROTOCOL]);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = ({ data }) => this.receive(decode(data));
    this.socket.onopen = () => {
      this.#tries = 0;
      this.connected();
    };
    this.socket.onclose = () => {
      const broken = this.connectionStatus === "connected";
      const wait = RETRY_AFTER[this.#tries++];
      this.set("connectionStatus", wait ? "connecting" : "disconnected");
      if (broken) this.release();
      if (wait) setTimeout(() => this.#connect(), wait);
    };
  }
}

/** The visitor's own token, which Voilà asks for before it ends a kernel but never hands out. */
function token() {
  return /(?:^|; )_xsrf=([^;]+)/.exec(document.cookie)?.[1];
}

/** Takes the key to a Jupyter server out of the address, which visitors copy to pass on.
 *
 * The server has set a cookie for it, so that a reload needs it no more.
 */
function hideKey() {
  const address = new URL(location.href);
  if (!address.searchParams.has("token")) return;
  address.searchParams.delete("token");
  history.replaceState(history.state, "", address);
}

/** Ends the visitor's kernel with the visit. */
function endWithPage({ baseUrl, kernelId }) {
  if (!token()) {
    const value = base.uuid().replaceAll("-", "");
    document.cookie = `_xsrf=${value}; path=${baseUrl}; SameSite=Strict`;
  }
  addEventListener("pagehide", () => {
    const form = new FormData();
    form.append("_xsrf", token());
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
  });
  // A page that the browser kept while its kernel ended.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

const place = JSON.parse(document.getElementById("crampnb-kernel").textContent);
hideKey();
endWithPage(place);
enliven(new RemoteKernel(`${place.baseUrl}api/kernels/${place.kernelId}`));
