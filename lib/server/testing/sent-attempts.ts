import "server-only";
import { randomUUID } from "node:crypto";
import { claimDeliveries, type ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import { DeliveryAttempt } from "@/lib/server/delivery/delivery-attempt";
import { EndpointBook } from "@/lib/server/delivery/endpoint-target";
import type { Deps } from "@/lib/server/deps";

export interface Claimed {
  delivery: ClaimedDelivery;
  leaseId: string;
}

/** Claims all that is due, as a worker that takes it to be `now`. */
export async function claimDue(deps: Deps, now = deps.clock()): Promise<Claimed[]> {
  const leaseId = randomUUID();
  const leaseUntil = new Date(now.getTime() + 20_000);
  const rest = { limit: 100, roomDefault: 100, rooms: new Map<string, number>(), workerId: null };
  const claimed = await claimDeliveries(deps.sql, { now, leaseId, leaseUntil, ...rest });
  return claimed.map((delivery) => ({ delivery, leaseId }));
}

/** Sends what was claimed; nothing is recorded. */
export async function sendClaimed(deps: Deps, claimed: readonly Claimed[]): Promise<DeliveryAttempt[]> {
  const targets = await new EndpointBook(deps).get(claimed.map(({ delivery }) => delivery));
  const send = (one: Claimed) =>
    new Promise<DeliveryAttempt>((resolve) => {
      const target = targets.get(one.delivery.endpointId)!;
      deps.outbound.dispatch(new DeliveryAttempt(deps, one, target, resolve));
    });
  return Promise.all(claimed.map(send));
}
