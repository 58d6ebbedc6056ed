import type { Fault } from "@/lib/domain/error-codes";

/** How an active endpoint is doing (design, section 2: Status). */
export const endpointStatuses = ["healthy", "warning", "probation", "failing"] as const;
export type EndpointStatus = (typeof endpointStatuses)[number];

/** Purposes of a delivery; `validation` and `test` never count for health. */
export const purposes = ["event", "validation", "replay", "test"] as const;
export type Purpose = (typeof purposes)[number];

export interface Health {
  status: EndpointStatus;
  /** One sentence a person can act on, the same in page, API and mail; null when there is nothing to say. */
  statusReason: string | null;
  /** The first failure since the last success or activation. */
  failingSince: Date | null;
  probationSince: Date | null;
  disablesAt: Date | null;
  memory: HealthMemory;
}

/** What the fold has to remember and nobody else reads as a column. Plain JSON. */
export interface HealthMemory {
  /** Failed attempts in a row. */
  failureCount: number;
  /** Successful attempts in a row. */
  successCount: number;
  /** The last outcomes, oldest first, true for a success; only as long as the policy's window. */
  recent: boolean[];
  /** The last failure, as a sentence without a full stop. */
  lastFailure: string | null;
}

export const freshHealth: Health = {
  status: "healthy",
  statusReason: null,
  failingSince: null,
  probationSince: null,
  disablesAt: null,
  memory: { failureCount: 0, successCount: 0, recent: [], lastFailure: null },
};

/** One finished attempt, as the rules see it. */
export interface AttemptOutcome {
  purpose: Purpose;
  succeeded: boolean;
  statusCode: number;
  fault: Fault | null;
  startedAt: Date;
  /** When the outcome was known: the `now` of the rules. */
  finishedAt: Date;
  /** Why it failed, as a sentence without a full stop; null for a success. */
  failure: string | null;
}

/** Whether an attempt says anything about the endpoint. */
export function countsForHealth(outcome: AttemptOutcome, activatedAt: Date | null): boolean {
  if (outcome.purpose === "validation" || outcome.purpose === "test") return false;
  if (outcome.fault === "platform") return false;
  // An attempt that was already under way when the endpoint was activated belongs to the time before.
  return activatedAt !== null && outcome.startedAt >= activatedAt;
}
