import "server-only";
import type { Sql } from "./sql";

/** Ends a session for good, and forgets those whose time is over. Returns whether it went on until now. */
export async function insertEndedSession(
  sql: Sql,
  { id, expiresAt }: { id: string; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  await sql("DELETE FROM ended_session WHERE expires_at < $1::timestamptz", [now]);
  const ended = await sql(
    `INSERT INTO ended_session (id, expires_at) VALUES ($1::uuid, $2::timestamptz)
     ON CONFLICT (id) DO NOTHING RETURNING 1`,
    [id, expiresAt],
  );
  return ended.length > 0;
}

export async function isEndedSession(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql("SELECT 1 FROM ended_session WHERE id = $1::uuid", [id]);
  return rows.length > 0;
}
