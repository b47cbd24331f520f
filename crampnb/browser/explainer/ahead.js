/** The size of what is far below, known before anybody jumps there. */

/**
 * Lays out one chapter after the other while nothing else is to be done. The browser remembers their sizes, and a
 * jump over them ends where it leads; with sizes that are guessed, the text would move once more after it.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export async function layOutAhead(root, signal) {
  if (document.readyState !== "complete") await loaded();
  /** @type {NodeListOf<HTMLElement>} */
  const chapters = root.querySelectorAll(".chapter");
  for (const chapter of chapters) {
    await idle();
    if (signal.aborted) return;
    if (chapter.getBoundingClientRect().bottom < 0) continue; // or what one reads would move
    const { style } = chapter;
    style.contentVisibility = "visible";
    await frame();
    await frame(); // once a frame has been drawn with it
    style.removeProperty("content-visibility");
  }
}

const loaded = () => new Promise((resolve) => addEventListener("load", resolve, { once: true }));
const frame = () => new Promise(requestAnimationFrame);

/** A moment in which the browser has nothing else to do; Safari does not say. */
const idle = () =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 200 });
    else setTimeout(resolve, 50);
  });
