/** The page as a server or a host has printed it: it answers before Python comes, and before all of it is there. */
import { start } from "./start.js";

const LOOK_AGAIN = 20; // ms

/** Starts the page when all has come that it needs: what follows its data may still be on its way. */
async function begin() {
  const data = document.querySelector("#crampnb-page [data-page]");
  const isThere = data?.nextElementSibling || document.readyState !== "loading";
  if (!isThere) {
    setTimeout(begin, LOOK_AGAIN);
    return;
  }
  const root = document.getElementById("crampnb-page");
  if (!root) return;
  const page = await start(root);
  page.charts.start();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => page.show());
}

begin();
