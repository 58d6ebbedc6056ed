import "server-only";
import { randomUUID } from "node:crypto";
import { claimDelivery } from "@/lib/server/db/claim-deliveries";
import type { Sql } from "@/lib/server/db/sql";
import type { LeasedDelivery } from "./claimer";
import { DeliveryAttempt } from "./delivery-attempt";
import { EndpointBook } from "./endpoint-target";
import type { Engine } from "./engine";
import { recordFinished } from "./record";

/** Longer than any attempt lasts (30 s), so that the lease needs no renewal. */
const leaseMs = 60_000;

export type LeasedForNow = Omit<LeasedDelivery, "claimedAtMs">;

/**
 * Leases a delivery for `attemptNow` in the transaction that stores it: no worker ever sees it free. Should this process
 * end before the attempt is recorded, a worker makes it when the lease is over.
 */
export async function leaseForNow(
  sql: Sql,
  organizationId: string,
  deliveryId: string,
): Promise<LeasedForNow> {
  const leaseId = randomUUID();
  const delivery = await claimDelivery(sql, organizationId, deliveryId, { leaseId, leaseMs });
  if (!delivery) throw new Error("A delivery that was just stored could not be leased");
  return { delivery, leaseId };
}

/**
 * Makes the attempt in this process, for somebody who waits for its answer. Returns its id once it is recorded; null when
 * there is nothing to send to: the endpoint was deleted meanwhile, or cannot be read here.
 */
export async function attemptNow(engine: Engine, leased: LeasedForNow): Promise<string | null> {
  const { delivery } = leased;
  const target = (await new EndpointBook(engine).get([delivery])).get(delivery.endpointId);
  if (!target) {
    await recordFinished(engine, [{ ...leased, unsent: "canceled" }]);
    return null;
  }
  const attempt = await new Promise<DeliveryAttempt>((resolve) => {
    engine.outbound.dispatch(new DeliveryAttempt(engine, leased, target, resolve));
  });
  await recordFinished(engine, [attempt]);
  return attempt.attemptId;
}
