import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { restMs } from "./rest";

describe("restMs", () => {
  it.each([
    { leastMs: 10, tookMs: 0, rest: 10, what: "after a quick statement, the least" },
    { leastMs: 10, tookMs: 3, rest: 10, what: "the least again" },
    { leastMs: 10, tookMs: 20, rest: 60, what: "three times as long as it took" },
    { leastMs: 10, tookMs: 30_000, rest: 100, what: "never more than a tenth of a second" },
  ])("is $rest ms for $tookMs ms: $what", ({ leastMs, tookMs, rest }) => {
    expect(restMs(leastMs, tookMs)).toBe(rest);
  });

  it("never shrinks while the database gets slower", () => {
    const ms = fc.double({ min: 0, max: 60_000, noNaN: true });
    fc.assert(
      fc.property(ms, ms, (one, other) => {
        const [quick, slow] = one < other ? [one, other] : [other, one];
        expect(restMs(10, quick)).toBeLessThanOrEqual(restMs(10, slow));
      }),
    );
  });
});
