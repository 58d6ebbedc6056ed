import "server-only";
import type { Dispatcher } from "undici";

export const noHeaders: readonly string[] = [];

/** Raw response headers as a flat list of names and values, each byte as one latin1 character: nothing is lost. */
export function decodeHeaders(raw: Dispatcher.DispatchController["rawHeaders"]): readonly string[] {
  if (!Array.isArray(raw)) return noHeaders;
  const decoded = new Array<string>(raw.length);
  for (let index = 0; index < raw.length; index += 1) {
    const part = raw[index];
    decoded[index] = typeof part === "string" ? part : (part?.toString("latin1") ?? "");
  }
  return decoded;
}

/** A longer buffer that begins with `bytes`; the rest is whatever the memory held. */
export function widen(bytes: Buffer, length: number): Buffer {
  const wider = Buffer.allocUnsafe(length);
  bytes.copy(wider);
  return wider;
}
