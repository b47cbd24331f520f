/** What Python and the browser say to each other; a test compares it with Python's side. */

/** What buttons of the explainer ask Python for. */
export type Action =
  | "apply"
  | "document"
  | "download"
  | "link"
  | "pin"
  | "ping"
  | "plotly"
  | "restore"
  | "settings"
  | "settle"
  | "type"
  | "unpin";

/** What the browser does by itself. */
export type LocalAction = "copy" | "copy-link" | "print" | "reset" | "scenario" | "sheet" | "story" | "timer";

/** What is asked of the kernel and answered once. */
export type Question = "document" | "ping" | "plotly";

export interface Answer {
  answer: Question | "download";
  question?: string;
  text?: string;
  name?: string;
  type?: string;
}

/** A plotly spec; colours are names of the style's variables. */
export interface Spec {
  data: unknown[];
  layout: Record<string, unknown>;
}

/** What is set on the page: a day, the story that tells it, warning signs, and the axes of the charts. */
export interface Settings {
  given: Given;
  story: string;
  flags: string[];
  along: string;
  over: [string, string];
}

/** What the page knows of an input. */
export interface InputData {
  kind: "number" | "switch" | "choice" | "set";
  options?: string[];
  low?: number;
  high?: number;
  step?: number;
  decimals?: number;
  unit?: string;
  /** Title of its axis, and what a chart says of a point along it. */
  title?: string;
  hover?: string;
}

/** What views/browser.py gives the page beside the trace. */
export interface PageData {
  inputs: Record<string, InputData>;
  /** References that follow from nothing; those of the others depend on `person`. */
  plain: Record<string, number | boolean | string>;
  person: string[];
  usual: string;
  along: string;
  over: [string, string];
  flags: Record<string, { urgency: number; said: string }>;
  /** Factors whose exposure is told in per cent. */
  shares: string[];
  weeks: Record<string, { given: Given; story: string }>;
  adults: { from: number; note: string; leave_out: string[] };
  notes: string[];
  minutes: { load: string; effort: string };
  tops: number[];
  longest_bar: number;
  points: number;
  cells: number;
  charts: Record<"curve" | "heat" | "spread", Spec>;
}

/** A day: what is given of its inputs; what is left out or null is at its reference, or follows. */
export type Given = Record<string, number | boolean | string | string[] | null | undefined>;

/** What a story tells of a day, not rounded: `tell` of the module that crampnb/model/trace prints. */
export interface Told {
  /** Probability over the horizon, and the ends of its 90 % interval. */
  risk: number;
  low: number;
  high: number;
  /** Log odds by factor, and by cause. */
  terms: Record<string, number>;
  causes: Record<string, number>;
  /** People of the denominator that it adds, by factor, and by cause. */
  shares: Record<string, number>;
  people: Record<string, number>;
  /** Every number and switch as it is, given or followed; switches are 1 or 0. */
  inputs: Record<string, number>;
  /** What the dose of a factor is read from, where it has a unit. */
  measures: Record<string, number>;
  /** 1 where a card about water is due. */
  stops: Record<string, number>;
}

/** The module that crampnb/model/trace prints. */
export interface Trace {
  inputs: string[];
  stories: string[];
  /** People that every figure is "of". */
  denominator: number;
  /** Risk at the reference settings. */
  baseline: number;
  /** Throws a RangeError for a story that there is not. */
  tell(story: string, given: Given): Told;
}

/** An answer in whole people of the denominator. */
export interface People {
  low: number;
  risk: number;
  high: number;
  /** At the reference settings. */
  baseline: number;
  /** Beyond the baseline. */
  added: number;
  /** By cause; they sum to `added`. */
  causes: Record<string, number>;
}

/** The traits of the explainer's widget. */
export interface ExplainerTraits {
  settings: Settings;
  drawn: { of: Settings; parts: Record<string, string> };
  slots: Record<string, string>;
  beside: Record<string, string>;
  settled: string;
}

/** The traits of a lesson's card, beside those that it shares with the explainer. */
export interface CardTraits {
  bundle: string;
  card: string;
  label: string;
  frame: string;
  parts: Record<string, string>;
  due: string[];
  kept: string;
}

