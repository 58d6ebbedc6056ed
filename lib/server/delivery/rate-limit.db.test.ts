import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reserveStarts } from "@/lib/server/db/endpoint-starts";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
let processes: Deps[];
let workers: DeliveryWorker[];
let organizationId: string;
let receiver: WebhookReceiver;

const first = () => {
  const [deps] = processes;
  if (!deps) throw new Error("There is no process");
  return deps;
};

beforeEach(async () => {
  const variables = { POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64") };
  processes = await Promise.all([0, 1, 2].map(() => createTestDeps(database().url, variables)));
  workers = processes.map((deps) => new DeliveryWorker(deps));
  ({ organizationId } = await createTestPrincipal(first()));
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(1_000)));
  await receiver.close();
  for (const deps of processes) await closeTestDeps(deps);
});

async function publish(count: number): Promise<void> {
  const event = { eventType: "order.placed", eventTimestamp: new Date(), data: {}, dataText: "{}" };
  await fanOut(
    first(),
    first().sql,
    organizationId,
    Array.from({ length: count }, () => event),
  );
}

describe("a rate limit", () => {
  it("holds over three processes that deliver to the same endpoint at once, and is made use of", async () => {
    const rate = 40;
    const count = 120;
    const arrivals: number[] = [];
    receiver.answer = () => {
      arrivals.push(performance.now());
      return { status: 200 };
    };
    await createTestEndpoint(first(), organizationId, receiver.url, { rateLimitPerSecond: rate });
    await publish(count);
    for (const worker of workers) worker.start();
    await vi.waitFor(() => expect(arrivals).toHaveLength(count), { timeout: 20_000, interval: 20 });
    for (const [index, atMs] of arrivals.entries()) {
      const within = arrivals.filter((other) => other >= atMs && other < atMs + 1000).length;
      // A start may be a quarter of a second late, and come close to the next ones that are on time.
      expect(within, `in the second from arrival ${index} on`).toBeLessThanOrEqual(1.25 * rate + 3);
    }
    const tookMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
    expect(tookMs).toBeGreaterThan((count / rate - 0.5) * 1000);
    const senders = workers.filter((worker) => worker.totals.succeeded > 0);
    expect(senders.length).toBeGreaterThan(1);
  });

  it("lets a fast endpoint go on while a slow one waits for its turn", async () => {
    const arrivals: Record<string, number> = {};
    receiver.answer = ({ path }) => {
      arrivals[path] = (arrivals[path] ?? 0) + 1;
      return { status: 200 };
    };
    await createTestEndpoint(first(), organizationId, `${receiver.url}/slow`, { rateLimitPerSecond: 0.05 });
    await createTestEndpoint(first(), organizationId, `${receiver.url}/fast`, { rateLimitPerSecond: 200 });
    await publish(100);
    workers[0]?.start();
    await vi.waitFor(() => expect(arrivals["/webhooks/fast"]).toBe(100), { timeout: 10_000, interval: 10 });
    expect(arrivals["/webhooks/slow"]).toBe(1);
  });
});

describe("starts", () => {
  it("are never given to two, and a quarter of a second ahead at most", async () => {
    const { id } = await createTestEndpoint(first(), organizationId, receiver.url);
    const request = { endpointId: id, count: 100, ratePerSecond: 20 };
    const grants = await Promise.all(processes.map(({ sql }) => reserveStarts(sql, [request])));
    const counts = grants.map(([grant]) => grant?.count ?? -1).sort((a, b) => a - b);
    expect(counts[0]).toBe(0);
    const given = counts.reduce((sum, count) => sum + count, 0);
    // The first at once and five in the quarter of a second; one more when the three did not ask in the same moment.
    expect([6, 7]).toContain(given);
  });

  it("begin anew when the database's clock was set back, or the rate was raised", async () => {
    const { id } = await createTestEndpoint(first(), organizationId, receiver.url);
    const request = { endpointId: id, count: 1, ratePerSecond: 10 };
    await reserveStarts(first().sql, [request]);
    await first().sql("UPDATE endpoint_start SET next_at = now() + interval '1 hour'");
    const [grant] = await reserveStarts(first().sql, [request]);
    expect(grant).toEqual({ endpointId: id, count: 1, inMs: 0 });
  });

  it("are not given for an endpoint that is gone", async () => {
    const request = { endpointId: first().newId(), count: 1, ratePerSecond: 10 };
    expect(await reserveStarts(first().sql, [request])).toEqual([]);
  });
});
