import "server-only";
import type { Undelivered } from "@/lib/schemas/replay";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { dryRunReplay } from "./start-replay";

/** What the endpoint did not get of the retention's events, by type: given up, or never sent. */
export async function countUndelivered(
  deps: Deps,
  principal: Principal,
  endpointId: string,
): Promise<Undelivered> {
  const since = new Date(deps.clock().getTime() - deps.settings.retentionMs);
  const count = (scope: "failed" | "missed") =>
    dryRunReplay(deps, principal, endpointId, { scope, since, dryRun: true });
  const [failed, missed] = [await count("failed"), await count("missed")];
  return { since: since.toISOString(), failed, missed };
}
