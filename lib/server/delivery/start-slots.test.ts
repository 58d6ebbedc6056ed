import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StartSlots } from "./start-slots";

const rate = 20;
const stepMs = 1000 / rate;

describe("the starts of a rate-limited endpoint", () => {
  it("are asked for once, as many as wait and no more than a quarter of a second's", () => {
    expect(new StartSlots().wanted(2, rate, 0)).toBe(2);
    expect(new StartSlots().wanted(1000, rate, 0)).toBe(5);
    expect(new StartSlots().wanted(1000, 0.01, 0)).toBe(1);
    const slots = new StartSlots();
    slots.asking();
    expect(slots.wanted(1000, rate, 0)).toBe(0);
  });

  it("are asked for again when they are used up, and not before", () => {
    const slots = new StartSlots();
    slots.granted(2, 0, 0);
    slots.take(rate, 0);
    expect(slots.wanted(9, rate, 0)).toBe(0);
    slots.take(rate, stepMs);
    expect(slots.wanted(9, rate, stepMs)).toBe(5);
  });

  it("are asked for again a little before others have used theirs up", () => {
    const slots = new StartSlots();
    slots.granted(0, 900, 0);
    expect(slots.opensInMs(0)).toBe(650);
    expect(slots.wanted(9, rate, 649)).toBe(0);
    expect(slots.wanted(9, rate, 650)).toBe(5);
  });

  it("are open one after the other, at the rate, from the moment that was given", () => {
    const slots = new StartSlots();
    slots.asking();
    expect(slots.opensInMs(0)).toBeNull();
    slots.granted(2, 100, 0);
    expect(slots.opensInMs(40)).toBe(60);
    expect(slots.isOpen(rate, 99)).toBe(false);
    expect(slots.isOpen(rate, 100)).toBe(true);
    slots.take(rate, 100);
    expect(slots.isOpen(rate, 100 + stepMs - 1)).toBe(false);
    expect(slots.isOpen(rate, 100 + stepMs)).toBe(true);
    slots.take(rate, 100 + stepMs);
    expect(slots.isOpen(rate, 100 + 2 * stepMs)).toBe(false);
  });

  it("are asked for again after a second when nobody answered", () => {
    const slots = new StartSlots();
    slots.asking();
    slots.refused(0);
    expect(slots.wanted(9, rate, 999)).toBe(0);
    expect(slots.wanted(9, rate, 1_000)).toBe(5);
  });

  it("are given up when they were not used in time", () => {
    const slots = new StartSlots();
    slots.granted(5, 0, 0);
    expect(slots.isOpen(rate, 300)).toBe(true);
    expect(slots.isOpen(rate, 301)).toBe(false);
    expect(slots.wanted(9, rate, 301)).toBe(5);
  });

  it("never follow each other at more than twice the rate, however late each of them comes", () => {
    const anyLateness = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(anyLateness, (lateness) => {
        const slots = new StartSlots();
        slots.granted(lateness.length, 0, 0);
        let nowMs = 0;
        let lastMs = -Infinity;
        for (const lateByMs of lateness) {
          nowMs += (slots.opensInMs(nowMs) ?? 0) + lateByMs;
          if (!slots.isOpen(rate, nowMs)) return;
          expect(nowMs - lastMs).toBeGreaterThanOrEqual(stepMs / 2 - 1e-6);
          slots.take(rate, nowMs);
          lastMs = nowMs;
        }
      }),
    );
  });
});
