import { z } from "zod";
import { choiceIn } from "./choice-in";
import { backwards, isForwards, momentIn, timestampOut } from "./paging";
import { idIn } from "./public-id";

export const statsBuckets = ["hour", "day"] as const;

export const StatsQuery = z
  .strictObject({
    endpointId: idIn("endpoint").optional(),
    since: momentIn.optional().meta({
      description:
        "The first bucket is the one that holds this moment; by default 24 hours ago, or 7 days with `day`.",
    }),
    until: momentIn
      .optional()
      .meta({ description: "Buckets that begin before this moment; now by default." }),
    bucket: choiceIn(statsBuckets).default("hour"),
  })
  .refine(isForwards, backwards);
export type StatsQuery = z.output<typeof StatsQuery>;

const durationMs = z.number().nullable();

/** One hour or UTC day. Percentiles are of the durations of all its attempts; null when there were none. */
export const StatsBucketOut = z.object({
  start: timestampOut,
  attempts: z.int(),
  failures: z.int(),
  p50Ms: durationMs,
  p95Ms: durationMs,
  p99Ms: durationMs,
});
export type StatsBucketOut = z.output<typeof StatsBucketOut>;

export const StatsOut = z
  .object({
    bucket: z.enum(statsBuckets),
    since: timestampOut,
    until: timestampOut,
    items: z.array(StatsBucketOut).meta({ description: "Oldest first, without gaps." }),
  })
  .meta({ id: "Stats" });
export type StatsOut = z.output<typeof StatsOut>;
