import "server-only";
import { encodeId, timeOfUuidV7 } from "@/lib/domain/ids";
import type { DeliveryOut } from "@/lib/schemas/delivery";
import { notFound } from "@/lib/server/app-error";
import { listAttemptsOfDelivery } from "@/lib/server/db/attempts";
import { findDeliveryRow, type DeliveryRow } from "@/lib/server/db/deliveries";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toAttemptSummary } from "./attempt-out";
import { oldestKeptId } from "./event-range";

/** One delivery and its attempts. `id` is its UUID. Throws 404 when it is another's, unknown or past the retention. */
export async function getDelivery(deps: Deps, principal: Principal, id: string): Promise<DeliveryOut> {
  return deliveryOut(deps, principal, await requireDelivery(deps, principal, id));
}

/** The stored delivery. Throws as `getDelivery` does. */
export async function requireDelivery(
  deps: Deps,
  { organizationId }: Principal,
  id: string,
): Promise<DeliveryRow> {
  const row = await findDeliveryRow(deps.sql, organizationId, id, oldestKeptId(deps));
  if (!row) throw notFound("delivery");
  return row;
}

export async function deliveryOut(
  deps: Deps,
  { organizationId }: Principal,
  row: DeliveryRow,
): Promise<DeliveryOut> {
  const attempts = await listAttemptsOfDelivery(deps.sql, organizationId, row.id);
  return {
    id: encodeId("dlv", row.id),
    eventId: encodeId("evt", row.eventId),
    eventType: row.eventType,
    endpointId: encodeId("ep", row.endpointId),
    endpointUrl: row.endpointUrl,
    purpose: row.purpose,
    state: row.state,
    deliveryAttempt: row.deliveryAttempt,
    nextAttemptAt: row.state === "pending" ? row.dueAt.toISOString() : null,
    createdAt: timeOfUuidV7(row.id).toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    replayId: row.replayId === null ? null : encodeId("rpl", row.replayId),
    attempts: attempts.map(toAttemptSummary),
  };
}
