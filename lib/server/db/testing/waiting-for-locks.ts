import type { Sql } from "@/lib/server/db/sql";

/**
 * How many connections of this test's database wait for a lock. Hold it, start those who need it, wait until they all
 * do, and let go: they then meet, where what is merely started at once comes one after the other more often than not.
 */
export async function waitingForLocks(sql: Sql): Promise<number> {
  const rows = await sql(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length;
}
