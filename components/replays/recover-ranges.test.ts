import { describe, expect, it } from "vitest";
import { betweenMoments, recoverRanges } from "./recover-ranges";

const hourMs = 3_600_000;
const lengths = (retentionMs: number) =>
  recoverRanges(retentionMs).filter(({ value }) => value !== betweenMoments);

describe("recoverRanges", () => {
  it.each([
    [7 * 24 * hourMs, ["The last hour", "The last 24 hours", "The last 3 days", "The last 7 days"]],
    [30 * 24 * hourMs, ["The last hour", "The last 24 hours", "The last 3 days", "The last 30 days"]],
    [24 * hourMs, ["The last hour", "The last 24 hours"]],
    [36 * hourMs, ["The last hour", "The last 24 hours", "The last 1 day 12 hours"]],
    [hourMs / 2, ["The last 30 minutes"]],
  ])("offers nothing that is older than what is kept, and all of that: %d ms", (retentionMs, expected) => {
    expect(lengths(retentionMs).map(({ label }) => label)).toEqual(expected);
    expect(lengths(retentionMs).at(-1)?.value).toBe(String(retentionMs));
  });
});
