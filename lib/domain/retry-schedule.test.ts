import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAttemptAt, type RetryInput } from "@/lib/domain/retry-schedule";

const now = new Date("2026-03-04T05:06:07.000Z");
const minute = 60_000;
const hour = 60 * minute;
const input: RetryInput = {
  scheduleMs: [minute, 15 * minute, 2 * hour],
  deliveryAttempt: 0,
  now,
  random: 0.5,
  retryAfter: null,
  statusCode: 500,
};

function waitMs(changes: Partial<RetryInput>): number | null {
  const at = nextAttemptAt({ ...input, ...changes });
  return at === null ? null : at.getTime() - now.getTime();
}

describe("the schedule", () => {
  it.each([
    [0, 0.5, minute],
    [1, 0.5, 15 * minute],
    [2, 0.5, 2 * hour],
    [3, 0.5, null],
    [30, 0.5, null],
    [0, 0, 54_000],
    [0, 1, 66_000],
    [2, 0, 108 * minute],
    [2, 1, 132 * minute],
  ])("after attempt %i with chance %f waits %s ms", (deliveryAttempt, random, expected) => {
    expect(waitMs({ deliveryAttempt, random })).toBe(expected);
  });

  it("tries once when it is empty", () => {
    expect(waitMs({ scheduleMs: [] })).toBeNull();
  });
});

describe("Retry-After", () => {
  it.each([
    [429, "120", 2 * minute],
    [503, "120", 2 * minute],
    [503, " 120 ", 2 * minute],
    [429, "0", minute],
    [429, "59", minute],
    [429, "86400", 24 * hour],
    [429, "86401", 24 * hour],
    [429, "9".repeat(400), 24 * hour],
    [429, "Wed, 04 Mar 2026 06:06:07 GMT", hour],
    [429, "Wednesday, 04-Mar-26 06:06:07 GMT", hour],
    [429, "Wed Mar  4 06:06:07 2026", hour],
    [429, "Tue, 03 Mar 2026 06:06:07 GMT", minute],
    [429, "Wed, 04 Mar 2027 06:06:07 GMT", 24 * hour],
    [429, "Wed, 99 Mar 2026 06:06:07 GMT", minute],
    [429, "-120", minute],
    [429, "120.5", minute],
    [429, "1e9", minute],
    [429, "2027", 2027_000],
    [429, "tomorrow", minute],
    [429, "2026-03-04T06:06:07Z", minute],
    [429, "", minute],
    [429, null, minute],
    [500, "120", minute],
    [200, "120", minute],
    [301, "120", minute],
    [0, "120", minute],
  ])("with status %i and %j waits %i ms", (statusCode, retryAfter, expected) => {
    expect(waitMs({ statusCode, retryAfter })).toBe(expected);
  });

  it("does not shorten a schedule of more than a day", () => {
    expect(waitMs({ scheduleMs: [48 * hour], statusCode: 503, retryAfter: "60" })).toBe(48 * hour);
  });

  it("does not revive a used-up schedule", () => {
    expect(waitMs({ deliveryAttempt: 3, statusCode: 503, retryAfter: "60" })).toBeNull();
  });
});

it("always lands within the jitter of the schedule, or later by at most 24 hours from now when asked to", () => {
  const anyInput = fc.record({
    scheduleMs: fc.array(fc.integer({ min: 0, max: 7 * 24 * hour }), { maxLength: 10 }),
    deliveryAttempt: fc.nat({ max: 12 }),
    now: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
    retryAfter: fc.option(
      fc.oneof(
        fc.nat().map(String),
        fc.date({ noInvalidDate: true }).map((at) => at.toUTCString()),
        fc.string(),
      ),
    ),
    statusCode: fc.constantFrom(0, 200, 302, 404, 429, 500, 503),
  });
  fc.assert(
    fc.property(anyInput, (each) => {
      const at = nextAttemptAt(each);
      const scheduled = each.scheduleMs[each.deliveryAttempt];
      if (scheduled === undefined) {
        expect(at).toBeNull();
        return;
      }
      const wait = at!.getTime() - each.now.getTime();
      expect(wait).toBeGreaterThanOrEqual(Math.floor(scheduled * 0.9));
      expect(wait).toBeLessThanOrEqual(Math.max(Math.ceil(scheduled * 1.1), 24 * hour));
      const mayAsk = [429, 503].includes(each.statusCode);
      if (!mayAsk) expect(wait).toBeLessThanOrEqual(Math.ceil(scheduled * 1.1));
    }),
  );
});
