import pg from "pg";
import { expect, it, vi } from "vitest";
import { testDatabase } from "./testing/test-database";

const database = testDatabase();

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
