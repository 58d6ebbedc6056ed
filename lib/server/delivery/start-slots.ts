import "server-only";

/** A start that was not made by then, because the endpoint had no room, is not made up for: that would be a burst. */
const lateMs = 250;
/** Starts are asked for this long at a time. */
const askAheadMs = 250;

/**
 * The moments at which this process may start requests to one rate-limited endpoint. They are given out by the database,
 * so that the limit holds over all processes; asked for in small runs, because what one process holds and does not use
 * is lost to the others. All times are of performance.now().
 */
export class StartSlots {
  #nextAtMs = 0;
  #left = 0;
  #askAtMs = 0;
  #isAsking = false;

  /** How many to ask for now; 0 when some are left, or it is too early to ask. */
  wanted(waitingCount: number, ratePerSecond: number, nowMs: number): number {
    this.#dropLate(ratePerSecond, nowMs);
    if (this.#isAsking || this.#left > 0 || nowMs < this.#askAtMs) return 0;
    return Math.min(waitingCount, Math.ceil((ratePerSecond * askAheadMs) / 1000));
  }

  asking(): void {
    this.#isAsking = true;
  }

  /** The answer: `count` starts from `inMs` on, or none before that. */
  granted(count: number, inMs: number, nowMs: number): void {
    this.#isAsking = false;
    this.#left = count;
    this.#nextAtMs = nowMs + inMs;
    this.#askAtMs = count > 0 ? nowMs : nowMs + Math.max(1, inMs - askAheadMs);
  }

  /** There was no answer: asks again in a while. */
  refused(nowMs: number): void {
    this.granted(0, 1000 + askAheadMs, nowMs);
  }

  isOpen(ratePerSecond: number, nowMs: number): boolean {
    this.#dropLate(ratePerSecond, nowMs);
    return this.#left > 0 && nowMs >= this.#nextAtMs;
  }

  take(ratePerSecond: number, nowMs: number): void {
    this.#left -= 1;
    const stepMs = 1000 / ratePerSecond;
    // A start that came late is caught up with at twice the rate at most, not by a burst.
    this.#nextAtMs = Math.max(this.#nextAtMs + stepMs, nowMs + stepMs / 2);
  }

  /** Milliseconds until it is worth looking again; null while an answer is awaited. */
  opensInMs(nowMs: number): number | null {
    if (this.#isAsking) return null;
    return Math.max(0, (this.#left > 0 ? this.#nextAtMs : this.#askAtMs) - nowMs);
  }

  #dropLate(ratePerSecond: number, nowMs: number): void {
    if (this.#left > 0 && nowMs - this.#nextAtMs > lateMs + 1000 / ratePerSecond) this.#left = 0;
  }
}
