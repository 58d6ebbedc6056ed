import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { sqlTransaction } from "./sql";
import { testDatabase } from "./testing/test-database";

const database = testDatabase();

/** How many sessions of the product's own pools there are, beside the one that asks. */
async function sessions(): Promise<number> {
  const rows = await database().query(
    `SELECT 1 FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  return rows.length;
}

it("names prepared statements alike in every bundle, because they share their connections", async () => {
  const pool = new pg.Pool({ connectionString: database().url, max: 1 });
  try {
    for (const first of ["SELECT 1 AS value", "SELECT 2 AS value"]) {
      // As Next does: the module is loaded again, and prepares its statements in another order.
      vi.resetModules();
      const { poolSql, prepared } = await import("./sql");
      const [statement, other] = [prepared(first), prepared("SELECT 3 AS value")];
      expect(await poolSql(pool)(statement)).toEqual([{ value: Number(first[7]) }]);
      expect(await poolSql(pool)(other)).toEqual([{ value: 3 }]);
    }
  } finally {
    await pool.end();
  }
});

it("ends the transaction, not the process, when its connection is lost between two statements", async () => {
  const pool = new pg.Pool({ connectionString: database().url, max: 1 });
  const lost = sqlTransaction(pool, async (sql) => {
    const [session] = await sql<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await database().query("SELECT pg_terminate_backend($1::integer)", [session?.pid]);
    // Long enough for the connection's end to arrive while nothing runs on it.
    await vi.waitFor(async () => expect(await sessions()).toBe(0), { interval: 10 });
    await delay(50);
    await sql("SELECT 1");
  });
  await expect(lost).rejects.toThrow();
  expect(await sqlTransaction(pool, (sql) => sql("SELECT 1 AS value"))).toEqual([{ value: 1 }]);
  await pool.end();
});
