import { describe, expect, it } from "vitest";
import { checkPublication, checkStored, groupStored, type StoredEvent } from "./checks.ts";
import type { Publication } from "./load.ts";
import type { ChaosReceiver } from "./world/receiver.ts";

const stored = (...events: Partial<StoredEvent>[]) =>
  groupStored(
    new Map(
      events.map((event, index) => [
        `evt_${index}`,
        {
          ...{ id: `evt_${index}`, ref: "a", place: 0, promised: 2, existing: 2, succeeded: 2, logged: 2 },
          ...event,
        },
      ]),
    ),
  );
const published = (changes: Partial<Publication> = {}): Publication => ({
  ...{ ref: "a", size: 1, eventIds: ["evt_0"], acceptedAtMs: 0 },
  ...changes,
});
const receiverOf = (...keys: string[]) =>
  ({ arrivals: new Map(keys.map((key) => [key, [1]])) }) as unknown as ChaosReceiver;
const everywhere = receiverOf("/first evt_0", "/second evt_0");

describe("a publication", () => {
  const batch = { size: 2, eventIds: ["evt_0", "evt_1"] };
  it.each<[string, Partial<Publication>, Partial<StoredEvent>[], RegExp | null]>([
    ["stored once is fine", {}, [{}], null],
    ["that was accepted and is gone is lost", {}, [], /not stored/],
    ["that nobody accepted in the end is told", { eventIds: [] }, [], /never accepted/],
    ["exists once, whatever happened on the way", {}, [{}, {}], /exists 2 times/],
    ["in a batch is stored whole", batch, [{}, { place: 1 }], null],
    ["in a batch is half written without one of its events", batch, [{}, {}], /half written: 2 0/],
    ["in a batch exists once, too", batch, [{}, { place: 1 }, {}, { place: 1 }], /exists 2 times/],
  ])("%s", (_, changes, events, problem) => {
    const problems = checkPublication(published(changes), stored(...events)).join();
    if (problem) expect(problems).toMatch(problem);
    else expect(problems).toBe("");
  });
});

describe("a stored event", () => {
  it.each<[string, Partial<StoredEvent>, ChaosReceiver, RegExp | null]>([
    ["that arrived everywhere is fine", {}, everywhere, null],
    ["misses a delivery", { existing: 1, succeeded: 1, logged: 1 }, everywhere, /for each endpoint/],
    ["was promised too little", { promised: 1 }, everywhere, /for each endpoint/],
    ["has an open delivery", { succeeded: 1, logged: 1 }, everywhere, /has not succeeded/],
    ["has no attempt in the log", { logged: 1 }, everywhere, /without a succeeded attempt/],
    ["did not arrive at one endpoint", {}, receiverOf("/first evt_0"), /did not arrive everywhere/],
  ])("%s", (_, changes, receiver, problem) => {
    const problems = checkStored(stored(changes), receiver).join();
    if (problem) expect(problems).toMatch(problem);
    else expect(problems).toBe("");
  });
});
