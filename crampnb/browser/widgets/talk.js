/** What the page says to Python and hears from it: presses, questions, files. */

/** @typedef {import("../types.js").Model} Model */
/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {import("../types.js").Mounted} Mounted */

export const SOON = 6000; // ms in which Python answers, unless the connection is lost

/**
 * Asks Python for an action.
 * @param {Model} model
 * @param {string} action
 * @param {string} [value]
 */
export function press(model, action, value = "") {
  model.send({ action, value });
}

let asked = 0; // questions so far; each answer names its own

/**
 * One question to the kernel, and its answer; rejects when `signal` says that there will be none.
 * @param {Model} model
 * @param {import("../types.js").Question} what
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export function ask(model, what, signal) {
  const question = String(++asked);
  return new Promise((resolve, reject) => {
    const end = () => {
      model.off("msg:custom", listen);
      signal.removeEventListener("abort", giveUp);
    };
    const giveUp = () => {
      end();
      reject(new Error(`Python was asked for "${what}" and has not answered.`));
    };
    /** @param {Answer} message */
    const listen = (message) => {
      if (message.answer !== what || message.question !== question) return;
      end();
      resolve(message);
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp);
    model.on("msg:custom", listen);
    press(model, what, question);
  });
}

let questions = Date.now(); // a page that is drawn anew asks other ones

/**
 * Whether Python has done all that was sent before, and the page shows it.
 * @param {Model} model
 * @returns {Promise<boolean>}
 */
export function settled(model) {
  const question = ++questions;
  /** @type {Promise<boolean>} */
  const answered = new Promise((resolve) => {
    const look = () => {
      if (Number(model.get("settled")) < question) return;
      model.off("change:settled", look);
      resolve(true);
    };
    model.on("change:settled", look);
  });
  press(model, "settle", String(question));
  return Promise.race([answered, pause(SOON).then(() => false)]);
}

/**
 * Sends what is typed, then waits for the controls whose last step has not been sent.
 * @param {Mounted} mounted
 */
export async function flush(mounted) {
  const until = Date.now() + SOON;
  for (const view of mounted.values()) view.commit?.();
  const busy = () => [...mounted.values()].some((view) => (view.model?._pending_msgs ?? 0) > 0);
  while (busy() && Date.now() < until) await pause(4);
}

/**
 * Drops what ipywidgets holds back of a control while a step is unanswered: sent later, it would undo what is told now.
 * @param {import("../types.js").ControlModel} control
 * @returns {boolean} whether there was anything
 */
export function dropHeldBack(control) {
  const held = Boolean(control._msg_buffer);
  control._msg_buffer = null;
  return held;
}

/** @param {number} milliseconds */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Keeps a file that Python hands over.
 * @param {Answer} file
 */
export function save({ name = "", type, text = "" }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
