import "server-only";
import { reminderEveryMs } from "@/lib/domain/notice";
import type { Sql } from "./sql";

const every = `interval '${reminderEveryMs} milliseconds'`;
/** The end of the last full period of the probation at `$1`. */
const periodEnd = `probation_since + ${every} * floor(
  extract(epoch FROM $1::timestamptz - probation_since) * 1000 / ${reminderEveryMs})`;
const isDue = `status = 'probation' AND state = 'active' AND deleted_at IS NULL
  AND probation_since <= $1::timestamptz - ${every}
  AND (reminded_at IS NULL OR reminded_at < ${periodEnd})`;

/** Endpoints on probation whose last full period has had no reminder, at most 100. */
export async function dueReminders(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM endpoint WHERE ${isDue} ORDER BY probation_since LIMIT 100`,
    [now],
  );
  return rows.map((row) => row.id);
}

/** True for the one caller that may write this period's reminder: its transaction holds the endpoint. */
export async function takeReminder(sql: Sql, endpointId: string, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE endpoint SET reminded_at = ${periodEnd} WHERE id = $2::uuid AND ${isDue} RETURNING 1`,
    [now, endpointId],
  );
  return rows.length > 0;
}
