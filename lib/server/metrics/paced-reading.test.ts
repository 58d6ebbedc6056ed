import { describe, expect, it } from "vitest";
import { pacedReading } from "./paced-reading";

function clockedReading(takesMs: number) {
  let nowMs = 0;
  let reads = 0;
  const reading = pacedReading(
    () => {
      reads += 1;
      nowMs += takesMs;
      return Promise.resolve(reads);
    },
    1_000,
    () => nowMs,
  );
  return { reading, advance: (ms: number) => (nowMs += ms) };
}

describe("pacedReading", () => {
  it("reads once for everyone who asks at the same time, and again after its least age", async () => {
    const { reading, advance } = clockedReading(10);
    expect(await Promise.all([reading(), reading()])).toEqual([1, 1]);
    advance(999);
    expect(await reading()).toBe(1);
    advance(1);
    expect(await reading()).toBe(2);
  });

  it("never takes more than a twentieth of the time", async () => {
    const { reading, advance } = clockedReading(500);
    await reading();
    advance(9_999);
    expect(await reading()).toBe(1);
    advance(1);
    expect(await reading()).toBe(2);
  });

  it("tells a failure to those who waited for it, and reads again for the next", async () => {
    let fails = true;
    const reading = pacedReading(
      () => (fails ? Promise.reject(new Error("database away")) : Promise.resolve("read")),
      1_000,
    );
    const [first, second] = await Promise.allSettled([reading(), reading()]);
    expect([first.status, second.status]).toEqual(["rejected", "rejected"]);
    fails = false;
    expect(await reading()).toBe("read");
  });
});
