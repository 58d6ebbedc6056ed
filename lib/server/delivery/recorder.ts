import "server-only";
import type { Engine } from "./engine";
import { recordFinished, type Finished, type Recorded } from "./record";

/** Finished deliveries that one transaction records at most. */
const batchMax = 500;
const retryMsMax = 5_000;

/**
 * Collects what is finished and records it in batches: one transaction at a time, holding all that came in while the
 * one before was under way. A batch that the database refuses is kept and tried again.
 */
export class Recorder {
  readonly #engine: Engine;
  readonly #onRecorded: (recorded: Recorded, count: number) => void;
  readonly #pending: Finished[] = [];
  #running: Promise<void> | null = null;

  constructor(engine: Engine, onRecorded: (recorded: Recorded, count: number) => void) {
    this.#engine = engine;
    this.#onRecorded = onRecorded;
  }

  /** Finished and not yet recorded. */
  get unrecordedCount(): number {
    return this.#pending.length;
  }

  /** What is finished and not yet recorded still holds its lease. */
  leases(): { id: string; leaseId: string }[] {
    return this.#pending.map(({ delivery, leaseId }) => ({ id: delivery.id, leaseId }));
  }

  add(finished: Finished): void {
    this.#pending.push(finished);
    // After this turn of the event loop: what ends together is recorded together.
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#recordAll())
      .finally(() => (this.#running = null));
  }

  /** Resolves when nothing is left to record. */
  async drained(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #recordAll(): Promise<void> {
    let failures = 0;
    while (this.#pending.length > 0) {
      // One record that the database will never take must not keep the others from being recorded.
      const batch = this.#pending.slice(0, failures < 3 ? batchMax : 1);
      try {
        const startedAtMs = performance.now();
        const recorded = await recordFinished(this.#engine, batch);
        this.#engine.observe.recorded(performance.now() - startedAtMs, batch.length);
        this.#pending.splice(0, batch.length);
        failures = 0;
        this.#onRecorded(recorded, batch.length);
      } catch (error) {
        failures += 1;
        if (batch.length === 1) this.#pending.push(...this.#pending.splice(0, 1));
        this.#engine.log.error({ err: error, attempts: batch.length }, "attempts could not be recorded yet");
        await new Promise((resolve) => setTimeout(resolve, Math.min(retryMsMax, 50 * 2 ** failures)));
      }
    }
  }
}
