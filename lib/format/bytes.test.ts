import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes } from "@/lib/format/bytes";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [16 * 1024, "16 KiB"],
    [1024 * 1024 - 1, "1 MiB"],
    [1024 * 1024, "1 MiB"],
    [1.25 * 1024 ** 3, "1.3 GiB"],
    [5000 * 1024 ** 4, "5000 TiB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it("never shows a thousand of a unit but the largest, and stays within a twentieth of the size", () => {
    const units = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        const [number, unit] = formatBytes(bytes).split(" ") as [string, keyof typeof units];
        if (unit !== "TiB") expect(Number(number)).toBeLessThan(1024);
        expect(Math.abs(Number(number) * units[unit] - bytes)).toBeLessThanOrEqual(bytes / 20);
      }),
    );
  });

  it.each([-1, Number.NaN, Infinity])("refuses %d", (bytes) => {
    expect(() => formatBytes(bytes)).toThrow(RangeError);
  });
});
