/** Brings the page's widgets to life: shows those of a kernel, wherever it runs.
 *
 * It stands in for Voilà's own front end, which loads most of JupyterLab (ninety scripts, 4.7 MB)
 * to do this one thing.
 */
import { anywidget, base, controls, ManagerBase, Widget } from "./jupyter-widgets.js";
import { Comm } from "./kernel.js";

/** @typedef {import("./kernel.js").Kernel} Kernel */
/** @typedef {import("@jupyter-widgets/base").WidgetModel} WidgetModel */
/** @typedef {import("@jupyter-widgets/base").DOMWidgetModel} DOMWidgetModel */
/** @typedef {import("@lumino/coreutils").JSONObject} JSONObject */
/** @typedef {{model_name: string, model_module: string, model_module_version: string, state: JSONObject}} State */

const CONTROL = "jupyter.widget.control"; // the channel on which all widgets are asked for
const MADE_WITHIN = 150_000; // ms; by then a line that broke is back, or given up

/** @type {Record<string, Record<string, any>>} */
const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: anywidget(base),
};

export class Manager extends ManagerBase {
  /** @type {Map<string, (() => void)[]>} id → what to call once the widget is there */
  #expected = new Map();

  /** @param {Kernel} kernel */
  constructor(kernel) {
    super();
    this.kernel = kernel;
    // A widget that Python makes later.
    kernel.opened = (message) => {
      const { target_name, comm_id } = message.content;
      this.handle_comm_open(new Comm(kernel, target_name, comm_id), /** @type {any} */ (message));
    };
  }
  /**
   * @param {string} name
   * @param {string} module
   */
  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page has no widget ${name} of ${module}.`);
    return found;
  }
  /**
   * @param {string} target
   * @param {string} [id]
   * @param {JSONObject} [data]
   * @param {JSONObject} [metadata]
   * @param {ArrayBuffer[] | ArrayBufferView[]} [buffers]
   */
  async _create_comm(target, id = base.uuid(), data, metadata, buffers) {
    const comm = new Comm(this.kernel, target, id);
    if (data || metadata) comm.open(data, undefined, metadata, buffers);
    return comm;
  }
  async _get_comm_info() {
    const content = { target_name: this.comm_target_name };
    return (await this.kernel.request("comm_info_request", content)).comms;
  }
  /** @param {string} text */
  inline_sanitize(text) {
    return new Option(text).innerHTML;
  }
  /**
   * A widget that is not there is on its way: with its own message, or with the next `restore`.
   * @param {string} id
   */
  async get_model(id) {
    if (!this.has_model(id)) await this.#arrival(id);
    return super.get_model(id);
  }
  /**
   * @param {string} id
   * @returns {Promise<void>}
   */
  #arrival(id) {
    return new Promise((resolve, reject) => {
      const missing = new Error(`Python has not made the widget ${id} that the page was promised.`);
      const waiting = setTimeout(() => reject(missing), MADE_WITHIN);
      const arrived = () => {
        clearTimeout(waiting);
        resolve();
      };
      this.#expected.set(id, [...(this.#expected.get(id) ?? []), arrived]);
    });
  }
  /**
   * @param {string} id
   * @param {Promise<WidgetModel>} model
   */
  register_model(id, model) {
    super.register_model(id, model);
    for (const arrived of this.#expected.get(id) ?? []) arrived();
    this.#expected.delete(id);
  }
  /**
   * All of the kernel's widgets as they are now, however long they take.
   *
   * ipywidgets' own way waits four seconds and then asks for one widget after the other.
   */
  async restore() {
    const states = await this.#states();
    await Promise.all(Object.entries(states).map(([id, state]) => this.#renew(id, state)));
  }
  /** @returns {Promise<Record<string, State>>} */
  #states() {
    const control = new Comm(this.kernel, CONTROL, base.uuid());
    control.open({}, undefined, { version: "1.0.0" });
    control.send({ method: "request_states" });
    return new Promise((resolve) => {
      control.on_msg(({ content }) => {
        control.close();
        resolve(content.data.states);
      });
    });
  }
  /**
   * @param {string} id
   * @param {State} how
   */
  async #renew(id, { model_name, model_module, model_module_version, state }) {
    if (this.has_model(id)) {
      const model = await this.get_model(id);
      const kind = /** @type {typeof base.WidgetModel} */ (model.constructor);
      model.set_state(await kind._deserialize_state(state, this));
    } else {
      const comm = await this._create_comm(this.comm_target_name, id);
      await this.new_model({ model_name, model_module, model_module_version, model_id: id, comm }, state);
    }
  }
}

/**
 * Resolves when all widgets are there; nothing is asked of a kernel that is not.
 *
 * Messages, the first answer too, may be lost with a line that breaks: all is asked again when it
 * is back.
 * @param {Manager} manager
 * @returns {Promise<void>}
 */
function restored(manager) {
  return new Promise((resolve, reject) => {
    manager.kernel.whenUp(() => manager.restore().then(resolve, reject));
  });
}

/** @param {Manager} manager */
async function show(manager) {
  await restored(manager);
  for (const script of document.querySelectorAll('script[type$="widget-view+json"]')) {
    const model = await manager.get_model(JSON.parse(script.textContent ?? "").model_id);
    const view = await manager.create_view(/** @type {DOMWidgetModel} */ (model));
    Widget.attach(view.luminoWidget, /** @type {HTMLElement} */ (script.parentElement));
  }
}

/**
 * Rejects when the kernel or the line to it is given up.
 * @param {Kernel} kernel
 * @returns {Promise<never>}
 */
function lost(kernel) {
  return new Promise((_, reject) => {
    if (kernel.status === "dead") reject(kernel.status);
    kernel.statusChanged.connect((_, status) => status === "dead" && reject(status));
    kernel.connectionStatusChanged.connect((_, line) => line === "disconnected" && reject(line));
  });
}

/** Says that the sliders could not start; a `reason` in words goes along. */
export function apologize(reason = "") {
  const notice = /** @type {HTMLElement} */ (document.querySelector("[data-crampnb-failed]"));
  const place = /** @type {HTMLElement} */ (notice.querySelector("[data-reason]"));
  place.textContent = reason;
  notice.hidden = false;
  document.querySelector("[data-loading]")?.remove();
}

/**
 * Shows the widgets of `kernel` on the page; where they cannot start it says so, and rejects.
 * @param {Kernel} kernel
 */
export async function enliven(kernel) {
  try {
    await Promise.race([show(new Manager(kernel)), lost(kernel)]);
  } catch (error) {
    apologize(kernel.reason);
    throw error;
  }
}
