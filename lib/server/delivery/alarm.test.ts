import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Alarm } from "./alarm";

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const anyWait = fc.integer({ min: 0, max: 10_000 });

it("rings at the first of the moments it was set to, in whatever order, and once", () => {
  fc.assert(
    fc.property(fc.array(anyWait, { minLength: 1 }), (waits) => {
      const startedAtMs = performance.now();
      const rings: number[] = [];
      const alarm = new Alarm(() => rings.push(performance.now() - startedAtMs));
      for (const waitMs of waits) alarm.setIn(waitMs);
      vi.runAllTimers();
      expect(rings).toHaveLength(1);
      // One that is earlier by no more than a millisecond may be taken for the same.
      expect(rings[0]).toBeGreaterThanOrEqual(Math.min(...waits));
      expect(rings[0]).toBeLessThanOrEqual(Math.min(...waits) + 1);
    }),
  );
});

it("can be set again once it has rung, and does not ring when it was cleared", () => {
  const ring = vi.fn();
  const alarm = new Alarm(ring);
  alarm.setIn(10);
  vi.advanceTimersByTime(10);
  alarm.setIn(10);
  vi.advanceTimersByTime(10);
  expect(ring).toHaveBeenCalledTimes(2);
  alarm.setIn(10);
  alarm.clear();
  vi.advanceTimersByTime(100);
  expect(ring).toHaveBeenCalledTimes(2);
  alarm.setIn(20);
  vi.advanceTimersByTime(20);
  expect(ring).toHaveBeenCalledTimes(3);
});

it("that was set to a moment beyond what a timer can wait rings before it, not at once", () => {
  const ring = vi.fn();
  new Alarm(ring).setIn(365 * 86_400_000);
  vi.advanceTimersByTime(3_600_000);
  expect(ring).not.toHaveBeenCalled();
});
