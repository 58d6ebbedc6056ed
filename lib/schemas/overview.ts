import { z } from "zod";
import type { EndpointStatus } from "@/lib/domain/endpoint-health";
import type { EndpointState, StateReason } from "@/lib/domain/endpoint-lifecycle";
import { choiceIn } from "./choice-in";
import type { StatsBucketOut } from "./stats";

export const overviewRanges = ["24h", "7d"] as const;
export type OverviewRange = (typeof overviewRanges)[number];
export const overviewRangeMs: Record<OverviewRange, number> = { "24h": 86_400_000, "7d": 604_800_000 };

export const OverviewQuery = z.object({ range: choiceIn(overviewRanges).default("24h") });

/** An endpoint that a person should look at, and why. */
export interface AttentionItem {
  id: string;
  url: string;
  description: string;
  state: EndpointState;
  stateReason: StateReason;
  status: EndpointStatus;
  /** A sentence of the rules; null where the state says it all. */
  reason: string | null;
  /** Since when it is as it is: in its state, with its status, or failing. */
  since: string;
  /** Set while an automatic disabling is ahead. */
  disablesAt: string | null;
  validatingUntil: string | null;
}

/** What the first page shows; all of it is read again every few seconds. */
export interface OverviewOut {
  range: OverviewRange;
  /** By hour, oldest first, without gaps. */
  items: StatsBucketOut[];
  /** Of the whole range, and of the range before it; percentiles from the sum of the histograms. */
  total: Omit<StatsBucketOut, "start">;
  before: Omit<StatsBucketOut, "start">;
  endpoints: { state: EndpointState; status: EndpointStatus; count: number }[];
  attention: AttentionItem[];
  /** How many more than are listed. */
  attentionMoreCount: number;
  /** Whether an event was published inside the retention, tests aside. */
  hasEvents: boolean;
}
