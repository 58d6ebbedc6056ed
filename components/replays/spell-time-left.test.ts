import { describe, expect, it } from "vitest";
import { spellEstimate, spellTimeLeft } from "./spell-time-left";

const startedAt = "2026-01-01T00:00:00.000Z";
const after = (seconds: number) => Date.parse(startedAt) + seconds * 1000;

describe("the time that a replay has left", () => {
  it("is estimated from the pace so far", () => {
    const replay = { matched: 100, queued: 80, startedAt, perSecond: null };
    expect(spellTimeLeft(replay, after(10))).toBe("about 40 s left");
    expect(spellTimeLeft(replay, after(60))).toBe("about 4 min left");
  });

  it("is never shorter than the pace that was asked for allows", () => {
    const replay = { matched: 13, queued: 12, startedAt, perSecond: 3 };
    expect(spellTimeLeft(replay, after(0.1))).toBe("about 4 s left");
  });

  it("follows an endpoint that is slower than the pace that was asked for", () => {
    const replay = { matched: 20, queued: 10, startedAt, perSecond: 10 };
    expect(spellTimeLeft(replay, after(30))).toBe("about 30 s left");
  });

  it("is not guessed before anything is done", () => {
    expect(spellTimeLeft({ matched: 5, queued: 5, startedAt, perSecond: null }, after(3))).toBe(
      "about to begin",
    );
  });
});

it.each([
  [0.2, "1 s"],
  [89, "89 s"],
  [90, "2 min"],
  [5_399, "90 min"],
  [5_401, "2 h"],
  [100_000, "28 h"],
  [1_000_000, "12 days"],
])("spells an estimate of %d seconds in a unit that says something: %s", (seconds, text) => {
  expect(spellEstimate(seconds)).toBe(text);
});
