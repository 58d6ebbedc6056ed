import "server-only";
import { randomUUID } from "node:crypto";
import { claimDelivery } from "@/lib/server/db/claim-deliveries";
import { poolSql } from "@/lib/server/db/sql";
import { DeliveryAttempt } from "./delivery-attempt";
import { EndpointBook } from "./endpoint-target";
import type { Engine } from "./engine";
import { recordFinished } from "./record";

/** Longer than any attempt lasts (30 s), so that the lease needs no renewal. */
export const attemptNowLeaseMs = 60_000;

/**
 * Makes the next attempt of one pending delivery now, in this process, for somebody who waits for its answer. Returns
 * the attempt's id once it is recorded; null when there is nothing to attempt, because the delivery is settled, held
 * by a worker, or its endpoint is gone.
 */
export async function attemptNow(
  engine: Engine,
  organizationId: string,
  deliveryId: string,
): Promise<string | null> {
  const now = engine.clock();
  const leaseId = randomUUID();
  const leaseUntil = new Date(now.getTime() + attemptNowLeaseMs);
  const claim = { now, leaseId, leaseUntil };
  const delivery = await claimDelivery(poolSql(engine.pool), organizationId, deliveryId, claim);
  if (!delivery) return null;
  const target = (await new EndpointBook(engine).get([delivery])).get(delivery.endpointId);
  if (!target) return null;
  const attempt = await new Promise<DeliveryAttempt>((resolve) => {
    engine.outbound.dispatch(new DeliveryAttempt(engine, { delivery, leaseId }, target, resolve));
  });
  await recordFinished(engine, [attempt]);
  return attempt.attemptId;
}
