import "server-only";

const restFactor = 3;
const restMsMax = 100;

/**
 * How long, in milliseconds, to let what comes in gather before the next statement of a kind, when the last one took
 * `tookMs`. A statement for few rows costs hardly less than one for many, so a database that is slow because it has much to
 * do is asked seldom and for much, instead of without a break and for little. A quick one is asked again after `leastMs`.
 */
export function restMs(leastMs: number, tookMs: number): number {
  return Math.min(restMsMax, Math.max(leastMs, restFactor * tookMs));
}
