import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import type { StartGrant, StartRequest } from "@/lib/server/db/endpoint-starts";
import { leaseKey, type Lease } from "@/lib/server/db/leases";
import { Alarm } from "./alarm";
import { leaseOf, type LeasedDelivery } from "./claimer";
import { DeliveryAttempt } from "./delivery-attempt";
import type { Engine } from "./engine";
import { EndpointQueue } from "./endpoint-queue";
import type { EndpointTarget } from "./endpoint-target";
import { SlowShare } from "./slow-share";
import { reasonNotToSend, type Unsent } from "./unsent";

/** Where the board hands on what it is done with, and what it asks of the database. */
export interface BoardSink {
  attemptFinished(attempt: DeliveryAttempt): void;
  unsent(unsent: Unsent): void;
  /** The data of a claimed delivery that is too large to be claimed with it; null when it is gone. */
  loadData(delivery: ClaimedDelivery): Promise<string | null>;
  /** Starts of rate-limited endpoints, reserved against all other processes. */
  reserveStarts(requests: readonly StartRequest[]): Promise<StartGrant[]>;
}

/** What was claimed longer ago goes back to the queue: its endpoint may have been switched off or moved since. */
const staleMs = 1_000;
/** How long a delivery waits that this process cannot send: the key to its endpoint's secrets may be elsewhere. */
const unreadableWaitMs = 60_000;
/** And one whose data the database did not give. */
const unloadedWaitMs = 5_000;

/** Queues of endpoints that nothing was sent to for a while are forgotten beyond this many. */
const queuesMax = 5_000;

/**
 * Claimed deliveries on their way out: one queue per endpoint, at most so many requests at once per endpoint and in
 * all, endpoints taking turns. Knows nothing of the database.
 */
