import { Client } from "pg";
import { expect, it } from "vitest";
import { uuidV7Floor } from "@/lib/domain/ids";
import { ensurePartitions, listPartitions } from "./partitions";
import { poolSql } from "./sql";
import { testDatabase } from "./testing/test-database";

const database = testDatabase();
const now = new Date("2031-05-04T12:00:00Z");

async function withClient<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: database().url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

it("makes the days to come while a backup reads, and lets nobody wait for its end", async () => {
  await withClient((backup) =>
    withClient(async (client) => {
      await backup.query("BEGIN");
      await backup.query("LOCK TABLE event, delivery, attempt IN ACCESS SHARE MODE");
      // Waiting for the backup is an error here, not a hanging test.
      await client.query("SET lock_timeout = '1s'");
      const sql = poolSql(client);
      await ensurePartitions(sql, now, 1);
      const made = (await listPartitions(sql)).filter(({ name }) => name.startsWith("event_203105"));
      expect(made.map(({ name }) => name)).toEqual(["event_20310503", "event_20310504", "event_20310505"]);
      await backup.query("COMMIT");
    }),
  );
});

it("gives a day all that its table has: indexes, defaults and what must not be null", async () => {
  await withClient(async (client) => {
    const sql = poolSql(client);
    await ensurePartitions(sql, now, 0);
    for (const table of ["event", "delivery", "attempt"]) {
      const indexes = await sql<{ of: string; count: number }>(
        `SELECT indrelid::regclass::text AS of, count(*)::integer AS count FROM pg_index
         WHERE indrelid IN ($1::regclass, $2::regclass) GROUP BY indrelid ORDER BY indrelid::regclass::text`,
        [table, `${table}_20310504`],
      );
      expect(indexes[1]?.count).toBe(indexes[0]?.count);
      const attached = await sql(
        `SELECT 1 FROM pg_inherits JOIN pg_index ON indexrelid = inhrelid WHERE indrelid = $1::regclass`,
        [`${table}_20310504`],
      );
      expect(attached).toHaveLength(indexes[0]!.count);
    }
    const id = uuidV7Floor(now);
    await sql(
      `INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, due_at)
       VALUES ($1::uuid, $1::uuid, $1::uuid, $1::uuid, 'a', 'event', 'held', $2::timestamptz)`,
      [id, now],
    );
    expect(await sql("SELECT lane, delivery_attempt, schedule_base FROM delivery")).toEqual([
      { lane: 0, delivery_attempt: 0, schedule_base: 0 },
    ]);
  });
});
