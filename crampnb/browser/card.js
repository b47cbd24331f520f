/**
 * One card of a lesson: HTML from Python with places for ipywidgets.
 *
 * A notebook holds a place, <crampnb-card>, and not the card: it is drawn once both are there, the
 * place in the document and the model from the kernel, whichever comes first.
 */
import { showBeside } from "./widgets/boxes.js";
import { mountSlots } from "./widgets/slots.js";
import { press, save, settled } from "./widgets/talk.js";

/** @typedef {import("./types.js").Model} Model */
/** @typedef {import("./types.js").Manager} Manager */
/** @typedef {{lesson: string, entries: Record<string, unknown>}} Answers */
/** @typedef {HTMLElement & {drawn?: boolean}} Place `drawn`: a card stands there, whichever script drew it */

// A kernel that was started anew is an empty one: the cards' widgets are gone with the old.
const LOST = new Set(["dead", "restarting", "autorestarting", "terminating"]);
const SHOWN = new Set(["stream", "display_data", "execute_result", "error"]);
const RESTARTED = "Python was restarted: this card does not answer any more.";
const TWICE =
  "This lesson is open in another tab too. No answer is lost, but go on in one tab only and close the other. If JupyterLab asks which page to keep: “Overwrite” keeps the one in front of you.";
const SILENT = "Python has not answered yet. It may be busy with another cell, or the line is down.";

/* ---------------------------------------------------------------- places */

globalThis.crampnbCards ??= new Map();
const cards = globalThis.crampnbCards; // card → what draws it into a place

/** @param {Place} place */
function fill(place) {
  const draw = cards.get(place.dataset.card ?? "");
  if (!draw || place.drawn) return;
  place.drawn = true;
  // JupyterLab's clothes for HTML are for texts; a card brings its own.
  place.closest(".jp-RenderedHTMLCommon")?.classList.remove("jp-RenderedHTMLCommon");
  place.replaceChildren();
  draw(place);
}

if (!customElements.get("crampnb-card")) {
  const CardPlace = class extends HTMLElement {
    connectedCallback() {
      fill(this);
    }
  };
  customElements.define("crampnb-card", CardPlace);
}

/** @param {{model: Model}} shown */
function initialize({ model }) {
  const card = model.get("card");
  cards.set(card, (place) => draw(model, place));
  /** @type {NodeListOf<Place>} */
  const places = document.querySelectorAll(`crampnb-card[data-card="${card}"]`);
  places.forEach(fill);
  if (model.get("kept")) keepAnswers(model);
  return () => cards.delete(card);
}

/* ---------------------------------------------------------------- answers */

/**
 * Where this browser keeps the answers of a lesson: each notebook of each server has its own.
 * @param {Manager} manager
 * @param {string} lesson
 */
function shelf(manager, lesson) {
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  const base = new URL(config.baseUrl ?? "/", location.href).pathname;
  return `crampnb ${base}${manager.context?.path ?? ""} ${lesson}`;
}

/**
 * What is to be kept: of our answers those that are new, all others as another tab with the same
 * lesson has left them.
 * @param {Answers} ours
 * @param {Answers["entries"]} known of ours, what was kept before
 * @param {string | null} kept
 */
function together(ours, known, kept) {
  const entries = entriesOf(kept);
  for (const [key, entry] of Object.entries(ours.entries)) {
    const isNew = JSON.stringify(entry) !== JSON.stringify(known[key]);
    if (isNew || !(key in entries)) entries[key] = entry;
  }
  return JSON.stringify({ ...ours, entries });
}

/**
 * @param {string | null} kept
 * @returns {Answers["entries"]} none where it is no answers' JSON
 */
function entriesOf(kept) {
  try {
    return { ...JSON.parse(kept ?? "{}").entries };
  } catch {
    return {};
  }
}

/**
 * Says something in JupyterLab itself, wherever one is in the notebook.
 * @param {string} message
 */
function notify(message) {
  const commands = globalThis.jupyterapp?.commands;
  const shown = { message, type: "warning", options: { autoClose: false } };
  if (commands?.hasCommand("apputils:notify")) commands.execute("apputils:notify", shown);
}

/**
 * Says so where another tab keeps answers of this lesson: JupyterLab would ask whose page to save.
 * @param {Model} model
 * @param {HTMLElement} root
 */
