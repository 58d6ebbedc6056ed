import { describe, expect, it } from "vitest";
import type { LeasedDelivery } from "./claimer";
import { EndpointQueue } from "./endpoint-queue";
import type { EndpointTarget } from "./endpoint-target";

const nowMs = 10_000;
const target = { rateLimitPerSecond: null } as EndpointTarget;

/** An endpoint whose only answer so far took `paceMs`. */
function queueOf(paceMs: number, { rateLimitPerSecond }: Partial<EndpointTarget> = target): EndpointQueue {
  const queue = new EndpointQueue({ rateLimitPerSecond } as EndpointTarget);
  queue.started(nowMs);
  queue.ended(paceMs, nowMs);
  return queue;
}

describe("a slow endpoint", () => {
  it("has taken more than a second for its answers", () => {
    expect(queueOf(1_000).isSlow(nowMs)).toBe(false);
    expect(queueOf(1_001).isSlow(nowMs)).toBe(true);
  });

  it("or has not answered anything for as long", () => {
    const queue = queueOf(5);
    queue.started(nowMs);
    queue.started(nowMs);
    expect(queue.isSlow(nowMs + 1_000)).toBe(false);
    expect(queue.isSlow(nowMs + 1_001)).toBe(true);
    queue.ended(5, nowMs + 1_001);
    expect(queue.isSlow(nowMs + 1_002)).toBe(false);
    queue.ended(5, nowMs + 1_002);
    expect(queue.isSlow(nowMs + 60_000)).toBe(false);
  });
});

describe("the room of an endpoint", () => {
  const cap = 8;

  it("is its cap until it is known, less what is claimed already", () => {
    const queue = new EndpointQueue(target);
    expect(queue.room(cap)).toBe(8);
    queue.started(nowMs);
    queue.waiting.push({} as LeasedDelivery);
    expect(queue.room(cap)).toBe(6);
  });

  it.each([
    ["fast, up to eight times its cap", 1, 64],
    ["a quarter of a second's work", 100, 20],
    ["slow, its cap", 10_000, 8],
  ])("%s", (_what, paceMs, room) => {
    expect(queueOf(paceMs).room(cap)).toBe(room);
  });

  it.each([
    [5, 5],
    [0.1, 1],
    [1_000, 64],
  ])("is at a limit of %f a second no more than %i", (rateLimitPerSecond, room) => {
    expect(queueOf(1, { rateLimitPerSecond }).room(cap)).toBe(room);
  });
});
