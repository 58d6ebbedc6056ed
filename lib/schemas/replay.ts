import { z } from "zod";
import { choiceIn } from "./choice-in";
import { idOut } from "./public-id";
import { backwards, isForwards, momentIn, timestampOut } from "./paging";
import { storableText } from "./storable-text";

export const replayScopes = ["failed", "missed", "all"] as const;

/** Body of `POST /endpoints/{id}/replay`. */
export const ReplayIn = z
  .strictObject({
    since: momentIn.describe("Events published from this moment on"),
    until: momentIn.optional().describe("and before this one; now by default"),
    eventTypes: z
      .array(storableText(200).min(1, "must not be empty"), "must be a list of event types")
      .max(200, "must have at most 200 event types")
      .optional()
      .describe(
        'Only these: names or patterns like "orders.*"; whatever the endpoint subscribes to by default',
      ),
    scope: choiceIn(replayScopes).describe(
      "failed: given up and never succeeded; missed: never sent, or discarded; all: both and what succeeded",
    ),
    perSecond: z
      .number("must be a number")
      // Slower than this, the last of a large replay would be due after the end of time.
      .min(0.001, "must be at least 0.001")
      .max(1000, "must be at most 1000")
      .optional()
      .describe("Deliveries that become due per second; as fast as the endpoint takes them by default"),
    dryRun: z.boolean("must be true or false").default(false).describe("Only count"),
  })
  .refine(isForwards, backwards);

export type ReplayIn = z.output<typeof ReplayIn>;

export const ReplayStarted = z.object({ replayId: idOut("replay"), matched: z.int() });

export const ReplayDryRun = z.object({
  matched: z.int(),
  byEventType: z.array(z.object({ eventType: z.string(), count: z.int() })),
});

/** matched = queued + succeeded + failed + canceled at every moment. */
export const ReplayOut = z.object({
  id: idOut("replay"),
  endpointId: idOut("endpoint"),
  scope: z.enum(replayScopes),
  since: timestampOut,
  until: timestampOut,
  eventTypes: z.array(z.string()),
  perSecond: z.number().nullable(),
  state: z.enum(["running", "completed", "canceled"]),
  matched: z.int(),
  queued: z.int().describe("Not finished yet"),
  succeeded: z.int(),
  failed: z.int().describe("Given up after the last retry, or discarded because the endpoint was disabled"),
  canceled: z.int(),
  requestedBy: z.string(),
  startedAt: timestampOut,
  finishedAt: timestampOut.nullable(),
});

export type ReplayOut = z.output<typeof ReplayOut>;

/** What an endpoint did not get since a moment. */
export interface Undelivered {
  since: string;
  failed: z.output<typeof ReplayDryRun>;
  missed: z.output<typeof ReplayDryRun>;
}
