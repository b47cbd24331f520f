// What crampnb's page needs of ipywidgets, as one module.
import { defined } from "./amd.js";
import "anywidget";
delete globalThis.define;

export const anywidget = defined[0];
export * as base from "@jupyter-widgets/base";
export * as controls from "@jupyter-widgets/controls";
export { ManagerBase } from "@jupyter-widgets/base-manager";
export { Signal } from "@lumino/signaling";
export { Widget } from "@lumino/widgets";
