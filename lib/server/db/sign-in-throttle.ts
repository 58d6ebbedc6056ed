import "server-only";
import type { Sql } from "./sql";

export interface Throttled {
  key: string;
  /** Failures without any delay. */
  freeFailures: number;
  /** The wait after them, which doubles with each more; by default a second. */
  firstWaitSeconds?: number;
  /** By default a quarter of an hour. */
  longestWaitSeconds?: number;
}

/** After this long without a failure the count starts again. */
const forgottenAfterSeconds = 3_600;

/**
 * Counts one try under a key before its password is looked at, so that tries at once cannot share one permission.
 * Returns null when it may go on, else the moment until which it may not. Each try after the free ones doubles the
 * wait: 1, 2, 4, ... seconds.
 */
export async function admitTry(
  sql: Sql,
  { key, freeFailures, firstWaitSeconds = 1, longestWaitSeconds = 900 }: Throttled,
  now: Date,
): Promise<Date | null> {
  const limits = [freeFailures, longestWaitSeconds, forgottenAfterSeconds, firstWaitSeconds];
  const admitted = await sql(admit, [key, now, ...limits]);
  if (admitted.length > 0) return null;
  const rows = await sql<{ blockedUntil: Date }>(
    `SELECT blocked_until AS "blockedUntil" FROM sign_in_throttle WHERE key = $1`,
    [key],
  );
  return rows[0]?.blockedUntil ?? null;
}

const admit = `
  INSERT INTO sign_in_throttle AS t (key, failures, failed_at, blocked_until)
  VALUES ($1, 1, $2::timestamptz, $2::timestamptz)
  ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN t.failed_at < $2::timestamptz - $5::integer * interval '1 second' THEN 1
               ELSE t.failures + 1 END,
    failed_at = $2::timestamptz,
    blocked_until = CASE
      WHEN t.failed_at < $2::timestamptz - $5::integer * interval '1 second' OR t.failures + 1 < $3::integer
        THEN $2::timestamptz
      ELSE $2::timestamptz
        + least($4::integer, $6::integer * power(2, least(t.failures + 1 - $3::integer, 20))) * interval '1 second' END
  WHERE t.blocked_until <= $2::timestamptz
  RETURNING 1`;

/** The try succeeded: the account's count starts again. */
export async function forgetTries(sql: Sql, key: string): Promise<void> {
  await sql("DELETE FROM sign_in_throttle WHERE key = $1", [key]);
}

/** The try succeeded: it is taken back from the address's count, and the failures of others stay. */
export async function takeBackTry(sql: Sql, key: string, now: Date): Promise<void> {
  await sql(
    `UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0), blocked_until = $2::timestamptz
     WHERE key = $1`,
    [key, now],
  );
}

/** Drops counts that no longer matter. */
export async function pruneTries(sql: Sql, now: Date): Promise<void> {
  await sql(
    "DELETE FROM sign_in_throttle WHERE failed_at < $1::timestamptz - $2::integer * interval '1 second'",
    [now, forgottenAfterSeconds],
  );
}
