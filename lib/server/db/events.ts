import "server-only";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import { prepared, type Sql } from "./sql";

/** An endpoint that something may be sent to. */
export interface Subscriber {
  id: string;
  state: Exclude<EndpointState, "disabled">;
  eventTypes: string[];
  filter: Record<string, unknown> | null;
}

const subscribersStatement =
  prepared(`SELECT id, state::text AS state, event_types AS "eventTypes", filter FROM endpoint
     WHERE organization_id = $1::uuid AND state <> 'disabled' AND deleted_at IS NULL`);

/** The organization's endpoints that are active or on their way there. */
export async function listSubscribers(sql: Sql, organizationId: string): Promise<Subscriber[]> {
  return sql<Subscriber>(subscribersStatement, [organizationId]);
}

export interface NewEvent {
  id: string;
  organizationId: string;
  eventType: string;
  eventTimestamp: Date;
  dataText: string;
  deliveryCount: number;
  idempotencyKey: string | null;
  /** Hex of the SHA-256 of the request; only with a key. */
  bodyHash: string | null;
  /** W3C trace context of the request that published it. */
  traceparent?: string | null;
}

export interface NewDelivery {
  id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  purpose: Purpose;
  state: Extract<DeliveryState, "pending" | "held">;
  lane: number;
  dueAt: Date;
  requestedBy: string | null;
}

// Due at once, also when the clock of who made them runs ahead of the workers' clocks.
const insertEventsStatement = prepared(`WITH new_event AS (
       INSERT INTO event (id, organization_id, event_type, event_timestamp, data, delivery_count, idempotency_key, body_hash,
         traceparent)
       SELECT id, "organizationId", "eventType", "eventTimestamp", "dataText", "deliveryCount", "idempotencyKey",
         decode("bodyHash", 'hex'), traceparent
       FROM json_to_recordset($1::json) AS r (
         id uuid, "organizationId" uuid, "eventType" text, "eventTimestamp" timestamptz, "dataText" text,
         "deliveryCount" integer, "idempotencyKey" text, "bodyHash" text, traceparent text)
     )
     INSERT INTO delivery (
       id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, due_at, requested_by)
     SELECT id, "organizationId", "endpointId", "eventId", "eventType", purpose::delivery_purpose,
       state::delivery_state, lane, least("dueAt", clock_timestamp()), "requestedBy"
     FROM json_to_recordset($2::json) AS r (
       id uuid, "organizationId" uuid, "endpointId" uuid, "eventId" uuid, "eventType" text, purpose text,
       state text, lane smallint, "dueAt" timestamptz, "requestedBy" text)`);

/** Stores events and their deliveries in one statement: both or neither, also outside a transaction. */
export async function insertEvents(
  sql: Sql,
  events: readonly NewEvent[],
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await sql(insertEventsStatement, [JSON.stringify(events), JSON.stringify(deliveries)]);
}

/**
 * Makes requests with the same key wait for each other until the transaction ends. A unique index cannot do it: the
 * table is partitioned by day, and the key must be unique over all of them.
 */
export async function lockIdempotencyKey(sql: Sql, organizationId: string, key: string): Promise<void> {
  await sql("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))::text", [
    `idempotency:${organizationId}:${key}`,
  ]);
}

export interface FirstUse {
  id: string;
  eventType: string;
  eventTimestamp: Date;
  deliveryCount: number;
  bodyHash: string;
}

/** The events that used the key, in the order in which they were published, among those with an id from `sinceId` on. */
export async function listFirstUses(
  sql: Sql,
  organizationId: string,
  key: string,
  sinceId: string,
): Promise<FirstUse[]> {
  // Sorted here: asked for an order, the planner might walk all ids for the few that have the key.
  const rows = await sql<FirstUse>(
    `SELECT id, event_type AS "eventType", event_timestamp AS "eventTimestamp", delivery_count AS "deliveryCount",
       encode(body_hash, 'hex') AS "bodyHash"
     FROM event WHERE organization_id = $1::uuid AND idempotency_key = $2 AND id >= $3::uuid`,
    [organizationId, key, sinceId],
  );
  return rows.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** One event's data, as published; null when the event is gone. */
export async function loadEventData(sql: Sql, organizationId: string, id: string): Promise<string | null> {
  const rows = await sql<{ data: string }>(
    "SELECT data FROM event WHERE id = $2::uuid AND organization_id = $1::uuid",
    [organizationId, id],
  );
  return rows[0]?.data ?? null;
}
