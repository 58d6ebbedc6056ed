import "server-only";
import { disableManually } from "@/lib/domain/endpoint-lifecycle";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { eraseEndpoint } from "@/lib/server/db/endpoints";
import { lockEndpoint, storeLifecycles } from "@/lib/server/db/lifecycles";
import { cancelTests, cancelValidations, discardOpen } from "@/lib/server/db/open-deliveries";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/**
 * Ends an endpoint for good: its secrets and headers are erased, what waits for it is discarded, and it is not found
 * any more. Its attempts stay readable until the retention ends. Throws 404.
 */
export async function deleteEndpoint(deps: Deps, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  await deps.transaction(async ({ prisma, sql }) => {
    const locked = await lockEndpoint(sql, organizationId, id);
    if (!locked) throw notFound("endpoint");
    const now = deps.clock();
    await storeLifecycles(sql, [{ id, lifecycle: disableManually(locked.lifecycle, now).lifecycle }]);
    await cancelValidations(sql, id, now);
    await cancelTests(sql, id, now);
    await discardOpen(sql, id, now);
    await eraseEndpoint(prisma, organizationId, id, now);
    const change: AuditedChange = {
      action: "endpoint.deleted",
      target: encodeId("ep", id),
      before: { url: locked.url, state: locked.lifecycle.state },
    };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
}
