import { setTimeout as delay } from "node:timers/promises";
import { DeliveryService } from "@/lib/server/delivery/delivery-service";
import { quantile } from "./measure";
import { startWorkerProcess } from "./workers";
import type { World } from "./world";

export interface Latency {
  p50Ms: number;
  p99Ms: number;
}

/** From the return of the publishing statement (its commit) to the request's arrival, one event at a time, idle. */
export async function latencyRound(world: World, count: number): Promise<Latency> {
  const service = new DeliveryService(world.deps, world.database.url);
  world.deps.service = service;
  await service.start();
  const latency = await measureLatency(world, count);
  await service.stop(5_000);
  world.deps.service = null;
  await world.clear();
  return latency;
}

/** The same when the worker is another process, which is woken by NOTIFY. */
export async function otherProcessLatencyRound(world: World, count: number): Promise<Latency> {
  const worker = await startWorkerProcess(world);
  await worker.tell("serve");
  const latency = await measureLatency(world, count);
  await worker.tell("stop");
  await worker.tell("exit");
  await world.clear();
  return latency;
}

/** The first events are not counted: whoever sends them has just been started. */
const warmUpCount = 20;

async function measureLatency({ deps, receiver, ...world }: World, count: number): Promise<Latency> {
  await world.addEndpoints(1, "/latency");
  const waits: number[] = [];
  for (let done = 0; done < warmUpCount + count; done += 1) {
    await world.publish(1);
    const committedAtMs = performance.timeOrigin + performance.now();
    deps.wake();
    const { lastArrivalMs } = await receiver.reached(done + 1);
    if (done >= warmUpCount) waits.push(Math.max(0, lastArrivalMs - committedAtMs));
    await delay(5);
  }
  return { p50Ms: quantile(waits, 0.5), p99Ms: quantile(waits, 0.99) };
}
