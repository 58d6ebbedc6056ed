import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listPartitions } from "@/lib/server/db/partitions";
import type { Deps } from "@/lib/server/deps";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { DeliveryService } from "./delivery-service";
import { keepHouse, keepPartitions } from "./housekeeping";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const world = deliveryWorld();
let aheadMs: number;
/** A process that delivers by a clock of its own; whoever publishes, and the database, have the right one. */
let wrong: Deps;

beforeEach(async () => {
  aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const variables = { POSTHORN_RETRY_SCHEDULE: "15m" };
  wrong = {
    ...(await createTestDeps(world.databaseUrl, variables, { clock })),
    sealer: world.deps.sealer,
  };
});
afterEach(async () => {
  await world.stopWorkers();
  await closeTestDeps(wrong);
});

const minutesFromNow = (column: string, table: string) =>
  world.deps
    .sql<{
      minutes: number;
    }>(`SELECT (date_part('epoch', ${column} - clock_timestamp()) / 60)::float8 AS minutes FROM ${table}`)
    .then(([row]) => row?.minutes ?? NaN);

it("behind by an hour keeps nothing that is due waiting", async () => {
  aheadMs = -hourMs;
  await world.addEndpoint();
  world.startWorker(wrong);
  await world.publish(3);
  await world.settled("succeeded", 3);
});

it("ahead by an hour makes no retry before its time", async () => {
  aheadMs = hourMs;
  await world.addEndpoint();
  await world.publish();
  await world.deps.sql("UPDATE delivery SET due_at = clock_timestamp() + interval '30 minutes'");
  const worker = world.startWorker(wrong);
  await vi.waitFor(() => expect(worker.loopAgeMs).not.toBeNull(), { timeout: 5_000 });
  await world.publish();
  const states = async () => (await world.deliveries()).map(({ state }) => state);
  await vi.waitFor(async () => expect(await states()).toEqual(["pending", "succeeded"]), { timeout: 5_000 });
  expect(world.receiver.requests).toHaveLength(1);
});

it.each([-hourMs, hourMs, -30 * dayMs, 30 * dayMs])(
  "off by %d ms plans a retry, and dates a failure, by the database's clock",
  async (ms) => {
    aheadMs = ms;
    world.receiver.answer = () => ({ status: 500 });
    await keepPartitions(wrong); // for the day that it believes to be today
    await world.addEndpoint();
    await world.publish();
    world.startWorker(wrong);
    await vi.waitFor(async () => expect((await world.deliveries())[0]?.delivery_attempt).toBe(1), 5_000);
    expect(await minutesFromNow("due_at", "delivery")).toBeCloseTo(15, -1);
    expect(await minutesFromNow("failing_since", "endpoint")).toBeCloseTo(0, 0);
  },
);

it("a month ahead deletes no day and ends no validation that others still keep", async () => {
  const { id } = await world.addEndpoint(world.receiver.url, { state: "validating" });
  await world.publish();
  await world.deps.sql("UPDATE delivery SET state = 'succeeded', finished_at = clock_timestamp()");
  const today = await listPartitions(world.deps.sql);
  aheadMs = 30 * dayMs;
  await keepPartitions(wrong);
  await keepHouse(wrong, null);
  expect(await listPartitions(world.deps.sql)).toEqual(expect.arrayContaining(today));
  expect(await world.deps.sql("SELECT state::text AS state FROM endpoint WHERE id = $1::uuid", [id])).toEqual(
    [{ state: "validating" }],
  );
});

it("that wakes up on a day without a partition makes it at once", async () => {
  wrong.service = new DeliveryService(wrong, world.databaseUrl);
  await wrong.service.start();
  aheadMs = 10 * dayMs;
  const named = (at: Date) => `event_${at.toISOString().slice(0, 10).replaceAll("-", "")}`;
  await vi.waitFor(
    async () => {
      const names = (await listPartitions(world.deps.sql)).map(({ name }) => name);
      expect(names).toContain(named(wrong.clock()));
    },
    { timeout: 10_000 },
  );
});
