/** What `scripts/widgets/entry.js` bundles, by its own types; a page finds the bundle beside our modules. */
import type * as widgets from "@jupyter-widgets/base";

/** anywidget's module for these widgets; it ships no types of it. */
export declare const anywidget: (base: typeof widgets) => Record<string, typeof widgets.WidgetModel>;
export * as base from "@jupyter-widgets/base";
export { ManagerBase } from "@jupyter-widgets/base-manager";
export * as controls from "@jupyter-widgets/controls";
export { Signal } from "@lumino/signaling";
export { Widget } from "@lumino/widgets";
