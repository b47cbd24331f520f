/**
 * A part of JupyterLab that draws plotly's figures, for the site: with the site's own plotly.js, which
 * the explainer has too. plotly's part for JupyterLab would bring another one, four times as large.
 *
 * It is in the form in which JupyterLab loads parts that others built (module federation), by hand:
 * `init` is given the libraries that JupyterLab shares, `get` hands out what the part consists of.
 */
{
  const NAME = "crampnb-figures";
  const MIME = "application/vnd.plotly.v1+json";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const library = new URL("../../../../static/plotly-cartesian.min.js", own).href;

  /** @type {any} {library: {version: {get}}} */
  let shared;
  /** @type {Promise<void> | undefined} */
  let loaded;

  // When there is a first figure: most lessons have none.
  const load = () => {
    loaded ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = library;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => {
        loaded = undefined; // the next figure tries again
        reject(new Error("plotly.js did not come"));
      });
      document.head.append(script);
    });
    return loaded;
  };

  /** @param {any} layout */
  const words = ({ title }) => [title?.text, title?.subtitle?.text].filter(Boolean).join(". ").replaceAll("<br>", " ");

  /** @param {any} Widget Lumino's */
  const drawing = (Widget) =>
    class extends Widget {
      /** @param {any} model what a cell shows */
      async renderModel(model) {
        const figure = model.data[MIME];
        this.node.setAttribute("role", "img");
        this.node.setAttribute("aria-label", words(figure.layout ?? {}) || "Figure");
        this.node.style.maxWidth = "60rem";
        await load();
        globalThis.Plotly.react(this.node, figure.data, figure.layout, figure.config);
        this.fit();
      }

      onAfterAttach() {
        this.fit();
      }

      onResize() {
        this.fit();
      }

      /** Fills its cell, which may have been out of sight when it was drawn. */
      fit() {
        if (this.isVisible && this.node.data) globalThis.Plotly.Plots.resize(this.node);
      }

      dispose() {
        if (this.node.data) globalThis.Plotly.purge(this.node);
        super.dispose();
      }
    };

  const part = async () => {
    const [lumino] = /** @type {any[]} */ (Object.values(shared["@lumino/widgets"]));
    const { Widget } = (await lumino.get())();
    const Drawing = drawing(Widget);
    const rendererFactory = {
      safe: true, // numbers and texts, which plotly.js takes for such
      mimeTypes: [MIME],
      createRenderer: () => new Drawing(),
    };
    return () => ({ __esModule: true, default: { id: `${NAME}:draw`, rendererFactory, dataType: "json" } });
  };

  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB[NAME] = {
    /** @param {object} scope */
    init: (scope) => {
      shared = scope;
    },
    get: part,
  };
}
