import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketRangeMs, durationBucket, percentileMs } from "@/lib/domain/duration-histogram";

describe("the histogram of durations", () => {
  it("puts every duration into the bucket whose range holds it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60_000, noNaN: true }), (durationMs) => {
        const { fromMs, untilMs } = bucketRangeMs(durationBucket(durationMs));
        expect(durationMs).toBeGreaterThanOrEqual(fromMs * (1 - 1e-9));
        expect(durationMs).toBeLessThanOrEqual(untilMs * (1 + 1e-9));
      }),
    );
  });

  it("reads percentiles to within a bucket of the exact ones", () => {
    const durations = fc.array(fc.double({ min: 1, max: 30_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (values, share) => {
        const counts = new Map<number, number>();
        for (const value of values)
          counts.set(durationBucket(value), (counts.get(durationBucket(value)) ?? 0) + 1);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
        const read = percentileMs(counts, share) ?? 0;
        expect(read / exact).toBeGreaterThan(1 / 1.26);
        expect(read / exact).toBeLessThan(1.26);
      }),
    );
  });

  it("knows no percentile of nothing", () => {
    expect(percentileMs(new Map(), 0.5)).toBeNull();
  });
});
