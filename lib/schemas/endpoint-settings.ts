import { z } from "zod";
import {
  challengeHeaderProblem,
  customHeadersMax,
  headerNameProblem,
  headerValueProblem,
} from "@/lib/domain/custom-headers";
import { checkFilter } from "@/lib/domain/event-filter";
import { formatDuration, parseDuration } from "@/lib/format/duration";
import { choiceIn } from "./choice-in";
import { isStorable } from "./storable-text";

const dayMs = 86_400_000;
const waitMsMax = 7 * dayMs;

/** A stored custom header value is never told; in a change it means "keep the value that this name has". */
export const maskedValue = "***";

const wait = z.string("must be a duration like 30s, 15m or 2h").transform((text, context) => {
  const waitMs = parseDuration(text);
  if (waitMs !== null && waitMs <= waitMsMax) return formatDuration(waitMs);
  context.addIssue("must be a duration like 30s, 15m or 2h, at most 7d");
  return z.NEVER;
});

/** Waits before retry 1, 2, ...; an empty list means no retries, null the instance's default. */
export const retryScheduleIn = z
  .array(wait, 'must be a list of waits like ["1m", "2h"], or null for the default')
  .max(10, "must have at most 10 waits")
  .nullable();

const wholeSeconds = "must be a whole number of seconds from 1 to 30";

export const timeoutSecondsIn = z
  .number(wholeSeconds)
  .int(wholeSeconds)
  .min(1, wholeSeconds)
  .max(30, wholeSeconds)
  .nullable()
  .meta({ description: "One deadline for connect, headers and body. Null: the instance's default." });

const rate = "must be a number from 0.01 to 10000, or null for no limit";

export const rateLimitIn = z.number(rate).min(0.01, rate).max(10_000, rate).nullable();

/** A header name becomes a property of the answer; this one would be lost on the way, and in a record already is. */
const lostName = "__proto__";

export const headersIn = z
  .preprocess(
    (given, context) => {
      const isObject = typeof given === "object" && given !== null;
      if (isObject && Object.hasOwn(given, lostName)) {
        context.addIssue({
          code: "custom",
          path: [lostName],
          message: "is not a header name; choose another one",
        });
      }
      return given;
    },
    z
      .record(z.string(), z.string("must be a text"), "must be an object of header names and values")
      .nullable(),
  )
  .transform((headers, context) => {
    const entries = Object.entries(headers ?? {});
    if (entries.length > customHeadersMax) context.addIssue(`must have at most ${customHeadersMax} headers`);
    const seen = new Set<string>();
    for (const [name, value] of entries) {
      const isTwice = seen.has(name.toLowerCase());
      seen.add(name.toLowerCase());
      const problem =
        headerNameProblem(name) ??
        (isTwice ? "is given twice" : null) ??
        (value === maskedValue ? null : headerValueProblem(value));
      if (problem !== null) context.addIssue({ code: "custom", path: [name], message: problem });
    }
    return headers ?? {};
  })
  .meta({
    description:
      "Custom request headers. Values are write-only and read as `***`; sending `***` back keeps the stored value.",
  });

export const filterIn = z
  .preprocess(
    (given, context) => {
      // A record leaves this key out, and an endpoint without its filter would get everything.
      const isObject = typeof given === "object" && given !== null;
      if (isObject && Object.hasOwn(given, "__proto__")) context.addIssue("must not have the key __proto__");
      return given;
    },
    z
      .record(z.string(), z.unknown(), 'must be an object like { "meetingOwner.userId": "51877" }, or null')
      .nullable(),
  )
  .transform((filter, context) => {
    if (filter === null || Object.keys(filter).length === 0) return null;
    for (const problem of checkFilter(filter)) context.addIssue(problem);
    if (!isStorable(filter)) context.addIssue("must not contain NUL characters or half a surrogate pair");
    return filter;
  })
  .meta({
    description: "A MongoDB-style query over the event's `data`; null sends everything subscribed to.",
  });

const challengeHeader = z.string("must be a header name").superRefine((name, context) => {
  const problem = challengeHeaderProblem(name);
  if (problem !== null) context.addIssue(problem);
});

export const verificationIn = z.strictObject({
  method: choiceIn(["test_event", "challenge"]).optional(),
  challengeHeader: challengeHeader.optional(),
});

const secondsMax = 365 * 86_400;
const count = (largest: number) => {
  const message = `must be a whole number from 1 to ${largest}`;
  return z.number(message).int(message).min(1, message).max(largest, message).optional();
};

const policies = z.discriminatedUnion(
  "preset",
  [
    z.strictObject({
      preset: z.literal("chronic"),
      probationAfterSeconds: count(secondsMax),
      disableAfterSeconds: count(secondsMax),
    }),
    z.strictObject({
      preset: z.literal("streak"),
      window: count(100),
      warnFailures: count(100),
      disableConsecutive: count(1_000),
      recoverConsecutive: count(1_000),
    }),
    z.strictObject({ preset: z.literal("volume"), disableConsecutive: count(100_000) }),
  ],
  { error: 'needs a preset: "chronic", "streak" or "volume"' },
);

/** A preset and what differs from its defaults; replaces the whole policy. */
export const failurePolicyIn = z.preprocess((value) => {
  if (typeof value !== "object" || value === null || !("preset" in value)) return value;
  return { ...value, preset: typeof value.preset === "string" ? value.preset.toLowerCase() : value.preset };
}, policies);
