/** Brings the page's widgets to life: shows those of a kernel, wherever it runs.
 *
 * It stands in for Voilà's own front end, which loads most of JupyterLab (ninety scripts, 4.7 MB)
 * to do this one thing.
 */
import { ManagerBase, Widget, anywidget, base, controls } from "./jupyter-widgets.js";
import { Comm } from "./kernel.js";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: anywidget(base),
};

class Manager extends ManagerBase {
  #expected = new Map(); // id → what to call once the widget is there

  constructor(kernel) {
    super();
    this.kernel = kernel;
    // A widget that Python makes later.
    kernel.opened = (message) => {
      const { target_name, comm_id } = message.content;
      this.handle_comm_open(new Comm(kernel, target_name, comm_id), message);
    };
  }
  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page has no widget ${name} of ${module}.`);
    return found;
  }
  async _create_comm(target, id, data, metadata, buffers) {
    const comm = new Comm(this.kernel, target, id);
    if (data || metadata) comm.open(data, undefined, metadata, buffers);
    return comm;
  }
  async _get_comm_info() {
    const content = { target_name: this.comm_target_name };
    return (await this.kernel.request("comm_info_request", content)).comms;
  }
  inline_sanitize(text) {
    return new Option(text).innerHTML;
  }
  /** A widget that is not there is on its way: with its own message, or with the next `restore`. */
  async get_model(id) {
    if (!this.has_model(id)) await new Promise((resolve) => this.#expected.set(id, resolve));
    return super.get_model(id);
  }
  register_model(id, model) {
    super.register_model(id, model);
    this.#expected.get(id)?.();
    this.#expected.delete(id);
  }
  /** All of the kernel's widgets as they are now. */
  restore() {
    return this._loadFromKernel();
  }
}

async function show(manager) {
  await manager.restore();
  // Messages may have been lost with a line that broke.
  manager.kernel.connectionStatusChanged.connect((_, line) => line === "connected" && manager.restore());
  for (const script of document.querySelectorAll('script[type$="widget-view+json"]')) {
    const model = await manager.get_model(JSON.parse(script.textContent).model_id);
    const view = await manager.create_view(model);
    Widget.attach(view.luminoWidget, script.parentElement);
  }
}

/** Rejects when the kernel or the line to it is given up. */
function lost(kernel) {
  return new Promise((_, reject) => {
    if (kernel.status === "dead") reject(kernel.status);
    kernel.statusChanged.connect((_, status) => status === "dead" && reject(status));
    kernel.connectionStatusChanged.connect((_, line) => line === "disconnected" && reject(line));
  });
}

function apologize(reason) {
  console.warn("The sliders could not start:", reason);
  document.querySelector("[data-crampnb-failed]").hidden = false;
}

/** Shows the widgets of `kernel` on the page, or says that they could not start. */
export function enliven(kernel) {
  return Promise.race([show(new Manager(kernel)), lost(kernel)]).catch(apologize);
}