function watchOtherTabs(model, root) {
  const at = shelf(model.widget_manager, JSON.parse(model.get("kept")).lesson);
  /** @param {StorageEvent} event */
  const tell = ({ key }) => {
    if (key !== at || root.querySelector(":scope > [data-twice]")) return;
    const isFirst = !document.querySelector("[data-twice]"); // a lesson has two such cards
    const told = document.createElement("p");
    told.className = "card note";
    told.dataset.twice = "";
    told.setAttribute("role", "status");
    root.prepend(told);
    told.textContent = TWICE;
    if (isFirst) notify(TWICE); // the card may be out of sight
  };
  addEventListener("storage", tell);
  return () => removeEventListener("storage", tell);
}

/**
 * Python has the answers as long as it runs; a new one gets those back that the browser kept.
 * @param {Model} model
 */
function keepAnswers(model) {
  /** @returns {Answers} */
  const answers = () => JSON.parse(model.get("kept"));
  const none = () => !Object.keys(answers().entries).length;
  const at = shelf(model.widget_manager, answers().lesson);
  try {
    const kept = localStorage.getItem(at);
    /** @type {Answers["entries"]} */
    let known = {};
    const keep = () => {
      if (none()) localStorage.removeItem(at);
      else localStorage.setItem(at, together(answers(), known, localStorage.getItem(at)));
      known = answers().entries;
    };
    if (kept && none()) press(model, "recall", kept);
    else keep();
    model.on("change:kept", keep);
  } catch (error) {
    console.warn("This browser keeps no answers.", error);
  }
}

/**
 * A file of answers, as text.
 * @param {Model} model
 */
function pick(model) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.txt,application/json";
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (file) press(model, "open", await file.text());
  });
  input.click();
}

/* ---------------------------------------------------------------- a lost kernel */

/**
 * Runs again what was run before, in the notebook's order; a cell that fails ends it.
 * @param {Manager} manager of JupyterLab
 */
async function runAgain({ context }) {
  const { sessionContext, model } = context;
  if (!sessionContext.session?.kernel || sessionContext.kernelDisplayStatus === "dead") {
    await sessionContext.restartKernel();
  }
  const { kernel } = sessionContext.session;
  for (const cell of [...model.cells].filter((one) => one.type === "code" && one.executionCount)) {
    cell.outputs.clear();
    cell.trusted = true;
    const run = kernel.requestExecute({ code: cell.sharedModel.getSource(), stop_on_error: true });
    /** @param {import("./types.js").Message} message */
    run.onIOPub = ({ header, content: { transient: _, ...content } }) => {
      if (SHOWN.has(header.msg_type)) cell.outputs.add({ ...content, output_type: header.msg_type });
    };
    const { content } = await run.done;
    cell.executionCount = content.execution_count;
    if (content.status !== "ok") return;
  }
}

/**
 * Says in the card that Python is gone, and has a button that brings all back.
 * @param {Model} model
 * @param {HTMLElement} root
 * @param {string} text
 */
function tellLost(model, root, text) {
  const { context } = model.widget_manager;
  const told = document.createElement("div");
  told.className = "card note";
  told.dataset.lost = "";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  told.append(status, buttons);
  root.querySelector(":scope > [data-lost]")?.remove();
  root.prepend(told);
  status.textContent = context ? text : `${text} Run its cell again to go on.`;
  if (!context || text !== RESTARTED) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button primary";
  button.textContent = "Run the lesson again";
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = "Running your cells again …";
    runAgain(model.widget_manager);
  });
  buttons.append(button);
}

/**
 * @param {Model} model
 * @param {() => void} lose
 */
function watchKernel(model, lose) {
  const { context, kernel } = model.widget_manager;
  /** @type {import("./types.js").Connection | undefined} */
  const source = context?.sessionContext ?? kernel;
  source?.statusChanged?.connect((_, status) => LOST.has(status) && lose());
  /** @type {import("./types.js").Signal<{oldValue: unknown}> | undefined} */
  const changed = context?.sessionContext.kernelChanged;
  changed?.connect((_, { oldValue }) => oldValue && lose());
}

/* ---------------------------------------------------------------- the card */

/**
 * @param {Model} model
 * @param {HTMLElement} root
 * @param {Map<string, string>} shown name of a part → its HTML
 */
