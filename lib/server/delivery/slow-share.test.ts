import { describe, expect, it } from "vitest";
import type { LeasedDelivery } from "./claimer";
import { EndpointQueue } from "./endpoint-queue";
import type { EndpointTarget } from "./endpoint-target";
import { SlowShare } from "./slow-share";

const concurrency = 8;
/** Three quarters. */
const most = 6;
const nowMs = 10_000;

const target = { rateLimitPerSecond: null } as EndpointTarget;

/** An endpoint whose last answer took `paceMs`, with so many requests in flight and deliveries waiting. */
function queueOf(paceMs: number, { inFlight = 0, waiting = 0 } = {}): EndpointQueue {
  const queue = new EndpointQueue(target);
  queue.started(nowMs);
  queue.ended(paceMs, nowMs);
  for (let count = 0; count < inFlight; count += 1) queue.started(nowMs);
  for (let count = 0; count < waiting; count += 1) queue.waiting.push({} as LeasedDelivery);
  return queue;
}

const slow = (held = {}) => queueOf(5_000, held);
const fast = (held = {}) => queueOf(5, held);

function shareOf(...queues: EndpointQueue[]): SlowShare {
  return new SlowShare(new Map(queues.map((queue, index) => [String(index), queue])), concurrency);
}

describe("what slow endpoints may take together", () => {
  it("is all, while they leave a quarter free", () => {
    const one = slow();
    expect(shareOf(one, slow({ inFlight: most - 1 })).isUsedUp(one, most - 1, nowMs)).toBe(false);
    expect(shareOf(one, slow({ inFlight: most })).isUsedUp(one, most, nowMs)).toBe(true);
  });

  it("counts those that it lets begin, without asking each time", () => {
    const [one, other] = [slow(), slow({ inFlight: most - 1 })];
    const share = shareOf(one, other);
    expect(share.isUsedUp(one, most, nowMs)).toBe(false);
    expect(share.isUsedUp(one, most, nowMs)).toBe(true);
    expect(share.isUsedUp(one, most, nowMs + 51)).toBe(false);
  });

  it("is known anew as soon as a request to one of them has ended", () => {
    const [one, other] = [slow(), slow({ inFlight: most })];
    const share = shareOf(one, other);
    expect(share.isUsedUp(one, most, nowMs)).toBe(true);
    other.ended(5_000, nowMs);
    expect(share.isUsedUp(one, most, nowMs)).toBe(true);
    share.countAgain();
    expect(share.isUsedUp(one, most, nowMs)).toBe(false);
  });

  it("is not taken by others, and does not hold them up", () => {
    const [one, other] = [slow(), fast({ inFlight: concurrency - 1 })];
    const share = shareOf(one, other);
    expect(share.isUsedUp(one, concurrency - 1, nowMs)).toBe(false);
    expect(shareOf(slow({ inFlight: concurrency - 1 }), other).isUsedUp(other, concurrency, nowMs)).toBe(
      false,
    );
  });

  it.each([
    ["all of it for one", [slow()], [most]],
    ["no more than it has room for", [slow()], [2], [2]],
    ["without what is in flight and what waits", [slow({ inFlight: 2 }), slow({ waiting: 1 })], [2, 2]],
    ["some for each of many", Array.from({ length: 10 }, () => slow()), Array.from({ length: 10 }, () => 1)],
    ["nothing when it is used up", [slow({ inFlight: 4, waiting: 50 }), slow()], [0, 0]],
    ["and as before for the others", [slow({ inFlight: 5 }), fast({ waiting: 50 })], [1, 16]],
  ])("is claimed for: %s", (_what, queues, expected, rooms = queues.map(() => 16)) => {
    const claimed = new Map(rooms.map((room, index) => [String(index), room]));
    shareOf(...queues).limit(claimed, nowMs);
    expect([...claimed.values()]).toEqual(expected);
  });
});
