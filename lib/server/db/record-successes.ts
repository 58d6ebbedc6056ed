import "server-only";
import { freshHealth } from "@/lib/domain/endpoint-health";
import { binaryArray, plainArray } from "./column-arrays";
import type { AttemptRecord } from "./record-attempts";
import { prepared, type Sql } from "./sql";

/** A success as it is stored, and the lease its delivery was sent under. */
export interface SuccessRecord {
  attempt: AttemptRecord;
  leaseId: string;
  finishedAt: Date;
  /** Of lib/domain/duration-histogram.ts. */
  bucket: number;
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
      $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::float8[], $6::float8[], $7::float8[], $8::smallint[], $9::real[],
      $10::smallint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bytea[], $16::boolean[])
    AS r (delivery_id, lease_id, endpoint_id, attempt_id, event_ms, started_ms, finished_ms, status_code, duration_ms,
      bucket, timings, url, request_headers, response_headers, response_body, body_truncated)
  ),
  settled AS MATERIALIZED (
    SELECT id FROM endpoint WHERE id = ANY ($17::uuid[]) AND ${successChangesNothing} ORDER BY id FOR SHARE
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
      purpose, delivery_attempt - 1, to_timestamp(started_ms / 1000), true, status_code, duration_ms, timings::real[],
      'POST', url, request_headers, response_headers, response_body, body_truncated
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
  const attempts = successes.map(({ attempt }) => attempt);
  const endpointIds = attempts.map((attempt) => attempt.endpointId);
  const [row] = await sql<{ attemptIds: string[] | null }>(statement, [
    plainArray(attempts.map((attempt) => attempt.deliveryId)),
    plainArray(successes.map(({ leaseId }) => leaseId)),
    plainArray(endpointIds),
    plainArray(attempts.map((attempt) => attempt.id)),
    plainArray(attempts.map((attempt) => attempt.eventTimestamp.getTime())),
    plainArray(attempts.map((attempt) => attempt.deliveryTimestamp.getTime())),
    plainArray(successes.map(({ finishedAt }) => finishedAt.getTime())),
    plainArray(attempts.map((attempt) => attempt.statusCode)),
    plainArray(attempts.map((attempt) => attempt.durationMs)),
    plainArray(successes.map(({ bucket }) => bucket)),
    binaryArray("text", attempts.map(timingsArray)),
    binaryArray(
      "text",
      attempts.map((attempt) => attempt.url),
    ),
    binaryArray(
      "text",
      attempts.map((attempt) => attempt.requestHeaders),
    ),
    binaryArray(
      "text",
      attempts.map((attempt) => attempt.responseHeaders),
    ),
    binaryArray(
      "bytea",
      attempts.map((attempt) => attempt.responseBody),
    ),
    plainArray(attempts.map((attempt) => attempt.bodyTruncated)),
    plainArray([...new Set(endpointIds)]),
  ]);
  return new Set(row?.attemptIds ?? attempts.map((attempt) => attempt.id));
}

const timingsArray = ({ timings }: AttemptRecord) =>
  plainArray(timings.map((timing) => (timing === null ? "NULL" : timing)));
