/** The explainer's widget: Python joins the page that is there, or brings one along (JupyterLab). */
import { ask } from "../widgets/talk.js";
import { watchConnection, watchKernel } from "./connection.js";
import { join } from "./partner.js";
import { start } from "./start.js";

/** @typedef {import("../types.js").Model} Model */

/**
 * The page that the server printed, or a copy of it in this cell.
 * @param {Model} model
 * @param {HTMLElement} el
 * @param {AbortSignal} over
 * @param {AbortSignal} gone
 */
async function findPage(model, el, over, gone) {
  const printed = document.getElementById("crampnb-page");
  if (printed && !printed.dataset.adopted) {
    printed.dataset.adopted = "yes";
    return { page: await start(printed), owned: false };
  }
  el.innerHTML = (await ask(model, "document", gone)).text ?? "";
  const root = /** @type {HTMLElement} */ (el.firstElementChild);
  root.dataset.adopted = "cell"; // no other cell's explainer takes it for a printed one
  return { page: await start(root, over), owned: true };
}

/** @param {{model: Model, el: HTMLElement}} shown */
async function render({ model, el }) {
  const end = new AbortController();
  const over = end.signal;
  const gone = watchKernel(model.widget_manager, over);
  const { page, owned } = await findPage(model, el, over, gone);
  await join(page, model, { over, gone });
  page.charts.start(model, gone);
  watchConnection(model, page, { owned, over, gone });
  page.mark("ready");
  return () => {
    end.abort();
    if (owned) page.remove();
    else delete page.root.dataset.adopted;
  };
}

export default { render };
