// What the dashboard shows of an endpoint beyond the contract's object. Read by session only.
import { z } from "zod";
import type { StateReason } from "@/lib/domain/endpoint-lifecycle";
import type { EndpointOut } from "./endpoint";
import type { StatsOut } from "./stats";

export interface ActivityHour {
  ok: number;
  failed: number;
}

export interface LastFailure {
  attemptId: string;
  at: string;
  /** One sentence without a full stop. */
  message: string;
}

/** A row of the list. */
export interface EndpointCard {
  endpoint: EndpointOut;
  stateReason: StateReason;
  /** The last 24 hours, oldest first, without gaps. */
  hours: ActivityHour[];
  lastFailure: LastFailure | null;
}

export interface ValidationTry {
  attemptId: string;
  at: string;
  succeeded: boolean;
  statusCode: number;
  durationMs: number;
  message: string | null;
}

export interface ValidationProgress {
  /** Newest first, at most twenty. */
  tries: ValidationTry[];
  /** When the next one is due; null when none is left before the window closes, or one is on its way. */
  nextTryAt: string | null;
  isSending: boolean;
}

/** Everything that an endpoint's own page keeps live. */
export interface EndpointPage {
  endpoint: EndpointOut;
  stateReason: StateReason;
  stateSince: string;
  createdBy: string | null;
  /** The endpoint follows the instance's timeout. */
  usesDefaultTimeout: boolean;
  /** Deliveries that wait for the endpoint to prove itself. */
  heldCount: number;
  /** Set while validating, and after a validation that failed. */
  validation: ValidationProgress | null;
  /** The last 24 hours, by hour. */
  stats: StatsOut;
}

/** What the instance does where an endpoint says nothing else; shown beside the settings. */
export interface InstanceDefaults {
  timeoutSeconds: number;
  retrySchedule: string[];
  probationAfter: string;
  disableAfter: string;
  validationWindow: string;
  validationRetryEvery: string;
}

export const PreviewQuery = z.object({
  /** Separated by commas. */
  eventTypes: z.string().max(30_000),
  /** JSON; empty for none. */
  filter: z.string().max(10_000).optional(),
});
export type PreviewQuery = z.output<typeof PreviewQuery>;

/** What a subscription would have sent in the retention. */
export interface SubscriptionPreview {
  /** Events of the chosen types. */
  matchedTypes: number;
  byType: { eventType: string; count: number }[];
  /** With a filter: how many of the newest that were looked at pass it. */
  sample: { looked: number; passed: number } | null;
  retentionDays: number;
}
