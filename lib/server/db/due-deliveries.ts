import "server-only";
import { unleased } from "./leases";
import { prepared, type Sql } from "./sql";

// The lanes one by one: each is the beginning of the index of what is due.
const nextDueStatement = prepared(`
  SELECT min(due_at) AS "dueAt" FROM (
    SELECT (
      SELECT due_at FROM delivery
      WHERE state = 'pending' AND lane = number AND due_at > $1::timestamptz ORDER BY due_at LIMIT 1
    ) AS due_at
    FROM (VALUES (0), (1), (2)) AS lane (number)
  ) first`);

/** When the first delivery after `now` is due, to sleep until then; null when none is. */
export async function nextDueAt(sql: Sql, now: Date): Promise<Date | null> {
  const rows = await sql<{ dueAt: Date | null }>(nextDueStatement, [now]);
  return rows[0]?.dueAt ?? null;
}

/** How many deliveries are due and free, up to `limit`. */
export async function countDue(sql: Sql, now: Date, limit: number): Promise<number> {
  const rows = await sql<{ count: number }>(
    `SELECT count(*)::integer AS count FROM (
       SELECT 1 FROM delivery WHERE state = 'pending' AND due_at <= $1::timestamptz
         AND ${unleased} LIMIT $2::integer
     ) due`,
    [now, limit],
  );
  return rows[0]?.count ?? 0;
}
