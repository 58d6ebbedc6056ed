import "server-only";
import { noLease, unleased } from "./leases";
import type { Sql } from "./sql";

// What a worker has in flight is settled by its own outcome: only a validation is ended whoever holds it.

/** Pending deliveries of events wait until the endpoint has proved itself. */
export async function holdPending(sql: Sql, endpointId: string): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'held', ${noLease}
     WHERE endpoint_id = $1::uuid AND state = 'pending' AND purpose IN ('event', 'replay') AND ${unleased}`,
    [endpointId],
  );
}

/**
 * Held deliveries become due in the order in which they were made: a microsecond apart, because the queue knows no
 * other order than the due time.
 */
export async function releaseHeld(sql: Sql, endpointId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'pending', due_at = greatest(due_at, least($2::timestamptz, statement_timestamp())) + turn.number * interval '1 microsecond'
     FROM (
       SELECT id, row_number() OVER (ORDER BY id) AS number FROM delivery
       WHERE endpoint_id = $1::uuid AND state = 'held'
     ) turn
     WHERE delivery.id = turn.id AND delivery.state = 'held'`,
    [endpointId, now],
  );
}

/** Pending and held deliveries of events end as discarded. */
export async function discardOpen(sql: Sql, endpointId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'discarded', finished_at = $2::timestamptz, ${noLease}
     WHERE endpoint_id = $1::uuid
       AND (state = 'held' OR (state = 'pending' AND purpose IN ('event', 'replay') AND ${unleased}))`,
    [endpointId, now],
  );
}

/** Open validations end without a verdict, also one that is in flight: its answer says nothing about what is next. */
export async function cancelValidations(sql: Sql, endpointId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'canceled', finished_at = $2::timestamptz, ${noLease}
     WHERE endpoint_id = $1::uuid AND state = 'pending' AND purpose = 'validation'`,
    [endpointId, now],
  );
}

/**
 * Deliveries whose state does not go with their endpoint's: one was published while the endpoint changed. Held ones of
 * an active endpoint become due, open ones of a disabled endpoint are discarded. Returns how many were put right.
 */
export async function reconcileHeld(sql: Sql, now: Date): Promise<number> {
  const rows = await sql(
    `UPDATE delivery SET
       state = CASE WHEN endpoint.state = 'active' THEN 'pending' ELSE 'discarded' END::delivery_state,
       due_at = CASE WHEN endpoint.state = 'active' THEN greatest(due_at, least($1::timestamptz, statement_timestamp())) ELSE due_at END,
       finished_at = CASE WHEN endpoint.state = 'active' THEN NULL ELSE $1::timestamptz END
     FROM endpoint
     WHERE endpoint.id = delivery.endpoint_id AND delivery.state = 'held' AND endpoint.state <> 'validating'
     RETURNING 1`,
    [now],
  );
  return rows.length;
}

/** Tests that nobody has attempted yet end without an attempt: their endpoint is being deleted. */
export async function cancelTests(sql: Sql, endpointId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'canceled', finished_at = $2::timestamptz, ${noLease}
     WHERE endpoint_id = $1::uuid AND state = 'pending' AND purpose = 'test'`,
    [endpointId, now],
  );
}
