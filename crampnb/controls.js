// The browser side that the explainer and the lessons share: ipywidgets are put into their places
// and get their names, presses go to Python, files come back.

const press = (model, action, value = "") => model.send({ action, value });

async function mountSlots(model, root, mounted) {
  const slots = Object.entries(model.get("slots")).filter(([name]) => !mounted.has(name));
  await Promise.all(
    slots.map(async ([name, reference]) => {
      const place = root.querySelector(`[data-slot="${name}"]`);
      if (!place) return;
      const child = await model.widget_manager.get_model(reference.replace("IPY_MODEL_", ""));
      if (child.get("_model_name") === "FloatSliderModel") steady(child);
      const view = await model.widget_manager.create_view(child);
      mounted.set(name, view);
      place.querySelector(":scope > .waiting")?.remove();
      view.luminoWidget.constructor.attach(view.luminoWidget, place);
      nameControl(place);
    })
  );
}

// A slider stands on whole steps and reports where it stands, with rounding errors and also when
// nobody moved it. Such a report must not reach Python: the value may be another one by then.
function steady(slider) {
  const { set } = slider;
  slider.set = function (key, value, options) {
    if (key !== "value") return set.apply(slider, arguments);
    const now = slider.get("value");
    const moved = Math.abs(value - now) > slider.get("step") * 0.499;
    return set.call(slider, key, moved ? Number(value.toPrecision(12)) : now, options);
  };
}

// ipywidgets gives sliders no name and no unit, boxes no label, radio groups no group.
function nameControl(place) {
  const handle = place.querySelector("[role=slider]");
  const box = place.querySelector("input[type=number]");
  const { label, unit, decimals } = place.dataset;
  if (handle) {
    handle.setAttribute("aria-label", label);
    speak(handle, unit, Number(decimals));
    new MutationObserver(() => speak(handle, unit, Number(decimals))).observe(handle, {
      attributeFilter: ["aria-valuenow", "aria-valuetext"],
    });
  }
  if (box) box.setAttribute("aria-label", `${label}, ${unit}`);
  for (const stray of place.querySelectorAll('[title="null"]')) stray.removeAttribute("title");
  const text = place.querySelector("input[type=text], textarea, select");
  if (text && label) text.setAttribute("aria-label", label);
  const group = place.querySelector(".widget-radio-box");
  if (group) {
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", label);
    const together = `radios-${Math.random()}`; // one stop for the Tab key; arrows move within
    for (const radio of group.querySelectorAll("input")) radio.name = together;
  }
}

// "1.2 litres a day"; aria-valuenow is noUiSlider's own and always current.
function speak(handle, unit, decimals) {
  const number = Number(handle.getAttribute("aria-valuenow"));
  const value = number.toLocaleString("en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const text = `${value} ${unit}`;
  if (handle.getAttribute("aria-valuetext") !== text) handle.setAttribute("aria-valuetext", text);
}

// A file that Python hands over.
function save({ name, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
