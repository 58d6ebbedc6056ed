import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Deps } from "@/lib/server/deps";
import { metricsRegistry } from "@/lib/server/metrics/registry";

/**
 * Answers `GET /metrics`: open, as it holds nothing of a tenant, unless POSTHORN_METRICS_TOKEN is set; then 401
 * without it as a bearer token.
 */
export async function readMetrics(deps: Deps, request: Request): Promise<Response> {
  const { metricsToken } = deps.env;
  if (metricsToken !== null && !isBearer(request, metricsToken)) {
    return new Response("Send the metrics token: Authorization: Bearer <token>.\n", {
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
  }
  const registry = metricsRegistry(deps);
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}

function isBearer(request: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  // Hashes of equal length: the comparison takes the same time whatever was sent.
  return timingSafeEqual(hash(given), hash(token));
}
