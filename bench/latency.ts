import { setTimeout as delay } from "node:timers/promises";
import { DeliveryService } from "@/lib/server/delivery/delivery-service";
import { quantile } from "./measure";
import type { World } from "./world";

export interface Latency {
  p50Ms: number;
  p99Ms: number;
}

/** From the return of the publishing statement (its commit) to the request's arrival, one event at a time, idle. */
export async function latencyRound(world: World, count: number): Promise<Latency> {
  const { deps, receiver } = world;
  await world.addEndpoints(1, "/latency");
  const service = new DeliveryService(deps, world.database.url);
  deps.service = service;
  await service.start();
  const waits: number[] = [];
  for (let done = 0; done < count; done += 1) {
    await world.publish(1);
    const committedAtMs = performance.timeOrigin + performance.now();
    deps.wake();
    let received = await receiver.received();
    while (received.count <= done) {
      await delay(2);
      received = await receiver.received();
    }
    waits.push(Math.max(0, received.lastArrivalMs - committedAtMs));
    await delay(5);
  }
  await service.stop(5_000);
  deps.service = null;
  await world.clear();
  return { p50Ms: quantile(waits, 0.5), p99Ms: quantile(waits, 0.99) };
}
