import { expect, it, vi } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();

/** With two requests at a time a worker holds 40; with 20 or more it claims only after a rest. */
const concurrency = 2;
const limitedCount = 30;
const quickCount = 300;
/** Longer than a rest with its claim; from one poll to the next it is a second. */
const stallMs = 200;

it("an endpoint that answers at once does not wait for the poll beside many that wait for their rate limit", async () => {
  const deps = await createTestDeps(database().url, { POSTHORN_WORKER_CONCURRENCY: String(concurrency) });
  const receiver = await startWebhookReceiver();
  const worker = new DeliveryWorker(deps);
  try {
    const { organizationId } = await createTestPrincipal(deps);
    const limited = { eventTypes: ["order.placed"], rateLimitPerSecond: 1 };
    for (let number = 0; number < limitedCount; number += 1)
      await createTestEndpoint(deps, organizationId, `${receiver.url}/limited`, limited);
    await createTestEndpoint(deps, organizationId, `${receiver.url}/quick`, {
      eventTypes: ["order.shipped"],
    });
    const publish = (eventType: string, count: number) => {
      const event = { eventType, eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
      const events = Array.from({ length: count }, () => event);
      return fanOut(deps, deps.sql, organizationId, events);
    };
    await publish("order.placed", 30);
    worker.start();
    const soon = { timeout: 30_000, interval: 20 };
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThanOrEqual(limitedCount), soon);

    const arrivedAtMs: number[] = [];
    receiver.answer = ({ path }) => {
      if (path.endsWith("/quick")) arrivedAtMs.push(performance.now());
      return { status: 200 };
    };
    await publish("order.shipped", quickCount);
    worker.wake();
    await vi.waitFor(() => expect(arrivedAtMs).toHaveLength(quickCount), soon);
    const gaps = arrivedAtMs.slice(1).map((atMs, index) => atMs - (arrivedAtMs[index] ?? 0));
    // As a share: a busy machine makes all of it slower. It was nearly three quarters.
    const sum = (some: number[]) => some.reduce((total, gap) => total + gap, 0);
    expect(sum(gaps.filter((gap) => gap > stallMs))).toBeLessThan(sum(gaps) / 2);
  } finally {
    await worker.stop(1_000);
    await receiver.close();
    await closeTestDeps(deps);
  }
});
