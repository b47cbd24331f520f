// One card of a lesson: HTML from Python with places for ipywidgets. controls.js stands in front.

function showCard(model, root, shown) {
  for (const [name, html] of Object.entries(model.get("parts"))) {
    const place = root.querySelector(`[data-part="${name}"]`);
    if (!place || shown.get(name) === html) continue;
    shown.set(name, html);
    place.innerHTML = html;
  }
  // What stays out of sight until it is due.
  const due = new Set(model.get("due"));
  for (const place of root.querySelectorAll("[data-when]")) place.hidden = !due.has(place.dataset.when);
}

// What is typed goes with the press: the box's own message may still be on its way.
function pressed(model, root, button) {
  const typed = root.querySelector("input[type=text], textarea, input[type=number]");
  press(model, button.dataset.action, button.dataset.value || typed?.value || "");
}

async function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "crampnb lesson-card";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", model.get("label"));
  root.innerHTML = model.get("frame");
  el.append(root);
  const mounted = new Map();
  const shown = new Map();
  const mount = () => mountSlots(model, root, mounted);
  const show = () => showCard(model, root, shown);
  model.on("change:slots", mount);
  model.on("change:parts change:due", show);
  model.on("msg:custom", (message) => message.answer === "download" && save(message));
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button) pressed(model, root, button);
  });
  // On its way down: ipywidgets keeps keys from travelling back up.
  const enter = (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[type=text], input[type=number]")) return;
    const button = root.querySelector("[data-enter]");
    if (button && event.target.closest(".ask")) pressed(model, root, button);
  };
  root.addEventListener("keydown", enter, { capture: true });
  show();
  await mount();
  root.dataset.crampnb = "ready";
  return () => {
    for (const view of mounted.values()) view.remove();
  };
}

export default { render };
