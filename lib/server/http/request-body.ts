import "server-only";
import { AppError } from "@/lib/server/app-error";

/** Largest request body that is read, in bytes. */
export const bodyBytesMax = 1024 * 1024;
/** Deepest nesting of objects and arrays in a request body. */
export const jsonDepthMax = 64;

export interface JsonBody {
  /** As it was received; a number in it may have more digits than JavaScript keeps. */
  text: string;
  value: unknown;
}

/** Reads a JSON body of at most 1 MiB. Throws 413 (too large) or 400 (not JSON, not UTF-8, too deep). */
export async function readJsonBody(request: Request): Promise<JsonBody> {
  const text = await readText(request);
  if (text === "") throw new AppError(400, "The request has no body; JSON is expected.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError(400, "The body is not valid JSON.");
  }
  if (isDeeperThan(value, jsonDepthMax)) {
    throw new AppError(400, `The body is nested deeper than ${jsonDepthMax} levels.`);
  }
  return { text, value };
}

async function readText(request: Request): Promise<string> {
  const tooLarge = new AppError(413, "The body is larger than 1 MiB.");
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError(400, "The body is not valid UTF-8.");
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}
