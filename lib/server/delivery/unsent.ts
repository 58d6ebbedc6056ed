import "server-only";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import type { LeasedDelivery } from "./claimer";
import type { DeliveryAttempt } from "./delivery-attempt";

/**
 * A delivery that was claimed and must not be sent: its endpoint was switched off, or waits for its test. `pending`:
 * not now and not by this process; it goes back to the queue.
 */
export interface Unsent extends Pick<LeasedDelivery, "delivery" | "leaseId"> {
  unsent: Extract<DeliveryState, "pending" | "held" | "discarded" | "canceled">;
  /** When pending: how long nobody need look at it; at once, and in its old place, when not given. */
  waitMs?: number;
}

/** What the board hands on to the recorder. */
export type Finished = DeliveryAttempt | Unsent;

export const isUnsent = (finished: Finished): finished is Unsent => "unsent" in finished;

/** What to do instead of sending, by the endpoint's state; null: send. */
export function reasonNotToSend(delivery: ClaimedDelivery): Unsent["unsent"] | null {
  const isOfEvent = delivery.purpose === "event" || delivery.purpose === "replay";
  // Its event is past the retention: there is nothing left to send.
  if (delivery.dataBytes === null) return isOfEvent ? "discarded" : "canceled";
  if (delivery.purpose === "test") return null;
  if (delivery.purpose === "validation") return delivery.endpointState === "validating" ? null : "canceled";
  if (delivery.endpointState === "disabled") return "discarded";
  return delivery.endpointState === "validating" ? "held" : null;
}
