import { setTimeout as delay } from "node:timers/promises";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import { measure, quantile } from "./measure";
import type { World } from "./world";

export interface Neighbours {
  /** How many endpoints answer at once. */
  endpoints: number;
  /** Deliveries of one more endpoint that never answers, all of them due before any other; 0: no such endpoint. */
  blocked: number;
}

async function arrange(world: World, { endpoints, blocked }: Neighbours): Promise<void> {
  if (blocked > 0) {
    await world.addEndpoints(1, "/hang");
    await world.publish(blocked);
    await world.muteEndpoints();
  }
  await world.addEndpoints(endpoints, "/fair");
}

/** How fast the endpoints that answer are served: `count` deliveries, all due. */
export async function fairRound(world: World, count: number, neighbours: Neighbours): Promise<number> {
  await arrange(world, neighbours);
  await world.publish(Math.ceil(count / neighbours.endpoints));
  await world.deps.sql("VACUUM ANALYZE delivery, event, endpoint");
  const worker = new DeliveryWorker(world.deps);
  const { perSecond } = await measure(world, count, async () => {
    worker.start();
    while (worker.totals.succeeded < count) await delay(5);
  });
  await worker.stop(0);
  await world.clear();
  return perSecond;
}

const everyMs = 100;

/**
 * How long a delivery waits from its event to its request, in milliseconds (99 of 100 wait less), while one event to
 * every endpoint is published ten times a second: well below what the engine can do.
 */
export async function fairLatencyRound(
  world: World,
  seconds: number,
  neighbours: Neighbours,
): Promise<number> {
  await arrange(world, neighbours);
  await world.deps.sql("VACUUM ANALYZE delivery, event, endpoint");
  const worker = new DeliveryWorker(world.deps);
  worker.start();
  await delay(1_000);
  let published = 0;
  for (const until = performance.now() + seconds * 1000; performance.now() < until; published += 1) {
    await world.publish(1);
    worker.wake();
    await delay(everyMs);
  }
  while (worker.totals.succeeded < published * neighbours.endpoints) await delay(5);
  await worker.stop(0);
  const rows = await world.deps.sql<{ waitMs: number }>(
    `SELECT extract(epoch FROM delivery_timestamp - event_timestamp)::float8 * 1000 AS "waitMs" FROM attempt
     WHERE succeeded`,
  );
  await world.clear();
  return quantile(
    rows.map(({ waitMs }) => waitMs),
    0.99,
  );
}
