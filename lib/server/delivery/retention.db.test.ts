import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dropPartition, listPartitions } from "@/lib/server/db/partitions";
import { sqlTransaction } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { fanOut } from "./fan-out";
import { keepPartitions } from "./housekeeping";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const database = testDatabase();
let now: Date;
let deps: Deps;
let principal: Principal;

beforeEach(async () => {
  now = new Date("2026-03-01T00:30:00.000Z");
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  // The days around the real today, which every test database has: by this clock nobody has made them.
  for (const { name, day } of await listPartitions(deps.sql)) {
    if (day.getTime() > now.getTime() + 31 * dayMs) await deps.sql(`DROP TABLE ${name}`);
  }
  principal = await createTestPrincipal(deps);
  await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
});
afterEach(() => closeTestDeps(deps));

async function publish(count = 1): Promise<void> {
  const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
  const events = Array.from({ length: count }, () => event);
  await fanOut(deps, deps.sql, principal.organizationId, events);
}

const settle = () =>
  deps.sql("UPDATE delivery SET state = 'succeeded', finished_at = $1::timestamptz WHERE state = 'pending'", [
    now,
  ]);

async function daysOf(table: string): Promise<number[]> {
  const today = Math.floor(now.getTime() / dayMs);
  return (await listPartitions(deps.sql))
    .filter((partition) => partition.table === table)
    .map(({ day }) => Math.round(day.getTime() / dayMs) - today);
}

describe("over a month, kept every six hours", () => {
  it("every moment has its partition, days go after the retention, events a little later, and nothing else goes", async () => {
    for (let quarter = 0; quarter < 31 * 4; quarter += 1) {
      await keepPartitions(deps);
      // An insert without a partition would fail.
      await publish();
      await settle();
      now = new Date(now.getTime() + 6 * hourMs);
    }
    await keepPartitions(deps);
    // Seven whole days, the day that is leaving, and three ahead; an event is kept for three days more.
    const kept = Array.from({ length: 11 }, (_, index) => index - 7);
    expect(await daysOf("delivery")).toEqual(kept);
    expect(await daysOf("attempt")).toEqual(kept);
    expect(await daysOf("event")).toEqual([-10, -9, -8, ...kept]);
    const [left] = await deps.sql<{ deliveries: number; events: number }>(
      `SELECT (SELECT count(*)::integer FROM delivery) AS deliveries, (SELECT count(*)::integer FROM event) AS events`,
    );
    expect(left).toEqual({ deliveries: 4 * 7, events: 4 * 10 });
  }, 120_000);
});

describe("a day past its retention", () => {
  it("stays while one of its deliveries is open, and goes when it has ended", async () => {
    await publish();
    now = new Date(now.getTime() + 9 * dayMs);
    await keepPartitions(deps);
    expect(await daysOf("delivery")).toContain(-9);
    expect(await daysOf("attempt")).not.toContain(-9);
    await deps.sql("UPDATE delivery SET state = 'held'");
    await keepPartitions(deps);
    expect(await daysOf("delivery")).toContain(-9);
    await deps.sql("UPDATE delivery SET state = 'discarded'");
    await keepPartitions(deps);
    expect(await daysOf("delivery")).not.toContain(-9);
  });

  it("waits a second at most for a reader, lets nobody queue behind it for longer, and goes the next time", async () => {
    await publish();
    await settle();
    now = new Date(now.getTime() + 9 * dayMs);
    await keepPartitions({ ...deps, settings: { ...deps.settings, retentionMs: 30 * dayMs } });
    const reader = await deps.pool.connect();
    await reader.query("BEGIN");
    await reader.query("SELECT count(*) FROM attempt");
    try {
      const startedAt = performance.now();
      const kept = keepPartitions(deps);
      await vi.waitFor(async () => expect(await waitingLocks()).toBeGreaterThan(0), {
        interval: 10,
        timeout: 5_000,
      });
      const insertStartedAt = performance.now();
      await publish(10);
      const insertMs = performance.now() - insertStartedAt;
      await kept;
      expect(insertMs).toBeLessThan(1_500);
      // One attempt per partition that the reader holds: each waits a second, and no longer.
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      expect(await daysOf("attempt")).toContain(-9);
    } finally {
      await reader.query("COMMIT");
      reader.release();
    }
    await keepPartitions(deps);
    expect(await daysOf("attempt")).not.toContain(-9);
  });

  it("is dropped by one of many processes, and none of them fails", async () => {
    await publish();
    await settle();
    now = new Date(now.getTime() + 12 * dayMs);
    const info = vi.spyOn(deps.log, "info");
    await Promise.all(Array.from({ length: 4 }, () => keepPartitions(deps)));
    expect(await daysOf("delivery")).not.toContain(-12);
    expect(await daysOf("event")).not.toContain(-12);
    expect(info).not.toHaveBeenCalled();
  });

  it("is left to the process that is dropping it, which would wait for whoever reads it and be waited for", async () => {
    await publish();
    await settle();
    const name = `delivery_${now.toISOString().slice(0, 10).replaceAll("-", "")}`;
    await sqlTransaction(deps.pool, async (sql) => {
      expect(await dropPartition(sql, name)).toBe("dropped");
      expect(await sqlTransaction(deps.pool, (other) => dropPartition(other, name))).toBe("elsewhere");
    });
    expect(await sqlTransaction(deps.pool, (sql) => dropPartition(sql, name))).toBe("elsewhere");
  });
});

describe("a clock that is set back or runs ahead", () => {
  it("finds a partition for a day before and for three days after", async () => {
    const start = now;
    for (const days of [-1, 1, 2, 3]) {
      now = new Date(start.getTime() + days * dayMs);
      await publish();
    }
    const [row] = await deps.sql<{ count: number }>("SELECT count(*)::integer AS count FROM event");
    expect(row?.count).toBe(4);
  });
});

async function waitingLocks(): Promise<number> {
  const [row] = await deps.sql<{ count: number }>(
    `SELECT count(*)::integer AS count FROM pg_locks
     WHERE NOT granted AND mode = 'AccessExclusiveLock'
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return row?.count ?? 0;
}
