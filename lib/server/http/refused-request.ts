import "server-only";
import { allOperations } from "@/lib/schemas/operations/all";
import type { ProblemDocument } from "./problem";

interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const apiBase = "/api/v1";
const methodsKnown = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * The answer to a request that never reaches Next: a target that is no path of this site (RFC 9112, 3.2.2 is for
 * proxies) or cannot be decoded, and a method that the path does not have. Null for all others.
 */
export function refusalOf(method: string, target: string): Refusal | null {
  if (!target.startsWith("/")) return refuse(400, "The request does not name a path of this site.");
  const path = target.split("?")[0] ?? "";
  if (!isDecodable(path))
    return refuse(400, "The path is not valid: a percent sign begins two hex digits of UTF-8.");
  const methods = methodsAt(path);
  if (methods.includes(method)) return null;
  return refuse(405, `There is no ${method} here, only ${methods.join(", ")}.`, {
    allow: methods.join(", "),
  });
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Beside the REST API (contract, section 5). Next answers 405 there as well, but without saying what there is. */
const processPaths: ReadonlyMap<string, string[]> = new Map([
  ["/api/health", ["GET", "HEAD", "OPTIONS"]],
  ["/api/ready", ["GET", "HEAD", "OPTIONS"]],
  ["/metrics", ["GET", "HEAD", "OPTIONS"]],
  ["/api/worker", ["POST", "OPTIONS"]],
]);

/** What the path of an operation or of the process itself takes; any other path is for Next to know. */
function methodsAt(path: string): string[] {
  if (!path.startsWith(`${apiBase}/`)) return processPaths.get(path) ?? methodsKnown;
  const segments = path.slice(apiBase.length).split("/");
  const documented = operationPaths.find(({ parts }) => matches(parts, segments));
  return documented?.methods ?? methodsKnown;
}

/** No identifier is empty: `/events/` is not `/events/{id}`, and Next sends it on to `/events`. */
function matches(parts: readonly string[], segments: readonly string[]): boolean {
  if (parts.length !== segments.length) return false;
  return parts.every((part, index) =>
    part.startsWith("{") ? segments[index] !== "" : part === segments[index],
  );
}

/** `/events/batch` stands before `/events/{id}`, as in Next's own order. */
const operationPaths = [...new Set(allOperations.map(({ path }) => path))]
  .sort((a, b) => Number(a.includes("{")) - Number(b.includes("{")))
  .map((path) => {
    const own = allOperations
      .filter((operation) => operation.path === path)
      .map(({ method }) => method.toUpperCase());
    return { parts: path.split("/"), methods: [...own, ...(own.includes("GET") ? ["HEAD"] : []), "OPTIONS"] };
  });

function refuse(status: 400 | 405, detail: string, headers: Record<string, string> = {}): Refusal {
  const title = status === 400 ? "Malformed request" : "Method not allowed";
  const problem: ProblemDocument = { type: "about:blank", title, status, detail };
  const body = JSON.stringify(problem);
  return {
    status,
    headers: {
      connection: "close",
      "content-length": String(Buffer.byteLength(body)),
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      ...headers,
    },
    body,
  };
}
