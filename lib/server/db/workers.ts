import "server-only";
import { advisoryLocks } from "./advisory-locks";
import { noLease } from "./leases";
import type { Sql } from "./sql";

/**
 * Registers a worker; run on the session whose end is to tell that the worker has ended. Whoever had a session before
 * keeps its id, and with it the leases of what it has in flight, unless somebody has taken over from it by now.
 */
export async function registerWorker(sql: Sql, now: Date, previousId: number | null = null): Promise<number> {
  if (previousId !== null && (await lockAgain(sql, previousId))) return previousId;
  // One statement: nobody sees the row before it is locked, or its worker would be taken for one that has ended.
  const rows = await sql<{ id: number }>(
    `WITH registered AS (
       INSERT INTO worker (started_at, seen_at) VALUES ($1::timestamptz, $1::timestamptz) RETURNING id
     )
     SELECT id, pg_advisory_lock(${advisoryLocks.workers}, id)::text FROM registered`,
    [now],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("A worker was not registered");
  return id;
}

/** False when somebody holds the lock (taking over, or the old session has not ended yet) or the row is gone. */
async function lockAgain(sql: Sql, id: number): Promise<boolean> {
  const [lock] = await sql<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(${advisoryLocks.workers}, $1::integer) AS locked`,
    [id],
  );
  if (!lock?.locked) return false;
  const rows = await sql("SELECT 1 FROM worker WHERE id = $1::integer", [id]);
  return rows.length > 0;
}

export async function unregisterWorker(sql: Sql, id: number): Promise<void> {
  await sql("DELETE FROM worker WHERE id = $1::integer", [id]);
}

/**
 * Workers whose session has ended: PostgreSQL let go of their lock, and we hold it until the transaction ends, so that
 * only one process takes over from each. A worker that lost its session and lives on is fenced by its lease ids.
 */
export async function lockDeadWorkers(sql: Sql, ownId: number | null): Promise<number[]> {
  const rows = await sql<{ id: number }>(
    `SELECT id FROM worker
     WHERE id IS DISTINCT FROM $1::integer
       -- Whose own session has just ended cannot tell who else's has: the database may have ended them all.
       AND ($1::integer IS NULL OR EXISTS (
         SELECT 1 FROM pg_locks
         WHERE locktype = 'advisory' AND classid = ${advisoryLocks.workers} AND objid = $1::integer::oid AND objsubid = 2
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted))
       AND pg_try_advisory_xact_lock(${advisoryLocks.workers}, id)`,
    [ownId],
  );
  return rows.map((row) => row.id);
}

/** Returns the leases of ended workers to the queue, and forgets the workers. Returns how many leases there were. */
export async function returnLeases(sql: Sql, workerIds: readonly number[]): Promise<number> {
  if (workerIds.length === 0) return 0;
  const rows = await sql(
    `UPDATE delivery SET ${noLease}
     WHERE state = 'pending' AND due_at <= statement_timestamp() AND worker_id = ANY ($1::integer[]) RETURNING 1`,
    [workerIds],
  );
  await sql("DELETE FROM worker WHERE id = ANY ($1::integer[])", [workerIds]);
  return rows.length;
}
