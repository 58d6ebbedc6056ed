import "server-only";
import { readDatabaseClock, renewLeases, type Lease } from "@/lib/server/db/leases";
import { poolSql } from "@/lib/server/db/sql";
import { tellRepeated } from "@/lib/server/repeated-trouble";
import type { Engine } from "./engine";
import { LeaseClock, renewEveryMs } from "./lease-clock";

interface Holder {
  /** Everything leased and not recorded yet. */
  held(): Lease[];
  /** These are somebody else's by now. */
  lost(leases: readonly Lease[]): void;
}

/** Renews what a worker holds, and says whether it may hold more. */
export class LeaseKeeper {
  readonly #engine: Engine;
  readonly #holder: Holder;
  readonly #clock = new LeaseClock();
  #workerId: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(engine: Engine, holder: Holder) {
    this.#engine = engine;
    this.#holder = holder;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** By which the others tell whether this worker has ended (db/workers.ts); null before it is registered. */
  get workerId(): number | null {
    return this.#workerId;
  }

  /** A session watches over this worker under this id from now on, and over what it holds already. */
  async registered(workerId: number): Promise<void> {
    const isAnother = this.#workerId !== null && this.#workerId !== workerId;
    this.#workerId = workerId;
    if (isAnother) await this.#renew();
  }

  /** The time by which leases are written. Throws before `mayClaim` was asked for the first time. */
  now(): Date {
    return this.#clock.now();
  }

  /** By how much this process's clock is ahead of the database's; 0 where they are the same. */
  get aheadMs(): number {
    return this.#clock.aheadMs(this.#engine.clock());
  }

  async mayClaim(): Promise<boolean> {
    if (this.#clock.isLate) await this.#renew();
    return this.#clock.mayClaim;
  }

  async #renew(): Promise<void> {
    const held = this.#holder.held();
    const sql = poolSql(this.#engine.pool);
    try {
      const databaseNow = await readDatabaseClock(sql);
      const leaseUntil = this.#clock.leaseUntil(databaseNow);
      const lost = await renewLeases(sql, held, { leaseUntil, workerId: this.#workerId });
      if (lost.length > 0) this.#holder.lost(lost);
      this.#clock.renewed(databaseNow);
    } catch (error) {
      tellRepeated(
        this.#engine.log,
        "warn",
        { err: error, leases: held.length },
        "leases could not be renewed yet",
      );
    }
  }
}
