import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { ReplayIn } from "@/lib/schemas/replay";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { keepHouse, keepPartitions } from "@/lib/server/delivery/housekeeping";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { cancelReplay, getReplay } from "./get-replay";
import { startReplay } from "./start-replay";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let endpointId: string;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  endpointId = (await createTestEndpoint(deps, principal.organizationId, receiver.url)).id;
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

/** A replay of events that the endpoint has missed. Returns its UUID. */
async function replay(count: number, perSecond?: number): Promise<string> {
  const event = { eventType: "order.placed", eventTimestamp: new Date(), data: {}, dataText: "{}" };
  await fanOut(
    deps,
    deps.sql,
    principal.organizationId,
    Array.from({ length: count }, () => event),
  );
  await deps.sql("UPDATE delivery SET state = 'discarded' WHERE replay_id IS NULL");
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const input = ReplayIn.parse({ scope: "missed", since, perSecond });
  return decodeId("rpl", (await startReplay(deps, principal, endpointId, input)).replayId) ?? "";
}

const drain = () => new DeliveryWorker(deps).drain(10_000);

it("ends what was not sent for good, and its counts still add up", async () => {
  const id = await replay(30, 1);
  await drain();
  const canceled = await cancelReplay(deps, principal, id);
  expect(canceled).toMatchObject({ state: "canceled", matched: 30, queued: 0 });
  expect(canceled.succeeded + canceled.canceled).toBe(30);
  expect(canceled.succeeded).toBeLessThan(5);
  await drain();
  expect(receiver.requests).toHaveLength(canceled.succeeded);
});

it("is done and written down once, however many ask for it at once", async () => {
  const id = await replay(3);
  await Promise.all([1, 2, 3].map(() => cancelReplay(deps, principal, id)));
  await cancelReplay(deps, principal, id);
  const action = "endpoint.replay_canceled";
  expect(await deps.prisma.auditEntry.count({ where: { action } })).toBe(1);
});

it("waits for its turn behind who is changing the endpoint: both end the same deliveries", async () => {
  const id = await replay(3);
  const canceled = await deps.transaction(async ({ sql }) => {
    await lockEndpoint(sql, principal.organizationId, endpointId);
    const canceling = cancelReplay(deps, principal, id);
    await vi.waitFor(async () => {
      const waiting = await deps.sql(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      expect(waiting).toHaveLength(1);
    });
    expect(await getReplay(deps, principal, id)).toMatchObject({ state: "running", queued: 3 });
    return { canceling };
  });
  expect(await canceled.canceling).toMatchObject({ state: "canceled", canceled: 3 });
});

it("also ends what was in flight when everything stopped right after it, whenever it is started again", async () => {
  const id = await replay(1);
  await deps.sql(
    "UPDATE delivery SET lease_id = $1::uuid, lease_until = now() + interval '20 s' WHERE replay_id IS NOT NULL",
    [deps.newId()],
  );
  expect(await cancelReplay(deps, principal, id)).toMatchObject({ queued: 1, canceled: 0 });
  await deps.sql("UPDATE replay SET canceled_at = now() - interval '1 day'");
  await deps.sql("UPDATE delivery SET lease_until = now() - interval '1 day' WHERE replay_id IS NOT NULL");
  // As a process starts.
  await keepPartitions(deps);
  await keepHouse(deps, null);
  await drain();
  expect(receiver.requests).toEqual([]);
  expect(await getReplay(deps, principal, id)).toMatchObject({ state: "canceled", canceled: 1, queued: 0 });
});
