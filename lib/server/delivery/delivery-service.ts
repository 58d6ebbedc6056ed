import "server-only";
import { poolSql } from "@/lib/server/db/sql";
import { foldStatistics } from "@/lib/server/db/statistics";
import { registerWorker, unregisterWorker } from "@/lib/server/db/workers";
import { MailSender } from "@/lib/server/mail/mail-sender";
import type { Engine } from "./engine";
import { keepHouse, keepPartitions } from "./housekeeping";
import { LedgerKeeper } from "./ledger";
import { WorkerSession } from "./wake-line";
import { DeliveryWorker } from "./worker";

const houseEveryMs = 1_000;
const partitionsEveryMs = 3_600_000;
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
  #partitionTimer: NodeJS.Timeout | undefined;
  #ledgerTimer: NodeJS.Timeout | undefined;
  #foldTimer: NodeJS.Timeout | undefined;
  #houseRunning: Promise<void> | null = null;
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
    this.#partitionTimer = setInterval(
      () =>
        void keepPartitions(this.#engine).catch((error: unknown) =>
          this.#engine.log.error({ err: error }, "partitions could not be kept"),
        ),
      partitionsEveryMs,
    );
    this.#foldTimer = setInterval(
      () =>
        void foldStatistics(poolSql(this.#engine.pool)).catch((error: unknown) =>
          this.#engine.log.error({ err: error }, "statistics could not be folded"),
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
      .catch((error: unknown) => this.#engine.log.error({ err: error }, "housekeeping failed"))
      .finally(() => (this.#houseRunning = null));
  }

  #keepLedger(): void {
    this.#ledgerRunning ??= this.#ledger
      .catchUp(ledgerShareMs)
      .catch((error: unknown) => this.#engine.log.error({ err: error }, "the ledger was not kept"))
      .finally(() => (this.#ledgerRunning = null));
  }

  async stop(graceMs: number): Promise<void> {
    clearInterval(this.#houseTimer);
    clearInterval(this.#partitionTimer);
    clearInterval(this.#ledgerTimer);
    clearInterval(this.#foldTimer);
    await Promise.all([this.#worker.stop(graceMs), this.#mail.stop(graceMs)]);
    await Promise.all([this.#houseRunning, this.#ledgerRunning]);
    const { workerId } = this.#worker;
    if (workerId !== null)
      await unregisterWorker(poolSql(this.#engine.pool), workerId).catch(() => undefined);
    await this.#session.close();
  }
}
