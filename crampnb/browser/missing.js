/**
 * Says in a sentence what keeps the page from starting.
 *
 * A classic script, as it has to run where a browser takes no modules: from a file, in a locked
 * frame, from a host that sends them as something else.
 */
(() => {
  const QUIET_FOR = 20_000; // ms without any file after which the line counts as stalled
  const LOOK_AGAIN = 2_000; // ms

  const FILE = "This page was opened as a file; Python runs only when a web server sends it.";
  const FRAME = "This page stands in a frame of another page that locks it in (sandbox). Open it in a tab of its own.";
  const POLICY = "A policy of this page's host or of the page around it forbids";
  const QUIET = "Nothing has come for a while: the line is slow, or cut. Still waiting …";
  const UNKNOWN = "This browser may be too old for it, or the line loses a part of what is sent.";

  const isWaiting = () => document.querySelector('#crampnb-page:is([data-crampnb="waiting"], [data-crampnb="live"])');
  const isStill = () => document.querySelector('#crampnb-page[data-crampnb="waiting"]');
  const STILL = "The sliders could not start. What you read here is true for the reference day.";
  /** @returns {HTMLElement | null} */
  const loading = () => document.querySelector("[data-loading]");
  let refused = ""; // what a policy has forbidden

  /** @param {string} reason */
  function say(reason) {
    /** @type {HTMLElement | null} */
    const notice = document.querySelector("[data-crampnb-failed]");
    const place = notice?.querySelector("[data-reason]");
    if (!notice || !place || !isWaiting()) return;
    const what = notice.querySelector("[data-what]");
    if (what && isStill()) what.textContent = STILL;
    place.textContent = reason;
    notice.hidden = false;
    loading()?.remove();
  }

  /** Addresses of the scripts that the page needs. */
  function ours() {
    /** @type {NodeListOf<HTMLLinkElement>} */
    const links = document.querySelectorAll("link[rel=modulepreload]");
    return [...links].map(({ href }) => href);
  }

  /**
   * What is wrong with one script, or "" where nothing is; null where the line is cut.
   * @param {string} address
   */
  async function faultOf(address) {
    const name = address.split("/").at(-1);
    // In place of what a cache may have got of it.
    const answer = await fetch(address, { cache: "reload" }).catch(() => null);
    if (!answer) return null;
    if (!answer.ok) return `The script ${name} is missing on this host (${answer.status}).`;
    const type = answer.headers.get("Content-Type") ?? "nothing";
    if (/(java|ecma)script/.test(type)) return "";
    return `This host sends the script ${name} as “${type}” instead of JavaScript, so browsers refuse it.`;
  }

  /** Whether the page has been loaded once more already. */
  function isAgain() {
    const [loaded] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    return loaded?.type === "reload";
  }

  async function explain() {
    if (location.protocol === "file:") return say(FILE);
    if (self.origin === "null") return say(FRAME);
    if (refused) return say(refused);
    const scripts = ours();
    const faults = await Promise.all(scripts.map(faultOf));
    if (faults.includes(null)) {
      const place = loading();
      if (place) place.textContent = QUIET;
      setTimeout(startAgain, LOOK_AGAIN, scripts[faults.indexOf(null)]);
    } else if (faults.some(Boolean) || isAgain()) {
      say(faults.find(Boolean) || UNKNOWN);
    } else location.reload(); // All are whole now: the line had lost one.
  }

  /**
   * Loads the page once more when the line is back.
   * @param {string} address
   */
  async function startAgain(address) {
    if ((await faultOf(address)) === null) setTimeout(startAgain, LOOK_AGAIN, address);
    else location.reload();
  }

  /** Says so when no file has come for long; scripts that run say more themselves. */
  function watchTheLine() {
    const files = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
    const last = files.reduce((end, { responseEnd }) => Math.max(end, responseEnd), 0);
    const place = loading();
    if (place && !place.children.length && performance.now() - last > QUIET_FOR) place.textContent = QUIET;
    if (place) setTimeout(watchTheLine, LOOK_AGAIN);
  }

  /** @type {Record<string, string>} */
  const forbidden = { "connect-src": "the line to Python", "worker-src": "its worker" };
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const what = forbidden[effectiveDirective] ?? "its scripts";
    // A library asks whether it may make code of texts; it goes on without.
    if (isWaiting() && blockedURI !== "eval") refused ||= `${POLICY} ${what} (${effectiveDirective}: ${blockedURI}).`;
  });
  /** @param {Event} event */
  const explainScript = (event) => {
    const { target } = event;
    const isLost = target instanceof Element && target.matches("script[type=module]");
    const isCut = event instanceof ErrorEvent && event.error instanceof SyntaxError && ours().includes(event.filename);
    if (isLost || (isCut && isWaiting())) explain();
  };
  addEventListener("error", explainScript, { capture: true });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.closest("[data-crampnb-failed] [data-again]"))) return;
    event.preventDefault(); // the settings in the address stay
    location.reload();
  });
  document.querySelector("[data-unstarted]")?.remove();
  watchTheLine();
})();
