import "server-only";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import { noLease, unleased } from "./leases";
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
  isWaiting: boolean;
  deliveryAttempt: number;
  dueAt: Date;
  finishedAt: Date | null;
  replayId: string | null;
  /** Whether the event's data is still stored. */
  eventKept: boolean;
}

/** In SQL: its next attempt is scheduled for later, and nobody is at it. */
const waiting = `(delivery.state = 'pending' AND due_at > statement_timestamp() AND ${unleased})`;

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
       purpose::text AS purpose, delivery.state::text AS state, ${waiting} AS "isWaiting",
       delivery_attempt AS "deliveryAttempt", due_at AS "dueAt", finished_at AS "finishedAt", replay_id AS "replayId",
       EXISTS (SELECT 1 FROM event WHERE event.id = delivery.event_id) AS "eventKept"
     FROM delivery JOIN endpoint ON endpoint.id = endpoint_id
     WHERE delivery.organization_id = $1::uuid AND delivery.id = $2::uuid AND delivery.id >= $3::uuid`,
    [organizationId, id, oldestId],
  );
  return rows[0] ?? null;
}

export type RetryCandidateRow = Pick<
  DeliveryRow,
  "id" | "purpose" | "state" | "isWaiting" | "endpointState" | "endpointDeleted"
>;

/** What decides whether deliveries can be retried by hand, except whether their event is kept. */
export async function listRetryCandidates(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<RetryCandidateRow[]> {
  if (ids.length === 0) return [];
  return sql<RetryCandidateRow>(
    `SELECT delivery.id, purpose::text AS purpose, delivery.state::text AS state, ${waiting} AS "isWaiting",
       endpoint.state::text AS "endpointState", endpoint.deleted_at IS NOT NULL AS "endpointDeleted"
     FROM delivery JOIN endpoint ON endpoint.id = endpoint_id
     WHERE delivery.organization_id = $1::uuid AND delivery.id = ANY ($2::uuid[])`,
    [organizationId, ids],
  );
}

/** Locks a delivery until the transaction ends and tells how it stands; null when it is another's or unknown. */
export async function lockDelivery(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<Pick<DeliveryRow, "state" | "isWaiting"> | null> {
  const rows = await sql<Pick<DeliveryRow, "state" | "isWaiting">>(
    `SELECT state::text AS state, ${waiting} AS "isWaiting" FROM delivery
     WHERE id = $1::uuid AND organization_id = $2::uuid
     FOR NO KEY UPDATE`,
    [id, organizationId],
  );
  return rows[0] ?? null;
}

/** A delivery that is finished or waits becomes due. Its attempts go on counting; its schedule starts anew. */
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
