import { z } from "zod";
import { type EndpointState, ruleReasons } from "@/lib/domain/endpoint-lifecycle";
import type { EndpointStatus } from "@/lib/domain/endpoint-health";
import { choiceIn } from "./choice-in";
import { commaList } from "./comma-list";
import { idIn } from "./public-id";
import { lineIn } from "./storable-text";

/** Why an endpoint needs a look: its status while it is on, or what switched it off. */
export const reviewReasons = ["probation", "warning", "stuck_validating", ...ruleReasons] as const;
export type ReviewReason = (typeof reviewReasons)[number];

export const reviewSorts = ["urgent", "newest", "oldest"] as const;
export const reviewViews = ["open", "seen", "all"] as const;

export const ReviewQuery = z.object({
  reason: z.preprocess(commaList, z.array(choiceIn(reviewReasons)).default([])),
  view: choiceIn(reviewViews).default("open"),
  sort: choiceIn(reviewSorts).default("urgent"),
  search: z.string().trim().max(200, "must have at most 200 characters").default(""),
  /** `1`: over all organizations of the instance; operators only. */
  all: z.enum(["0", "1"]).default("0"),
});
export type ReviewQuery = z.output<typeof ReviewQuery>;

export interface ReviewItem {
  endpointId: string;
  url: string;
  description: string;
  organizationName: string;
  state: EndpointState;
  status: EndpointStatus;
  reason: ReviewReason;
  /** The sentence of page, API and mail. */
  statusReason: string | null;
  since: string;
  disablesAt: string | null;
  validatingUntil: string | null;
  lastError: string | null;
  /** The last 24 hours, oldest first. */
  hours: { ok: number; failed: number }[];
  /** Who created it; null when that was a key or somebody who is not a member any more. */
  owner: { name: string; email: string } | null;
  note: { note: string; by: string; at: string } | null;
}

export interface ReviewOut {
  items: ReviewItem[];
  /** All that need a look, before any filter. */
  openCount: number;
  seenCount: number;
  /** There are more than are shown. */
  limited: boolean;
}

export const reviewActions = ["activate", "disable", "seen"] as const;
export type ReviewAction = (typeof reviewActions)[number];
export const reviewSelectionMax = 100;

export const ReviewActionIn = z.strictObject({
  endpointIds: z
    .array(idIn("endpoint"))
    .min(1, "choose at least one endpoint")
    .max(reviewSelectionMax, `choose at most ${reviewSelectionMax} endpoints at a time`),
  action: choiceIn(reviewActions),
  note: lineIn(500).default(""),
  all: z.boolean().default(false),
});
export type ReviewActionIn = z.output<typeof ReviewActionIn>;

/** What became of one endpoint of the selection. */
export interface ReviewResult {
  endpointId: string;
  url: string | null;
  ok: boolean;
  message: string;
}
