import "server-only";
import { poolSql } from "@/lib/server/db/sql";
import { foldStatistics } from "@/lib/server/db/statistics";
import { registerWorker, unregisterWorker } from "@/lib/server/db/workers";
import { MailSender } from "@/lib/server/mail/mail-sender";
import { tellRepeated } from "@/lib/server/repeated-trouble";
import type { Engine } from "./engine";
import { keepHouse, keepPartitions } from "./housekeeping";
import { LedgerKeeper } from "./ledger";
import { WorkerSession } from "./wake-line";
import { DeliveryWorker } from "./worker";

const houseEveryMs = 1_000;
const daysEveryMs = 3_600_000;
const daysLookEveryMs = 2_000;
const dayMs = 86_400_000;
const ledgerEveryMs = 5_000;
/** Of that, at most this long is spent counting: what is left waits for the next time. */
const ledgerShareMs = 500;
const foldEveryMs = 10_000;
/** A loop that has not reached the database for this long is not fresh. */
const freshMs = 15_000;

/** The long-lived worker of a process: the delivery loop, its session, and the housekeeping beside it. */
export class DeliveryService {
  readonly #engine: Engine;
  readonly #worker: DeliveryWorker;
  readonly #session: WorkerSession;
  readonly #mail: MailSender;
  readonly #ledger: LedgerKeeper;
  #houseTimer: NodeJS.Timeout | undefined;
  #ledgerTimer: NodeJS.Timeout | undefined;
  #foldTimer: NodeJS.Timeout | undefined;
  #daysTimer: NodeJS.Timeout | undefined;
  #houseRunning: Promise<void> | null = null;
  #daysRunning: Promise<void> | null = null;
  #daysKept = { day: 0, atMs: 0 };
  #ledgerRunning: Promise<void> | null = null;

  constructor(engine: Engine, databaseUrl: string) {
    this.#engine = engine;
    this.#worker = new DeliveryWorker(engine);
    this.#mail = new MailSender(engine);
    this.#ledger = new LedgerKeeper(engine);
    this.#session = new WorkerSession(databaseUrl, engine.log, {
      onSession: async (client) => {
        const { workerId } = this.#worker;
        await this.#worker.registered(await registerWorker(poolSql(client), engine.clock(), workerId));
      },
      onWake: () => this.#worker.wake(),
    });
  }

  async start(): Promise<void> {
    await this.#session.open();
    this.#worker.start();
    this.#mail.start();
    this.#houseTimer = setInterval(() => this.#keepHouse(), houseEveryMs);
    this.#daysKept = { day: this.#today(), atMs: performance.now() };
    this.#daysTimer = setInterval(() => this.#keepDays(), daysLookEveryMs);
    this.#foldTimer = setInterval(
      () =>
        void foldStatistics(poolSql(this.#engine.pool)).catch((error: unknown) =>
          tellRepeated(this.#engine.log, "error", { err: error }, "statistics could not be folded"),
        ),
      foldEveryMs,
    );
    this.#ledgerTimer = setInterval(() => this.#keepLedger(), ledgerEveryMs);
    this.#keepHouse();
  }

  /** Something was committed in this process that may be due. */
  wake(): void {
    this.#worker.wake();
  }

  /** Why the worker is not fresh, or null when it is. */
  problem(): string | null {
    const ageMs = this.#worker.loopAgeMs;
    if (ageMs === null) return "the delivery loop has not started yet";
    if (ageMs > freshMs) return `the delivery loop last ran ${Math.round(ageMs / 1000)} s ago`;
    return null;
  }

  #keepHouse(): void {
    this.#houseRunning ??= keepHouse(this.#engine, this.#worker.workerId, this.#session.isSettled)
      .then((somethingIsDue) => {
        if (somethingIsDue) this.#worker.wake();
      })
      .catch((error: unknown) =>
        tellRepeated(this.#engine.log, "error", { err: error }, "housekeeping failed"),
      )
      .finally(() => (this.#houseRunning = null));
  }

  /**
   * Every hour and on every new day: a machine that was asleep for a long weekend, or whose clock was set, wakes up on a
   * day that has no partition, and could accept nothing. Tried again until it works.
   */
  #keepDays(): void {
    const day = this.#today();
    const isKept = day === this.#daysKept.day && performance.now() - this.#daysKept.atMs < daysEveryMs;
    if (isKept || this.#daysRunning) return;
    this.#daysRunning = keepPartitions(this.#engine)
      .then(() => {
        this.#daysKept = { day, atMs: performance.now() };
      })
      .catch((error: unknown) =>
        tellRepeated(this.#engine.log, "error", { err: error }, "partitions could not be kept"),
      )
      .finally(() => (this.#daysRunning = null));
  }

  #today(): number {
    return Math.floor(this.#engine.clock().getTime() / dayMs);
  }

  #keepLedger(): void {
    this.#ledgerRunning ??= this.#ledger
      .catchUp(ledgerShareMs)
      .catch((error: unknown) =>
        tellRepeated(this.#engine.log, "error", { err: error }, "the ledger was not kept"),
      )
      .finally(() => (this.#ledgerRunning = null));
  }

  async stop(graceMs: number): Promise<void> {
    clearInterval(this.#houseTimer);
    clearInterval(this.#daysTimer);
    clearInterval(this.#ledgerTimer);
    clearInterval(this.#foldTimer);
    await Promise.all([this.#worker.stop(graceMs), this.#mail.stop(graceMs)]);
    await Promise.all([this.#houseRunning, this.#ledgerRunning, this.#daysRunning]);
    const { workerId } = this.#worker;
    if (workerId !== null)
      await unregisterWorker(poolSql(this.#engine.pool), workerId).catch(() => undefined);
    await this.#session.close();
  }
}
