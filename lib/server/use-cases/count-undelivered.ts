import "server-only";
import type { Undelivered } from "@/lib/schemas/replay";
import { notFound } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { dryRunReplay } from "./start-replay";

/**
 * What the endpoint did not get of the retention's events since it was created, by type: given up, or never sent.
 * Older events can be recovered as well, but nobody missed them.
 */
export async function countUndelivered(
  deps: Deps,
  principal: Principal,
  endpointId: string,
): Promise<Undelivered> {
  const { organizationId } = principal;
  const endpoint = await deps.prisma.endpoint.findFirst({
    where: { id: endpointId, organizationId, deletedAt: null },
  });
  if (!endpoint) throw notFound("endpoint");
  const oldest = new Date(deps.clock().getTime() - deps.settings.retentionMs);
  const since = endpoint.createdAt > oldest ? endpoint.createdAt : oldest;
  const count = (scope: "failed" | "missed") =>
    dryRunReplay(deps, principal, endpointId, { scope, since, dryRun: true });
  return { since: since.toISOString(), failed: await count("failed"), missed: await count("missed") };
}
