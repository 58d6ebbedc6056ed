import "server-only";
import { retryRefusal } from "@/lib/domain/delivery-retry";
import { lanes } from "@/lib/domain/delivery-settlement";
import { encodeId } from "@/lib/domain/ids";
import type { DeliveryOut } from "@/lib/schemas/delivery";
import { AppError } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockDelivery, reopenDelivery, type DeliveryRow } from "@/lib/server/db/deliveries";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { getDelivery, requireDelivery } from "./get-delivery";

/**
 * Makes a delivery that is finished or waits for its next attempt due now, ahead of retries and replays, because a
 * person waits. Throws 404, or 409 with the reason of lib/domain/delivery-retry.ts.
 */
export async function retryDelivery(deps: Deps, principal: Principal, id: string): Promise<DeliveryOut> {
  const found = await requireDelivery(deps, principal, id);
  await deps.transaction((transaction) => reopen(deps, principal, transaction, found));
  deps.wake();
  return getDelivery(deps, principal, id);
}

async function reopen(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  found: DeliveryRow,
): Promise<void> {
  const { organizationId, actor } = principal;
  // The endpoint first, as the engine locks them; both are read again, because both may have changed.
  const endpoint = await lockEndpoint(sql, organizationId, found.endpointId);
  const { state, isWaiting } = (await lockDelivery(sql, organizationId, found.id)) ?? found;
  const refusal = retryRefusal({
    purpose: found.purpose,
    state,
    isWaiting,
    endpointState: endpoint?.lifecycle.state ?? found.endpointState,
    endpointDeleted: endpoint === null,
    eventKept: found.eventKept,
  });
  if (refusal !== null) throw new AppError(409, refusal);
  const now = deps.clock();
  await reopenDelivery(sql, organizationId, found.id, { lane: lanes.live, now, requestedBy: actor });
  const change: AuditedChange = {
    action: "delivery.retried",
    target: encodeId("dlv", found.id),
    before: { state },
    after: { state: "pending", deliveryAttempt: found.deliveryAttempt },
  };
  await recordAudit(prisma, principal, change, now, deps.newId());
}
