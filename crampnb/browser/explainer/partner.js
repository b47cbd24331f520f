/** Python at the other end of the page: it hears what is set, and sends what only it can say. */
import { showBeside } from "../widgets/boxes.js";
import { findModel } from "../widgets/models.js";
import { ask, dropHeldBack, flush, pause, press, SOON, save, settled } from "../widgets/talk.js";
import { showParts } from "./parts.js";
import { isTicked, same } from "./settings.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../types.js").Model} Model */
/** @typedef {import("../types.js").ControlModel} ControlModel */

export class Python {
  #checking = false;

  /**
   * @param {Page} page
   * @param {Model} model
   * @param {Map<string, {model: ControlModel, remove: () => void}>} controls {control: its ipywidget's model}
   * @param {AbortSignal} gone nothing more will be answered
   */
  constructor(page, model, controls, gone) {
    this.page = page;
    this.model = model;
    this.controls = controls;
    this.gone = gone;
  }

  /**
   * What `name` sets has changed: the ipywidget of that name hears of it; "" is all of it.
   * @param {string} name
   */
  tell(name) {
    const control = this.controls.get(name)?.model;
    if (!control) {
      this.#tellAll();
      return;
    }
    const [trait, value] = this.#valueOf(name);
    control.set(trait, value);
    control.save_changes();
  }

  /**
   * What the ipywidget of a control has to hold: of a choice, which one it is.
   * @param {string} name
   * @returns {["index" | "value", unknown]}
   */
  #valueOf(name) {
    const { data, trace, settings, figures } = this.page;
    const { given, along, over, story } = settings;
    const numbers = Object.keys(data.inputs).filter((key) => data.inputs[key].kind === "number");
    if (name === "story") return ["index", trace.stories.indexOf(story)];
    if (name === "along") return ["index", numbers.indexOf(along)];
    if (name === "over.x" || name === "over.y") return ["index", numbers.indexOf(over[name === "over.x" ? 0 : 1])];
    const { kind = "switch", options = [] } = data.inputs[name] ?? {}; // one of several is none of the inputs
    if (kind === "choice") return ["index", options.indexOf(String(given[name]))];
    return ["value", kind === "switch" ? isTicked(name, settings) : figures.told.inputs[name]];
  }

  /**
   * @param {string} action
   * @param {string} value
   */
  press(action, value) {
    if (this.#dropHeldBack()) this.#tellAll();
    press(this.model, action, value);
  }

  /** Tells all that is set, in place of what the controls have yet to send. */
  #tellAll() {
    this.#dropHeldBack();
    press(this.model, "settings", JSON.stringify(this.page.settings));
  }

  /** @returns {boolean} whether there was anything */
  #dropHeldBack() {
    return [...this.controls.values()].filter(({ model }) => dropHeldBack(model)).length > 0;
  }

  /** Whether Python has answered all that it was told. */
  async settled() {
    await flush(this.controls);
    return settled(this.model);
  }

  /**
   * Python has something set: what the page has told it, or what it has changed by itself.
   *
   * The second is known when Python has answered and nothing was set meanwhile; where no answer comes,
   * what a person has set stays.
   */
  async hear() {
    if (this.#checking || same(this.model.get("settings"), this.page.settings)) return;
    this.#checking = true;
    let version;
    let answered;
    do {
      version = this.page.version;
      await flush(this.controls);
      const ping = ask(this.model, "ping", this.gone).catch(() => null);
      answered = await Promise.race([ping, pause(SOON).then(() => null)]); // a line may break under the question
    } while (answered && version !== this.page.version);
    this.#checking = false;
    const known = this.model.get("settings");
    if (answered && !same(known, this.page.settings)) this.page.adopt(known);
  }

  /** Shows what Python has drawn. */
  showParts() {
    const { of, parts } = this.model.get("drawn");
    showParts(this.page.root, parts);
    this.page.draw(of);
  }

  /** All that was set and pressed before Python came. */
  catchUp() {
    const { page, model } = this;
    if (page.version === 0) page.adopt(model.get("settings"));
    /** @type {import("../types.js").Settings | undefined} what Python knows */
    let known = page.version ? undefined : page.settings;
    const isAbout = (/** @type {string} */ action) => action === "pin" || action === "link"; // what was set by then
    const waiting = page.waiting.splice(0);
    for (const [settings, action, value] of waiting.filter((one) => isAbout(one[1]))) {
      press(model, "settings", JSON.stringify(settings));
      press(model, action, value);
      known = settings;
    }
    if (page.settings !== known) this.tell("");
    for (const [, action, value] of waiting.filter((one) => !isAbout(one[1]))) this.press(action, value);
  }
}

/**
 * Lets Python join in.
 * @param {Page} page
 * @param {Model} model
 * @param {{over: AbortSignal, gone: AbortSignal}} ends `over`: this view is; `gone`: so is Python
 */
export async function join(page, model, { over, gone }) {
  const slots = Object.entries(model.get("slots"));
  const found = slots.map(async ([name, reference]) => {
    const control = await findModel(model.widget_manager, reference);
    return /** @type {const} */ ([name, { model: control, remove() {} }]);
  });
  const partner = new Python(page, model, new Map(await Promise.all(found)), gone);
  /**
   * @param {string} event
   * @param {(told: any) => void} listener
   */
  const on = (event, listener) => {
    model.on(event, listener);
    over.addEventListener("abort", () => model.off(event, listener));
  };
  partner.catchUp();
  page.partner = partner;
  on("change:settings", () => partner.hear());
  on("change:drawn", () => page.still("parts", () => partner.showParts()));
  on("change:beside", () => page.still("beside", () => showBeside(page.root, model.get("beside"))));
  on("msg:custom", (message) => message.answer === "download" && save(message));
  partner.showParts();
  over.addEventListener("abort", () => {
    page.partner = undefined;
  });
}
