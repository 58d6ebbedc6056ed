import { beforeEach, expect, it, vi } from "vitest";
import type { Deps } from "@/lib/server/deps";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";

const world = deliveryWorld();
let aheadMs: number;
/** Requests that arrived and wait for their answer. */
let open: (() => void)[];

beforeEach(() => {
  aheadMs = 0;
  open = [];
  world.receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
});

/** Runs `test` with an engine of a second process, whose clock is `aheadMs` ahead. */
async function withJumpingClock(test: (jumping: Deps) => Promise<void>): Promise<void> {
  const clock = () => new Date(Date.now() + aheadMs);
  const jumping = await createTestDeps(world.databaseUrl, {}, { clock });
  try {
    await test({ ...jumping, sealer: world.deps.sealer });
  } finally {
    await world.stopWorkers();
    await closeTestDeps(jumping);
  }
}

const answerAll = () => {
  for (const answer of open) answer();
};

it("does not make a worker claim what it has in flight itself", () =>
  withJumpingClock(async (jumping) => {
    const { organizationId } = world.principal;
    await createTestEndpoint(jumping, organizationId, world.receiver.url);
    await world.publish(5);
    const worker = world.startWorker(jumping);
    await vi.waitFor(() => expect(open).toHaveLength(5));
    aheadMs = 3_600_000;
    await createTestEndpoint(jumping, organizationId, world.receiver.url);
    await world.publish(1);
    worker.wake();
    await vi.waitFor(() => expect(open.length).toBeGreaterThanOrEqual(7), { timeout: 10_000 });
    answerAll();
    await world.settled("succeeded", 7);
    expect(world.receiver.requests).toHaveLength(7);
  }));

it.each([
  ["one clock jumps", () => world.deps],
  ["all clocks jump", (jumping: Deps) => jumping],
])("makes no worker claim what another has in flight when %s", (_, ofTheBusyOne) =>
  withJumpingClock(async (jumping) => {
    await createTestEndpoint(jumping, world.principal.organizationId, world.receiver.url);
    world.startWorker(ofTheBusyOne(jumping));
    await world.publish(5);
    await vi.waitFor(() => expect(open).toHaveLength(5), { timeout: 10_000 });
    const idle = world.startWorker(jumping);
    await vi.waitFor(() => expect(idle.loopAgeMs).not.toBeNull());
    const jumpedAtMs = performance.now();
    aheadMs = 3_600_000;
    idle.wake();
    const hasLooked = () => (idle.loopAgeMs ?? Infinity) < performance.now() - jumpedAtMs;
    await vi.waitFor(() => expect(hasLooked()).toBe(true), { timeout: 10_000 });
    expect(idle.totals.claimed).toBe(0);
    answerAll();
    await world.settled("succeeded", 5);
    expect(world.receiver.requests).toHaveLength(5);
  }),
);
