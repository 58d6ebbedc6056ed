import { describe, expect, it } from "vitest";
import type { BucketSize } from "@/lib/server/db/api-key-rate";
import { ApiRateLimit } from "./api-rate-limit";

/** One bucket in memory, as the database keeps it, and a clock that the test moves. */
function world() {
  let nowMs = 0;
  let tokens: number | null = null;
  let filledAtMs = 0;
  const asked: number[] = [];
  const take = async (_key: string, { perSecond, burst }: BucketSize, wanted: number) => {
    asked.push(wanted);
    tokens = Math.min(burst, (tokens ?? burst) + ((nowMs - filledAtMs) / 1000) * perSecond);
    filledAtMs = nowMs;
    const granted = Math.floor(Math.min(wanted, tokens));
    tokens -= granted;
    return { granted, left: tokens };
  };
  return { take, asked, pass: (ms: number) => (nowMs += ms), nowMs: () => nowMs };
}

async function admitted(limit: ApiRateLimit, count: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, () => limit.admit("key")));
  return answers.filter((answer) => answer.admitted).length;
}

describe("the request rate of a key", () => {
  it("admits the burst, then what the rate gives, and says when to come again", async () => {
    const { take, pass, nowMs } = world();
    const limit = new ApiRateLimit(10, take, nowMs);
    expect(await admitted(limit, 60)).toBe(50);
    expect(await limit.admit("key")).toEqual({ admitted: false, retryAfterSeconds: 1 });
    pass(1_000);
    expect(await admitted(limit, 60)).toBe(10);
  });

  it("asks the bucket for many requests at a time while a key is busy", async () => {
    const { take, asked, nowMs } = world();
    const limit = new ApiRateLimit(1_000, take, nowMs);
    for (let round = 0; round < 100; round += 1) expect(await admitted(limit, 20)).toBe(20);
    expect(asked.length).toBeLessThan(40);
    expect(Math.max(...asked)).toBe(100);
  });

  it("never holds more than an eighth of a second's requests", async () => {
    const { take, asked, nowMs } = world();
    const limit = new ApiRateLimit(1_000, take, nowMs);
    let used = 0;
    for (let round = 0; round < 100; round += 1) {
      used += await admitted(limit, 20);
      const granted = asked.reduce((sum, one) => sum + one, 0);
      expect(granted - used).toBeLessThanOrEqual(125);
    }
  });

  it("gives up what it did not use within a second", async () => {
    const { take, asked, pass, nowMs } = world();
    const limit = new ApiRateLimit(1_000, take, nowMs);
    await admitted(limit, 100);
    pass(1_001);
    asked.length = 0;
    expect(await admitted(limit, 1)).toBe(1);
    expect(asked.length).toBe(1);
  });

  it("does not ask for every refused request", async () => {
    const { take, asked, nowMs } = world();
    const limit = new ApiRateLimit(1, take, nowMs);
    expect(await admitted(limit, 5)).toBe(5);
    asked.length = 0;
    for (let round = 0; round < 100; round += 1) expect(await admitted(limit, 10)).toBe(0);
    expect(asked.length).toBeLessThan(3);
  });

  it("says how many seconds a slow key has to wait for its next request", async () => {
    const { take, pass, nowMs } = world();
    const limit = new ApiRateLimit(0.25, take, nowMs);
    expect(await limit.admit("key")).toEqual({ admitted: true });
    expect(await limit.admit("key")).toEqual({ admitted: false, retryAfterSeconds: 3 });
    pass(3_000);
    expect(await limit.admit("key")).toEqual({ admitted: true });
  });

  it("keeps each key to its own", async () => {
    const { nowMs } = world();
    const buckets = new Map<string, ReturnType<typeof world>["take"]>();
    const take = (key: string, size: BucketSize, wanted: number) => {
      if (!buckets.has(key)) buckets.set(key, world().take);
      return buckets.get(key)!(key, size, wanted);
    };
    const limit = new ApiRateLimit(1, take, nowMs);
    await admitted(limit, 10);
    expect(await limit.admit("key")).toMatchObject({ admitted: false });
    expect(await limit.admit("another")).toEqual({ admitted: true });
  });

  it("lets a caller hear that the bucket cannot be reached, and asks again for the next one", async () => {
    const { take, nowMs } = world();
    let broken = true;
    const limit = new ApiRateLimit(
      10,
      (...bucket) => (broken ? Promise.reject(new Error("gone")) : take(...bucket)),
      nowMs,
    );
    await expect(limit.admit("key")).rejects.toThrow("gone");
    broken = false;
    expect(await limit.admit("key")).toEqual({ admitted: true });
  });

  it("asks nobody when there is no limit", async () => {
    const limit = new ApiRateLimit(0, () => Promise.reject(new Error("asked")));
    expect(await admitted(limit, 1_000)).toBe(1_000);
  });
});
