import fc from "fast-check";
import { expect, it } from "vitest";
import { newSecret, secretKey } from "@/lib/domain/signature";
import type { DeliveryAttempt } from "./delivery-attempt";
import { DispatchBoard } from "./dispatch-board";
import type { EndpointTarget } from "./endpoint-target";
import type { Engine } from "./engine";

const concurrency = 5;
const endpointConcurrency = 2;
const endpointsMax = 4;
const keys = [{ key: secretKey(newSecret(Buffer.alloc(32))), expiresAtMs: Infinity }];

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

function targetOf(id: string, version: number): EndpointTarget {
  return {
    ...{ id, publicId: "ep_1", version, url: "http://127.0.0.1:9/", origin: "http://127.0.0.1:9", path: "/" },
    ...{ keys, headers: [], maskedHeaders: [], timeoutMs: 1_000, successStatus: "200", scheduleMs: [] },
    ...{ rateLimitPerSecond: null, challengeHeader: null },
  };
}

function deliveryOf(id: string, target: EndpointTarget) {
  return {
    ...{ id, organizationId: uuid(1), endpointId: target.id, endpointVersion: target.version },
    ...{
      eventId: uuid(2),
      eventType: "order.placed",
      eventTimestamp: new Date(0),
      dataText: "{}",
      dataBytes: 2,
    },
    ...{ lane: 0, deliveryAttempt: 0, scheduleBase: 0, traceparent: null },
    ...{ purpose: "event" as const, endpointState: "active" as const },
  };
}

/** A board whose requests end when the test says so, and what it was given and has handed on. */
class Game {
  readonly inFlight: DeliveryAttempt[] = [];
  /** The endpoint of each delivery that the board was given. */
  readonly given = new Map<string, string>();
  readonly handedOn: string[] = [];
  readonly #versions = new Map<string, number>();
  readonly board = new DispatchBoard(this.#engine(), {
    attemptFinished: ({ delivery }) => this.handedOn.push(delivery.id),
    unsent: ({ delivery }) => this.handedOn.push(delivery.id),
    loadData: () => Promise.reject(new Error("All data was claimed")),
    reserveStarts: () => Promise.reject(new Error("No endpoint is limited")),
  });

  #engine(): Engine {
    const dispatch = (attempt: DeliveryAttempt) => {
      const { endpointId, endpointVersion } = attempt.delivery;
      // What was claimed before a change may have been claimed for another URL.
      expect(endpointVersion).toBe(this.#versions.get(endpointId));
      this.inFlight.push(attempt);
    };
    const settings = { concurrency, endpointConcurrency, version: "1" };
    const parts = { outbound: { dispatch }, clock: () => new Date(0), newId: () => uuid(0), settings };
    return parts as unknown as Engine;
  }

  add(endpointId: string, isChanged: boolean): void {
    const target = targetOf(endpointId, (this.#versions.get(endpointId) ?? 1) + Number(isChanged));
    const delivery = deliveryOf(uuid(1_000 + this.given.size), target);
    this.#versions.set(endpointId, target.version);
    this.given.set(delivery.id, endpointId);
    const leased = { delivery, leaseId: uuid(3), claimedAtMs: performance.now() };
    this.board.add([leased], new Map([[endpointId, target]]));
  }

  finish(pick: number): void {
    const [attempt] = this.inFlight.splice(pick % Math.max(1, this.inFlight.length), 1);
    attempt?.onSettled();
  }

  loseLease(pick: number): void {
    const held = this.board.leases();
    const lost = held[pick % Math.max(1, held.length)];
    if (!lost) return;
    this.board.drop([lost]);
    if (!this.#isInFlight(lost.id)) this.handedOn.push(lost.id);
  }

  giveBack(): void {
    this.handedOn.push(...this.board.takeWaiting().map(({ id }) => id));
  }

  check(): void {
    const held = this.board.leases().map(({ id }) => id);
    expect([...held, ...this.handedOn].toSorted()).toEqual([...this.given.keys()]);
    expect(this.board.inFlightCount).toBe(this.inFlight.length);
    expect(this.board.waitingCount).toBe(held.length - this.inFlight.length);
    expect(this.inFlight.length).toBeLessThanOrEqual(concurrency);
    const waiting = new Set(held.filter((id) => !this.#isInFlight(id)).map((id) => this.given.get(id) ?? ""));
    for (const endpointId of new Set(this.given.values())) {
      const count = this.inFlight.filter(({ delivery }) => delivery.endpointId === endpointId).length;
      expect(count).toBeLessThanOrEqual(endpointConcurrency);
      const hasRoom = count < endpointConcurrency && this.inFlight.length < concurrency;
      if (hasRoom) expect(waiting).not.toContain(endpointId);
    }
  }

  #isInFlight(id: string): boolean {
    return this.inFlight.some(({ delivery }) => delivery.id === id);
  }
}

const anyMove = fc.oneof(
  { weight: 6, arbitrary: fc.record({ add: fc.nat(endpointsMax - 1), isChanged: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ finish: fc.nat(concurrency) }) },
  { weight: 1, arbitrary: fc.record({ loseLease: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ giveBack: true }) },
);

it("hands on each delivery once, within the caps, and lets none wait for room that is there", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
      const game = new Game();
      for (const move of moves) {
        if ("add" in move) game.add(uuid(10 + move.add), move.isChanged);
        else if ("finish" in move) game.finish(move.finish);
        else if ("loseLease" in move) game.loseLease(move.loseLease);
        else game.giveBack();
        game.check();
      }
      while (game.inFlight.length > 0) game.finish(0);
      expect(game.handedOn.toSorted()).toEqual([...game.given.keys()]);
    }),
  );
});
