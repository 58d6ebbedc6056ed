import { z } from "zod";
import { laneNames } from "@/lib/domain/delivery-settlement";

const Count = z.number();
const Moment = z.iso.datetime();

export const LaneStatusOut = z.object({
  lane: z.enum(laneNames),
  /** Not due yet. */
  waiting: Count,
  /** Due, and no worker has it. */
  due: Count,
  leased: Count,
  /** Due for more than five minutes, and no worker has it. */
  overdue: Count,
  oldestDueAt: Moment.nullable(),
});
export type LaneStatusOut = z.infer<typeof LaneStatusOut>;

export const LedgerDayOut = z.object({
  /** `2026-11-21`, UTC */
  day: z.string(),
  events: Count,
  promised: Count,
  existing: Count,
  replayPromised: Count,
  replayExisting: Count,
  /** Events and replays with more or fewer deliveries than they were given. */
  unbalanced: Count,
  /** By the last recount of the whole day; null before it. */
  settled: z
    .object({ succeeded: Count, exhausted: Count, discarded: Count, canceled: Count, open: Count })
    .nullable(),
  recountedAt: Moment.nullable(),
});
export type LedgerDayOut = z.infer<typeof LedgerDayOut>;

export const InstanceStatusOut = z.object({
  readAt: Moment,
  workers: z.array(z.object({ id: z.number(), startedAt: Moment })),
  lanes: z.array(LaneStatusOut),
  held: z.object({ count: Count, oldestAt: Moment.nullable() }),
  /** Deliveries that do not go on by themselves. */
  stuck: z.object({ leases: Count, held: Count, orphans: Count }),
  overdueEndpoints: z.array(
    z.object({
      endpointId: z.string(),
      organizationName: z.string(),
      /** Whether the reader's organization owns it, and its page can be opened. */
      own: z.boolean(),
      url: z.string(),
      count: Count,
      oldestDueAt: Moment,
    }),
  ),
  ledger: z.object({
    unbalanced: Count,
    /** Everything before is counted; null before the first count. */
    countedUntil: Moment.nullable(),
    /** Newest first. */
    days: z.array(LedgerDayOut),
  }),
});
export type InstanceStatusOut = z.infer<typeof InstanceStatusOut>;

/** What one healing did. */
export interface HealedOut {
  leases: number;
  held: number;
  orphans: number;
}
