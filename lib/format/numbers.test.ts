import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactCount, counted, formatCount, percent } from "@/lib/format/numbers";

describe("counts", () => {
  it.each([
    [0, "0", "0"],
    [999, "999", "999"],
    [1234, "1,234", "1,234"],
    [9999, "9,999", "9,999"],
    [12_345, "12,345", "12.3K"],
    [4_500_000, "4,500,000", "4.5M"],
    [-12_345, "-12,345", "-12.3K"],
  ])("%d is %s, in short %s", (count, full, short) => {
    expect(formatCount(count)).toBe(full);
    expect(compactCount(count)).toBe(short);
  });

  it("lose no digit", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(Number(formatCount(count).replaceAll(",", ""))).toBe(count);
      }),
    );
  });

  it.each([
    [counted(0, "event"), "0 events"],
    [counted(1, "event"), "1 event"],
    [counted(2000, "event"), "2,000 events"],
    [counted(2, "delivery", "deliveries"), "2 deliveries"],
  ])("agree in number: %s", (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe("percent", () => {
  it.each([
    [0, 0, "–"],
    [0, 10, "0%"],
    [10, 10, "100%"],
    [1, 2, "50%"],
    [1, 3, "33.3%"],
    [999_999, 1_000_000, "99.9%"],
    [1, 1_000_000, "0.1%"],
    [11, 10, "100%"],
  ])("%d of %d is %s", (part, whole, text) => {
    expect(percent(part, whole)).toBe(text);
  });

  it("says all and none only of all and none", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (part, rest) => {
        fc.pre(part + rest > 0);
        const text = percent(part, part + rest);
        expect(text === "100%").toBe(rest === 0);
        expect(text === "0%").toBe(part === 0);
        expect(Number(text.slice(0, -1))).toBeCloseTo((part / (part + rest)) * 100, 0);
      }),
    );
  });
});
