import { XzReadableStream } from "xz-decompress";
export { XzReadableStream };
