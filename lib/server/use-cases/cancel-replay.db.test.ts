import { beforeEach, expect, it, vi } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { ReplayIn } from "@/lib/schemas/replay";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import { keepHouse, keepPartitions } from "@/lib/server/delivery/housekeeping";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { cancelReplay, getReplay, listReplays } from "./get-replay";
import { retryDelivery } from "./retry-delivery";
import { startReplay } from "./start-replay";

const world = deliveryWorld();
let endpointId: string;

beforeEach(async () => {
  endpointId = (await world.addEndpoint()).id;
});

/** A replay of events that the endpoint has missed. Returns its UUID. */
async function replay(count: number, perSecond?: number): Promise<string> {
  await world.publish(count);
  await world.deps.sql("UPDATE delivery SET state = 'discarded' WHERE replay_id IS NULL");
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const input = ReplayIn.parse({ scope: "missed", since, perSecond });
  return decodeId("rpl", (await startReplay(world.deps, world.principal, endpointId, input)).replayId) ?? "";
}

const drain = () => new DeliveryWorker(world.deps).drain(10_000);

it("ends what was not sent for good, and its counts still add up", async () => {
  const id = await replay(30, 1);
  await drain();
  const canceled = await cancelReplay(world.deps, world.principal, id);
  expect(canceled).toMatchObject({ state: "canceled", matched: 30, queued: 0 });
  expect(canceled.succeeded + canceled.canceled).toBe(30);
  expect(canceled.succeeded).toBeLessThan(5);
  await drain();
  expect(world.receiver.requests).toHaveLength(canceled.succeeded);
});

it("is done and written down once, however many ask for it at once", async () => {
  const id = await replay(3);
  await Promise.all([1, 2, 3].map(() => cancelReplay(world.deps, world.principal, id)));
  await cancelReplay(world.deps, world.principal, id);
  const action = "endpoint.replay_canceled";
  expect(await world.deps.prisma.auditEntry.count({ where: { action } })).toBe(1);
});

it("leaves a replay that is over as it ended: a button on a page that was loaded before is too late", async () => {
  const id = await replay(3);
  await drain();
  const ended = await getReplay(world.deps, world.principal, id);
  expect(ended).toMatchObject({ state: "completed", succeeded: 3 });
  expect(await cancelReplay(world.deps, world.principal, id)).toEqual(ended);
  const action = "endpoint.replay_canceled";
  expect(await world.deps.prisma.auditEntry.count({ where: { action } })).toBe(0);
});

it("leaves alone what somebody retried by hand after it", async () => {
  const id = await replay(2);
  await cancelReplay(world.deps, world.principal, id);
  const [row] = await world.deps.sql<{ id: string }>("SELECT id FROM delivery WHERE replay_id IS NOT NULL");
  await retryDelivery(world.deps, world.principal, row?.id ?? "");
  await keepHouse(world.deps, null);
  await drain();
  expect(world.receiver.requests).toHaveLength(1);
});

it("is not shown any more once the retention has taken its deliveries", async () => {
  const id = await replay(3);
  const later = () => new Date(Date.now() + world.deps.settings.retentionMs + 1_000);
  const inAWeek = { ...world.deps, clock: later };
  expect(await getReplay(inAWeek, world.principal, id)).toMatchObject({ state: "running", queued: 3 });
  await drain();
  expect(await getReplay(world.deps, world.principal, id)).toMatchObject({ state: "completed" });
  await expect(getReplay(inAWeek, world.principal, id)).rejects.toMatchObject({ status: 404 });
});

it("stands among its endpoint's replays as long as it has something to send, however slow it is", async () => {
  const slow = await replay(3);
  const later = () => new Date(Date.now() + world.deps.settings.retentionMs + 1_000);
  const inAWeek = { ...world.deps, clock: later };
  const listed = async (deps: typeof world.deps) => {
    const replays = await listReplays(deps, world.principal, endpointId);
    return replays.map(({ id, queued }) => ({ id: decodeId("rpl", id), queued }));
  };
  expect(await listed(inAWeek)).toEqual([{ id: slow, queued: 3 }]);
  await drain();
  expect(await listed(world.deps)).toEqual([{ id: slow, queued: 0 }]);
  expect(await listed(inAWeek)).toEqual([]);
});

it("waits for its turn behind who is changing the endpoint: both end the same deliveries", async () => {
  const id = await replay(3);
  const canceled = await world.deps.transaction(async ({ sql }) => {
    await lockEndpoint(sql, world.principal.organizationId, endpointId);
    const canceling = cancelReplay(world.deps, world.principal, id);
    await vi.waitFor(async () => expect(await waitingForLocks(world.deps.sql)).toBe(1), 10_000);
    expect(await getReplay(world.deps, world.principal, id)).toMatchObject({ state: "running", queued: 3 });
    return { canceling };
  });
  expect(await canceled.canceling).toMatchObject({ state: "canceled", canceled: 3 });
});

it("also ends what was in flight when everything stopped right after it, whenever it is started again", async () => {
  const id = await replay(1);
  await world.deps.sql(
    "UPDATE delivery SET lease_id = $1::uuid, lease_until = now() + interval '20 s' WHERE replay_id IS NOT NULL",
    [world.deps.newId()],
  );
  for (let times = 0; times < 2; times += 1)
    expect(await cancelReplay(world.deps, world.principal, id)).toMatchObject({ queued: 1, canceled: 0 });
  const action = "endpoint.replay_canceled";
  expect(await world.deps.prisma.auditEntry.count({ where: { action } })).toBe(1);
  await world.deps.sql("UPDATE replay SET canceled_at = now() - interval '1 day'");
  await world.deps.sql(
    "UPDATE delivery SET lease_until = now() - interval '1 day' WHERE replay_id IS NOT NULL",
  );
  // As a process starts.
  await keepPartitions(world.deps);
  await keepHouse(world.deps, null);
  await drain();
  expect(world.receiver.requests).toEqual([]);
  expect(await getReplay(world.deps, world.principal, id)).toMatchObject({
    state: "canceled",
    canceled: 1,
    queued: 0,
  });
});
