import "server-only";

/** How long a claim lasts without being renewed: what a worker that dies without its session ending costs at most. */
export const leaseMs = 20_000;
export const renewEveryMs = 5_000;
/** Renewed longer ago than this, our leases are too close to their end, and those of others may look ended. */
const lateMs = leaseMs / 2;
/** After an outage: how long nobody claims. Every worker that lives has found back and renewed by the end of it. */
const regroupMs = 2_500;
/** After a jump of the database's clock, which each worker notices when it renews the next time. */
const regroupAfterJumpMs = renewEveryMs + 1_000;
/** Clocks that are this close are the same: a reading is older than it says by the way it came. */
const sameMs = 1_000;

/**
 * The time in which leases are written and read: the database's, one for all workers whatever their own clocks say.
 * Read when leases are renewed; in between it goes on with a timer that nobody sets. It also says when a worker must
 * not claim: others' leases look as if they had run out after an outage or a jump, and claiming would send once more
 * what they have in flight.
 */
export class LeaseClock {
  readonly #elapsedMs: () => number;
  readonly #wallMs: () => number;
  #reading: { databaseMs: number; atMs: number; wallMs: number } | null = null;
  #claimsAgainAtMs = 0;
  /** After a jump back, while others may not have noticed it: how far ahead of us they believe the time to be. */
  #othersAheadMs = 0;

  /**
   * @param elapsedMs a timer that no clock setting moves; nor does it go on while the machine is suspended
   * @param wallMs the machine's clock, which does
   */
  constructor(elapsedMs: () => number = () => performance.now(), wallMs: () => number = () => Date.now()) {
    this.#elapsedMs = elapsedMs;
    this.#wallMs = wallMs;
  }

  /**
   * When leases end that are renewed at this time by the database: after a jump back, also by the time of those who have
   * not noticed it. They would take for ended what is to end by the right time, and send it once more.
   */
  leaseUntil(databaseNow: Date): Date {
    return new Date(databaseNow.getTime() + this.#othersAheadAt(databaseNow) + leaseMs);
  }

  /** Leases were renewed, at this time by the database. */
  renewed(databaseNow: Date): void {
    const atMs = this.#elapsedMs();
    this.#othersAheadMs = this.#othersAheadAt(databaseNow);
    if (this.#reading !== null) {
      const hasJumped = Math.abs(this.#jumpMs(databaseNow)) > lateMs;
      if (hasJumped) this.#claimsAgainAtMs = atMs + regroupAfterJumpMs;
      else if (atMs - this.#reading.atMs > lateMs) this.#claimsAgainAtMs = atMs + regroupMs;
    }
    this.#reading = { databaseMs: databaseNow.getTime(), atMs, wallMs: this.#wallMs() };
  }

  /** By how much the database's clock was set since the last reading; negative: back. */
  #jumpMs(databaseNow: Date): number {
    return this.#reading === null ? 0 : databaseNow.getTime() - this.now().getTime();
  }

  #othersAheadAt(databaseNow: Date): number {
    const isRegrouping = this.#elapsedMs() < this.#claimsAgainAtMs;
    const jumpMs = this.#jumpMs(databaseNow);
    return (isRegrouping ? this.#othersAheadMs : 0) + (jumpMs < -lateMs ? -jumpMs : 0);
  }

  /** Throws before the first renewal. */
  now(): Date {
    if (this.#reading === null) throw new Error("The database's clock has not been read yet");
    return new Date(this.#reading.databaseMs + this.#elapsedMs() - this.#reading.atMs);
  }

  /**
   * By how much the clock that says `now` is ahead of the database's; negative: behind. 0 where they are the same, or as
   * long as nothing is known.
   */
  aheadMs(now: Date): number {
    if (this.#reading === null) return 0;
    const aheadMs = now.getTime() - this.now().getTime();
    return Math.abs(aheadMs) > sameMs ? aheadMs : 0;
  }

  /** Whether leases have to be renewed before anything is claimed. */
  get isLate(): boolean {
    if (this.#reading === null) return true;
    const elapsedMs = this.#elapsedMs() - this.#reading.atMs;
    // The machine slept, or its clock was set: which of them it was, the database's clock says.
    const missedMs = Math.abs(this.#wallMs() - this.#reading.wallMs - elapsedMs);
    return elapsedMs > lateMs || missedMs > lateMs;
  }

  get mayClaim(): boolean {
    return !this.isLate && this.#elapsedMs() >= this.#claimsAgainAtMs;
  }
}
