// Watches a page from inside, on its own clock (ms since the navigation began): when the sentence
// is first seen, when it changes, when the chart is really redrawn, and when a key goes down.
(part) => {
  const probe = { firstText: null, drawn: null, keys: [], changes: [], redraws: [] };
  window.benchProbe = probe;
  let sentence = null;

  const find = (selector) => document.querySelector(selector);
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
    afterPaint(() => (probe.firstText = performance.now()));
  };
  requestAnimationFrame(lookForText);

  const lookForChange = () => {
    const text = sentence && read(find(part.sentence));
    if (!text || text === sentence || !isTrue(text)) return;
    sentence = text;
    probe.changes.push(performance.now());
  };
  new MutationObserver(lookForChange).observe(document, {
    subtree: true, childList: true, characterData: true,
  });
  addEventListener("keydown", (event) => probe.keys.push(event.timeStamp), { capture: true });

  probe.focus = () => {
    const slider = find(part.slider);
    slider?.focus({ preventScroll: true });
    return slider !== null && document.activeElement === slider;
  };
  probe.clear = () => {
    for (const times of [probe.keys, probe.changes, probe.redraws]) times.length = 0;
  };

  // Plotly says when it has drawn; it counts only if something in the picture moved.
  probe.watchChart = () => {
    const chart = find(part.chart);
    let moved = false;
    const note = (records) => {
      moved ||= records.some(({ type, target, attributeName, oldValue }) =>
        type !== "attributes" || target.getAttribute(attributeName) !== oldValue);
    };
    const observer = new MutationObserver(note);
    observer.observe(chart, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
    });
    chart.on("plotly_afterplot", () => {
      note(observer.takeRecords());
      if (moved) probe.redraws.push(performance.now());
      moved = false;
    });
  };

  // When a key press first changed the sentence, and when the chart was first seen with data.
  probe.answers = () => {
    if (find(`${part.chart} .trace`)) probe.drawn ??= performance.now();
    return [probe.changes.find((time) => time > probe.keys[0]) ?? null, probe.drawn];
  };
}
