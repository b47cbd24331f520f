/** Before JupyterLab starts: where the lessons are, how much room there is, and who keeps them. */
const place = /** @type {HTMLElement} */ (document.getElementById("jupyter-config-data"));
// Addresses begin at the root of the site, wherever a host has put the lessons.
const root = new URL("..", location.href).pathname;
const config = JSON.parse((place.textContent ?? "").replaceAll("{root}", root));
config.workspace = innerWidth < 600 ? "narrow" : "wide";
const keeper = new URL("../service-worker.js?enableCache=false", location.href).href;
if (navigator.serviceWorker) {
  // JupyterLite ends all such scripts, the explainer's too, unless they are said to be of its version.
  for (const script of [keeper, navigator.serviceWorker.controller?.scriptURL])
    localStorage.setItem(`${script}-version`, config.appVersion);
  navigator.serviceWorker.register(keeper).catch(console.warn);
}
place.textContent = JSON.stringify(config);
