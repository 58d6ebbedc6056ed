import { setTimeout as delay } from "node:timers/promises";
import { DeliveryAttempt } from "@/lib/server/delivery/delivery-attempt";
import { EndpointBook } from "@/lib/server/delivery/endpoint-target";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import { measure, type Figure } from "./measure";
import { dataText, type World } from "./world";

/** The ceiling: the same signed requests through the same client, 64 in flight, and nothing stored. */
export async function rawRound(world: World, count: number): Promise<Figure> {
  const [endpointId = ""] = await world.addEndpoints(1, "/raw");
  const target = (await new EndpointBook(world.deps).get([{ endpointId, endpointVersion: 1 }])).get(
    endpointId,
  );
  if (!target) throw new Error("The endpoint is missing");
  const delivery: ClaimedDelivery = {
    id: world.deps.newId(),
    organizationId: world.organizationId,
    endpointId,
    eventId: world.deps.newId(),
    eventType: "order.placed",
    purpose: "event",
    lane: 0,
    deliveryAttempt: 0,
    scheduleBase: 0,
    eventTimestamp: new Date(),
    dataText,
    dataBytes: dataText.length,
    endpointState: "active",
    endpointVersion: 1,
    traceparent: null,
  };
  const figure = await measure(
    world,
    count,
    () =>
      new Promise((resolve, reject) => {
        let started = 0;
        let ended = 0;
        const next = () => {
          started += 1;
          const attempt = new DeliveryAttempt(world.deps, { delivery, leaseId: "" }, target, (finished) => {
            if (finished.judgement.outcome !== "succeeded")
              return reject(new Error(finished.failure ?? "failed"));
            ended += 1;
            if (ended === count) resolve();
            else if (started < count) next();
          });
          world.deps.outbound.dispatch(attempt);
        };
        for (let slot = 0; slot < 64; slot += 1) next();
      }),
  );
  await world.clear();
  return figure;
}

/** The engine with everything durable and every rule on: `count` deliveries over `endpoints` endpoints. */
export async function engineRound(world: World, count: number, endpoints = 100): Promise<Figure> {
  await world.addEndpoints(endpoints, "/engine");
  const figure = await deliverAll(world, count, endpoints);
  await world.clear();
  return figure;
}

/** Publishes `count` deliveries to the `endpoints` that listen and has one worker in this process deliver them. */
export async function deliverAll(world: World, count: number, endpoints: number): Promise<Figure> {
  await world.publish(count / endpoints);
  await world.deps.sql("VACUUM ANALYZE delivery, event, endpoint");
  const worker = new DeliveryWorker(world.deps);
  const figure = await measure(world, count, async () => {
    worker.start();
    while (worker.totals.succeeded < count) {
      if (worker.totals.failed > 0) throw new Error("A delivery of the benchmark failed");
      await delay(5);
    }
  });
  await worker.stop(5_000);
  await expectEachOnce(world, count);
  return figure;
}

export async function expectEachOnce(world: World, count: number): Promise<void> {
  const { distinct, repeated } = await world.receiver.received();
  if (distinct !== count || repeated > 0)
    throw new Error(`${distinct} of ${count} arrived, ${repeated} repeatedly`);
}
