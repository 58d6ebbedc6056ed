import { describe, expect, it } from "vitest";
import { betweenMoments } from "./recover-ranges";
import { type ReplayChoice, replayInput, verdictText } from "./replay-choice";

const now = new Date("2026-03-10T12:00:00Z");
const choice: ReplayChoice = { scope: "failed", range: "3600000", from: "", to: "", types: "" };
const between = { ...choice, range: betweenMoments, from: "2026-03-08T10:00" };
const local = (text: string) => new Date(text).toISOString();

describe("replayInput", () => {
  it("counts a range back from now", () => {
    expect(replayInput(choice, now)).toEqual({ scope: "failed", since: "2026-03-10T11:00:00.000Z" });
  });

  it("reads two moments in the time zone in which they were typed", () => {
    expect(replayInput({ ...between, to: "2026-03-08T14:30" }, now)).toEqual({
      scope: "failed",
      since: local("2026-03-08T10:00"),
      until: local("2026-03-08T14:30"),
    });
    expect(replayInput(between, now)).not.toHaveProperty("until");
  });

  it.each([
    ["is not said from when", { from: "", to: "2026-03-08T14:30" }],
    ["ends before it begins", { to: "2026-03-08T09:59" }],
    ["ends as it begins", { to: "2026-03-08T10:00" }],
  ])("asks for nothing while it %s", (_what, moments) => {
    expect(replayInput({ ...between, ...moments }, now)).toBeNull();
  });

  it("takes what stood in the fields of another range for nothing", () => {
    expect(replayInput({ ...between, range: "3600000", to: "2020-01-01T00:00" }, now)).toEqual({
      scope: "failed",
      since: "2026-03-10T11:00:00.000Z",
    });
  });

  it("names the types that were typed, without the empty ones", () => {
    expect(replayInput({ ...choice, types: " orders.*, ,invoice.paid " }, now)?.eventTypes).toEqual([
      "orders.*",
      "invoice.paid",
    ]);
  });
});

it("says how long a rate takes in a unit that says something", () => {
  const byEventType = [{ eventType: "order.placed", count: 100_000 }];
  const verdict = { ok: true as const, value: { matched: 100_000, byEventType } };
  expect(verdictText(verdict, 1)).toBe(
    "100,000 events: 100,000 order.placed. At this rate it takes about 28 h.",
  );
});
