import "server-only";
import type { Lease } from "@/lib/server/db/leases";
import { leaseOf } from "./claimer";
import type { Engine } from "./engine";
import type { Recorded } from "./fold-batch";
import { recordFinished } from "./record";
import { recordSuccesses } from "./record-successes";
import { restMs } from "./rest";
import type { Finished } from "./unsent";

/** Finished deliveries that one transaction records at most. */
const batchMax = 500;
const retryMsMax = 5_000;
/** From one record to the next, at least: what ends in between is recorded together, what comes later waits for nothing. */
const recordRestMs = 10;

interface Recording {
  /** Something was recorded. */
  recorded(recorded: Recorded): void;
  /** By how much this process's clock is ahead of the database's. */
  aheadMs(): number;
}

/**
 * Collects what is finished and records it in batches: one transaction at a time, holding all that came in while the
 * one before was under way. A batch that the database refuses is kept and tried again in smaller parts, until what is
 * refused by itself stands apart and keeps nothing else from being recorded.
 */
export class Recorder {
  readonly #engine: Engine;
  readonly #recording: Recording;
  readonly #pending: Finished[] = [];
  /** Refused when it was a batch of its own; tried again now and then, one at a time. */
  readonly #refused: Finished[] = [];
  #refusedAgainAtMs = 0;
  #batchSize = batchMax;
  #endedAtMs = -Infinity;
  /** How long the last batch took. */
  #tookMs = 0;
  /** In a row. */
  #failures = 0;
  /** As many pending ones end the wait that is under way. */
  #awaitedCount = Infinity;
  #endWaiting: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(engine: Engine, recording: Recording) {
    this.#engine = engine;
    this.#recording = recording;
  }

  /** Finished and not yet recorded. */
  get unrecordedCount(): number {
    return this.#pending.length + this.#refused.length;
  }

  /** What is finished and not yet recorded still holds its lease. */
  leases(): Lease[] {
    return [...this.#pending, ...this.#refused].map(leaseOf);
  }

  add(finished: Finished): void {
    this.#pending.push(finished);
    if (this.#pending.length >= this.#awaitedCount) this.#endWaiting?.();
    // After this turn of the event loop: what ends together is recorded together.
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#recordAll())
      .finally(() => (this.#running = null));
  }

  async #recordAll(): Promise<void> {
    while (this.unrecordedCount > 0) {
      const idleMs = this.#refusedAgainAtMs - performance.now();
      if (this.#refused.length > 0 && idleMs <= 0) await this.#recordRefused();
      else if (this.#pending.length > 0) {
        await this.#gather();
        const begunAtMs = performance.now();
        await this.#recordPending();
        this.#endedAtMs = performance.now();
        this.#tookMs = this.#endedAtMs - begunAtMs;
      } else await this.#wait(idleMs, 1);
    }
  }

  async #gather(): Promise<void> {
    const waitMs = this.#endedAtMs + restMs(recordRestMs, this.#tookMs) - performance.now();
    if (waitMs > 0 && this.#pending.length < this.#batchSize) await this.#wait(waitMs, this.#batchSize);
  }

  async #recordPending(): Promise<void> {
    const batch = this.#pending.slice(0, this.#batchSize);
    const left = await this.#recordSuccesses(batch);
    if (left && (left.length === 0 || (await this.#recordLeft(left)))) {
      this.#failures = 0;
      this.#batchSize = Math.min(batchMax, 2 * this.#batchSize);
      return;
    }
    const refusedCount = (left ?? batch).length;
    this.#failures += 1;
    this.#batchSize = Math.ceil(refusedCount / 2);
    if (refusedCount === 1) {
      if (this.#refused.length === 0) this.#refusedAgainAtMs = performance.now() + retryMsMax;
      this.#refused.push(...this.#pending.splice(0, 1));
    }
    const waitMs = Math.min(retryMsMax, 50 * 2 ** this.#failures);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  /** What is left of the batch, now the first of what is pending; null when the database refused. */
  async #recordSuccesses(batch: readonly Finished[]): Promise<Finished[] | null> {
    const left = await this.#record(batch, recordSuccesses);
    if (left === null) return null;
    this.#pending.splice(0, batch.length, ...left);
    const count = batch.length - left.length;
    if (count > 0)
      this.#recording.recorded({ succeeded: count, failed: 0, lostLeases: 0, nextAttemptAt: null });
    return left;
  }

  async #recordLeft(left: readonly Finished[]): Promise<boolean> {
    const recorded = await this.#record(left, this.#byTheRules);
    if (recorded === null) return false;
    this.#pending.splice(0, left.length);
    this.#recording.recorded(recorded);
    return true;
  }

  /** The next at once when it went well: then it was the database that was not well, not the record. */
  async #recordRefused(): Promise<void> {
    const [first] = this.#refused;
    if (!first) return;
    const recorded = await this.#record([first], this.#byTheRules);
    this.#refused.shift();
    if (recorded) this.#recording.recorded(recorded);
    else {
      this.#refused.push(first);
      this.#refusedAgainAtMs = performance.now() + retryMsMax;
    }
  }

  readonly #byTheRules = (engine: Engine, batch: readonly Finished[]) =>
    recordFinished(engine, batch, this.#recording.aheadMs());

  async #record<Result>(
    batch: readonly Finished[],
    record: (engine: Engine, batch: readonly Finished[]) => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await record(this.#engine, batch);
    } catch (error) {
      this.#engine.log.error({ err: error, attempts: batch.length }, "attempts could not be recorded yet");
      return null;
    }
  }

  /** Until the time is over or so many are pending. */
  async #wait(limitMs: number, pendingCount: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#awaitedCount = pendingCount;
      this.#endWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endWaiting = null;
  }
}
