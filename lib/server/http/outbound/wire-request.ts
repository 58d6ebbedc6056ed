import "server-only";
import type { OutboundRequest } from "./exchange";

/** The two parts of a URL that a request needs. Compute them once per endpoint, not per request. */
export function requestTarget(url: string | URL): Pick<OutboundRequest, "origin" | "path"> {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

/**
 * The headers as they go over the wire with a body of `bodyBytes`, as a flat list in their order: what the caller gave,
 * between what HTTP itself needs. For the log, which promises to show exactly what was sent.
 */
export function wireHeaders(
  request: Pick<OutboundRequest, "origin" | "method" | "headers">,
  bodyBytes: number,
): string[] {
  const wire = ["host", new URL(request.origin).host, "connection", "keep-alive", ...request.headers];
  if (bodyBytes > 0 || request.method === "POST") wire.push("content-length", String(bodyBytes));
  return wire;
}
