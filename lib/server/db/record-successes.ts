import "server-only";
import { freshHealth } from "@/lib/domain/endpoint-health";
import {
  booleanColumn,
  byteaColumn,
  doubleColumn,
  realColumn,
  smallintColumn,
  textColumn,
  uuidColumn,
} from "./column-arrays";
import { prepared, type Sql } from "./sql";

/** A success as it is stored, and the lease its delivery was sent under. Times are Unix milliseconds. */
export interface SuccessRecord {
  deliveryId: string;
  leaseId: string;
  endpointId: string;
  attemptId: string;
  eventMs: number;
  startedMs: number;
  finishedMs: number;
  statusCode: number;
  durationMs: number;
  timings: Record<"dnsMs" | "connectMs" | "tlsMs" | "firstByteMs" | "bodyMs", number | null>;
  /** Of lib/domain/duration-histogram.ts. */
  bucket: number;
  url: string;
  requestHeaders: string;
  responseHeaders: string | null;
  responseBody: Buffer | null;
  bodyTruncated: boolean;
}

/** In SQL what `successChangesNothing` says of an endpoint; a test holds the two together. */
export const successChangesNothing = `
  deleted_at IS NULL AND state = 'active' AND status = 'healthy' AND status_reason IS NULL AND failing_since IS NULL
  AND probation_since IS NULL AND disables_at IS NULL AND failure_policy ->> 'preset' <> 'streak'
  AND health IN ('{}', '${JSON.stringify(freshHealth.memory)}')`;

// One statement and no transaction around it: what is sent, recorded and counted is one row's matter, and a row that
// does not qualify is left as it is. Endpoints are locked in the order of their ids before their deliveries, as
// everybody does; the lock is shared, so that workers who record successes do not wait for each other.
const statement = prepared(`
  WITH r AS (
    SELECT * FROM unnest(
      $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::float8[], $6::float8[], $7::float8[], $8::smallint[],
      $9::real[], $10::real[], $11::real[], $12::real[], $13::real[], $14::real[], $15::smallint[], $16::text[],
      $17::text[], $18::text[], $19::bytea[], $20::boolean[])
    AS r (delivery_id, lease_id, endpoint_id, attempt_id, event_ms, started_ms, finished_ms, status_code, duration_ms,
      dns_ms, connect_ms, tls_ms, first_byte_ms, body_ms, bucket, url, request_headers, response_headers, response_body,
      body_truncated)
  ),
  settled AS MATERIALIZED (
    SELECT id FROM endpoint WHERE id = ANY ($21::uuid[]) AND ${successChangesNothing} ORDER BY id FOR SHARE
  ),
  updated AS (
    UPDATE delivery SET state = 'succeeded', delivery_attempt = delivery_attempt + 1,
      finished_at = to_timestamp(r.finished_ms / 1000), lease_id = NULL, lease_until = NULL, worker_id = NULL
    FROM r JOIN settled ON settled.id = r.endpoint_id
    WHERE delivery.id = r.delivery_id AND delivery.lease_id = r.lease_id AND delivery.state = 'pending'
    RETURNING delivery.organization_id, delivery.event_id, delivery.event_type, delivery.purpose,
      delivery.delivery_attempt, r.*
  ),
  logged AS (
    INSERT INTO attempt (
      id, organization_id, endpoint_id, delivery_id, event_id, event_type, event_timestamp, purpose, delivery_attempt,
      delivery_timestamp, succeeded, status_code, duration_ms, timings, method, url, request_headers, response_headers,
      response_body, body_truncated)
    SELECT attempt_id, organization_id, endpoint_id, delivery_id, event_id, event_type, to_timestamp(event_ms / 1000),
      purpose, delivery_attempt - 1, to_timestamp(started_ms / 1000), true, status_code, duration_ms,
      ARRAY[dns_ms, connect_ms, tls_ms, first_byte_ms, body_ms], 'POST', url, request_headers, response_headers,
      response_body, body_truncated
    FROM updated
  ),
  counted AS (
    INSERT INTO delivery_stat_recent (organization_id, hour, endpoint_id, succeeded, bucket, attempts)
    SELECT organization_id, to_timestamp(floor(started_ms / 3600000) * 3600), endpoint_id, true, bucket, count(*)
    FROM updated GROUP BY 1, 2, 3, 5
  )
  SELECT CASE WHEN count(*) < cardinality($1::uuid[]) THEN coalesce(array_agg(attempt_id), '{}') END AS "attemptIds"
  FROM updated`);

/**
 * Records successes of events and replays for which there is nothing to decide: the lease is still ours and the endpoint
 * has no failure to recover from. Each whole or not at all. Returns the ids of the attempts that were recorded.
 */
export async function insertSuccesses(sql: Sql, successes: readonly SuccessRecord[]): Promise<Set<string>> {
  const [row] = await sql<{ attemptIds: string[] | null }>(statement, [
    uuidColumn(successes, (one) => one.deliveryId),
    uuidColumn(successes, (one) => one.leaseId),
    uuidColumn(successes, (one) => one.endpointId),
    uuidColumn(successes, (one) => one.attemptId),
    doubleColumn(successes, (one) => one.eventMs),
    doubleColumn(successes, (one) => one.startedMs),
    doubleColumn(successes, (one) => one.finishedMs),
    smallintColumn(successes, (one) => one.statusCode),
    realColumn(successes, (one) => one.durationMs),
    realColumn(successes, (one) => one.timings.dnsMs),
    realColumn(successes, (one) => one.timings.connectMs),
    realColumn(successes, (one) => one.timings.tlsMs),
    realColumn(successes, (one) => one.timings.firstByteMs),
    realColumn(successes, (one) => one.timings.bodyMs),
    smallintColumn(successes, (one) => one.bucket),
    textColumn(successes, (one) => one.url),
    textColumn(successes, (one) => one.requestHeaders),
    textColumn(successes, (one) => one.responseHeaders),
    byteaColumn(successes, (one) => one.responseBody),
    booleanColumn(successes, (one) => one.bodyTruncated),
    uuidColumn([...new Set(successes.map((one) => one.endpointId))], (id) => id),
  ]);
  return new Set(row?.attemptIds ?? successes.map((one) => one.attemptId));
}
