// Watches a page from inside, on its own clock (ms since the navigation began): when the sentence
// is first seen, when it changes, when Python is there and has drawn everything, when the chart is
// really redrawn, and when a key goes down.
(part) => {
  const probe = {
    firstText: null, ready: null, drawn: null, keys: [], changes: [], settled: [], redraws: [],
  };
  window.benchProbe = probe;
  let sentence = null;
  let wasSettled = true;

  // Panel's parts are in shadow trees, one in another.
  const search = (root, selector) => {
    const found = root.querySelector(selector);
    if (found || !part.shadows) return found;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const inside = shadowRoot && search(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const find = (selector) => selector && search(document, selector);
  const read = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const isTrue = (text) => /\d of 1,000/.test(text);

  // An animation frame runs just before the paint, a message sent from it just after.
  const afterPaint = (call) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = call;
    channel.port2.postMessage(null);
  };
  const lookForText = () => {
    const element = find(part.sentence);
    const seen = element?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!seen || !isTrue(read(element))) return requestAnimationFrame(lookForText);
    sentence = read(element);
    if (part.shadows) watch(element.getRootNode());
    afterPaint(() => (probe.firstText = performance.now()));
  };
  requestAnimationFrame(lookForText);

  const look = () => {
    const now = performance.now();
    if (find(part.ready)) probe.ready ??= now;
    if (find(`${part.chart} .trace`)) probe.drawn ??= now;
    const settled = probe.isSettled();
    if (settled && !wasSettled) probe.settled.push(now);
    wasSettled = settled;
    const text = sentence && find(part.live) && read(find(part.sentence));
    if (!text || text === sentence || !isTrue(text)) return;
    sentence = text;
    probe.changes.push(now);
  };
  const observer = new MutationObserver(look);
  const watch = (root) => observer.observe(root, {
    subtree: true, childList: true, characterData: true, attributeFilter: ["data-crampnb", "data-ahead"],
  });
  watch(document);
  addEventListener("keydown", (event) => probe.keys.push(event.timeStamp), { capture: true });

  // Whether all that Python draws belongs to what is set.
  probe.isSettled = () => !find(part.ahead);
  probe.focus = () => {
    const slider = find(part.slider);
    slider?.focus({ preventScroll: true });
    return slider !== null && slider.getRootNode().activeElement === slider;
  };
  probe.clear = () => {
    for (const times of [probe.keys, probe.changes, probe.settled, probe.redraws]) times.length = 0;
  };

  // Plotly says when it has drawn; it counts only if something in the picture moved.
  probe.watchChart = () => {
    const chart = find(part.chart);
    chart.scrollIntoView({ block: "center" });
    let moved = false;
    const note = (records) => {
      moved ||= records.some(({ type, target, attributeName, oldValue }) =>
        type !== "attributes" || target.getAttribute(attributeName) !== oldValue);
    };
    const changes = new MutationObserver(note);
    changes.observe(chart, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
    });
    chart.on("plotly_afterplot", () => {
      note(changes.takeRecords());
      if (moved) probe.redraws.push(performance.now());
      moved = false;
    });
  };

  // When a key press first changed the sentence, when Python was there, and when the chart was seen
  // with data; and whether nothing more is to come.
  probe.answers = () => {
    look();
    const answered = probe.changes.find((time) => time > probe.keys[0]) ?? null;
    const whole = answered && probe.ready && (probe.drawn || !part.chart);
    return [answered, probe.ready, probe.drawn, Boolean(whole)];
  };
}
