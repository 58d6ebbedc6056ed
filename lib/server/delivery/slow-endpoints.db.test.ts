import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
const concurrency = 16;
let deps: Deps;
let hanging: WebhookReceiver;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url, {
    POSTHORN_WORKER_CONCURRENCY: String(concurrency),
    POSTHORN_ENDPOINT_CONCURRENCY: "8",
  });
  hanging = await startWebhookReceiver(() => "never");
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await hanging.close();
  await closeTestDeps(deps);
});

async function publish(organizationId: string, count: number): Promise<void> {
  const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(
    deps,
    deps.sql,
    organizationId,
    Array.from({ length: count }, () => event),
  );
}

describe("endpoints that hang leave room for those that answer, once they are known", () => {
  it.each([
    ["more of them than there are requests in flight", concurrency / 2],
    ["what waits for them is more than one process may hold", 3 * concurrency],
  ])("%s", async (_what, crowdCount) => {
    const crowd = await createTestPrincipal(deps);
    for (let count = 0; count < crowdCount; count += 1) {
      await createTestEndpoint(deps, crowd.organizationId, hanging.url, { timeoutSeconds: 2 });
    }
    await publish(crowd.organizationId, 50);
    const worker = new DeliveryWorker(deps);
    worker.start();
    try {
      // Each of them has let a request run out.
      const known = "SELECT DISTINCT endpoint_id FROM attempt";
      await vi.waitFor(async () => expect(await deps.sql(known)).toHaveLength(crowdCount), {
        timeout: 60_000,
        interval: 100,
      });
      const other = await createTestPrincipal(deps);
      await createTestEndpoint(deps, other.organizationId, receiver.url);
      await publish(other.organizationId, 40);
      // Without a share of their own, they would have a turn of four every two seconds, or none.
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(40), { timeout: 10_000, interval: 20 });
    } finally {
      await worker.stop(0);
    }
  });
});
