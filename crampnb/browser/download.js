/** Large files over a bad line: counted as they come, and gone on with from where they stopped. */

const PATIENCE = 10_000; // ms without a byte after which a line counts as stalled; twice as long after each time
const LONGEST_PATIENCE = 80_000; // ms
const LONGEST_PAUSE = 10_000; // ms between two tries

/** The host answered, and will not send this file. */
class Refused extends Error {}

/**
 * {bytes} of each piece, {waiting}: why none comes, and {failed}: why none will.
 * @typedef {{bytes: number} | {waiting: string} | {failed: string}} Progress
 */

/**
 * What has come of a file, and what the host said of the whole.
 * @typedef {{at: number, headers: Headers | undefined}} Known
 */

/**
 * The bytes of a file as a stream. `hear` is told of failures, too: whoever reads a stream that failed is told
 * nothing by some browsers.
 * @param {string} address
 * @param {(progress: Progress) => void} [hear]
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function download(address, hear = () => {}) {
  const pieces = piecesOf(address, hear);
  return new ReadableStream({
    async pull(out) {
      const { done, value } = await pieces.next();
      if (done) out.close();
      else out.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

/**
 * @param {string} address
 * @param {(progress: Progress) => void} hear
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>}
 */
async function* piecesOf(address, hear) {
  /** @type {Known} */
  const file = { at: 0, headers: undefined };
  for (let tries = 0; ; tries++) {
    try {
      for await (const piece of rest(file, address, Math.min(PATIENCE * 2 ** tries, LONGEST_PATIENCE))) {
        file.at += piece.byteLength;
        hear({ bytes: piece.byteLength });
        yield piece;
      }
      return;
    } catch (error) {
      if (error instanceof Refused) {
        hear({ failed: error.message });
        throw error;
      }
      hear({ waiting: error instanceof Error ? error.message : String(error) });
      await pause(Math.min(500 * 2 ** tries, LONGEST_PAUSE));
    }
  }
}

/**
 * What is missing of a file. A host that cannot begin in the middle sends the known part once more.
 * @param {Known} file
 * @param {string} address
 * @param {number} patience
 */
async function* rest(file, address, patience) {
  const line = new AbortController();
  /** @type {RequestInit} */
  const options = { signal: line.signal, headers: wanted(file), cache: file.at ? "no-store" : "default" };
  const response = await within(patience, fetch(address, options), line);
  check(response, file, address);
  file.headers ??= response.headers;
  let known = response.status === 206 ? 0 : file.at;
  const size = file.headers.has("Content-Encoding") ? NaN : Number(response.headers.get("Content-Length") ?? NaN);
  const end = file.at - known + size;
  if (!response.body) throw new Error("the host has sent nothing");
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await within(patience, reader.read(), line);
    if (done) break;
    const piece = value.subarray(Math.min(known, value.byteLength));
    known -= value.byteLength - piece.byteLength;
    if (piece.byteLength) yield piece;
  }
  if (file.at < end) throw new Error("the line was cut");
}

/**
 * Headers that ask for the part which is missing, where the host has said how to tell its versions.
 * @param {Known} file
 * @returns {Record<string, string>}
 */
function wanted({ at, headers }) {
  const version = at && versionOf(headers);
  if (!version || headers?.has("Content-Encoding")) return {};
  return { Range: `bytes=${at}-`, "If-Range": version };
}

/** @param {Headers | undefined} headers */
const versionOf = (headers) => headers?.get("ETag")?.match(/^"/)?.input ?? headers?.get("Last-Modified");

/**
 * @param {Response} response
 * @param {Known} file
 * @param {string} address
 */
function check(response, file, address) {
  const { pathname } = new URL(address);
  const name = pathname.split("/").at(-1);
  if (response.status >= 500 || response.status === 429) throw new Error(`the host is busy (${response.status})`);
  if (!response.ok) throw new Refused(`${name} is missing on this host (${response.status}).`);
  if (file.at && versionOf(response.headers) !== versionOf(file.headers)) {
    throw new Refused(`${name} has changed on this host while it came.`);
  }
}

/**
 * The promise's value; where it takes longer than `ms`, the line is given up.
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @param {AbortController} line
 * @returns {Promise<T>}
 */
async function within(ms, promise, line) {
  /** @type {number | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing has come for ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    line.abort();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A moment; it ends early when a network is back.
 * @param {number} ms
 */
function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    addEventListener("online", resolve, { once: true });
  });
}
