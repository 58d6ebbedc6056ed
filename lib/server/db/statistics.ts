import "server-only";
import type { Sql } from "./sql";

/** Forgets hours before `before`. The table holds sums, so this is a small one. */
export async function pruneStatistics(sql: Sql, before: Date): Promise<void> {
  await sql("DELETE FROM delivery_stat WHERE hour < $1::timestamptz", [before]);
}

/** Arbitrary; one process folds at a time. */
const foldLock = 0x706f7366;

/** Folds what was appended into one row per organization, hour, endpoint, outcome and bucket. */
export async function foldStatistics(sql: Sql): Promise<void> {
  await sql(`
    WITH turn AS (SELECT pg_try_advisory_xact_lock(${foldLock}) AS ours),
    hours AS (SELECT DISTINCT hour FROM delivery_stat, turn WHERE NOT folded AND turn.ours),
    taken AS (
      DELETE FROM delivery_stat USING hours WHERE delivery_stat.hour = hours.hour RETURNING delivery_stat.*
    )
    INSERT INTO delivery_stat (organization_id, hour, endpoint_id, succeeded, bucket, attempts, folded)
    SELECT organization_id, hour, endpoint_id, succeeded, bucket, sum(attempts), true
    FROM taken GROUP BY organization_id, hour, endpoint_id, succeeded, bucket`);
}
