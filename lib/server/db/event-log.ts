import "server-only";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { ErrorCode } from "@/lib/domain/error-codes";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { Sql } from "./sql";

export interface EventRow {
  id: string;
  eventType: string;
  eventTimestamp: Date;
}

export interface EventTextRow extends EventRow {
  dataText: string;
}

const columns = `id, event_type AS "eventType", event_timestamp AS "eventTimestamp"`;

/** Which events, by when they were accepted: ids are UUIDv7, so a range of ids is a range of time. */
export interface EventRange {
  /** First id that is meant. */
  fromId: string;
  /** First id that is no longer meant; null: no end. */
  untilId: string | null;
  /** Empty: every type. */
  eventTypes: readonly string[];
}

/** One type is compared with `=`, so that the index that ends in the id gives the order, too. */
function inRange({ eventTypes }: EventRange): string {
  const isOne = eventTypes.length === 1;
  return `organization_id = $1::uuid AND id >= $2::uuid AND ($3::uuid IS NULL OR id < $3::uuid)
    AND ${isOne ? "event_type = ($4::text[])[1]" : "($4::text[] = '{}' OR event_type = ANY ($4::text[]))"}`;
}

/** Events without their data, newest first. */
export async function listEventRows(
  sql: Sql,
  organizationId: string,
  range: EventRange,
  limit: number,
): Promise<EventRow[]> {
  return sql<EventRow>(
    `SELECT ${columns} FROM event WHERE ${inRange(range)} ORDER BY id DESC LIMIT $5::integer`,
    [organizationId, range.fromId, range.untilId, range.eventTypes, limit],
  );
}

/**
 * Events with their data, newest first: at least one, and no more after `bytesMax` bytes of data, because each may
 * hold a megabyte.
 */
export async function listEventTextRows(
  sql: Sql,
  organizationId: string,
  range: EventRange,
  limit: number,
  bytesMax: number,
): Promise<EventTextRow[]> {
  return sql<EventTextRow>(
    `SELECT ${columns}, data AS "dataText" FROM (
       SELECT *, sum(octet_length(data)) OVER (ORDER BY id DESC) - octet_length(data) AS bytes_before FROM (
         SELECT id, event_type, event_timestamp, data FROM event WHERE ${inRange(range)}
         ORDER BY id DESC LIMIT $5::integer
       ) newest
     ) sized WHERE bytes_before < $6::bigint ORDER BY id DESC`,
    [organizationId, range.fromId, range.untilId, range.eventTypes, limit, bytesMax],
  );
}

/** One event, if its id is `oldestId` or later. */
export async function findEventRow(
  sql: Sql,
  organizationId: string,
  id: string,
  oldestId: string,
): Promise<EventTextRow | null> {
  const rows = await sql<EventTextRow>(
    `SELECT ${columns}, data AS "dataText" FROM event
     WHERE organization_id = $1::uuid AND id = $2::uuid AND id >= $3::uuid`,
    [organizationId, id, oldestId],
  );
  return rows[0] ?? null;
}

export interface EventDeliveryRow {
  id: string;
  eventId: string;
  endpointId: string;
  endpointUrl: string;
  purpose: Purpose;
  state: DeliveryState;
  deliveryAttempt: number;
  dueAt: Date;
  finishedAt: Date | null;
}

/** The deliveries of some events, in the order in which they were made. A delivery is never older than its event. */
export async function listDeliveriesOfEvents(
  sql: Sql,
  organizationId: string,
  eventIds: readonly string[],
  oldestId: string,
): Promise<EventDeliveryRow[]> {
  if (eventIds.length === 0) return [];
  return sql<EventDeliveryRow>(
    `SELECT delivery.id, event_id AS "eventId", endpoint_id AS "endpointId", endpoint.url AS "endpointUrl",
       purpose::text AS purpose, delivery.state::text AS state, delivery_attempt AS "deliveryAttempt",
       due_at AS "dueAt", finished_at AS "finishedAt"
     FROM delivery JOIN endpoint ON endpoint.id = endpoint_id
     WHERE event_id = ANY ($2::uuid[]) AND delivery.organization_id = $1::uuid AND delivery.id >= $3::uuid
     ORDER BY delivery.id`,
    [organizationId, eventIds, oldestId],
  );
}

export interface DeliveryCountRow {
  eventId: string;
  state: DeliveryState;
  count: number;
}

/** How many deliveries of each event are in which state; an event without any has no row. */
export async function countDeliveriesOfEvents(
  sql: Sql,
  organizationId: string,
  eventIds: readonly string[],
  oldestId: string,
): Promise<DeliveryCountRow[]> {
  if (eventIds.length === 0) return [];
  return sql<DeliveryCountRow>(
    `SELECT event_id AS "eventId", state::text AS state, count(*)::integer AS count FROM delivery
     WHERE event_id = ANY ($2::uuid[]) AND organization_id = $1::uuid AND id >= $3::uuid
     GROUP BY event_id, state`,
    [organizationId, eventIds, oldestId],
  );
}

export interface AttemptOutcomeRow {
  id: string;
  deliveryId: string;
  deliveryAttempt: number;
  succeeded: boolean;
  statusCode: number;
  errorCode: ErrorCode | null;
}

/** What came of every attempt of some deliveries, in order. */
export async function listAttemptOutcomes(
  sql: Sql,
  organizationId: string,
  deliveryIds: readonly string[],
  oldestId: string,
): Promise<AttemptOutcomeRow[]> {
  if (deliveryIds.length === 0) return [];
  return sql<AttemptOutcomeRow>(
    `SELECT id, delivery_id AS "deliveryId", delivery_attempt AS "deliveryAttempt", succeeded,
       status_code AS "statusCode", error_code AS "errorCode"
     FROM attempt
     WHERE delivery_id = ANY ($2::uuid[]) AND organization_id = $1::uuid AND id >= $3::uuid
     ORDER BY delivery_attempt, id`,
    [organizationId, deliveryIds, oldestId],
  );
}
