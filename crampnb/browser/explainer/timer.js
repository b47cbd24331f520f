/** The timer of the first aid: how long a cramp has lasted, and when to call for help. */

export class Timer {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #running;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** Starts it, or stops it. */
  toggle() {
    const timer = this.#find("[data-timer]");
    const button = this.#find("[data-timer] [data-action]");
    const alarm = this.#find("[data-timer-alarm]");
    alarm.hidden = true;
    if (this.#running) {
      this.stop();
      button.textContent = "Start the timer";
      return;
    }
    const began = Date.now();
    button.textContent = "Stop the timer";
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      this.#find("[data-timer-text]").textContent = text;
      alarm.hidden = seconds < Number(timer.dataset.alarm);
    };
    tick();
    this.#running = setInterval(tick, 1000);
  }

  stop() {
    clearInterval(this.#running);
    this.#running = undefined;
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }
}
