import "server-only";
import { readDatabaseClock } from "@/lib/server/db/leases";
import { poolSql } from "@/lib/server/db/sql";
import type { Engine } from "./engine";

/**
 * The earlier of this process's clock and the database's: what is past by it may be deleted for all. One machine whose
 * clock is a month ahead would otherwise delete what everybody else still keeps.
 */
export async function undisputedNow({ pool, clock }: Pick<Engine, "pool" | "clock">): Promise<Date> {
  const databaseNow = await readDatabaseClock(poolSql(pool));
  return new Date(Math.min(databaseNow.getTime(), clock().getTime()));
}
