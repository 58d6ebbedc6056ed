import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration, spellDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["15m", 900_000],
    ["4h", 14_400_000],
    ["7d", 604_800_000],
    ["0s", 0],
    [" 1m ", 60_000],
  ])("reads %j as %i milliseconds", (text, durationMs) => expect(parseDuration(text)).toBe(durationMs));

  it.each([
    "",
    "15",
    "m",
    "1.5h",
    "-1s",
    "1h30m",
    "1 h",
    "1H",
    "1w",
    "١s",
    "1e3s",
    "999999999999d",
    "1s\n2s",
  ])("refuses %j", (text) => expect(parseDuration(text)).toBeNull());
});

describe("formatDuration", () => {
  it.each([
    [0, "0s"],
    [500, "500ms"],
    [1_500, "1500ms"],
    [90_000, "90s"],
    [5_400_000, "90m"],
    [86_400_000, "1d"],
  ])("writes %i as %s", (durationMs, text) => expect(formatDuration(durationMs)).toBe(text));

  it("writes what parseDuration reads back exactly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 * 86_400_000 }),
        (ms) => parseDuration(formatDuration(ms)) === ms,
      ),
    );
  });
});

describe("spellDuration", () => {
  it.each([
    [-5, "0 seconds"],
    [0, "0 seconds"],
    [1, "1 millisecond"],
    [999, "999 milliseconds"],
    [1_000, "1 second"],
    [59_999, "59 seconds"],
    [61_000, "1 minute 1 second"],
    [900_000, "15 minutes"],
    [86_399_999, "23 hours 59 minutes"],
    [86_405_000, "1 day"],
    [2 * 86_400_000 + 3 * 3_600_000 + 59_000, "2 days 3 hours"],
  ])("spells %i as %j", (durationMs, text) => expect(spellDuration(durationMs)).toBe(text));
});