export type Traits = ExplainerTraits & CardTraits;

/** A widget's model as anywidget hands it to a view. */
export interface Model {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  // biome-ignore lint/suspicious/noExplicitAny: Backbone's events carry what they like
  on(event: string, listener: (...told: any[]) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  off(event: string, listener: (...told: any[]) => void): void;
  send(message: { action: string; value: string }): void;
  widget_manager: Manager;
}

/** What draws the cards of a lesson. */
export interface CardModule {
  initialize(shown: { model: Model }): () => void;
  render(shown: { model: Model; el: HTMLElement }): Promise<() => void>;
}

/** The model of one of ipywidgets' own controls, or of what cards share. */
export interface ControlModel {
  // biome-ignore lint/suspicious/noExplicitAny: each control has traits of its own
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
  _pending_msgs?: number;
  /** What is held back until they are. */
  _msg_buffer?: object | null;
  loaded?: Promise<CardModule>;
}

/** What stands in a place of the page. */
export interface Control {
  remove(): void;
  commit?(): void;
  model?: ControlModel;
}

export type Mounted = Map<string, Control>;

export interface LuminoWidget {
  node: HTMLElement;
  constructor: { attach(widget: LuminoWidget, host: HTMLElement): void };
}

export interface ControlView extends Control {
  luminoWidget: LuminoWidget;
  $slider: { noUiSlider: { on(event: string, listener: (values: number[], handle: number) => void): void } };
  handleSliderChanged(values: number[], handle: number): void;
}

export interface Signal<T> {
  // biome-ignore lint/suspicious/noExplicitAny: the sender is of no interest
  connect(slot: (sender: any, value: T) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  disconnect(slot: (sender: any, value: T) => void): void;
}

export interface Connection {
  statusChanged?: Signal<string>;
  connectionStatusChanged?: Signal<string>;
}

export interface Manager {
  has_model(id: string): boolean;
  get_model(id: string): Promise<ControlModel>;
  create_view(model: ControlModel): Promise<ControlView>;
  kernel?: Connection;
  // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's notebook, where there is one
  context?: any;
}

/** A message of Jupyter's protocol as it comes. */
export interface Message {
  channel: string;
  header: { msg_id: string; msg_type: string };
  parent_header: { msg_id?: string };
  metadata: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: each kind of message has a content of its own
  content: any;
  buffers: DataView[];
}

/** A message as it goes out; a frame of it says {} for what it has not. */
export interface Outgoing {
  channel: string;
  header: object;
  parent_header?: object;
  metadata?: object;
  content: object;
  buffers?: (ArrayBuffer | ArrayBufferView)[];
}

/** An event in a service worker, which goes on until all is done. */
export interface LongEvent {
  waitUntil(done: Promise<unknown>): void;
}

export interface FetchEvent extends LongEvent {
  request: Request;
  respondWith(response: Response | Promise<Response>): void;
}

/** An event from a page. */
export interface Told extends LongEvent {
  data: unknown;
  source: { postMessage(message: unknown): void };
}

/** What a service worker has; TypeScript's library of the DOM is the one of pages. */
export interface ServiceWorkerScope {
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: LongEvent) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

declare global {
  /** What the builder writes before the service worker's script. */
  const KEPT: { store: string; files: Record<string, string> };
  var Plotly: {
    react(place: HTMLElement, data: unknown[], layout: unknown, config: unknown): void;
    purge(place: Element): void;
    Plots: { resize(place: HTMLElement): void };
  };
  /** The parts that JupyterLab has loaded, by their names. */
  var _JUPYTERLAB: Record<string, object> | undefined;
  var loadPyodide: (wanted: { indexURL: string; packages?: string[] }) => Promise<import("pyodide").PyodideAPI>;
  var crampnbPages: WeakMap<HTMLElement, Promise<import("./explainer/page.js").Page>> | undefined;
  /** JupyterLab, where it lets a page speak to it. */
  var jupyterapp:
    | { commands: { hasCommand(command: string): boolean; execute(command: string, args: object): Promise<unknown> } }
    | undefined;
  var crampnbCards: Map<string, (place: HTMLElement) => void> | undefined;
}
