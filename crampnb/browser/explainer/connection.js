/** The connection to Python: told when it is lost, and when it was only slow. */
import { ask } from "../widgets/talk.js";

// A kernel that was started anew is an empty one: the page's widgets are gone with the old.
const LOST_STATUSES = new Set(["dead", "restarting", "autorestarting", "terminating"]);
const PATIENCE = 6000; // ms without an answer after which the connection counts as lost
const BETWEEN_CHECKS = 5000; // ms

/**
 * Aborted when nothing more will be answered: the kernel or the line is gone, or this view of it.
 * @param {import("../types.js").Manager} manager
 * @param {AbortSignal} over
 */
export function watchKernel({ kernel }, over) {
  const gone = new AbortController();
  const end = () => gone.abort();
  /**
   * @param {import("../types.js").Signal<string> | undefined} source
   * @param {(status: string) => boolean} isLost
   */
  const follow = (source, isLost) => {
    /** @type {(sender: unknown, status: string) => void} */
    const slot = (_, status) => {
      if (isLost(status)) end();
    };
    source?.connect(slot);
    over.addEventListener("abort", () => source?.disconnect(slot));
  };
  follow(kernel?.statusChanged, (status) => LOST_STATUSES.has(status));
  follow(kernel?.connectionStatusChanged, (status) => status === "disconnected");
  over.addEventListener("abort", end);
  return gone.signal;
}

/**
 * Says so when the kernel is gone: by its status, by the connection, or because nothing is answered.
 * @param {import("../types.js").Model} model
 * @param {import("./page.js").Page} page
 * @param {{owned: boolean, over: AbortSignal, gone: AbortSignal}} how `owned`: the page stands in a cell
 */
export function watchConnection(model, page, { owned, over, gone }) {
  const { root } = page;
  const card = /** @type {HTMLElement} */ (root.querySelector("[data-lost]"));
  const lose = () => {
    if (!card.hidden || over.aborted) return;
    card.hidden = false;
    card.replaceChildren(...told(owned));
    page.mark("lost");
  };
  // It was only slow.
  const regain = () => {
    if (card.hidden || over.aborted) return;
    card.hidden = true;
    page.mark("ready");
  };
  if (gone.aborted) lose();
  gone.addEventListener("abort", lose, { signal: over });
  // A line may be dead without saying so: what a visitor does now and then asks for a sign of life.
  let checked = 0;
  const check = async () => {
    if (!card.hidden || Date.now() - checked < BETWEEN_CHECKS) return;
    checked = Date.now();
    const waiting = setTimeout(lose, PATIENCE);
    const answered = await ask(model, "ping", gone).catch(() => null);
    clearTimeout(waiting);
    if (answered) regain();
  };
  for (const sign of ["keydown", "pointerup"]) root.addEventListener(sign, check, { signal: over });
}

/**
 * What the card says, and how to go on.
 * @param {boolean} owned
 */
function told(owned) {
  const heading = document.createElement("h2");
  heading.textContent = "Connection lost";
  const text = document.createElement("p");
  text.textContent =
    "Python has stopped answering. The numbers still follow the sliders; the tips, the tables and files do not. ";
  if (owned) {
    text.append("Run the cell again to go on.");
    return [heading, text];
  }
  text.append("Your settings are still in the address.");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button primary";
  button.textContent = "Reload the page";
  button.addEventListener("click", () => location.reload());
  const buttons = document.createElement("p");
  buttons.append(button);
  return [heading, text, buttons];
}
