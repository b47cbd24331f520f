/** ipywidgets in their places on the page, with names, units and groups. */
import { BOX, numberBox } from "./boxes.js";
import { findModel } from "./models.js";
import { hearSlides, swipe } from "./sliders.js";

/**
 * Puts the widgets that Python has made since into their places.
 * @param {import("../types.js").Model} model
 * @param {HTMLElement} root
 * @param {import("../types.js").Mounted} mounted
 */
export async function mountSlots(model, root, mounted) {
  const slots = Object.entries(model.get("slots")).filter(([name]) => !mounted.has(name));
  await Promise.all(
    slots.map(async ([name, reference]) => {
      /** @type {HTMLElement | null} */
      const place = root.querySelector(`[data-slot="${name}"]`);
      if (!place) return;
      const child = await findModel(model.widget_manager, reference);
      if (place.dataset.step) {
        const slider = await findModel(model.widget_manager, model.get("slots")[name.replace(BOX, "")]);
        mounted.set(name, numberBox(model, name, child, place, slider));
        return;
      }
      const view = await model.widget_manager.create_view(child);
      if (child.get("_model_name") === "FloatSliderModel") hearSlides(view);
      mounted.set(name, view);
      place.querySelector(":scope > .waiting")?.remove();
      attach(view.luminoWidget, place);
      nameControl(place);
      swipe(place);
    }),
  );
}

/**
 * Lumino attaches to what is in the document only. JupyterLab keeps cells that are out of sight
 * outside of it: there the widget goes in by way of a holder.
 * @param {import("../types.js").LuminoWidget} widget
 * @param {HTMLElement} place
 */
function attach(widget, place) {
  if (place.isConnected) {
    widget.constructor.attach(widget, place);
    return;
  }
  const holder = document.createElement("div");
  document.body.append(holder);
  widget.constructor.attach(widget, holder);
  place.append(widget.node);
  holder.remove();
}

/**
 * ipywidgets gives sliders no name and no unit, boxes no label, radio groups no group.
 * @param {HTMLElement} place
 */
function nameControl(place) {
  const handle = place.querySelector("[role=slider]");
  const { label = "", unit = "", decimals } = place.dataset;
  if (handle) {
    handle.setAttribute("aria-label", label);
    speak(handle, unit, Number(decimals));
    new MutationObserver(() => speak(handle, unit, Number(decimals))).observe(handle, {
      attributeFilter: ["aria-valuenow", "aria-valuetext"],
    });
  }
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

/**
 * "1.2 litres a day"; aria-valuenow is noUiSlider's own and always current.
 * @param {Element} handle
 * @param {string} unit
 * @param {number} decimals
 */
function speak(handle, unit, decimals) {
  const number = Number(handle.getAttribute("aria-valuenow"));
  const value = number.toLocaleString("en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const text = `${value} ${unit}`;
  if (handle.getAttribute("aria-valuetext") !== text) handle.setAttribute("aria-valuetext", text);
}
