import { describe, expect, it } from "vitest";
import { settleDelivery, type SettlementInput } from "@/lib/domain/delivery-settlement";

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
