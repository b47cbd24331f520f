/** What of the vendored script is used. */
export class XzReadableStream extends ReadableStream<Uint8Array<ArrayBuffer>> {
  constructor(compressed: ReadableStream<Uint8Array<ArrayBuffer>>);
}
