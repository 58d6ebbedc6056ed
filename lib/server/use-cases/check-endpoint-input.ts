import "server-only";
import { checkEndpointUrl } from "@/lib/domain/endpoint-url";
import { checkEventTypePatterns } from "@/lib/domain/event-matching";
import { invalid } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import { checkEndpointHost } from "@/lib/server/http/outbound/resolve-endpoint-host";
import type { Principal } from "@/lib/server/principal";
import { listEventTypeNames } from "./list-event-types";

export interface CheckedUrl {
  /** Normalized: what is stored and called. */
  url: string;
  warnings: string[];
}

/** The address policy at the time of saving. Throws 422 with the reason. Asks the resolver: not inside a transaction. */
export async function checkUrl(deps: Deps, text: string): Promise<CheckedUrl> {
  const policy = { allow: deps.egressAllow, requireHttps: deps.env.requireHttps };
  const check = checkEndpointUrl(text, policy);
  if (!check.ok) throw invalid([{ path: "url", message: check.message }]);
  const host = await checkEndpointHost(check.url, policy, deps.lookup);
  if (!host.ok) throw invalid([{ path: "url", message: host.message }]);
  return { url: check.url.href, warnings: host.warning === undefined ? [] : [host.warning] };
}

/**
 * Throws 422 unless every pattern is well formed and matches an event type that the organization has. Whoever subscribes
 * to them has locked the organization: no type is deleted meanwhile.
 */
export async function checkEventTypes(
  deps: Pick<Deps, "sql">,
  principal: Principal,
  patterns: readonly string[],
): Promise<void> {
  const problems = checkEventTypePatterns(patterns, await listEventTypeNames(deps, principal));
  if (problems.length > 0) throw invalid(problems.map((message) => ({ path: "eventTypes", message })));
}
