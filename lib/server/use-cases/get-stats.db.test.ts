import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { StatsQuery } from "@/lib/schemas/stats";
import { addStatistics } from "@/lib/server/db/record-attempts";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { getStats } from "./get-stats";

const database = testDatabase();
const now = new Date("2026-03-10T12:34:56.000Z");
let deps: Deps;
let principal: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
});

afterEach(() => closeTestDeps(deps));

const stats = (query: Record<string, string> = {}, of = principal) =>
  getStats(deps, of, StatsQuery.parse(query));

const counted = (hour: string, endpointId: string, succeeded: boolean, bucket: number, attempts: number) =>
  addStatistics(deps.sql, [
    {
      organizationId: principal.organizationId,
      hour: new Date(hour),
      endpointId,
      succeeded,
      bucket,
      attempts,
    },
  ]);

describe("statistics", () => {
  it("count exactly the attempts that the engine logged, tests and validations aside", async () => {
    const receiver = await startWebhookReceiver(({ body }) => ({
      status: body.includes("order.lost") ? 500 : 200,
    }));
    try {
      const once = { retrySchedule: [], defaultSchedule: false };
      const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, once);
      const events = ["order.placed", "order.lost", "order.placed"].map((eventType) => ({
        eventType,
        eventTimestamp: now,
        data: {},
        dataText: "{}",
      }));
      await fanOut(deps, deps.sql, principal.organizationId, events);
      await new DeliveryWorker(deps).drain(10_000);
      const [logged] = await deps.sql<{ attempts: number; failures: number }>(
        `SELECT count(*)::integer AS attempts, (count(*) FILTER (WHERE NOT succeeded))::integer AS failures FROM attempt`,
      );
      expect(logged).toEqual({ attempts: 3, failures: 1 });
      const { items } = await stats({ endpointId: encodeId("ep", id) });
      expect(items.at(-1)).toMatchObject({ start: "2026-03-10T12:00:00.000Z", ...logged });
      expect(items.at(-1)?.p50Ms).toBeGreaterThan(0);
      expect((await stats()).items).toEqual(items);
    } finally {
      await receiver.close();
    }
  });

  it("have an item for every hour, also where nothing was sent", async () => {
    const endpointId = deps.newId();
    await counted("2026-03-10T03:00:00Z", endpointId, true, 20, 90);
    await counted("2026-03-10T03:00:00Z", endpointId, false, 40, 10);
    const { items, since, until } = await stats();
    expect({ since, until, count: items.length }).toEqual({
      since: "2026-03-09T12:00:00.000Z",
      until: now.toISOString(),
      count: 25,
    });
    const full = items.filter((item) => item.attempts > 0);
    expect(full).toMatchObject([{ start: "2026-03-10T03:00:00.000Z", attempts: 100, failures: 10 }]);
    // Bucket 20 ends at 86.7 ms and holds the first 90; the last 10 lie in bucket 40, up to 7.5 s.
    expect(full[0]?.p50Ms).toBeLessThanOrEqual(87);
    expect(full[0]?.p95Ms).toBeGreaterThan(6_000);
    expect(full[0]!.p99Ms!).toBeGreaterThanOrEqual(full[0]!.p95Ms!);
    expect(items[0]).toMatchObject({ attempts: 0, failures: 0, p50Ms: null, p95Ms: null, p99Ms: null });
  });

  it("by day add up to those by hour", async () => {
    const endpointId = deps.newId();
    for (const [index, hour] of ["05T01", "05T23", "06T00", "10T11"].entries()) {
      await counted(`2026-03-${hour}:00:00Z`, endpointId, index % 2 === 0, 10, index + 1);
    }
    const since = "2026-03-05T00:00:00Z";
    const sum = (items: { attempts: number; failures: number }[]) => [
      items.reduce((total, item) => total + item.attempts, 0),
      items.reduce((total, item) => total + item.failures, 0),
    ];
    const byDay = (await stats({ bucket: "DAY", since })).items;
    expect(byDay.map(({ attempts }) => attempts)).toEqual([3, 3, 0, 0, 0, 4]);
    expect(sum(byDay)).toEqual([10, 6]);
    expect(sum((await stats({ since })).items)).toEqual([10, 6]);
  });

  it("are the organization's own", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/");
    await counted("2026-03-10T11:00:00Z", id, true, 10, 5);
    const stranger = await createTestPrincipal(deps);
    expect((await stats({}, stranger)).items.every(({ attempts }) => attempts === 0)).toBe(true);
    await expect(stats({ endpointId: encodeId("ep", id) }, stranger)).rejects.toMatchObject({ status: 404 });
  });

  it("refuse a range that ends before it begins", () => {
    const query = { since: "2026-03-10T10:00:00Z", until: "2026-03-10T09:00:00Z" };
    expect(StatsQuery.safeParse(query).success).toBe(false);
  });
});
