import "server-only";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import { noLease } from "./leases";
import type { Sql } from "./sql";

export interface DeliveryRow {
  id: string;
  eventId: string;
  eventType: string;
  endpointId: string;
  endpointUrl: string;
  endpointState: EndpointState;
  endpointDeleted: boolean;
  purpose: Purpose;
  state: DeliveryState;
  deliveryAttempt: number;
  dueAt: Date;
  finishedAt: Date | null;
  replayId: string | null;
  /** Whether the event's data is still stored. */
  eventKept: boolean;
}

/** One delivery, if its id is `oldestId` or later. */
export async function findDeliveryRow(
  sql: Sql,
  organizationId: string,
  id: string,
  oldestId: string,
): Promise<DeliveryRow | null> {
  const rows = await sql<DeliveryRow>(
    `SELECT delivery.id, event_id AS "eventId", delivery.event_type AS "eventType", endpoint_id AS "endpointId",
       endpoint.url AS "endpointUrl", endpoint.state::text AS "endpointState",
       endpoint.deleted_at IS NOT NULL AS "endpointDeleted",
       purpose::text AS purpose, delivery.state::text AS state, delivery_attempt AS "deliveryAttempt",
       due_at AS "dueAt", finished_at AS "finishedAt", replay_id AS "replayId",
       EXISTS (SELECT 1 FROM event WHERE event.id = delivery.event_id) AS "eventKept"
     FROM delivery JOIN endpoint ON endpoint.id = endpoint_id
     WHERE delivery.organization_id = $1::uuid AND delivery.id = $2::uuid AND delivery.id >= $3::uuid`,
    [organizationId, id, oldestId],
  );
  return rows[0] ?? null;
}

/** Locks a delivery until the transaction ends and returns its state; null when it is another's or unknown. */
export async function lockDelivery(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<DeliveryState | null> {
  const rows = await sql<{ state: DeliveryState }>(
    `SELECT state::text AS state FROM delivery WHERE id = $1::uuid AND organization_id = $2::uuid
     FOR NO KEY UPDATE`,
    [id, organizationId],
  );
  return rows[0]?.state ?? null;
}

/** A finished delivery becomes due. Its attempts go on counting; its schedule starts anew. */
export async function reopenDelivery(
  sql: Sql,
  organizationId: string,
  id: string,
  { lane, now, requestedBy }: { lane: number; now: Date; requestedBy: string },
): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'pending', lane = $3::smallint, schedule_base = delivery_attempt,
       due_at = least($4::timestamptz, statement_timestamp()), finished_at = NULL, requested_by = $5,
       ${noLease}
     WHERE id = $1::uuid AND organization_id = $2::uuid`,
    [id, organizationId, lane, now, requestedBy],
  );
}
