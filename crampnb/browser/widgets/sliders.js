/** Sliders: what a finger means, and what Python hears of it. */

/**
 * A finger that begins on a slider may want to scroll. The browser does that where it moves up or
 * down (touch-action); where it moves sideways, the slider is told of it as of a mouse, and a tap
 * reaches it as a click does.
 * @param {HTMLElement} place
 */
export function swipe(place) {
  /** @type {HTMLElement | null} */
  const slider = place.querySelector(".noUi-target");
  const handle = slider?.querySelector(".noUi-touch-area");
  if (!slider || !handle) return;
  /** @type {Touch | null} */
  let began = null;
  let held = false; // by a finger that moves sideways
  /**
   * @param {string} type
   * @param {{clientX: number, clientY: number}} where
   */
  const tell = (type, { clientX, clientY }) => {
    const where = { clientX, clientY, buttons: 1, bubbles: true, cancelable: true, view: window };
    handle.dispatchEvent(new MouseEvent(type, where));
  };
  /** @param {Touch} touch */
  const grasp = (touch) => {
    held = true;
    const { left, width } = handle.getBoundingClientRect();
    const middle = { clientX: left + width / 2, clientY: touch.clientY };
    const on = touch.target instanceof Node && handle.contains(touch.target);
    tell("mousedown", on ? touch : middle); // it comes to the finger
  };
  /** @param {TouchEvent} event */
  const start = (event) => {
    event.stopPropagation();
    if (event.touches.length === 1) began = event.touches[0];
  };
  /** @param {TouchEvent} event */
  const move = (event) => {
    const [now] = event.changedTouches;
    if (!began || now.identifier !== began.identifier) return;
    const across = Math.abs(now.clientX - began.clientX);
    const along = Math.abs(now.clientY - began.clientY);
    if (!held && across > Math.max(3, along)) grasp(began);
    if (!held) return;
    if (event.cancelable) event.preventDefault();
    tell("mousemove", now);
  };
  /** @param {TouchEvent} event */
  const end = (event) => {
    if (held) tell("mouseup", event.changedTouches[0]);
    began = null;
    held = false;
  };
  const how = { capture: true, passive: false };
  slider.addEventListener("touchstart", start, how);
  slider.addEventListener("touchmove", move, how);
  slider.addEventListener("touchend", end, how);
  slider.addEventListener("touchcancel", end, how);
}

/**
 * A slider stands on whole steps. ipywidgets' own `continuous_update` reports where it stands also
 * when nobody moved it: when it is drawn, or when Python sets a value between two steps. Python has
 * switched that off, and hears what a person does.
 * @param {import("../types.js").ControlView} view
 */
export function hearSlides(view) {
  view.$slider.noUiSlider.on("slide", (values, handle) => view.handleSliderChanged(values, handle));
}
