// Each frame on the input, decoded and encoded again, as JSON lines; frames are texts in base64.
// node frames.mjs MODULE: the file with `encode` and `decode`.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const { decode, encode } = await import(pathToFileURL(process.argv[2]));
const base64 = (frame) => Buffer.from(frame).toString("base64");
for (const line of fs.readFileSync(0, "utf-8").trim().split("\n")) {
  const message = decode(Uint8Array.from(Buffer.from(JSON.parse(line), "base64")).buffer);
  const copies = message.buffers.map(({ buffer, byteOffset, byteLength }) =>
    buffer.slice(byteOffset, byteOffset + byteLength),
  );
  const frames = [message.buffers, copies].map((buffers) => base64(encode({ ...message, buffers })));
  console.log(JSON.stringify({ ...message, buffers: copies.map(base64), frames }));
}
