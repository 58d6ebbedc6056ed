import "server-only";
import type { Sql } from "./sql";

/** A worker's claim on one delivery. */
export interface Lease {
  id: string;
  leaseId: string;
}

/** Names a delivery as held by one lease: after a lost lease the same worker may hold the same delivery again. */
export function leaseKey({ id, leaseId }: Lease): string {
  return `${id} ${leaseId}`;
}

/**
 * In SQL: no worker holds the delivery, or the one that did is late. Leases are kept by the database's clock, so it is
 * that clock they are compared with: to a process whose own runs ahead, all that is in flight would look free.
 */
export const unleased = "(lease_until IS NULL OR lease_until <= statement_timestamp())";

/** In SQL: what a delivery that nobody holds any more is set to. */
export const noLease = "lease_id = NULL, lease_until = NULL, worker_id = NULL";

export async function readDatabaseClock(sql: Sql): Promise<Date> {
  const [row] = await sql<{ now: Date }>("SELECT clock_timestamp() AS now");
  if (!row) throw new Error("The database did not tell its time");
  return row.now;
}

/**
 * Moves the end of leases that are still ours, and returns those that no longer are. They are held by `workerId` from now
 * on: a worker whose session was lost may have another id than when it claimed, and who takes over from the former one
 * must not find them under it. Rows that are just being recorded are passed over instead of waited for: a record locks
 * its rows in an order of its own.
 */
export async function renewLeases(
  sql: Sql,
  held: readonly Lease[],
  { leaseUntil, workerId }: { leaseUntil: Date; workerId: number | null },
): Promise<Lease[]> {
  return sql<Lease>(
    `WITH held AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS held (id, lease_id)),
     locked AS (
       SELECT delivery.id FROM held JOIN delivery ON delivery.id = held.id
       WHERE delivery.lease_id = held.lease_id AND delivery.state = 'pending'
       FOR NO KEY UPDATE OF delivery SKIP LOCKED
     ),
     renewed AS (
       UPDATE delivery SET lease_until = $3::timestamptz, worker_id = $4::integer
       FROM locked WHERE delivery.id = locked.id
     )
     SELECT held.id, held.lease_id AS "leaseId" FROM held JOIN delivery ON delivery.id = held.id
     WHERE delivery.lease_id IS DISTINCT FROM held.lease_id OR delivery.state <> 'pending'`,
    [held.map((row) => row.id), held.map((row) => row.leaseId), leaseUntil, workerId],
  );
}

/** Gives back deliveries that were claimed and not begun, at once. */
export async function releaseLeases(sql: Sql, held: readonly Lease[]): Promise<void> {
  await sql(
    `UPDATE delivery SET ${noLease}
     FROM unnest($1::uuid[], $2::uuid[]) AS held (id, lease_id)
     WHERE delivery.id = held.id AND delivery.lease_id = held.lease_id`,
    [held.map((row) => row.id), held.map((row) => row.leaseId)],
  );
}
