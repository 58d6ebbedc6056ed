import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";

export interface RetryCandidate {
  purpose: Purpose;
  state: DeliveryState;
  /** It is pending, and its next attempt is scheduled for later: nothing of it is in flight. */
  isWaiting: boolean;
  endpointState: EndpointState;
  endpointDeleted: boolean;
  /** Whether the event's data is still stored. */
  eventKept: boolean;
}

/**
 * Why a delivery cannot be retried by hand, as a sentence for a person; null when it can. Any finished delivery of an
 * event or replay can, one that succeeded too: receivers lose things after they have answered. So can one that waits for
 * its next attempt: whoever has mended a receiver does not sit out the schedule. Validations and tests say something
 * about a moment, so a new one is started instead.
 */
export function retryRefusal(delivery: RetryCandidate): string | null {
  const { purpose, state, isWaiting, endpointState, endpointDeleted, eventKept } = delivery;
  if (endpointDeleted) return "The endpoint was deleted.";
  if (purpose === "test") return "This was a test. Send a new one from the endpoint's page.";
  if (purpose === "validation") return "This was a validation. Activating the endpoint starts a new one.";
  if (state === "pending" && !isWaiting)
    return "The delivery is on its way already: its next attempt is due.";
  if (state === "held") return "The delivery is held until the endpoint is active, and is sent then.";
  if (!eventKept) return "The event is past the retention, so there is nothing left to send.";
  if (endpointState === "disabled") return "The endpoint is disabled. Activate it first.";
  if (endpointState === "validating") return "The endpoint is being validated. Retry once it is active.";
  return null;
}
