/** What each card of a lesson brings: how to find the module that draws all of them, sent once. */
import { findModel } from "./widgets/models.js";

/** @typedef {import("./types.js").Model} Model */
/** @typedef {import("./types.js").CardModule} CardModule */

const STYLE = "crampnb-cards"; // id of the style sheet of all cards on the page

/**
 * @param {import("./types.js").ControlModel} bundle
 * @returns {Promise<CardModule>}
 */
async function load(bundle) {
  const style = document.getElementById(STYLE) ?? document.createElement("style");
  style.id = STYLE;
  style.textContent = bundle.get("style");
  document.head.append(style);
  const address = URL.createObjectURL(new Blob([bundle.get("module")], { type: "text/javascript" }));
  const module = await import(address);
  URL.revokeObjectURL(address);
  return module.default;
}

/**
 * The module that draws cards; whichever card comes first has it loaded.
 * @param {Model} model
 */
async function drawing(model) {
  const bundle = await findModel(model.widget_manager, model.get("bundle"));
  bundle.loaded ??= load(bundle);
  return bundle.loaded;
}

export default {
  /** @param {{model: Model}} shown */
  initialize(shown) {
    // Not waited for: anywidget gives up a model that is not ready in 2 s.
    const end = drawing(shown.model).then(({ initialize }) => initialize(shown));
    return () => end.then((forget) => forget());
  },
  /** @param {{model: Model, el: HTMLElement}} shown */
  async render(shown) {
    return (await drawing(shown.model)).render(shown);
  },
};
