/** A connection to one running kernel: comms, status, and whether the line is up.
 *
 * The two signals have the names and values of JupyterLab's kernel connection, so that a widget
 * listens to either in the same way. Messages use `v1.kernel.websocket.jupyter.org`.
 */
import { Signal, base } from "./jupyter-widgets.js";

const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const PARTS = ["header", "parent_header", "metadata", "content"];
const RETRY_AFTER = [250, 500, 1000, 2000, 4000]; // ms; then the line counts as down
const IDLE = { content: { execution_state: "idle" } };

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

/** The browser's end of one widget's channel. */
export class Comm {
  #listener;
  #early = []; // messages that came before their widget was made

  constructor(kernel, target_name, comm_id) {
    Object.assign(this, { kernel, target_name, comm_id });
    kernel.comms.set(comm_id, this);
  }
  open(data, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, target_name: this.target_name, data: data ?? {} };
    return this.kernel.send("comm_open", content, callbacks, metadata, buffers);
  }
  send(data, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, data };
    return this.kernel.send("comm_msg", content, callbacks, metadata, buffers);
  }
  close(data, callbacks, metadata, buffers) {
    this.kernel.comms.delete(this.comm_id);
    const content = { comm_id: this.comm_id, data: data ?? {} };
    return this.kernel.send("comm_close", content, callbacks, metadata, buffers);
  }
  on_msg(listener) {
    this.#listener = listener;
    this.#early.splice(0).forEach(listener);
  }
  on_close(listener) {
    this.closed = listener;
  }
  hear(message) {
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }
}

export class Kernel {
  status = "unknown"; // "starting", "idle", "busy", "restarting", "dead"
  connectionStatus = "connecting"; // "connected", "disconnected"
  statusChanged = new Signal(this);
  connectionStatusChanged = new Signal(this);
  comms = new Map();
  #callbacks = new Map();
  #replies = new Map();
  #session = base.uuid();
  #waiting = [];
  #tries = 0;

  /** `url` of the kernel on its server, such as `/api/kernels/1f…`. */
  constructor(url) {
    const address = new URL(`${url}/channels?session_id=${this.#session}`, location.href);
    this.address = address.href.replace(/^http/, "ws");
    this.#connect();
  }

  /** Id of the message sent; held back until the line is up. */
  send(msg_type, content, callbacks, metadata, buffers) {
    const msg_id = base.uuid();
    const header = { msg_id, msg_type, session: this.#session, username: "", version: "5.3" };
    header.date = new Date().toISOString();
    if (callbacks) this.#callbacks.set(msg_id, callbacks);
    const frame = encode({ channel: "shell", header, metadata, content, buffers });
    if (this.connectionStatus === "connected") this.socket.send(frame);
    else this.#waiting.push(frame);
    return msg_id;
  }

  /** Content of the kernel's reply. */
  request(msg_type, content) {
    return new Promise((resolve) => this.#replies.set(this.send(msg_type, content), resolve));
  }

  #connect() {
    this.socket = new WebSocket(this.address, [PROTOCOL]);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = ({ data }) => this.#receive(decode(data));
    this.socket.onopen = () => {
      this.#tries = 0;
      for (const frame of this.#waiting.splice(0)) this.socket.send(frame);
      this.#set("connectionStatus", "connected");
    };
    this.socket.onclose = () => {
      const broken = this.connectionStatus === "connected";
      const wait = RETRY_AFTER[this.#tries++];
      this.#set("connectionStatus", wait ? "connecting" : "disconnected");
      if (broken) this.#release();
      if (wait) setTimeout(() => this.#connect(), wait);
    };
  }

  /** Whoever waits for an answer that may have gone down with the line need not wait any longer. */
  #release() {
    for (const callbacks of this.#callbacks.values()) callbacks.iopub?.status?.(IDLE);
    this.#callbacks.clear();
  }

  #receive(message) {
    const { content, header, parent_header: parent } = message;
    const comm = this.comms.get(content.comm_id);
    if (header.msg_type === "comm_open") this.opened?.(message);
    else if (header.msg_type === "comm_msg") comm?.hear(message);
    else if (header.msg_type === "comm_close") comm?.closed?.(message);
    else if (header.msg_type.endsWith("_reply")) {
      this.#replies.get(parent.msg_id)?.(content);
      this.#replies.delete(parent.msg_id);
    } else if (header.msg_type === "status") {
      this.#set("status", content.execution_state);
      this.#callbacks.get(parent.msg_id)?.iopub?.status?.(message);
      if (content.execution_state === "idle") this.#callbacks.delete(parent.msg_id);
    }
  }

  #set(name, value) {
    if (this[name] === value) return;
    this[name] = value;
    this[`${name}Changed`].emit(value);
  }
}
