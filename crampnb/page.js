// The browser side of the explainer. Python owns the state; here HTML parts are morphed in place,
// charts are drawn, controls get their names, and presses, links, the timer and the connection are
// looked after. Idiomorph and controls.js stand in front of this module.

const PLOTLY = { displayModeBar: false, responsive: true };
// A kernel that was started anew is an empty one: the page's widgets are gone with the old.
const LOST_STATUSES = new Set(["dead", "restarting", "autorestarting", "terminating"]);
const LOST_CELL = "Run the cell again to go on.";
const LOST_PAGE =
  'Your settings are still in the address.</p><p><button type="button" class="button primary">Reload the page</button>';
const PATIENCE = 6000; // ms without an answer after which the connection counts as lost
const BETWEEN_CHECKS = 5000; // ms
const HEAD_START = 400; // ms in which the sliders are alone
const LONGEST_LINK = 4000; // characters sent of one; Python refuses it as too long from 2,000 on

/* ---------------------------------------------------------------- the page itself */

// The element that the server printed, or a copy of it in this cell (JupyterLab).
async function findRoot(model, el) {
  const printed = document.getElementById("crampnb-page");
  if (printed && !printed.dataset.adopted) {
    printed.dataset.adopted = "yes";
    return { root: printed, owned: false };
  }
  el.innerHTML = (await ask(model, "document")).text;
  return { root: el.firstElementChild, owned: true };
}

// One question to the kernel, one answer.
function ask(model, what) {
  return new Promise((resolve) => {
    const listen = (message) => {
      if (message.answer !== what) return;
      model.off("msg:custom", listen);
      resolve(message);
    };
    model.on("msg:custom", listen);
    model.send({ action: what });
  });
}

/* ---------------------------------------------------------------- parts and charts */

const shown = new WeakMap(); // element → the HTML or spec that it shows

function showParts(root, parts, late) {
  for (const [name, html] of Object.entries(parts)) {
    const place = root.querySelector(`[data-part="${name}"]`);
    if (!place || shown.get(place) === html || place.hasAttribute("data-late") !== late) continue;
    shown.set(place, html);
    Idiomorph.morph(place, html, {
      morphStyle: "innerHTML",
      callbacks: {
        // What the visitor has opened stays open.
        beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
      },
    });
  }
}

async function showCharts(root, charts) {
  if (!Object.keys(charts).length) return;
  for (const [name, spec] of Object.entries(charts)) {
    const place = root.querySelector(`[data-chart="${name}"]`);
    if (place) shown.set(place, spec);
  }
  await root.plotly;
  for (const name of Object.keys(charts)) {
    const place = root.querySelector(`[data-chart="${name}"]`);
    if (place && !place.data) await idle(); // a chart's first drawing takes long
    drawChart(place);
  }
}

// Charts wait a moment: to start their library keeps the page from answering for 0.3 s.
function moment() {
  return new Promise((resolve) => setTimeout(resolve, HEAD_START)).then(idle);
}

// When the page has nothing better to do: a slider that is moved goes before.
function idle() {
  return new Promise((resolve) => {
    if (globalThis.requestIdleCallback) requestIdleCallback(resolve, { timeout: 1000 });
    else setTimeout(resolve, 50);
  });
}

// Draws what the place should show by now: a newer spec may have come while plotly was loading.
function drawChart(place) {
  const spec = place && shown.get(place);
  if (!spec || !place.isConnected) return;
  const { data, layout } = coloured(spec);
  globalThis.Plotly.react(place, data, layout, PLOTLY);
}

let palette = {}; // what the names of colours stand for; to read a style costs a layout

// Colours of the page as it is shown now; `place` is anything on it.
function readPalette(place) {
  const style = getComputedStyle(place);
  const names = [...style].filter((name) => name.startsWith("--"));
  palette = Object.fromEntries(names.map((name) => [`var(${name})`, style.getPropertyValue(name).trim()]));
  palette.inherit = style.fontFamily;
}

// The spec with the page's colours in place of their names.
function coloured(value) {
  if (typeof value === "string") return palette[value] ?? value;
  if (Array.isArray(value)) return typeof value.at(-1) === "number" ? value : value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v)]));
  }
  return value;
}

// plotly.js: from the address that the page's template names, or sent by the kernel where there is
// no template. It is wanted only now, when the sliders answer already.
async function findPlotly(model) {
  if (globalThis.Plotly) return;
  const named = document.querySelector("script[data-plotly]");
  if (named) {
    await load(named.dataset.src);
    return;
  }
  const { text } = await ask(model, "plotly");
  if (globalThis.Plotly) return;
  // The bundle is written for several module systems; it is given one of our own, so that an AMD
  // loader on the page does not swallow it.
  const bundle = { exports: {} };
  new Function("module", "exports", "define", text)(bundle, bundle.exports, undefined);
  globalThis.Plotly ??= bundle.exports;
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

/* ---------------------------------------------------------------- controls */

function showMarks(root, marks) {
  for (const [name, [place, spoken]] of Object.entries(marks)) {
    const control = root.querySelector(`[data-input="${name}"]`);
    control?.style.setProperty("--reference", `${place}%`);
    const words = control?.querySelector("[data-reference]");
    if (words) words.textContent = spoken;
  }
}

/* ---------------------------------------------------------------- buttons */

function say(root, text) {
  root.querySelector("[data-said]").textContent = text;
}

function address(model) {
  return `${location.href.split("#")[0]}#${model.get("fragment")}`;
}

async function copy(root, text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(root, done);
  } catch {
    say(root, `Copying is not allowed here. Select and copy this: ${text}`);
  }
}

