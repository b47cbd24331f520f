// The values of a page for WebDriver BiDi: what is held for Playwright, and how it is told.
// What this function gives is made once in each document.
() => {
  const held = new Map();
  let last = 0;
  const hold = (value) => {
    held.set(`${++last}`, value);
    return `${last}`;
  };

  const plain = (value) => {
    if (value === null) return { type: "null" };
    if (Object.is(value, -0)) return { type: "number", value: "-0" };
    if (typeof value === "number" && !Number.isFinite(value)) return { type: "number", value: `${value}` };
    if (typeof value === "bigint") return { type: "bigint", value: `${value}` };
    return { type: typeof value, value };
  };
  const kinds = [
    ["array", Array.isArray],
    ["function", (value) => typeof value === "function"],
    ["window", (value) => value === window],
    ["node", (value) => value instanceof Node],
    ["error", (value) => value instanceof Error],
    ["promise", (value) => value instanceof Promise],
    ["date", (value) => value instanceof Date],
    ["object", () => true],
  ];
  const parts = {
    array: (value, depth) => value.map((each) => told(each, depth - 1)),
    object: (value, depth) => Object.entries(value).map(([name, each]) => [name, told(each, depth - 1)]),
    date: (value) => value.toISOString(),
  };
  // The value as BiDi tells it; objects down to `depth`, and held if they are `owned`.
  const told = (value, depth, owned = false) => {
    if (value === null || !["object", "function"].includes(typeof value)) return plain(value);
    const [type] = kinds.find(([, fits]) => fits(value));
    const found = { type };
    if (depth > 0 && parts[type]) found.value = parts[type](value, depth);
    if (type === "node") found.sharedId = hold(value);
    if (owned) found.handle = hold(value);
    return found;
  };

  const makers = {
    undefined: () => undefined,
    null: () => null,
    number: Number,
    bigint: BigInt,
    date: (value) => new Date(value),
    regexp: ({ pattern, flags }) => new RegExp(pattern, flags),
    array: (value) => value.map(meant),
    object: (value) => Object.fromEntries(value.map(([key, each]) => [meant(key), meant(each)])),
    channel: ({ channel }) => (text) =>
      window.webkit.messageHandlers.bidi.postMessage(JSON.stringify({ channel, text })),
  };
  // The value that is meant by what BiDi tells.
  const meant = (it) => {
    if (typeof it === "string") return it;
    const id = it.handle ?? it.sharedId;
    if (id !== undefined && !held.has(id)) throw new Error(`no such handle: ${id}`);
    if (id !== undefined) return held.get(id);
    return (makers[it.type] ?? ((value) => value))(it.value);
  };

  // A page may forbid code made of text: what Playwright asks for is compiled already.
  const withoutText = (compiled, run) => {
    const own = globalThis.eval;
    const known = new Map(compiled);
    globalThis.eval = (text) => (known.get(text) ?? (() => own(text)))();
    try {
      return run();
    } finally {
      globalThis.eval = own;
    }
  };

  const disown = (handles) => handles.forEach((id) => held.delete(id));
  const call = async (make, { given, depth, owned }, compiled) => {
    try {
      const result = await withoutText(compiled, () => make()(...given.map(meant)));
      return JSON.stringify({ type: "success", result: told(result, depth, owned) });
    } catch (error) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return JSON.stringify({ type: "exception", exceptionDetails: { text } });
    }
  };
  return { call, disown, meant };
}