export class DispatchBoard {
  readonly #engine: Engine;
  readonly #sink: BoardSink;
  readonly #queues = new Map<string, EndpointQueue>();
  /** Endpoints that may start a request, in the order of their turns. */
  readonly #ready = new Set<string>();
  readonly #inFlight = new Set<DeliveryAttempt>();
  /** Begun, and still waiting for their large data. */
  readonly #loading = new Set<LeasedDelivery>();
  readonly #slowShare: SlowShare;
  /** For the first rate-limited endpoint that may go on. */
  readonly #alarm = new Alarm(() => {
    this.#readyWhatWaits();
    this.#startReady();
  });
  #waitingCount = 0;

  constructor(engine: Engine, sink: BoardSink) {
    this.#engine = engine;
    this.#sink = sink;
    this.#slowShare = new SlowShare(this.#queues, engine.settings.concurrency);
  }

  get inFlightCount(): number {
    return this.#inFlight.size + this.#loading.size;
  }

  get waitingCount(): number {
    return this.#waitingCount;
  }

  /** Takes claimed deliveries and starts what can start. */
  add(leased: readonly LeasedDelivery[], targets: ReadonlyMap<string, EndpointTarget>): void {
    for (const one of leased) {
      const target = targets.get(one.delivery.endpointId);
      const unsent = reasonNotToSend(one.delivery);
      if (unsent !== null) this.#sink.unsent({ ...one, unsent });
      else if (!target) this.#sink.unsent({ ...one, unsent: "pending", waitMs: unreadableWaitMs });
      else this.#enqueue(one, target);
    }
    this.#startReady();
  }

  #enqueue(leased: LeasedDelivery, target: EndpointTarget): void {
    let queue = this.#queues.get(target.id);
    if (!queue) {
      queue = new EndpointQueue(target);
      this.#queues.set(target.id, queue);
    } else if (target.version > queue.target.version) queue.target = target;
    queue.waiting.push(leased);
    this.#waitingCount += 1;
    this.#ready.add(target.id);
  }

  /**
   * How many deliveries each known endpoint has room for; others have the default. Slow ones have together about what
   * their share would let start: their backlog is the oldest, and would take all that may be held from those that answer.
   */
  rooms(): Map<string, number> {
    const cap = this.#engine.settings.endpointConcurrency;
    const nowMs = performance.now();
    const rooms = new Map<string, number>();
    for (const [id, queue] of this.#queues) rooms.set(id, queue.room(cap));
    this.#slowShare.limit(rooms, nowMs);
    return rooms;
  }

  #startReady(): void {
    const { concurrency, endpointConcurrency } = this.#engine.settings;
    const requests: StartRequest[] = [];
    for (const id of this.#ready) {
      if (this.inFlightCount >= concurrency) break;
      const queue = this.#queues.get(id);
      const nowMs = performance.now();
      // Out and, if more waits, in again at the end: endpoints take turns.
      this.#ready.delete(id);
      if (!queue) continue;
      // When a request to a slow endpoint ends, all of them are asked again.
      if (this.#slowShare.isUsedUp(queue, this.inFlightCount, nowMs)) continue;
      if (queue.mayStart(endpointConcurrency, nowMs)) {
        this.#start(queue, nowMs);
        if (queue.waiting.length > 0 && queue.inFlightCount < endpointConcurrency) this.#ready.add(id);
        continue;
      }
      const request = queue.startRequest(endpointConcurrency, nowMs);
      if (request) requests.push(request);
      else this.#startLater(queue, nowMs);
    }
    if (requests.length > 0) void this.#reserveStarts(requests);
  }

  async #reserveStarts(requests: readonly StartRequest[]): Promise<void> {
    const ids = new Set(requests.map(({ endpointId }) => endpointId));
    for (const id of ids) this.#queues.get(id)?.slots.asking();
    try {
      for (const { endpointId, count, inMs } of await this.#sink.reserveStarts(requests)) {
        this.#queues.get(endpointId)?.slots.granted(count, inMs, performance.now());
        ids.delete(endpointId);
        this.#ready.add(endpointId);
      }
    } catch (error) {
      this.#engine.log.warn({ err: error }, "starts of rate-limited endpoints could not be reserved yet");
    }
    for (const id of ids) {
      this.#queues.get(id)?.slots.refused(performance.now());
      this.#ready.add(id);
    }
    this.#startReady();
  }

  #start(queue: EndpointQueue, nowMs: number): void {
    const leased = queue.waiting.shift();
    if (!leased) return;
    this.#waitingCount -= 1;
    const isStale = nowMs - leased.claimedAtMs > staleMs;
    if (isStale || isOutdated(leased, queue)) return this.#sink.unsent({ ...leased, unsent: "pending" });
    queue.started(nowMs);
    if (leased.delivery.dataText === null) void this.#loadAndSend(queue, leased);
    else this.#send(queue, leased);
  }

  #send(queue: EndpointQueue, leased: LeasedDelivery): void {
    try {
      const attempt = new DeliveryAttempt(this.#engine, leased, queue.target, this.#finished);
      this.#inFlight.add(attempt);
      this.#engine.outbound.dispatch(attempt);
    } catch (error) {
      // A bug with this one delivery: loud, and not at the expense of the others.
      this.#engine.log.error(
        { err: error, deliveryId: encodeId("dlv", leased.delivery.id) },
        "a request could not be built",
      );
      this.#putBack(queue, leased, { unsent: "pending", waitMs: unreadableWaitMs });
    }
  }

  async #loadAndSend(queue: EndpointQueue, leased: LeasedDelivery): Promise<void> {
    this.#loading.add(leased);
    try {
      const dataText = await this.#sink.loadData(leased.delivery);
      this.#loading.delete(leased);
      if (dataText === null) this.#putBack(queue, leased, { unsent: "discarded" });
      else if (isOutdated(leased, queue)) this.#putBack(queue, leased, { unsent: "pending" });
      else this.#send(queue, { ...leased, delivery: { ...leased.delivery, dataText } });
    } catch (error) {
      this.#loading.delete(leased);
      this.#engine.log.warn({ err: error }, "an event's data could not be read yet");
      this.#putBack(queue, leased, { unsent: "pending", waitMs: unloadedWaitMs });
    }
  }

  /** Begun and not sent after all: its place is free for the next one. */
  #putBack(queue: EndpointQueue, leased: LeasedDelivery, what: Pick<Unsent, "unsent" | "waitMs">): void {
    queue.notSent();
    this.#sink.unsent({ ...leased, ...what });
    if (queue.waiting.length > 0) this.#ready.add(queue.target.id);
    this.#startReady();
  }

  #startLater(queue: EndpointQueue, nowMs: number): void {
    const waitMs = queue.startsInMs(this.#engine.settings.endpointConcurrency, nowMs);
    if (waitMs !== null) this.#alarm.setIn(waitMs);
  }

  #readyWhatWaits(): void {
    for (const [id, queue] of this.#queues) if (queue.waiting.length > 0) this.#ready.add(id);
  }

  readonly #finished = (attempt: DeliveryAttempt): void => {
    this.#inFlight.delete(attempt);
    const id = attempt.delivery.endpointId;
    const queue = this.#queues.get(id);
    if (queue) {
      const nowMs = performance.now();
      const wasSlow = queue.isSlow(nowMs);
      queue.ended(attempt.durationMs, nowMs);
      if (wasSlow) this.#askSlowAgain(nowMs);
      if (queue.waiting.length > 0) this.#ready.add(id);
      else if (queue.isIdle && this.#queues.size > queuesMax) this.#queues.delete(id);
    }
    this.#sink.attemptFinished(attempt);
    this.#startReady();
  };

  #askSlowAgain(nowMs: number): void {
    this.#slowShare.countAgain();
    for (const [id, queue] of this.#queues)
      if (queue.waiting.length > 0 && queue.isSlow(nowMs)) this.#ready.add(id);
  }

  /** Everything leased and not finished, for the renewal of leases. */
  leases(): Lease[] {
    const leases: Lease[] = [];
    for (const attempt of this.#inFlight) leases.push(leaseOf(attempt));
    for (const leased of this.#loading) leases.push(leaseOf(leased));
    for (const { waiting } of this.#queues.values())
      for (const leased of waiting) leases.push(leaseOf(leased));
    return leases;
  }

  /** Forgets waiting deliveries whose lease was lost: somebody else sends them. Those in flight go on. */
  drop(lost: readonly Lease[]): void {
    const keys = new Set(lost.map(leaseKey));
    for (const queue of this.#queues.values()) {
      const kept = queue.waiting.filter((leased) => !keys.has(leaseKey(leaseOf(leased))));
      this.#waitingCount -= queue.waiting.length - kept.length;
      queue.waiting.splice(0, queue.waiting.length, ...kept);
    }
  }

  /** Takes out everything that was not begun, to be given back. */
  takeWaiting(): Lease[] {
    this.#alarm.clear();
    const taken: Lease[] = [];
    for (const { waiting } of this.#queues.values()) taken.push(...waiting.splice(0).map(leaseOf));
    this.#waitingCount = 0;
    this.#ready.clear();
    return taken;
  }

  /** Ends every request in flight as `aborted`. */
  abortAll(): void {
    for (const attempt of this.#inFlight) this.#engine.outbound.abort(attempt);
  }
}

/**
 * Whether the endpoint was changed after this claim and is known as it is now: what the claim says of its state is about
 * another URL, perhaps, and the new one may not have proved itself.
 */
function isOutdated({ delivery }: LeasedDelivery, { target }: EndpointQueue): boolean {
  return delivery.endpointVersion < target.version;
}
