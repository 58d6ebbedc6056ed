import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { ReplayIn } from "@/lib/schemas/replay";
import { keepHouse } from "@/lib/server/delivery/housekeeping";
import type { Deps } from "@/lib/server/deps";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { cancelReplay } from "./get-replay";
import { getInstanceStatus } from "./get-instance-status";
import { healDeliveries } from "./heal-deliveries";
import { retryDelivery } from "./retry-delivery";
import { startReplay } from "./start-replay";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

const hourMs = 3_600_000;
const world = deliveryWorld();
let aheadMs: number;
/** A process that serves people, with a clock of its own; the workers' is right. */
let web: Deps;
/** Requests that arrived and wait for their answer. */
let open: (() => void)[];

beforeEach(async () => {
  aheadMs = 0;
  open = [];
  const clock = () => new Date(Date.now() + aheadMs);
  web = { ...(await createTestDeps(world.databaseUrl, {}, { clock })), sealer: world.deps.sealer };
});
afterEach(() => closeTestDeps(web));

const keepOpen = () => {
  world.receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
};
const arrived = (count: number) =>
  vi.waitFor(() => expect(world.receiver.requests).toHaveLength(count), { timeout: 5_000 });

/** An endpoint with one delivery that a worker has in flight. */
async function inFlight(): Promise<string> {
  keepOpen();
  const { id } = await world.addEndpoint(world.receiver.url, { timeoutSeconds: 30 });
  await world.publish();
  world.startWorker();
  await arrived(1);
  return id;
}

async function succeedsOnce(): Promise<void> {
  for (const answer of open) answer();
  await world.settled("succeeded");
  await arrived(1);
}

async function replayOne(by: Deps, endpointId: string): Promise<string> {
  const since = new Date(Date.now() - hourMs).toISOString();
  const input = ReplayIn.parse({ scope: "all", since });
  const { replayId } = await startReplay(by, world.principal, endpointId, input);
  return decodeId("rpl", replayId) ?? "";
}

describe("what a worker has in flight, seen by a process whose clock is an hour ahead", () => {
  it("is settled by its own answer when the endpoint is disabled", async () => {
    const id = await inFlight();
    aheadMs = hourMs;
    await updateEndpoint(web, world.principal, id, { state: "disabled" });
    expect(await world.deliveries()).toMatchObject([{ state: "pending" }]);
    await succeedsOnce();
  });

  it("is not held when the URL changes", async () => {
    const id = await inFlight();
    aheadMs = hourMs;
    await updateEndpoint(web, world.principal, id, {
      timeoutSeconds: 29,
      verification: { method: "challenge" },
    });
    const [row] = await world.deliveries();
    expect(row?.state).toBe("pending");
    for (const answer of open) answer();
    await vi.waitFor(async () => expect((await world.deliveries())[0]?.state).toBe("succeeded"), 5_000);
  });

  it("is not canceled with its replay, neither at once nor by who keeps house", async () => {
    const { id } = await world.addEndpoint(world.receiver.url, { timeoutSeconds: 30 });
    await world.publish();
    await world.deps.sql("DELETE FROM delivery");
    keepOpen();
    const replayId = await replayOne(world.deps, id);
    world.startWorker();
    await arrived(1);
    aheadMs = hourMs;
    expect(await cancelReplay(web, world.principal, replayId)).toMatchObject({ queued: 1, canceled: 0 });
    await keepHouse(web, null);
    await succeedsOnce();
    expect(await cancelReplay(web, world.principal, replayId)).toMatchObject({ succeeded: 1, canceled: 0 });
  });

  it("is counted as leased", async () => {
    await inFlight();
    aheadMs = hourMs;
    const status = await getInstanceStatus(web, { ...world.principal, isOperator: true });
    expect(status.lanes[0]).toMatchObject({ due: 0, leased: 1, overdue: 0 });
    await succeedsOnce();
  });
});

it.each([-hourMs, hourMs])("no lease that a worker holds is returned by a clock %d ms ahead", async (ms) => {
  await inFlight();
  // Due for long enough to be so by either clock.
  await world.deps.sql("UPDATE delivery SET due_at = due_at - interval '2 hours'");
  aheadMs = ms;
  const operator = { ...world.principal, isOperator: true };
  expect((await getInstanceStatus(web, operator)).stuck.leases).toBe(0);
  expect((await healDeliveries(web, operator)).leases).toBe(0);
  await succeedsOnce();
});

it.each([-hourMs, hourMs])(
  "a test is sent once, whatever the workers do, by a clock %d ms ahead",
  async (ms) => {
    aheadMs = ms;
    const { id } = await world.addEndpoint();
    const workers = [world.startWorker(), world.startWorker()];
    const waking = setInterval(() => workers.forEach((worker) => worker.wake()), 1);
    try {
      for (let count = 1; count <= 20; count += 1) {
        await testEndpoint(web, world.principal, id, { eventType: "developer.webhook.test" });
        expect(world.receiver.requests).toHaveLength(count);
      }
    } finally {
      clearInterval(waking);
    }
    expect(await world.attempts()).toHaveLength(20);
  },
);

it("an activation, a replay and a retry by hand are sent at once by a clock that is an hour ahead", async () => {
  aheadMs = hourMs;
  const { id } = await world.addEndpoint(world.receiver.url, { state: "disabled" });
  await updateEndpoint(web, world.principal, id, { state: "active" });
  world.startWorker();
  await world.settled("succeeded");
  await world.publish();
  await world.settled("succeeded", 2);
  await replayOne(web, id);
  await world.settled("succeeded", 3);
  const [first] = await world.deps.sql<{ id: string }>("SELECT id FROM delivery WHERE purpose = 'event'");
  await retryDelivery(web, world.principal, first?.id ?? "");
  await arrived(4);
  await world.settled("succeeded", 3);
});
