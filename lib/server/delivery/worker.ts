import "server-only";
import { countDue, nextDueAt } from "@/lib/server/db/due-deliveries";
import { reserveStarts } from "@/lib/server/db/endpoint-starts";
import { loadEventData } from "@/lib/server/db/events";
import { releaseLeases, type Lease } from "@/lib/server/db/leases";
import { poolSql } from "@/lib/server/db/sql";
import { tellRepeated } from "@/lib/server/repeated-trouble";
import { Alarm } from "./alarm";
import { Claimer, leaseOf, type LeasedDelivery } from "./claimer";
import { DispatchBoard, type BoardSink } from "./dispatch-board";
import { EndpointBook } from "./endpoint-target";
import type { Engine } from "./engine";
import type { Recorded } from "./fold-batch";
import { LeaseKeeper } from "./lease-keeper";
import { Recorder } from "./recorder";
import { restMs } from "./rest";

/** The safety net under every other way of being woken. */
const pollMs = 1_000;
/** Claims are small when little is due and at most this large. */
const claimMax = 500;
/** Deliveries held per request in flight: claiming the next ones overlaps with sending the last ones. */
const aheadFactor = 20;
/** How long, at least, what little room there is waits to be filled, and a queue that had no more before it is looked at again. */
const claimRestMs = 20;
/** Finished attempts that may wait for the database before no more are begun. */
const unrecordedMax = 2_000;

export interface WorkerTotals {
  claimed: number;
  succeeded: number;
  failed: number;
  lostLeases: number;
}

/**
 * The delivery worker: claim, send, record, three stages that only hand things on. `start` runs it until `stop`;
 * `drain` runs it until nothing is due, for a route that a cron calls. Any number of them may share a database.
 */
