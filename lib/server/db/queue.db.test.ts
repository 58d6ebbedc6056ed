import { afterEach, beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { cancelOrphans, countStuck } from "./queue";
import type { Sql } from "./sql";

const database = testDatabase();
const now = new Date("2026-03-10T12:00:00.000Z");
let deps: Deps;

beforeEach(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => now });
});
afterEach(() => closeTestDeps(deps));

/** A day of 20,000 deliveries that have ended, with ten among them that have not and whose endpoint is gone. */
async function fill(): Promise<void> {
  await deps.sql(
    `INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, due_at)
     SELECT (lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0') || '7000' || '8000'
         || lpad(to_hex(n), 12, '0'))::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
       'order.placed', 'event',
       (CASE WHEN n % 2000 <> 0 THEN 'succeeded' WHEN n % 4000 = 0 THEN 'held' ELSE 'pending' END)::delivery_state,
       0, made
     FROM (SELECT n, $1::timestamptz - n * interval '1 second' AS made FROM generate_series(1, 20000) AS n) rows`,
    [now],
  );
  await deps.sql("VACUUM ANALYZE delivery");
}

async function planOf(run: (sql: Sql) => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const explaining: Sql = async <Row>(text: string, values?: readonly unknown[]) => {
    const rows = await deps.sql<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
    lines.push(...rows.map((row) => row["QUERY PLAN"]));
    return [] as Row[];
  };
  await run(explaining);
  return lines.join("\n");
}

it("finds what is stuck by what is open, however much has ended, and ends what has no endpoint", async () => {
  await fill();
  for (const run of [countStuck, cancelOrphans]) {
    const plan = await planOf((sql) => run(sql, now));
    expect(plan).toContain("delivery_20260310");
    expect(plan).not.toContain("Seq Scan on delivery_20260310");
  }
  expect((await countStuck(deps.sql, now)).orphans).toBe(10);
  expect(await cancelOrphans(deps.sql, now)).toBe(10);
  expect(await countStuck(deps.sql, now)).toEqual({ leases: 0, held: 0, orphans: 0 });
});
