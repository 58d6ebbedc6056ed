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

/**
 * The time in which leases are written and read: the database's, one for all workers whatever their own clocks say.
 * Read when leases are renewed; in between it goes on with a timer that nobody sets. It also says when a worker must
 * not claim: others' leases look as if they had run out after an outage or a jump, and claiming would send once more
 * what they have in flight.
 */
export class LeaseClock {
  readonly #elapsedMs: () => number;
  #reading: { databaseMs: number; atMs: number } | null = null;
  #claimsAgainAtMs = 0;

  /** @param elapsedMs a timer that no clock setting moves. */
  constructor(elapsedMs: () => number = () => performance.now()) {
    this.#elapsedMs = elapsedMs;
  }

  /** Leases were renewed, at this time by the database. */
  renewed(databaseNow: Date): void {
    const atMs = this.#elapsedMs();
    const databaseMs = databaseNow.getTime();
    if (this.#reading !== null) {
      const hasJumped = Math.abs(databaseMs - this.now().getTime()) > lateMs;
      if (hasJumped) this.#claimsAgainAtMs = atMs + regroupAfterJumpMs;
      else if (this.isLate) this.#claimsAgainAtMs = atMs + regroupMs;
    }
    this.#reading = { databaseMs, atMs };
  }

  /** Throws before the first renewal. */
  now(): Date {
    if (this.#reading === null) throw new Error("The database's clock has not been read yet");
    return new Date(this.#reading.databaseMs + this.#elapsedMs() - this.#reading.atMs);
  }

  /** Whether leases have to be renewed before anything is claimed. */
  get isLate(): boolean {
    return this.#reading === null || this.#elapsedMs() - this.#reading.atMs > lateMs;
  }

  get mayClaim(): boolean {
    return !this.isLate && this.#elapsedMs() >= this.#claimsAgainAtMs;
  }
}
