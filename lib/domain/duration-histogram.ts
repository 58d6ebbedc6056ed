/**
 * Durations are counted in buckets that grow by a fixed factor, so that hours can be added up and a percentile read
 * from the sum. Bucket n holds durations up to `factor ** n` milliseconds; a percentile is exact to within a bucket.
 */
const factor = 1.25;
/** Over 60 s: the longest attempt there can be. */
const lastBucket = 50;

/** The bucket of a duration in milliseconds. */
export function durationBucket(durationMs: number): number {
  if (!(durationMs > 1)) return 0;
  return Math.min(lastBucket, Math.ceil(Math.log(durationMs) / Math.log(factor)));
}

/** The smallest and largest duration of a bucket, in milliseconds. */
export function bucketRangeMs(bucket: number): { fromMs: number; untilMs: number } {
  return { fromMs: bucket === 0 ? 0 : factor ** (bucket - 1), untilMs: factor ** bucket };
}

/**
 * The duration below which `share` (0 to 1) of the counted attempts lie, interpolated inside its bucket; null when
 * nothing was counted.
 */
export function percentileMs(counts: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let rest = share * total;
  const buckets = [...counts].sort(([a], [b]) => a - b);
  for (const [bucket, count] of buckets) {
    if (rest <= count) {
      const { fromMs, untilMs } = bucketRangeMs(bucket);
      return fromMs + (untilMs - fromMs) * (rest / count);
    }
    rest -= count;
  }
  const last = buckets[buckets.length - 1];
  return last ? bucketRangeMs(last[0]).untilMs : null;
}
