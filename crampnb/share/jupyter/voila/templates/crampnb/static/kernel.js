/** A connection to one kernel: comms, status, and whether the line is up.
 *
 * The two signals have the names and values of JupyterLab's kernel connection, so that a widget
 * listens to either in the same way. Where the kernel lives is a subclass's business.
 */
import { Signal, base } from "./jupyter-widgets.js";

const IDLE = { content: { execution_state: "idle" } };

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

/** Subclasses have `transmit(message)` and call `receive(message)`. */
export class Kernel {
  status = "unknown"; // "starting", "idle", "busy", "restarting", "dead"
  connectionStatus = "connecting"; // "connected", "disconnected"
  statusChanged = new Signal(this);
  connectionStatusChanged = new Signal(this);
  comms = new Map();
  session = base.uuid();
  #callbacks = new Map();
  #replies = new Map();
  #waiting = [];

  /** Id of the message sent; held back until the line is up. */
  send(msg_type, content, callbacks, metadata, buffers) {
    const msg_id = base.uuid();
    const header = { msg_id, msg_type, session: this.session, username: "", version: "5.3" };
    header.date = new Date().toISOString();
    if (callbacks) this.#callbacks.set(msg_id, callbacks);
    const message = { channel: "shell", header, metadata, content, buffers };
    if (this.connectionStatus === "connected") this.transmit(message);
    else this.#waiting.push(message);
    return msg_id;
  }

  /** Content of the kernel's reply. */
  request(msg_type, content) {
    return new Promise((resolve) => this.#replies.set(this.send(msg_type, content), resolve));
  }

  /** The line is up: what was held back goes out. */
  connected() {
    for (const message of this.#waiting.splice(0)) this.transmit(message);
    this.set("connectionStatus", "connected");
  }

  /** Whoever waits for an answer that may have gone down with the line need not wait any longer. */
  release() {
    for (const callbacks of this.#callbacks.values()) callbacks.iopub?.status?.(IDLE);
    this.#callbacks.clear();
  }

  receive(message) {
    const { content, header, parent_header: parent } = message;
    const comm = this.comms.get(content.comm_id);
    if (header.msg_type === "comm_open") this.opened?.(message);
    else if (header.msg_type === "comm_msg") comm?.hear(message);
    else if (header.msg_type === "comm_close") comm?.closed?.(message);
    else if (header.msg_type.endsWith("_reply")) {
      this.#replies.get(parent.msg_id)?.(content);
      this.#replies.delete(parent.msg_id);
    } else if (header.msg_type === "status") {
      this.set("status", content.execution_state);
      this.#callbacks.get(parent.msg_id)?.iopub?.status?.(message);
      if (content.execution_state === "idle") this.#callbacks.delete(parent.msg_id);
    }
  }

  set(name, value) {
    if (this[name] === value) return;
    this[name] = value;
    this[`${name}Changed`].emit(value);
  }
}
