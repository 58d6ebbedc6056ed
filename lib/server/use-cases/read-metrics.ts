import "server-only";
import { hasBearerToken } from "@/lib/server/auth/bearer-token";
import type { Deps } from "@/lib/server/deps";
import { metricsRegistry } from "@/lib/server/metrics/registry";

/**
 * Answers `GET /metrics`: open, as it holds nothing of a tenant, unless POSTHORN_METRICS_TOKEN is set; then 401
 * without it as a bearer token.
 */
export async function readMetrics(deps: Deps, request: Request): Promise<Response> {
  const { metricsToken } = deps.env;
  if (metricsToken !== null && !hasBearerToken(request, metricsToken)) {
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
