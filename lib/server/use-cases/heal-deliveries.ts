import "server-only";
import type { HealedOut } from "@/lib/schemas/instance-status";
import { recordAudit } from "@/lib/server/db/audit";
import { reconcileHeld } from "@/lib/server/db/open-deliveries";
import { cancelOrphans, returnStrayLeases } from "@/lib/server/db/queue";
import type { Deps } from "@/lib/server/deps";
import { requireOperator, type Principal } from "@/lib/server/principal";

/**
 * Puts right what is stuck, over the whole instance: returns leases that nobody holds, lets held deliveries follow
 * their endpoint, ends those whose endpoint is gone, and wakes the workers. Safe at any time: nothing is sent that was
 * not due, and a worker that still holds a returned lease leaves the delivery to its new owner. Throws 403 unless the
 * principal operates the instance.
 */
export async function healDeliveries(deps: Deps, principal: Principal): Promise<HealedOut> {
  requireOperator(principal);
  const healed = await deps.transaction(async ({ prisma, sql }) => {
    const now = deps.clock();
    // Orphans first: what has no endpoint is to be ended, not returned to the queue.
    const orphans = await cancelOrphans(sql, now);
    const leases = await returnStrayLeases(sql, now);
    const held = await reconcileHeld(sql, now);
    const done = { leases, held, orphans };
    await recordAudit(
      prisma,
      principal,
      { action: "instance.deliveries_healed", after: done },
      now,
      deps.newId(),
    );
    return done;
  });
  deps.wake();
  return healed;
}
