import "server-only";
import { advisoryLocks } from "./advisory-locks";
import type { Sql } from "./sql";

/** Forgets hours before `before`. The table holds sums, so this is a small one. */
export async function pruneStatistics(sql: Sql, before: Date): Promise<void> {
  await sql("DELETE FROM delivery_stat WHERE hour < $1::timestamptz", [before]);
}

/**
 * Adds what flushes have appended to the sums; one process at a time. In one statement: the view never counts anything
 * twice or not at all.
 */
export async function foldStatistics(sql: Sql): Promise<void> {
  const [folded] = await sql<{ count: number }>(`
    WITH turn AS (SELECT pg_try_advisory_xact_lock(${advisoryLocks.statistics}) AS ours),
    taken AS (DELETE FROM delivery_stat_recent WHERE (SELECT ours FROM turn) RETURNING *),
    added AS (
      INSERT INTO delivery_stat (organization_id, hour, endpoint_id, succeeded, bucket, attempts)
      SELECT organization_id, hour, endpoint_id, succeeded, bucket, sum(attempts)
      FROM taken GROUP BY organization_id, hour, endpoint_id, succeeded, bucket
      ON CONFLICT (organization_id, hour, endpoint_id, succeeded, bucket)
      DO UPDATE SET attempts = delivery_stat.attempts + excluded.attempts
    )
    SELECT count(*)::integer AS count FROM taken`);
  // Read as a whole by every reader, so the room of what was taken is given back at once and not when autovacuum comes.
  if (folded && folded.count > 0) await sql("VACUUM delivery_stat_recent");
}
