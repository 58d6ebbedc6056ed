import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "./engine";
import { recordSuccesses } from "./record-successes";
import { Recorder } from "./recorder";
import type { Finished } from "./unsent";

vi.mock("./record-successes", () => ({ recordSuccesses: vi.fn() }));

const success = {} as Finished;

/** Of each record: milliseconds from the beginning, and how many deliveries it was of. */
let records: { atMs: number; count: number }[];
let recorder: Recorder;

/** A database that takes `tookMs` for a record, however many it is of. */
function databaseTakes(tookMs: number): void {
  vi.mocked(recordSuccesses).mockImplementation(async (_engine, batch) => {
    records.push({ atMs: performance.now(), count: batch.length });
    await new Promise((resolve) => setTimeout(resolve, tookMs));
    return [];
  });
}

function finish(count: number): void {
  for (let index = 0; index < count; index += 1) recorder.add(success);
}

/** Ten every millisecond. */
async function finishFor(durationMs: number): Promise<void> {
  for (let ms = 0; ms < durationMs; ms += 1) {
    finish(10);
    await vi.advanceTimersByTimeAsync(1);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  records = [];
  recorder = new Recorder({} as Engine, { recorded: () => undefined, aheadMs: () => 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("records while deliveries end without a break", () => {
  it("begin 10 ms after a quick one before", async () => {
    databaseTakes(1);
    await finishFor(100);
    expect(records.length).toBeGreaterThanOrEqual(8);
    expect(records.length).toBeLessThanOrEqual(10);
  });

  it("become fewer and larger when the database is slow, so that it has no more to do than needed", async () => {
    databaseTakes(10);
    await finishFor(400);
    const [, second, third] = records;
    expect(third && second && third.atMs - second.atMs).toBe(40);
    expect(third?.count).toBe(400);
    expect(records.length).toBeLessThanOrEqual(11);
  });

  it("do not wait once as many have ended as one record takes", async () => {
    databaseTakes(1_000);
    finish(1);
    await vi.advanceTimersByTimeAsync(1_010);
    finish(500);
    await vi.advanceTimersByTimeAsync(1);
    expect(records.map(({ count }) => count)).toEqual([1, 500]);
  });
});

it("is recorded at once when nothing ended for a while before", async () => {
  databaseTakes(30);
  finish(1);
  await vi.advanceTimersByTimeAsync(500);
  finish(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(records.map(({ count }) => count)).toEqual([1, 1]);
});
