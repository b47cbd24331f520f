/** What has the focus is in sight, and nothing moves under a finger. */

const AFTER_A_FINGER = 50; // ms in which the click of a finger that has left arrives
const DRAWN_WITHIN = 2_000; // ms in which what a press changes is drawn, Python's part too

/**
 * What the Tab key comes to is in sight, and not behind what stays at the top of the window.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function keepInSight(root, signal) {
  let tabbed = false;
  /** @param {FocusEvent} event */
  const clear = ({ target }) => {
    if (!tabbed || !(target instanceof Element) || target !== document.activeElement) return; // by now it may be elsewhere
    const covers = [...root.querySelectorAll(".slim, .notices, [data-lost]")];
    const stuck = covers.filter((part) => getComputedStyle(part).position === "sticky" && !part.contains(target));
    const ends = stuck
      .map((part) => (part.querySelector(":scope > [data-part=slim]") ?? part).getBoundingClientRect())
      .filter(({ top }) => Math.abs(top) < 1);
    const { top, bottom } = target.getBoundingClientRect();
    const above = Math.max(0, ...ends.map((end) => end.bottom));
    const hidden = above - top;
    const sheet = root.querySelector(".panel");
    const below = sheet && !sheet.contains(target) && isSheet(sheet) ? bottom - sheet.getBoundingClientRect().top : 0;
    if (hidden > 0) scrollBy(0, -hidden - 8);
    else if (below > 0) scrollBy(0, Math.min(below + 8, -hidden - 8)); // of what is tall, its beginning
  };
  const how = { capture: true, signal };
  addEventListener("keydown", ({ key }) => (tabbed = key === "Tab"), how);
  addEventListener("pointerdown", () => (tabbed = false), how);
  root.addEventListener("focusin", (event) => requestAnimationFrame(() => clear(event)), { signal });
}

/**
 * Whether the panel is a sheet at the foot of the window.
 * @param {Element} panel
 */
function isSheet(panel) {
  const { position, bottom } = getComputedStyle(panel);
  return position === "sticky" && bottom === "0px";
}

/**
 * Nothing moves under a finger: what comes while one is down waits until its click has arrived. On a
 * slider it is what the finger asks for.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @returns {(name: string, show: () => void) => void} shows now or then; of one name only the latest
 */
export function holdStill(root, signal) {
  let held = false;
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  const free = () => {
    held = false;
    const due = [...waiting.values()];
    waiting.clear();
    for (const show of due) show();
  };
  /** @param {PointerEvent} event */
  const down = ({ target, button }) => {
    held = !button && target instanceof Element && !target.closest(".slider");
  };
  const how = { capture: true, signal };
  root.addEventListener("pointerdown", down, how);
  addEventListener("click", () => setTimeout(free), how);
  addEventListener("pointerup", () => setTimeout(free, AFTER_A_FINGER), how);
  for (const end of ["pointercancel", "blur", "beforeprint"]) addEventListener(end, free, { signal });
  return (name, show) => {
    if (held) waiting.set(name, show);
    else show();
  };
}

/**
 * What was set stays where it is while parts above it change. Browsers see to that, but for Safari.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function keepPlace(root, signal) {
  if (CSS.supports("overflow-anchor", "auto")) return;
  /** @type {{at: Element, place: number, until: number} | undefined} */
  let kept;
  /** @param {Element} part */
  const placeOf = (part) => part.getBoundingClientRect().top + scrollY; // on the page, wherever that is scrolled to
  const follow = () => {
    if (!kept?.at.isConnected || performance.now() > kept.until) kept = undefined;
    if (!kept) return;
    const place = placeOf(kept.at);
    if (place !== kept.place) scrollBy({ top: place - kept.place, behavior: "instant" });
    kept.place = place;
    requestAnimationFrame(follow);
  };
  /** @param {Event} event */
  const begin = ({ target }) => {
    if (!(target instanceof Element) || target.closest(".panel")) return; // which stays in the window
    if (!kept) requestAnimationFrame(follow);
    kept = { at: target, place: placeOf(target), until: performance.now() + DRAWN_WITHIN };
  };
  root.addEventListener("change", begin, { capture: true, signal });
  const leave = () => (kept = undefined);
  for (const move of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(move, leave, { signal });
}

/**
 * Marks the page while its sentence is out of sight: a slim line stands in for it.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function watchSentence(root, signal) {
  const sentence = root.querySelector("[data-part=sentence]");
  if (!sentence) return;
  const observer = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    root.toggleAttribute("data-below", !isIntersecting && boundingClientRect.bottom < innerHeight / 2);
  });
  observer.observe(sentence);
  signal.addEventListener("abort", () => observer.disconnect());
}