// What the browser does by itself; every other press goes to Python.
const LOCAL = {
  print: () => window.print(),
  copy: (model, root, value) => copy(root, root.querySelector(`#${value}`).textContent, "Copied."),
  "copy-link": (model, root) => copy(root, address(model), "The link is copied."),
  timer: (model, root) => toggleTimer(root.querySelector("[data-timer]"), root),
};

function listenToPresses(model, root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button) {
      const { action, value } = button.dataset;
      if (LOCAL[action]) LOCAL[action](model, root, value);
      else press(model, action, value);
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (link) follow(event, root, link.getAttribute("href").slice(1));
  });
}

// The address holds the settings, so jumps within the page leave it alone.
function follow(event, root, id) {
  const target = root.querySelector(`#${CSS.escape(id)}`);
  if (!target) return;
  event.preventDefault();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}

function toggleTimer(timer, root) {
  const button = timer.querySelector("[data-action]");
  const alarm = root.querySelector("[data-timer-alarm]");
  alarm.hidden = true;
  if (timer.running) {
    clearInterval(timer.running);
    timer.running = null;
    button.textContent = "Start the timer";
    return;
  }
  const began = Date.now();
  button.textContent = "Stop the timer";
  const tick = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.querySelector("[data-timer-text]").textContent = text;
    alarm.hidden = seconds < Number(timer.dataset.alarm);
  };
  tick();
  timer.running = setInterval(tick, 1000);
}

/* ---------------------------------------------------------------- link and connection */

// The explainer's own page keeps the settings in its address; inside JupyterLab it leaves that alone.
function keepLink(model, root, signal) {
  const open = () => {
    const fragment = location.hash.slice(1);
    if (fragment && fragment !== model.get("fragment") && !root.querySelector(`#${CSS.escape(fragment)}`)) {
      press(model, "link", fragment.slice(0, LONGEST_LINK));
    }
  };
  const keep = () => history.replaceState(null, "", `#${model.get("fragment")}`);
  open();
  model.on("change:fragment", keep);
  addEventListener("hashchange", open, { signal });
}

// Says so when the kernel is gone: by its status, by the connection, or because nothing is answered.
function watchConnection(model, root, owned, signal) {
  const card = root.querySelector("[data-lost]");
  const lose = () => {
    if (!card.hidden) return;
    card.hidden = false;
    card.innerHTML = `<h2>Connection lost</h2><p>The sliders have stopped answering. ${owned ? LOST_CELL : LOST_PAGE}</p>`;
    card.querySelector("button")?.addEventListener("click", () => location.reload());
    root.dataset.crampnb = "lost";
  };
  const kernel = model.widget_manager.kernel;
  kernel?.statusChanged?.connect((_, status) => LOST_STATUSES.has(status) && lose());
  kernel?.connectionStatusChanged?.connect((_, status) => status === "disconnected" && lose());
  // A line may be dead without saying so: what a visitor does now and then asks for a sign of life.
  let checked = 0;
  const check = async () => {
    if (Date.now() - checked < BETWEEN_CHECKS) return;
    checked = Date.now();
    const waiting = setTimeout(lose, PATIENCE);
    await ask(model, "ping");
    clearTimeout(waiting);
  };
  for (const sign of ["keydown", "pointerup"]) root.addEventListener(sign, check, { signal });
}

/* ---------------------------------------------------------------- render */

async function render({ model, el }) {
  const over = new AbortController();
  const { root, owned } = await findRoot(model, el);
  const mounted = new Map();
  const update = (group) => {
    const { parts = {}, charts = {} } = model.get(group);
    showParts(root, parts, false);
    setTimeout(() => showParts(root, model.get(group).parts ?? {}, true)); // after the chart
    return showCharts(root, charts);
  };
  const stop = () => root.toggleAttribute("data-stopped", model.get("stopped"));

  readPalette(root);
  await mountSlots(model, root, mounted);
  root.plotly = moment().then(() => findPlotly(model));
  for (const group of ["quick", "calm"]) model.on(`change:${group}`, () => update(group));
  model.on("change:stopped", stop);
  model.on("change:marks", () => showMarks(root, model.get("marks")));
  model.on("change:slots", () => mountSlots(model, root, mounted));
  model.on("msg:custom", (message) => message.answer === "download" && save(message));
  listenToPresses(model, root);
  watchConnection(model, root, owned, over.signal);
  root.dataset.crampnb = "ready";
  root.querySelector("[data-loading]")?.remove();

  stop();
  showMarks(root, model.get("marks"));
  const drawn = Promise.all([update("quick"), update("calm")]);
  if (!owned) keepLink(model, root, over.signal);
  // The controls that are out of sight: last, or when somebody looks for them.
  const rest = () => press(model, "rest");
  drawn.finally(rest);
  root.addEventListener("toggle", rest, { capture: true, once: true, signal: over.signal });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const redraw = () => {
    readPalette(root);
    root.querySelectorAll("[data-chart]").forEach(drawChart);
  };
  dark.addEventListener("change", redraw, { signal: over.signal });

  return () => {
    over.abort();
    for (const view of mounted.values()) view.remove();
    for (const chart of root.querySelectorAll(".js-plotly-plot")) globalThis.Plotly.purge(chart);
    if (!owned) delete root.dataset.adopted;
  };
}

export default { render };
