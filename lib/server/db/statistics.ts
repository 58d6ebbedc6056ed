import "server-only";
import type { Sql } from "./sql";

/** Forgets hours before `before`. The table holds sums, so this is a small one. */
export async function pruneStatistics(sql: Sql, before: Date): Promise<void> {
  await sql("DELETE FROM delivery_stat WHERE hour < $1::timestamptz", [before]);
}
