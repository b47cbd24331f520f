/** Widgets' models that others name. */
import { pause } from "./talk.js";

const BETWEEN_LOOKS = 50; // ms
const MOST_LOOKS = 400; // 20 s

/**
 * After a reload the kernel's models come back in no order: one that is not there yet is waited for.
 * @param {import("../types.js").Manager} manager
 * @param {string} reference
 */
export async function findModel(manager, reference) {
  const id = reference.replace("IPY_MODEL_", "");
  for (let looks = 0; !manager.has_model(id) && looks < MOST_LOOKS; looks++) await pause(BETWEEN_LOOKS);
  return manager.get_model(id);
}