function showCard(model, root, shown) {
  for (const [name, html] of Object.entries(model.get("parts"))) {
    const place = root.querySelector(`[data-part="${name}"]`);
    if (!place || shown.get(name) === html) continue;
    shown.set(name, html);
    place.innerHTML = html;
  }
  // Only JupyterLab can open another notebook beside this one.
  /** @type {HTMLElement | null} */
  const next = root.querySelector("[data-action=lesson]");
  if (next) next.hidden = !(globalThis.jupyterapp && model.widget_manager.context);
  // What stays out of sight until it is due.
  const due = new Set(model.get("due"));
  /** @type {NodeListOf<HTMLElement>} */
  const places = root.querySelectorAll("[data-when]");
  for (const place of places) place.hidden = !due.has(place.dataset.when ?? "");
}

/**
 * Open another notebook beside this one. The site's JupyterLab leaves the address to us: a reload
 * would open the notebook that it names.
 * @param {string} path
 */
function openLesson(path) {
  globalThis.jupyterapp?.commands.execute("docmanager:open", { path });
  const address = new URL(location.href);
  if (!address.searchParams.has("path")) return;
  address.searchParams.set("path", path);
  history.replaceState(history.state, "", address);
}

/**
 * What is typed goes with the press: the box's own message may still be on its way.
 * @param {Model} model
 * @param {HTMLElement} root
 * @param {HTMLElement} button
 */
function pressed(model, root, button) {
  const { action = "", value } = button.dataset;
  if (action === "lesson") {
    openLesson(model.widget_manager.context.path.replace(/[^/]*$/, "") + value);
    return;
  }
  if (root.dataset.crampnb === "lost") {
    tellLost(model, root, RESTARTED); // anew, so that it is heard
    /** @type {HTMLElement | null} */ (root.querySelector("[data-lost] button"))?.focus();
    return;
  }
  if (action === "pick") {
    pick(model);
    return;
  }
  /** @type {HTMLInputElement | HTMLTextAreaElement | null} */
  const typed = root.querySelector("input[type=text], textarea");
  press(model, action, value || typed?.value || "");
  listenForLife(model, root);
}

/**
 * A press that nobody answers is not passed over in silence.
 * @param {Model} model
 * @param {HTMLElement} root
 */
async function listenForLife(model, root) {
  const answered = await settled(model);
  if (root.dataset.crampnb === "lost") return;
  if (answered) root.querySelector(":scope > [data-lost]")?.remove();
  else tellLost(model, root, SILENT);
}

/**
 * @param {Model} model
 * @param {HTMLElement} el
 */
async function draw(model, el) {
  const root = document.createElement("div");
  root.className = "crampnb lesson-card";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", model.get("label"));
  root.innerHTML = model.get("frame");
  el.append(root);
  /** @type {import("./types.js").Mounted} */
  const mounted = new Map();
  const shown = new Map();
  const mount = () => mountSlots(model, root, mounted);
  const show = () => showCard(model, root, shown);
  const lose = () => {
    // A kernel that restarts says so more than once, and the button may have the focus by then.
    if (root.querySelector(":scope > [data-lost] button:enabled")) return;
    root.dataset.crampnb = "lost";
    tellLost(model, root, RESTARTED);
  };
  model.on("change:slots", mount);
  model.on("change:parts change:due", show);
  model.on("change:label", () => root.setAttribute("aria-label", model.get("label")));
  model.on("change:beside", () => showBeside(root, model.get("beside")));
  /** @type {(message: import("./types.js").Answer) => void} */
  const keepFile = (message) => {
    if (message.answer === "download") save(message);
  };
  model.on("msg:custom", keepFile);
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-action]");
    if (button instanceof HTMLElement) pressed(model, root, button);
  });
  /**
   * On its way down: ipywidgets keeps keys from travelling back up.
   * @param {KeyboardEvent} event
   */
  const enter = ({ key, target }) => {
    if (key !== "Enter" || !(target instanceof Element) || !target.matches("input[type=text]")) return;
    /** @type {HTMLElement | null} */
    const button = root.querySelector("[data-enter]");
    if (button && target.closest(".ask")) pressed(model, root, button);
  };
  root.addEventListener("keydown", enter, { capture: true });
  show();
  showBeside(root, model.get("beside"));
  watchKernel(model, lose);
  const unwatch = model.get("kept") ? watchOtherTabs(model, root) : undefined;
  try {
    await mount();
    root.dataset.crampnb ??= "ready";
  } catch (error) {
    console.warn("A card without its controls.", error);
    lose();
  }
  return () => {
    unwatch?.();
    for (const view of mounted.values()) view.remove();
  };
}

export default {
  initialize,
  /** @param {{model: Model, el: HTMLElement}} shown */
  render: ({ model, el }) => draw(model, el),
};
