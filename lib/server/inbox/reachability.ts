import "server-only";
import { checkEndpointUrl } from "@/lib/domain/endpoint-url";
import type { Deps } from "@/lib/server/deps";
import { checkEndpointHost } from "@/lib/server/http/outbound/resolve-endpoint-host";

/**
 * Why deliveries will not reach an inbox at `url`, in words for the person who wants one, or null. The inbox lives at
 * the instance's own address, which is private until POSTHORN_URL says where the instance is reached from outside.
 */
export async function whyUnreachable(
  { env, egressAllow, lookup }: Pick<Deps, "env" | "egressAllow" | "lookup">,
  url: string,
): Promise<string | null> {
  const check = checkEndpointUrl(url, { allow: egressAllow, requireHttps: env.requireHttps });
  const problem = check.ok ? await hostProblem(check.url, egressAllow, lookup) : check.message;
  if (problem === null) return null;
  return `Deliveries cannot reach the inbox at ${env.url}: ${problem} Set POSTHORN_URL to the address under which this instance is reached.`;
}

async function hostProblem(
  url: URL,
  allow: Deps["egressAllow"],
  lookup: Deps["lookup"],
): Promise<string | null> {
  const host = await checkEndpointHost(url, { allow }, lookup);
  return host.ok ? null : host.message;
}
