/** A connection to one kernel: comms, status, and whether the line is up.
 *
 * The two signals have the names and values of JupyterLab's kernel connection, so that a widget
 * listens to either in the same way. Where the kernel lives is a subclass's business.
 */
import { base, Signal } from "./jupyter-widgets.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Outgoing} Outgoing */
/** @typedef {import("@jupyter-widgets/base").ICallbacks} Callbacks */
/** @typedef {import("@jupyter-widgets/base").IClassicComm} ClassicComm */
/** @typedef {import("@lumino/coreutils").JSONValue} JSONValue */
/** @typedef {import("@lumino/coreutils").JSONObject} JSONObject */
/** @typedef {ArrayBuffer[] | ArrayBufferView[]} Buffers */
/** @typedef {(message: Message) => void} Listener */

const IDLE = { content: { execution_state: "idle" } };

/**
 * The browser's end of one widget's channel.
 * @implements {ClassicComm}
 */
export class Comm {
  /** @type {Listener | undefined} */
  #listener;
  /** @type {Message[]} */
  #early = []; // messages that came before their widget was made
  /** @type {Listener | undefined} */
  closed;

  /**
   * @param {Kernel} kernel
   * @param {string} target_name
   * @param {string} comm_id
   */
  constructor(kernel, target_name, comm_id) {
    this.kernel = kernel;
    this.target_name = target_name;
    this.comm_id = comm_id;
    kernel.comms.set(comm_id, this);
  }
  /**
   * @param {JSONValue} [data]
   * @param {Callbacks} [callbacks]
   * @param {JSONObject} [metadata]
   * @param {Buffers} [buffers]
   */
  open(data, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, target_name: this.target_name, data: data ?? {} };
    return this.kernel.send("comm_open", content, callbacks, metadata, buffers);
  }
  /**
   * @param {JSONValue} data
   * @param {Callbacks} [callbacks]
   * @param {JSONObject} [metadata]
   * @param {Buffers} [buffers]
   */
  send(data, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, data };
    return this.kernel.send("comm_msg", content, callbacks, metadata, buffers);
  }
  /**
   * @param {JSONValue} [data]
   * @param {Callbacks} [callbacks]
   * @param {JSONObject} [metadata]
   * @param {Buffers} [buffers]
   */
  close(data, callbacks, metadata, buffers) {
    this.kernel.comms.delete(this.comm_id);
    const content = { comm_id: this.comm_id, data: data ?? {} };
    return this.kernel.send("comm_close", content, callbacks, metadata, buffers);
  }
  /** @param {Listener} listener */
  on_msg(listener) {
    this.#listener = listener;
    this.#early.splice(0).forEach(listener);
  }
  /** @param {Listener} listener */
  on_close(listener) {
    this.closed = listener;
  }
  /** @param {Message} message */
  hear(message) {
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }
}

/** Subclasses have `transmit(message)` and call `receive(message)`. */
export class Kernel {
  status = "unknown"; // "starting", "idle", "busy", "restarting", "dead"
  connectionStatus = "connecting"; // "connected", "disconnected"
  reason = ""; // why it could not start, in words
  /** @type {Signal<this, string>} */
  statusChanged = new Signal(this);
  /** @type {Signal<this, string>} */
  connectionStatusChanged = new Signal(this);
  /** @type {Map<string, Comm>} */
  comms = new Map();
  session = base.uuid();
  /** @type {Listener | undefined} */
  opened; // hears of a widget that Python makes
  /** @type {Map<string, Callbacks>} */
  #callbacks = new Map();
  /** @type {Map<string, {resolve: (content: any) => void, reject: (error: Error) => void}>} */
  #replies = new Map();
  /** @type {Outgoing[]} */
  #waiting = [];

  /** @param {Outgoing} _message */
  transmit(_message) {
    throw new Error("A kernel needs a line.");
  }

  /**
   * Id of the message sent; held back until the line is up.
   * @param {string} msg_type
   * @param {JSONObject} content
   * @param {Callbacks} [callbacks]
   * @param {JSONObject} [metadata]
   * @param {Buffers} [buffers]
   */
  send(msg_type, content, callbacks, metadata, buffers) {
    const msg_id = base.uuid();
    const date = new Date().toISOString();
    const header = { msg_id, msg_type, session: this.session, username: "", version: "5.3", date };
    if (callbacks) this.#callbacks.set(msg_id, callbacks);
    const message = { channel: "shell", header, metadata, content, buffers };
    if (this.connectionStatus === "connected") this.transmit(message);
    else this.#waiting.push(message);
    return msg_id;
  }

  /**
   * Content of the kernel's reply; rejects when the kernel or the line is gone before it comes.
   * @param {string} msg_type
   * @param {JSONObject} content
   * @returns {Promise<any>}
   */
  request(msg_type, content) {
    return new Promise((resolve, reject) => {
      this.#replies.set(this.send(msg_type, content), { resolve, reject });
    });
  }

  /**
   * Calls `listener` whenever the line comes up: now, if it is up, and each time it is back.
   * @param {() => void} listener
   */
  whenUp(listener) {
    if (this.connectionStatus === "connected") listener();
    this.connectionStatusChanged.connect((_, line) => line === "connected" && listener());
  }

  /** The line is up: what was held back goes out. */
  connected() {
    for (const message of this.#waiting.splice(0)) this.transmit(message);
    this.set("connectionStatus", "connected");
  }

  /** Whoever waits for an answer that may have gone down with the line need not wait any longer. */
  release() {
    for (const callbacks of this.#callbacks.values()) tellStatus(callbacks, IDLE);
    this.#callbacks.clear();
    for (const { reject } of this.#replies.values()) reject(new Error("Python is gone, or the line to it."));
    this.#replies.clear();
  }

  /** @param {Message} message */
  receive(message) {
    const { content, header, parent_header: parent } = message;
    const asked = parent.msg_id ?? "";
    const comm = this.comms.get(content.comm_id);
    if (header.msg_type === "comm_open") this.opened?.(message);
    else if (header.msg_type === "comm_msg") comm?.hear(message);
    else if (header.msg_type === "comm_close") comm?.closed?.(message);
    else if (header.msg_type.endsWith("_reply")) {
      this.#replies.get(asked)?.resolve(content);
      this.#replies.delete(asked);
    } else if (header.msg_type === "status") {
      this.set("status", content.execution_state);
      tellStatus(this.#callbacks.get(asked), message);
      if (content.execution_state === "idle") this.#callbacks.delete(asked);
    }
  }

  /**
   * @param {"status" | "connectionStatus"} name
   * @param {string} value
   */
  set(name, value) {
    if (this[name] === value) return;
    this[name] = value;
    if (value === "dead") this.release();
    this[/** @type {const} */ (`${name}Changed`)].emit(value);
  }
}

/**
 * Tells whoever sent a message how far the kernel is with it.
 * @param {Callbacks | undefined} callbacks
 * @param {Pick<Message, "content">} status
 */
function tellStatus(callbacks, status) {
  callbacks?.iopub?.status?.(/** @type {any} */ (status));
}
