import { describe, expect, it, vi } from "vitest";
import { lookupInLanes, slowLookupsMax } from "./lookup-lanes";
import type { ResolvedAddress } from "./resolve-addresses";

const answer: ResolvedAddress[] = [{ address: "93.184.216.34", family: 4 }];

/** A resolver whose lookups end when the test says so, under a clock that the test turns. */
function handDriven() {
  const open = new Map<string, PromiseWithResolvers<ResolvedAddress[]>>();
  let nowMs = 0;
  const started: string[] = [];
  const lookup = lookupInLanes(
    (hostname) => {
      started.push(hostname);
      const pending = Promise.withResolvers<ResolvedAddress[]>();
      open.set(hostname, pending);
      return pending.promise;
    },
    { slowMax: 1, now: () => nowMs },
  );
  const resolveAfter = async (hostname: string, tookMs: number) => {
    const result = lookup(hostname);
    nowMs += tookMs;
    open.get(hostname)?.resolve(answer);
    await result;
    started.length = 0;
  };
  const failAfter = async (hostname: string, tookMs: number) => {
    const result = lookup(hostname);
    nowMs += tookMs;
    open.get(hostname)?.reject(new Error("no such name"));
    await expect(result).rejects.toThrow("no such name");
    started.length = 0;
  };
  return { lookup, started, open, resolveAfter, failAfter };
}

describe("lookupInLanes", () => {
  it("shares a lookup that is running, and starts a new one afterwards", async () => {
    const { lookup, started, open } = handDriven();
    const both = [lookup("a.example"), lookup("a.example")];
    open.get("a.example")?.resolve(answer);
    expect(await Promise.all(both)).toEqual([answer, answer]);
    void lookup("a.example");
    expect(started).toEqual(["a.example", "a.example"]);
  });

  it("keeps all names but the slow ones out of the queue", async () => {
    const { lookup, started, open, resolveAfter, failAfter } = handDriven();
    await failAfter("slow-1.example", 1001);
    await resolveAfter("slow-2.example", 1001);
    await failAfter("unknown.example", 10);
    await resolveAfter("prompt.example", 10);
    for (const name of ["slow-1", "slow-2", "unknown", "prompt", "new"]) void lookup(`${name}.example`);
    expect(started).toEqual(["slow-1.example", "unknown.example", "prompt.example", "new.example"]);
    open.get("slow-1.example")?.resolve(answer);
    await vi.waitUntil(() => started.includes("slow-2.example"));
  });

  it("passes the place on when a slow name fails", async () => {
    const { lookup, started, open, failAfter } = handDriven();
    await failAfter("slow-1.example", 1001);
    await failAfter("slow-2.example", 1001);
    const first = lookup("slow-1.example");
    const second = lookup("slow-2.example");
    open.get("slow-1.example")?.reject(new Error("still no such name"));
    await expect(first).rejects.toThrow("still no such name");
    await vi.waitUntil(() => started.includes("slow-2.example"));
    open.get("slow-2.example")?.resolve(answer);
    expect(await second).toEqual(answer);
  });

  it("lets a slow name out of the queue once it is prompt", async () => {
    const { lookup, started, resolveAfter, failAfter } = handDriven();
    await failAfter("slow.example", 1001);
    await failAfter("mended.example", 1001);
    await resolveAfter("mended.example", 10);
    void lookup("slow.example");
    void lookup("mended.example");
    expect(started).toEqual(["slow.example", "mended.example"]);
  });
});

it.each([
  [undefined, 1],
  ["nonsense", 1],
  ["1", 1],
  ["4", 1],
  ["32", 4],
  ["99999", 128],
])("gives slow names a part of a thread pool of %s", (size, expected) => {
  expect(slowLookupsMax(size)).toBe(expected);
});
