// What the page's own modules make of each question on the input, as JSON lines. Without a browser: a
// page is a tree of `Place`, which has only what these modules ask of an element.
// node page.mjs MODULES TRACE: the folder of the page's modules; the printed module of the trace.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, printed] = process.argv;
const load = (name) => import(pathToFileURL(join(modules, name)));
const trace = await import(pathToFileURL(printed));
const { figuresOf, helpOf } = await load("figures.js");
const { fromFragment, same, toFragment } = await load("settings.js");
const { SPECS } = await load("specs.js");
const { drawFigures } = await load("draw.js");

const DRAWN = ["circle", "line", "path", "rect"];
const BARE = ["hidden", "data-range", "data-balance"]; // attributes without a value
const NAMES = { viewbox: "viewBox" }; // which the tests' reader writes small
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escape = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);

class Place {
  constructor(tag, attributes = {}, children = []) {
    this.tag = tag;
    this.attributes = attributes;
    this.children = children.map((one) => (typeof one === "string" ? one : new Place(...one)));
    this.dataset = new Proxy(attributes, {
      get: (all, name) => all[`data-${name}`],
      set: (all, name, value) => Reflect.set(all, `data-${name}`, value),
    });
    this.style = {
      setProperty: (name, value) => {
        const pairs = (attributes.style ?? "").split(";").map((pair) => pair.split(":"));
        attributes.style = pairs.map(([key, was]) => `${key}:${key === name ? value : was}`).join(";");
      },
      set left(value) {
        this.setProperty("left", value);
      },
      set width(value) {
        this.setProperty("width", value);
      },
    };
    this.classList = {
      toggle: (name, on) => {
        const others = (attributes.class ?? "").split(" ").filter((one) => one && one !== name);
        attributes.class = (on ? [name, ...others] : others).join(" ");
      },
    };
  }
  set className(name) {
    this.attributes.class = name;
  }
  get firstElementChild() {
    return this.children[0];
  }
  get textContent() {
    return this.children.map((one) => one.textContent ?? one).join("");
  }
  set textContent(text) {
    this.children = [text];
  }
  getAttribute(name) {
    return this.attributes[name];
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  toggleAttribute(name, on) {
    if (on) this.attributes[name] ??= "";
    else delete this.attributes[name];
  }
  replaceChildren(...children) {
    this.children = children;
  }
  *inside() {
    for (const one of this.children) if (one instanceof Place) yield* [one, ...one.inside()];
  }
  /** Elements with an attribute, "[data-if]", or of a class, ".bar". */
  querySelectorAll(selector) {
    const name = selector.replace(/[[\].]/g, "");
    const isMeant = selector.startsWith("[")
      ? ({ attributes }) => name in attributes
      : ({ attributes }) => attributes.class === name;
    return [...this.inside()].filter(isMeant);
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0];
  }
  /** As views/elements.py writes it. */
  get html() {
    const told = Object.entries(this.attributes).map(([name, value]) =>
      BARE.includes(name) ? ` ${name}` : ` ${NAMES[name] ?? name}="${escape(value)}"`,
    );
    const start = `<${this.tag}${told.join("")}`;
    return DRAWN.includes(this.tag) ? `${start}/>` : `${start}>${this.inner}</${this.tag}>`;
  }
  get inner() {
    return this.children.map((one) => one.html ?? escape(one)).join("");
  }
}
globalThis.document = { createElementNS: (_, tag) => new Place(tag) };
globalThis.SVGElement = { [Symbol.hasInstance]: ({ tag }) => tag === "g" };

const [[data, ...pieces], ...questions] = fs.readFileSync(0, "utf-8").trim().split("\n").map(JSON.parse);
const parts = new Place("", {}, pieces);
const all = (settings) => figuresOf(trace, data, settings);
const ANSWERS = {
  /** The parts with all that is set shown in them, as digests; in full for the last question. */
  show(settings, full) {
    drawFigures(parts, all(settings), data);
    const drawn = parts.children.map((part) => part.inner);
    return full ? drawn : drawn.map((html) => createHash("sha256").update(html).digest("hex"));
  },
  figures(settings) {
    const { texts, states, bars, references } = all(settings);
    return { texts, states, bars, references, help: helpOf(data, settings.flags) };
  },
  charts(settings) {
    const each = Object.entries(SPECS).map(([name, spec]) => [name, spec(trace, data, settings, all(settings))]);
    return Object.fromEntries(each);
  },
  write: (settings) => toFragment(settings, data),
  read: (fragment) => fromFragment(fragment, data, trace),
  same: ([one, other]) => same(one, other),
};
for (const [what, asked, ...more] of questions) console.log(JSON.stringify(ANSWERS[what](asked, ...more)));
