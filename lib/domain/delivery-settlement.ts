import type { Fault } from "@/lib/domain/error-codes";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import { nextAttemptAt } from "@/lib/domain/retry-schedule";

export const deliveryStates = ["pending", "held", "succeeded", "exhausted", "discarded", "canceled"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The order in which a worker prefers deliveries. */
export const lanes = { live: 0, retry: 1, replay: 2 } as const;

/** The name of each lane, by its number. */
export const laneNames = ["live", "retry", "replay"] as const;

/** What an attempt leaves of its delivery. */
export interface Settlement {
  state: DeliveryState;
  /** When the next attempt may start; null when there is none. */
  nextAttemptAt: Date | null;
  lane: number;
  scheduleBase: number;
}

export interface SettlementInput {
  purpose: Purpose;
  /** Zero-based number of the attempt that has just ended. */
  deliveryAttempt: number;
  /** The attempt number from which the schedule counts. */
  scheduleBase: number;
  lane: number;
  succeeded: boolean;
  fault: Fault | null;
  statusCode: number;
  retryAfter: string | null;
  /** The endpoint's state after this outcome was folded. */
  endpointState: EndpointState;
  /** For a validation that goes on: when (nextValidationAt); null ends it. */
  nextValidationAt: Date | null;
  scheduleMs: readonly number[];
  now: Date;
  /** 0 to 1 */
  random: number;
}

/**
 * Attempts that fail on our side do not use up the schedule, up to this many: none is retried forever. What was attempted
 * before somebody retried the delivery by hand counts among them, because `scheduleBase` is all that is kept of both.
 */
const platformRetriesMax = 10;
const platformRetryMs = 10_000;

export function settleDelivery(input: SettlementInput): Settlement {
  const { lane, scheduleBase } = input;
  const ended = (state: DeliveryState): Settlement => ({ state, nextAttemptAt: null, lane, scheduleBase });
  if (input.succeeded) return ended("succeeded");
  if (input.purpose === "test") return ended("exhausted");
  if (input.purpose === "validation") {
    if (input.endpointState !== "validating") return ended("canceled");
    const again = platformRetry(input);
    if (again !== null) return pending(again.input, again.at);
    return input.nextValidationAt === null ? ended("exhausted") : pending(input, input.nextValidationAt);
  }
  if (input.endpointState === "disabled") return ended("discarded");
  const next = platformRetry(input) ?? scheduledRetry(input);
  if (next === null) return ended("exhausted");
  const waiting = pending(next.input, next.at);
  // The URL changed while the request was in flight: the next attempt waits for the new one to prove itself.
  return input.endpointState === "validating" ? { ...waiting, state: "held" } : waiting;
}

interface Retry {
  at: Date;
  input: SettlementInput;
}

/** Soon, and as if this attempt had not been made; null when the fault was not ours, or has been too often. */
function platformRetry(input: SettlementInput): Retry | null {
  if (input.fault !== "platform" || input.scheduleBase >= platformRetriesMax) return null;
  const waitMs = platformRetryMs * (0.5 + input.random);
  const at = new Date(input.now.getTime() + waitMs);
  return { at, input: { ...input, scheduleBase: input.scheduleBase + 1 } };
}

function scheduledRetry(input: SettlementInput): Retry | null {
  const at = nextAttemptAt({ ...input, deliveryAttempt: input.deliveryAttempt - input.scheduleBase });
  return at === null ? null : { at, input };
}

function pending(input: SettlementInput, at: Date): Settlement {
  return {
    state: "pending",
    nextAttemptAt: at,
    lane: input.purpose === "validation" ? input.lane : Math.max(input.lane, lanes.retry),
    scheduleBase: input.scheduleBase,
  };
}