export class DeliveryWorker {
  readonly #engine: Engine;
  readonly #book: EndpointBook;
  readonly #board: DispatchBoard;
  readonly #recorder: Recorder;
  readonly #claimer: Claimer;
  readonly #leases: LeaseKeeper;
  readonly #dueAlarm = new Alarm(() => this.#look());
  /** For what became free while claiming rested, and nothing ends after it. */
  readonly #restAlarm = new Alarm(() => this.wake());
  readonly #totals: WorkerTotals = { claimed: 0, succeeded: 0, failed: 0, lostLeases: 0 };
  #running = false;
  #claiming: Promise<void> | null = null;
  #wokenWhileClaiming = false;
  /** What ended while a claim was under way left room that this claim did not know of. */
  #freedWhileClaiming = false;
  /** The last claim took all there was: the next one can wait until somebody says that there is more, or a moment. */
  #tookAll = false;
  #pollTimer: NodeJS.Timeout | undefined;
  #lastLoopAtMs: number | null = null;
  #claimTookMs = 0;
  #idleWaiters: (() => void)[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#book = new EndpointBook(engine);
    this.#recorder = new Recorder(engine, {
      recorded: (recorded) => this.#recorded(recorded),
      aheadMs: () => this.#leases.aheadMs,
    });
    this.#board = new DispatchBoard(engine, this.#sink());
    this.#claimer = new Claimer(engine);
    this.#leases = new LeaseKeeper(engine, {
      held: () => [...this.#board.leases(), ...this.#recorder.leases()],
      lost: (leases) => this.#board.drop(leases),
    });
  }

  #sink(): BoardSink {
    return {
      attemptFinished: (attempt) => {
        this.#recorder.add(attempt);
        this.#refill();
      },
      unsent: (unsent) => this.#recorder.add(unsent),
      loadData: ({ organizationId, eventId }) =>
        loadEventData(poolSql(this.#engine.pool), organizationId, eventId),
      reserveStarts: (requests) => reserveStarts(poolSql(this.#engine.pool), requests),
    };
  }

  get workerId(): number | null {
    return this.#leases.workerId;
  }

  registered(workerId: number): Promise<void> {
    return this.#leases.registered(workerId);
  }

  /** Milliseconds since the loop last claimed, or saw that it holds all that it may; null before the first time. */
  get loopAgeMs(): number | null {
    return this.#lastLoopAtMs === null ? null : performance.now() - this.#lastLoopAtMs;
  }

  get totals(): Readonly<WorkerTotals> {
    return this.#totals;
  }

  start(): void {
    this.#running = true;
    this.#pollTimer = setInterval(() => this.#look(), pollMs);
    this.#leases.start();
    this.#look();
  }

  /** Something may be due: looks now, or once more when it is just looking. */
  wake(): void {
    if (!this.#running) return;
    if (this.#claiming) {
      this.#wokenWhileClaiming = true;
      return;
    }
    this.#claiming = this.#claimWhileThereIsRoom()
      .catch((error: unknown) =>
        tellRepeated(this.#engine.log, "error", { err: error }, "deliveries could not be claimed"),
      )
      .finally(() => {
        this.#claiming = null;
        const [woken, freed] = [this.#wokenWhileClaiming, this.#freedWhileClaiming];
        this.#wokenWhileClaiming = this.#freedWhileClaiming = false;
        if (woken) this.wake();
        else if (freed) this.#refill();
        if (!this.#claiming) this.#tellIdle();
      });
  }

  async #claimWhileThereIsRoom(): Promise<void> {
    while (this.#running) {
      const limit = Math.min(claimMax, this.#spareRoom());
      if (limit <= 0) {
        // Full of what is to be sent is as it should be; full of what the database does not take is not.
        if (this.#recorder.unrecordedCount < unrecordedMax) this.#lastLoopAtMs = performance.now();
        return;
      }
      if (!(await this.#leases.mayClaim())) return;
      const startedAtMs = performance.now();
      const rooms = this.#board.rooms();
      const leased = await this.#claimer.claim({
        now: this.#now(),
        limit,
        rooms,
        workerId: this.#leases.workerId,
        leaseNow: this.#leases.now(),
      });
      this.#lastLoopAtMs = performance.now();
      this.#claimTookMs = this.#lastLoopAtMs - startedAtMs;
      this.#engine.observe.claimed(this.#claimTookMs, leased.length);
      this.#tookAll = leased.length < limit && !this.#filledAny(leased, rooms);
      if (leased.length === 0) return;
      this.#totals.claimed += leased.length;
      const targets = await this.#book.get(leased.map(({ delivery }) => delivery));
      // Stopped meanwhile: nothing of it is begun.
      if (!this.#running) return this.#giveBack(leased.map(leaseOf));
      this.#board.add(leased, targets);
      if (this.#tookAll || !this.#wantsMore()) return;
    }
  }

  /** Whether an endpoint was given as much as it had room for, and may have more in the queue. */
  #filledAny(leased: readonly LeasedDelivery[], rooms: ReadonlyMap<string, number>): boolean {
    const left = new Map<string, number>();
    for (const { delivery } of leased) {
      const { endpointId } = delivery;
      const room =
        (left.get(endpointId) ?? rooms.get(endpointId) ?? this.#engine.settings.endpointConcurrency) - 1;
      if (room <= 0) return true;
      left.set(endpointId, room);
    }
    return false;
  }

  /**
   * How many more deliveries to claim: enough that requests never wait for the database, and none while much that is
   * finished waits to be recorded.
   */
  #spareRoom(): number {
    if (this.#recorder.unrecordedCount >= unrecordedMax) return 0;
    const held = this.#board.inFlightCount + this.#board.waitingCount;
    return aheadFactor * this.#engine.settings.concurrency - held;
  }

  #wantsMore(): boolean {
    return this.#spareRoom() >= (aheadFactor * this.#engine.settings.concurrency) / 2;
  }

  #recorded({ succeeded, failed, lostLeases, nextAttemptAt }: Recorded): void {
    this.#totals.succeeded += succeeded;
    this.#totals.failed += failed;
    this.#totals.lostLeases += lostLeases;
    if (nextAttemptAt) this.#wakeAt(nextAttemptAt);
    this.#refill();
  }

  /**
   * Claims when enough has been worked off, or some time after the last claim, and not while one is under way: a few
   * large claims cost much less than many small ones, and much less than one that finds nothing after every delivery.
   */
  #refill(): void {
    if (this.#claiming) {
      this.#freedWhileClaiming = true;
      return;
    }
    const held = this.#board.inFlightCount + this.#board.waitingCount;
    // A claim that took all it found may have found a part only, endpoint by endpoint: then little is held, and it is missed.
    const rest = this.#tookAll ? claimRestMs : restMs(claimRestMs, this.#claimTookMs);
    const restedInMs = rest - (this.loopAgeMs ?? Infinity);
    if (held === 0 || restedInMs <= 0 || (this.#wantsMore() && !this.#tookAll)) this.wake();
    else this.#restAlarm.setIn(restedInMs);
  }

  /** Claims what is due, and learns what will be before the next poll: a retry, or the next one of a replay. */
  #look(): void {
    this.wake();
    nextDueAt(poolSql(this.#engine.pool), this.#now())
      .then((at) => at && this.#wakeAt(at))
      // Without a database there is nothing to claim; the next poll asks again.
      .catch(() => undefined);
  }

  /** Looks at the moment the next delivery is due instead of at the poll after it. */
  #wakeAt(at: Date): void {
    if (!this.#running) return;
    // Together with what is due a moment later; and a timer may be a millisecond early.
    this.#dueAlarm.setIn(Math.max(claimRestMs, at.getTime() - this.#now().getTime() + 1));
  }

  /** What is due, the database's clock says: a worker whose own is wrong is neither late nor early. */
  #now(): Date {
    return new Date(this.#engine.clock().getTime() - this.#leases.aheadMs);
  }

  /**
   * Stops claiming, gives back what was not begun, lets what is in flight end for at most `graceMs`, ends the rest as
   * interrupted, and records it all.
   */
  async stop(graceMs: number): Promise<void> {
    this.#running = false;
    clearInterval(this.#pollTimer);
    this.#dueAlarm.clear();
    await this.#claiming;
    await this.#giveBack(this.#board.takeWaiting());
    if (!(await this.#settlesWithin(graceMs))) {
      this.#board.abortAll();
      await this.#settlesWithin(2_000);
    }
    this.#leases.stop();
  }

  async #giveBack(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    // Not given back now means given back by the end of the lease.
    await releaseLeases(poolSql(this.#engine.pool), leases).catch((error: unknown) =>
      this.#engine.log.warn({ err: error, leases: leases.length }, "leases were left to run out"),
    );
  }

  async #settlesWithin(limitMs: number): Promise<boolean> {
    const until = performance.now() + limitMs;
    while (this.#board.inFlightCount > 0 || this.#recorder.unrecordedCount > 0) {
      if (performance.now() >= until) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  }

  /** Runs until nothing is due and free, or `maxMs` have passed. Returns what it did and how much is still due. */
  async drain(maxMs: number): Promise<WorkerTotals & { remaining: number }> {
    this.start();
    await Promise.race([this.#idle(), new Promise((resolve) => setTimeout(resolve, maxMs).unref())]);
    await this.stop(this.#engine.settings.requestTimeoutMs);
    const remaining = await countDue(poolSql(this.#engine.pool), this.#now(), 100_000);
    return { ...this.#totals, remaining };
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Idle: the last claim found nothing, and nothing is on its way. */
  #tellIdle(): void {
    if (this.#idleWaiters.length === 0) return;
    const busy = this.#board.inFlightCount + this.#board.waitingCount + this.#recorder.unrecordedCount;
    if (busy === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}
