import "server-only";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { Fault, ErrorCode } from "@/lib/domain/error-codes";
import { leaseKey } from "./leases";
import { prepared, type Sql } from "./sql";

/** A finished attempt as it is stored. */
export interface AttemptRecord {
  id: string;
  organizationId: string;
  endpointId: string;
  deliveryId: string;
  eventId: string;
  eventType: string;
  eventTimestamp: Date;
  purpose: Purpose;
  deliveryAttempt: number;
  deliveryTimestamp: Date;
  succeeded: boolean;
  statusCode: number;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  fault: Fault | null;
  durationMs: number;
  /** dns, connect, tls, first byte, body */
  timings: (number | null)[];
  method: string;
  url: string;
  /** Flat JSON array, custom values masked. */
  requestHeaders: string;
  responseHeaders: string | null;
  responseBody: Buffer | null;
  bodyTruncated: boolean;
  nextAttemptAt: Date | null;
}

const insertStatement = prepared(`INSERT INTO attempt (
       id, organization_id, endpoint_id, delivery_id, event_id, event_type, event_timestamp, purpose,
       delivery_attempt, delivery_timestamp, succeeded, status_code, error_code, error_message, fault, duration_ms,
       timings, method, url, request_headers, response_headers, response_body, body_truncated, next_attempt_at)
     SELECT r.id, r."organizationId", r."endpointId", r."deliveryId", r."eventId", r."eventType", r."eventTimestamp",
       r.purpose::delivery_purpose, r."deliveryAttempt", r."deliveryTimestamp", r.succeeded, r."statusCode",
       r."errorCode", r."errorMessage", r.fault, r."durationMs", r.timings, r.method, r.url, r."requestHeaders",
       r."responseHeaders", decode(r."responseBody", 'base64'), r."bodyTruncated", r."nextAttemptAt"
     FROM json_to_recordset($1::json) AS r (
       id uuid, "organizationId" uuid, "endpointId" uuid, "deliveryId" uuid, "eventId" uuid, "eventType" text,
       "eventTimestamp" timestamptz, purpose text, "deliveryAttempt" integer, "deliveryTimestamp" timestamptz,
       succeeded boolean, "statusCode" smallint, "errorCode" text, "errorMessage" text, fault text,
       "durationMs" real, timings real[], method text, url text, "requestHeaders" text, "responseHeaders" text,
       "responseBody" text, "bodyTruncated" boolean, "nextAttemptAt" timestamptz)
     ON CONFLICT (organization_id, id) DO NOTHING
     RETURNING id`);

/**
 * Attempts are kept even when their lease is lost: the request did happen. Returns the ids of those that were not
 * stored before.
 */
export async function insertAttempts(sql: Sql, attempts: readonly AttemptRecord[]): Promise<Set<string>> {
  const rows = attempts.map((attempt) => ({
    ...attempt,
    responseBody: attempt.responseBody?.toString("base64") ?? null,
  }));
  const inserted = await sql<{ id: string }>(insertStatement, [JSON.stringify(rows)]);
  return new Set(inserted.map((row) => row.id));
}

/** What becomes of a delivery whose lease we held. */
export interface DeliveryUpdate {
  id: string;
  leaseId: string;
  state: DeliveryState;
  lane: number;
  /** The number of attempts made. */
  deliveryAttempt: number;
  scheduleBase: number;
  /** When pending or held: when it is due. */
  dueAt: Date | null;
  finishedAt: Date | null;
}

const updateStatement =
  prepared(`UPDATE delivery SET state = r.state::delivery_state, lane = r.lane, delivery_attempt = r."deliveryAttempt",
       schedule_base = r."scheduleBase", due_at = coalesce(r."dueAt", delivery.due_at), finished_at = r."finishedAt",
       lease_id = NULL, lease_until = NULL, worker_id = NULL
     FROM json_to_recordset($1::json) AS r (
       id uuid, "leaseId" uuid, state text, lane smallint, "deliveryAttempt" integer, "scheduleBase" integer,
       "dueAt" timestamptz, "finishedAt" timestamptz)
     WHERE delivery.id = r.id AND delivery.lease_id = r."leaseId" AND delivery.state = 'pending'
     RETURNING delivery.id, r."leaseId"`);

/** Updates the deliveries whose lease is still ours, and returns their `leaseKey`s. The others are left alone. */
export async function updateLeasedDeliveries(
  sql: Sql,
  updates: readonly DeliveryUpdate[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string; leaseId: string }>(updateStatement, [JSON.stringify(updates)]);
  return new Set(rows.map(leaseKey));
}

export interface StatIncrement {
  organizationId: string;
  hour: Date;
  endpointId: string;
  succeeded: boolean;
  bucket: number;
  attempts: number;
}

const statisticsStatement = prepared(`
  INSERT INTO delivery_stat_recent (organization_id, hour, endpoint_id, succeeded, bucket, attempts)
  SELECT r."organizationId", r.hour, r."endpointId", r.succeeded, r.bucket, r.attempts
  FROM json_to_recordset($1::json) AS r (
    "organizationId" uuid, hour timestamptz, "endpointId" uuid, succeeded boolean, bucket smallint, attempts integer)`);

/** Appends to the hourly statistics; whoever reads them adds up. */
export async function addStatistics(sql: Sql, increments: readonly StatIncrement[]): Promise<void> {
  if (increments.length === 0) return;
  await sql(statisticsStatement, [JSON.stringify(increments)]);
}
