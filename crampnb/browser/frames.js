/** Messages as the binary frames of Jupyter's websocket protocol. */

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Outgoing} Outgoing */

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const PARTS = /** @type {const} */ (["header", "parent_header", "metadata", "content"]);
const WORD = 8; // bytes of a number

/**
 * Binary frame of `message`: number of offsets, offsets, then the parts they point to.
 * @param {Outgoing} message
 * @returns {ArrayBuffer}
 */
export function encode(message) {
  /** @param {string} value */
  const text = (value) => new TextEncoder().encode(value);
  /** @type {Uint8Array[]} */
  const parts = [text(message.channel), ...PARTS.map((name) => text(JSON.stringify(message[name] ?? {})))];
  parts.push(...(message.buffers ?? []).map(bytesOf));
  let end = WORD * (parts.length + 2);
  const offsets = [end];
  for (const part of parts) {
    end += part.byteLength;
    offsets.push(end);
  }
  const frame = new Uint8Array(end);
  const view = new DataView(frame.buffer);
  for (const [i, number] of [offsets.length, ...offsets].entries()) view.setBigUint64(WORD * i, BigInt(number), true);
  for (const [i, part] of parts.entries()) frame.set(part, offsets[i]);
  return frame.buffer;
}

/** @param {ArrayBuffer | ArrayBufferView} buffer */
function bytesOf(buffer) {
  if (!ArrayBuffer.isView(buffer)) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/**
 * Message in a binary frame; `buffers` are DataViews on it.
 * @param {ArrayBuffer} frame
 * @returns {Message}
 */
export function decode(frame) {
  const view = new DataView(frame);
  /** @param {number} i */
  const number = (i) => Number(view.getBigUint64(WORD * i, true));
  const offsets = Array.from({ length: number(0) }, (_, i) => number(i + 1));
  const parts = offsets.slice(1).map((end, i) => new DataView(frame, offsets[i], end - offsets[i]));
  const [channel, header, parent_header, metadata, content] = parts.map((part) => new TextDecoder().decode(part));
  return {
    channel,
    header: JSON.parse(header),
    parent_header: JSON.parse(parent_header),
    metadata: JSON.parse(metadata),
    content: JSON.parse(content),
    buffers: parts.slice(1 + PARTS.length),
  };
}
