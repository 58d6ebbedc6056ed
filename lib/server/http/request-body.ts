import "server-only";
import { isNestedAtMost, jsonDepthMax } from "@/lib/domain/json-value";
import { bodyBytesMax } from "@/lib/domain/limits";
import { AppError } from "@/lib/server/app-error";

export interface JsonBody {
  /** As it was received; a number in it may have more digits than JavaScript keeps. */
  text: string;
  value: unknown;
}

/**
 * Reads a JSON body of at most 1 MiB; none at all is `{}` where it is optional. Throws 413 (too large), 415 (compressed)
 * or 400 (not JSON, not UTF-8, too deep).
 */
export async function readJsonBody(request: Request, optional = false): Promise<JsonBody> {
  refuseCompressed(request.headers.get("content-encoding") ?? "");
  const text = await readText(request);
  if (text === "" && optional) return { text: "{}", value: {} };
  if (text === "") throw new AppError(400, "The request has no body; JSON is expected.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError(400, "The body is not valid JSON.");
  }
  if (!isNestedAtMost(value, jsonDepthMax)) {
    throw new AppError(400, `The body is nested deeper than ${jsonDepthMax} levels.`);
  }
  return { text, value };
}

/** What a few bytes would unpack to has no bound worth the name, so nothing is unpacked (RFC 9110, 15.5.16). */
function refuseCompressed(encoding: string): void {
  if (/^(?:identity)?$/i.test(encoding.trim())) return;
  throw new AppError(415, "The body is compressed; send it without a Content-Encoding.", {
    headers: { "accept-encoding": "identity" },
  });
}

async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request, bodyBytesMax);
  if (bytes === null) throw new AppError(413, `The body is larger than ${bodyBytesMax / 2 ** 20} MiB.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError(400, "The body is not valid UTF-8.");
  }
}

/** The whole body, or null as soon as it is larger than `bytesMax`: the rest is not read. */
export async function readBytes(request: Request, bytesMax: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) return null;
      chunks.push(chunk);
    }
  } catch {
    // The client has hung up: nobody reads this, and nothing of ours has failed.
    throw new AppError(400, "The body ended before its end.");
  }
  return Buffer.concat(chunks);
}
