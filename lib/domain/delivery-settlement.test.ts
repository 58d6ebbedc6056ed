import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanes, settleDelivery, type SettlementInput } from "@/lib/domain/delivery-settlement";
import { purposes } from "@/lib/domain/endpoint-health";
import { endpointStates } from "@/lib/domain/endpoint-lifecycle";
import { faults } from "@/lib/domain/error-codes";

const now = new Date("2026-05-01T12:00:00.000Z");
const minuteMs = 60_000;

const failed: SettlementInput = {
  purpose: "event",
  deliveryAttempt: 0,
  scheduleBase: 0,
  lane: 0,
  succeeded: false,
  fault: "receiver",
  statusCode: 500,
  retryAfter: null,
  endpointState: "active",
  nextValidationAt: null,
  scheduleMs: [minuteMs, 15 * minuteMs, 120 * minuteMs],
  now,
  random: 0.5,
};

const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * minuteMs);

describe("a delivery after an attempt", () => {
  it.each<[string, Partial<SettlementInput>, string, number | null]>([
    ["succeeded", { succeeded: true, fault: null, statusCode: 200 }, "succeeded", null],
    ["the first failure", {}, "pending", 1],
    ["the second", { deliveryAttempt: 1 }, "pending", 15],
    ["the third", { deliveryAttempt: 2 }, "pending", 120],
    ["the fourth", { deliveryAttempt: 3 }, "exhausted", null],
    ["no schedule", { scheduleMs: [] }, "exhausted", null],
    ["after a manual retry the schedule starts anew", { deliveryAttempt: 4, scheduleBase: 4 }, "pending", 1],
    ["a test is never retried", { purpose: "test" }, "exhausted", null],
    ["the endpoint was disabled meanwhile", { endpointState: "disabled" }, "discarded", null],
    [
      "succeeded, and the endpoint was disabled meanwhile",
      { succeeded: true, endpointState: "disabled" },
      "succeeded",
      null,
    ],
    ["the URL changed meanwhile", { endpointState: "validating" }, "held", 1],
    ["429 asks for an hour", { statusCode: 429, retryAfter: "3600" }, "pending", 60],
    [
      "a failed validation",
      { purpose: "validation", endpointState: "validating", nextValidationAt: inMinutes(240) },
      "pending",
      240,
    ],
    [
      "a validation that we cut off ourselves",
      {
        ...{ purpose: "validation", endpointState: "validating", nextValidationAt: inMinutes(240) },
        ...{ fault: "platform", statusCode: 0 },
      },
      "pending",
      1 / 6,
    ],
    [
      "a failed validation at the end of its window",
      { purpose: "validation", endpointState: "validating" },
      "exhausted",
      null,
    ],
    [
      "a validation of an endpoint that was disabled",
      { purpose: "validation", endpointState: "disabled" },
      "canceled",
      null,
    ],
  ])("%s", (_name, changes, state, minutes) => {
    const settlement = settleDelivery({ ...failed, ...changes });
    expect(settlement.state).toBe(state);
    expect(settlement.nextAttemptAt).toEqual(minutes === null ? null : inMinutes(minutes));
  });

  it("goes to the lane of retries, and a replay stays behind them", () => {
    expect(settleDelivery(failed).lane).toBe(1);
    expect(settleDelivery({ ...failed, lane: 2 }).lane).toBe(2);
  });

  it("of a validation stays in the lane of live events, because a person waits for it", () => {
    const again = { endpointState: "validating", nextValidationAt: inMinutes(240) } as const;
    expect(settleDelivery({ ...failed, ...again, purpose: "validation" }).lane).toBe(0);
  });

  it.each([
    [0, 5],
    [1, 15],
  ])("is tried again within seconds when the fault was ours: with chance %i after %i", (random, seconds) => {
    const { nextAttemptAt } = settleDelivery({ ...failed, fault: "platform", statusCode: 0, random });
    expect(nextAttemptAt).toEqual(inMinutes(seconds / 60));
  });

  it("uses up none of its attempts when the fault was ours, and is still not retried forever", () => {
    let input: SettlementInput = { ...failed, fault: "platform", statusCode: 0 };
    let attempts = 0;
    for (; attempts < 100; attempts += 1) {
      const settlement = settleDelivery(input);
      if (settlement.state === "exhausted") break;
      input = { ...input, deliveryAttempt: input.deliveryAttempt + 1, scheduleBase: settlement.scheduleBase };
    }
    expect(attempts).toBe(13);
  });
});

const anyFailure: fc.Arbitrary<SettlementInput> = fc
  .record({
    purpose: fc.constantFrom(...purposes),
    deliveryAttempt: fc.nat(20),
    lane: fc.constantFrom(...Object.values(lanes)),
    fault: fc.constantFrom(...faults),
    statusCode: fc.constantFrom(0, 302, 410, 429, 500, 503),
    retryAfter: fc.constantFrom(null, "0", "60", "999999999", "nonsense"),
    endpointState: fc.constantFrom(...endpointStates),
    nextValidationAt: fc.constantFrom(null, inMinutes(240)),
    scheduleMs: fc.array(fc.integer({ min: 1, max: 86_400_000 }), { maxLength: 6 }),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .chain((input) => fc.nat(input.deliveryAttempt).map((scheduleBase) => ({ ...input, scheduleBase })))
  .map((input) => ({ ...input, succeeded: false, now }));

describe("whatever a failed attempt was", () => {
  it("its delivery either has ended or is due later than now, in a lane no better than before", () => {
    fc.assert(
      fc.property(anyFailure, (input) => {
        const { state, nextAttemptAt, lane } = settleDelivery(input);
        const isOpen = state === "pending" || state === "held";
        expect(nextAttemptAt !== null).toBe(isOpen);
        if (nextAttemptAt) expect(nextAttemptAt.getTime()).toBeGreaterThan(now.getTime());
        expect(lane).toBeGreaterThanOrEqual(input.lane);
      }),
    );
  });

  it("nothing of events is sent to an endpoint that is off, and only tests of it to one that is being validated", () => {
    fc.assert(
      fc.property(anyFailure, (input) => {
        const { state } = settleDelivery(input);
        if (state !== "pending") return;
        expect(input.endpointState).toBe(input.purpose === "validation" ? "validating" : "active");
      }),
    );
  });

  it("its delivery ends after a bounded number of attempts", () => {
    fc.assert(
      fc.property(anyFailure, (first) => {
        let input: SettlementInput = { ...first, nextValidationAt: null };
        let attempts = 1;
        for (; attempts <= 50; attempts += 1) {
          const { nextAttemptAt, scheduleBase } = settleDelivery(input);
          if (nextAttemptAt === null) break;
          input = { ...input, scheduleBase, deliveryAttempt: input.deliveryAttempt + 1 };
        }
        // The schedule, one attempt more, and ten that were our own fault.
        expect(attempts).toBeLessThanOrEqual(first.scheduleMs.length + 1 + 10);
      }),
    );
  });
});
