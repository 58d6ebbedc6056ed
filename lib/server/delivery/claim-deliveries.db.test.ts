import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { claimDeliveries, type ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import { ensurePartitions } from "@/lib/server/db/partitions";
import { sqlTransaction } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { fanOut } from "./fan-out";

const database = testDatabase();
const dayMs = 86_400_000;
let now: Date;
let deps: Deps;
let organizationId: string;

beforeEach(async () => {
  now = new Date("2026-03-01T12:00:00.000Z");
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  ({ organizationId } = await createTestPrincipal(deps));
  for (let count = 0; count < 3; count += 1)
    await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/a");
});

afterEach(() => closeTestDeps(deps));

async function publish(dataText: string): Promise<string> {
  const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText, traceparent: null };
  const [made] = await fanOut(deps, deps.sql, organizationId, [event]);
  return made!.id;
}

function claim(sql = deps.sql, limit = 100, roomDefault = 100): Promise<ClaimedDelivery[]> {
  const leaseUntil = new Date(now.getTime() + 20_000);
  const rest = { limit, roomDefault, rooms: new Map<string, number>(), workerId: null };
  return claimDeliveries(sql, { now, leaseId: randomUUID(), leaseUntil, ...rest });
}

it("takes what has waited for days together with what is new, the oldest first, each with its own event", async () => {
  const expected: [string, Date, string][] = [];
  for (let day = 0; day < 4; day += 1) {
    await ensurePartitions(deps.sql, now, 1);
    const dataText = `{"day":${day}}`;
    const id = await publish(dataText);
    for (let endpoint = 0; endpoint < 3; endpoint += 1) expected.push([id, now, dataText]);
    now = new Date(now.getTime() + dayMs);
  }
  const claimed = await claim();
  expect(claimed.map((one) => [one.eventId, one.eventTimestamp, one.dataText])).toEqual(expected);
  expect(new Set(claimed.map((one) => one.endpointId)).size).toBe(3);
  expect(await claim()).toEqual([]);
});

it("takes eight live deliveries to three retries and one replay, and all of a lane while the others are empty", async () => {
  for (let count = 0; count < 30; count += 1) await publish("{}");
  await deps.sql(
    `UPDATE delivery SET lane = number % 3
     FROM (SELECT id, row_number() OVER (ORDER BY id)::smallint AS number FROM delivery) numbered
     WHERE numbered.id = delivery.id`,
  );
  const lanesOf = (claimed: readonly ClaimedDelivery[]) =>
    [0, 1, 2].map((lane) => claimed.filter((one) => one.lane === lane).length);
  expect(lanesOf(await claim(deps.sql, 24))).toEqual([16, 6, 2]);
  expect(lanesOf(await claim())).toEqual([14, 24, 28]);
  await publish("{}");
  expect(lanesOf(await claim(deps.sql, 2))).toEqual([2, 0, 0]);
});

it("says of every delivery that its event is gone", async () => {
  await publish("{}");
  await deps.sql("DELETE FROM event");
  expect(await claim()).toMatchObject(
    Array.from({ length: 3 }, () => ({ dataText: null, dataBytes: null, eventType: "order.placed" })),
  );
});

it("passes over what another worker is just claiming, and takes the rest", async () => {
  await publish("{}");
  const claimed = await sqlTransaction(deps.pool, async (sql) => {
    const first = await claim(sql, 2);
    return [...first, ...(await claim())];
  });
  expect(claimed).toHaveLength(3);
  expect(new Set(claimed.map((one) => one.id)).size).toBe(3);
});

it("takes as much beside another worker that is just claiming the oldest, instead of choosing the same", async () => {
  for (let count = 0; count < 20; count += 1) await publish("{}");
  await sqlTransaction(deps.pool, async (sql) => {
    const first = await claim(sql, 10);
    const second = await sqlTransaction(deps.pool, async (beside) => {
      const claimed = await claim(beside, 10);
      expect(await claim(deps.sql, 10)).toHaveLength(10);
      return claimed;
    });
    expect([first.length, second.length]).toEqual([10, 10]);
    expect(new Set([...first, ...second].map((one) => one.id)).size).toBe(20);
  });
  // Nothing stays behind for having been passed over.
  expect(await claim()).toHaveLength(30);
});

it("leaves another worker that is just claiming what an endpoint has room for there, and takes the next", async () => {
  for (let count = 0; count < 20; count += 1) await publish("{}");
  await sqlTransaction(deps.pool, async (sql) => {
    const first = await claim(sql, 100, 5);
    const second = await claim(deps.sql, 100, 5);
    expect([first.length, second.length]).toEqual([15, 15]);
    const bySecond = new Map<string, number>();
    for (const { endpointId } of second) bySecond.set(endpointId, (bySecond.get(endpointId) ?? 0) + 1);
    expect([...bySecond.values()]).toEqual([5, 5, 5]);
  });
});
