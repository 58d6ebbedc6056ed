import { setTimeout as delay } from "node:timers/promises";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import { measure } from "./measure";
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
/** Of events before those that count: the worker and its statements are new. */
const warmUpSeconds = 1;

/**
 * How long each delivery waits from its event to its request, in milliseconds, while one event to every endpoint is
 * published ten times a second: well below what the engine can do. All of one event wait for the same, so a hundredth of
 * them is a single event in a hundred: judge many of these rounds together.
 */
export async function fairWaitsRound(
  world: World,
  seconds: number,
  neighbours: Neighbours,
): Promise<number[]> {
  await arrange(world, neighbours);
  await world.deps.sql("VACUUM ANALYZE delivery, event, endpoint");
  // Or what the arrangement wrote is flushed while others are measured.
  await world.deps.sql("CHECKPOINT");
  const worker = new DeliveryWorker(world.deps);
  worker.start();
  const warmUp = warmUpSeconds * (1000 / everyMs);
  const events = warmUp + seconds * (1000 / everyMs);
  for (let published = 0; published < events; published += 1) {
    await world.publish(1);
    worker.wake();
    await delay(everyMs);
  }
  while (worker.totals.succeeded < events * neighbours.endpoints) await delay(5);
  await worker.stop(0);
  const rows = await world.deps.sql<{ waitMs: number }>(
    `SELECT extract(epoch FROM delivery_timestamp - event_timestamp)::float8 * 1000 AS "waitMs"
     FROM (SELECT *, dense_rank() OVER (ORDER BY event_timestamp) AS number FROM attempt WHERE succeeded) numbered
     WHERE number > $1`,
    [warmUp],
  );
  await world.clear();
  return rows.map(({ waitMs }) => waitMs);
}
