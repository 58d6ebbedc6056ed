import "server-only";
import { Client } from "pg";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { tellRepeated } from "@/lib/server/repeated-trouble";

const channel = "posthorn_due";

/**
 * Tells the workers of all processes that something is due. Notifications are gathered and sent after the commit, on
 * a connection of the pool: a NOTIFY inside the publishing transactions would make their commits wait for each other,
 * because PostgreSQL serializes the commits of notifying transactions.
 */
export class WakeLine {
  readonly #pool: Pool;
  readonly #log: Logger;
  #sending = false;
  #again = false;

  constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Never throws: a lost notification costs at most one poll. */
  notify(): void {
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    this.#pool
      .query(`NOTIFY ${channel}`)
      .catch((error: unknown) => this.#log.debug({ err: error }, "workers were not notified"))
      .finally(() => {
        this.#sending = false;
        if (this.#again) {
          this.#again = false;
          this.notify();
        }
      });
  }
}

export interface SessionEvents {
  /** On each new session, before `onWake`: register on it what ends with it. */
  onSession(client: Client): Promise<void>;
  onWake(): void;
}

/** No more between two tries: after an outage all workers are back within a second or so of each other. */
const retryMsMax = 1_000;
/** What a session that was lost and found again waits for the others: they were most likely lost with it. */
const settleMs = 2_500;

/** A worker's own session: it listens for wake-ups, and its end tells the others that the worker has ended. */
export class WorkerSession {
  readonly #databaseUrl: string;
  readonly #log: Logger;
  readonly #events: SessionEvents;
  #client: Client | null = null;
  #closed = false;
  #retryTimer: NodeJS.Timeout | undefined;
  #failures = 0;
  #wasLost = false;
  #openedAtMs = 0;

  constructor(databaseUrl: string, log: Logger, events: SessionEvents) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
    this.#events = events;
  }

  /** Whether a worker without a session has ended, by all that can be known: it has had the time to find back. */
  get isSettled(): boolean {
    if (this.#client === null) return false;
    return !this.#wasLost || performance.now() - this.#openedAtMs >= settleMs;
  }

  /** Connects, and again whenever the session is lost; never rejects. */
  async open(): Promise<void> {
    if (this.#closed) return;
    const client = new Client({
      connectionString: this.#databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: "posthorn worker",
    });
    client.on("error", () => this.#lost(client));
    client.on("end", () => this.#lost(client));
    client.on("notification", () => this.#events.onWake());
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      await this.#events.onSession(client);
      // Closed meanwhile: a session that opened after that would outlive the worker, and keep its process from ending.
      if (this.#closed) return void (await client.end());
      this.#client = client;
      this.#openedAtMs = performance.now();
      this.#failures = 0;
      this.#events.onWake();
    } catch (error) {
      tellRepeated(this.#log, "warn", { err: error }, "the worker's session could not be opened yet");
      client.end().catch(() => undefined);
      this.#reconnect();
    }
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#wasLost = true;
    this.#log.warn("the worker's session with the database was lost");
    this.#reconnect();
  }

  #reconnect(): void {
    if (this.#closed) return;
    this.#failures += 1;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.open(), Math.min(retryMsMax, 100 * 2 ** this.#failures));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }
}
