import { z } from "zod";
import { purposes } from "@/lib/domain/endpoint-health";
import { errorCodes, faults, outcomes } from "@/lib/domain/error-codes";
import { choiceIn } from "./choice-in";
import { backwards, isForwards, momentIn, pageOf, pageQuery, timestampOut } from "./paging";
import { idIn, idOut } from "./public-id";
import { isStorableText } from "./storable-text";

const milliseconds = z.number().nonnegative();

const headersOut = z.record(z.string(), z.string()).meta({
  description:
    "By name, in the order of the wire. A name that came more than once has its values joined with `, ` " +
    "(`set-cookie`: with line feeds, because a comma is part of a date).",
});

/** An attempt without its request and response: what lists show and ask for every other second. */
const summaryShape = {
  id: idOut("attempt"),
  deliveryId: idOut("delivery"),
  eventId: idOut("event"),
  eventType: z.string(),
  endpointId: idOut("endpoint"),
  purpose: z.enum(purposes),
  deliveryAttempt: z.int().meta({ description: "Zero-based; the envelope says the same." }),
  deliveryTimestamp: timestampOut.meta({
    description: "When the request was made; the envelope says the same.",
  }),
  outcome: z.enum(outcomes),
  statusCode: z.int().meta({ description: "0 when there was no HTTP response." }),
  errorCode: z.enum(errorCodes).nullable(),
  errorMessage: z.string().nullable().meta({ description: "Why it failed, in one sentence." }),
  fault: z.enum(faults).nullable(),
  durationMs: milliseconds,
  nextAttemptAt: timestampOut.nullable().meta({
    description: "When this attempt left its delivery to be tried again; null: no further attempt.",
  }),
};

export const AttemptSummaryOut = z
  .object({ ...summaryShape, url: z.string() })
  .meta({ id: "AttemptSummary" });
export type AttemptSummaryOut = z.output<typeof AttemptSummaryOut>;

export const AttemptRequestOut = z.object({
  method: z.string(),
  url: z.string(),
  headers: headersOut.meta({
    description: "As sent; values of the endpoint's own headers are masked as `***`.",
  }),
  body: z.string().nullable().meta({
    description: "Byte for byte as sent; null when there was none, or its event is past the retention.",
  }),
});

export const AttemptResponseOut = z.object({
  headers: headersOut,
  body: z.string().meta({
    description: "The first 16 KiB, read as UTF-8; bytes that are not stand as U+FFFD. Never decompressed.",
  }),
  bodyTruncated: z.boolean(),
  bodyIsBinary: z
    .boolean()
    .meta({ description: "The bytes are not UTF-8 text, so `body` is not all of them." }),
});

/** The attempt object (contract, section 5). */
export const AttemptOut = z
  .object({
    ...summaryShape,
    timings: z
      .object({
        dnsMs: milliseconds.nullable(),
        connectMs: milliseconds.nullable(),
        tlsMs: milliseconds.nullable(),
        firstByteMs: milliseconds.nullable(),
        bodyMs: milliseconds.nullable(),
      })
      .meta({ description: "Null where a phase did not happen, as on a connection that was open already." }),
    request: AttemptRequestOut,
    response: AttemptResponseOut.nullable(),
  })
  .meta({ id: "Attempt" });
export type AttemptOut = z.output<typeof AttemptOut>;

export const AttemptPageOut = pageOf(AttemptOut);

/** Statuses from `from` to `to`, both included. */
export interface StatusRange {
  from: number;
  to: number;
}

const statusesIn = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:\d{1,3}|[1-5]xx)$/, "must be a status code like 404, a class like 5xx, or 0 for no response")
  .transform((text): StatusRange => {
    if (!text.endsWith("xx")) return { from: Number(text), to: Number(text) };
    const from = Number(text[0]) * 100;
    return { from, to: from + 99 };
  });

const listMax = 100;

/** One or several of something, separated by commas. A problem with one is a problem with the parameter. */
function listIn<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z.string().transform((text, context): z.output<Item>[] => {
    const parts = text.split(",");
    if (parts.length > listMax) context.addIssue(`must name at most ${listMax}`);
    return parts.slice(0, listMax).flatMap((part) => {
      const parsed = item.safeParse(part);
      if (parsed.success) return [parsed.data];
      context.addIssue(parsed.error.issues[0]?.message ?? "is not valid");
      return [];
    });
  });
}

export const AttemptFilter = z.object({
  outcome: choiceIn(outcomes).optional(),
  eventType: listIn(
    z
      .string()
      .trim()
      .min(1, "must be the name of an event type")
      .max(200)
      .refine(isStorableText, "must be the name of an event type"),
  )
    .optional()
    .meta({ description: "A name, or several separated by commas." }),
  statusCode: listIn(statusesIn).optional().meta({
    example: "503",
    description: "A status, a class like `5xx`, or 0 for no response; or several separated by commas.",
  }),
  since: momentIn.optional().meta({ description: "Made at this moment or later." }),
  until: momentIn.optional().meta({ description: "Made before this moment, which is after `since`." }),
});

const attemptList = z.strictObject({ ...pageQuery.shape, ...AttemptFilter.shape });

export const AttemptListQuery = attemptList.refine(isForwards, backwards);
export type AttemptListQuery = z.output<typeof AttemptListQuery>;

/** Times up to now that the dashboard offers. */
export const logRanges = ["1h", "24h", "7d"] as const;

/** The dashboard's list: of some endpoints or of all, by a range up to now or by moments. */
export const AttemptSummaryQuery = attemptList
  .extend({
    endpointId: listIn(idIn("endpoint")).optional(),
    range: choiceIn(logRanges).optional(),
  })
  .refine(isForwards, backwards);
export type AttemptSummaryQuery = z.output<typeof AttemptSummaryQuery>;

/** What the log can be filtered by. */
export interface AttemptFilterOptions {
  endpoints: { id: string; url: string; description: string; isDeleted: boolean }[];
  eventTypes: string[];
}

export const AttemptParams = z.object({ id: idIn("attempt") });
