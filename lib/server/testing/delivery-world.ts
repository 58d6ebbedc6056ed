import "server-only";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "./test-deps";
import { createTestEndpoint } from "./test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver";

export interface DeliveryRow {
  state: string;
  delivery_attempt: number;
  lease_id: string | null;
}

export interface AttemptRow {
  succeeded: boolean;
  status_code: number;
  delivery_attempt: number;
  error_code: string | null;
  fault: string | null;
  next_attempt_at: Date | null;
  delivery_timestamp: Date;
}

/** Short waits, so that a whole schedule is over in a moment. */
const environment = {
  POSTHORN_RETRY_SCHEDULE: "20ms,20ms,20ms",
  POSTHORN_VALIDATION_RETRY_EVERY: "100ms",
  POSTHORN_REQUEST_TIMEOUT: "1s",
};

/** An organization, a receiver and any number of workers on a database of their own, new for each test. */
export class DeliveryWorld {
  databaseUrl = "";
  deps!: Deps;
  principal!: Principal;
  receiver!: WebhookReceiver;
  #workers: DeliveryWorker[] = [];

  async open(databaseUrl: string): Promise<void> {
    this.databaseUrl = databaseUrl;
    this.deps = await createTestDeps(databaseUrl, environment);
    this.principal = await createTestPrincipal(this.deps);
    this.receiver = await startWebhookReceiver();
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.stopWorkers();
    await closeTestDeps(this.deps);
  }

  startWorker(engine = this.deps): DeliveryWorker {
    const worker = new DeliveryWorker(engine);
    this.#workers.push(worker);
    worker.start();
    return worker;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop(500)));
  }

  /** An active endpoint of the organization; at the receiver unless said otherwise. */
  addEndpoint(url = this.receiver.url, changes: Parameters<typeof createTestEndpoint>[3] = {}) {
    return createTestEndpoint(this.deps, this.principal.organizationId, url, changes);
  }

  /** Returns the UUIDs of the events; the data of each is its number, with spaces that must not get lost. */
  async publish(count = 1, organizationId = this.principal.organizationId): Promise<string[]> {
    const events = Array.from({ length: count }, (_, number) => ({
      eventType: "order.placed",
      eventTimestamp: new Date("2026-03-01T10:00:00.000Z"),
      data: { number },
      dataText: `{ "number": ${number} }`,
    }));
    return (await fanOut(this.deps, this.deps.sql, organizationId, events)).map((event) => event.id);
  }

  deliveries(): Promise<DeliveryRow[]> {
    return this.deps.sql("SELECT state::text AS state, delivery_attempt, lease_id FROM delivery ORDER BY id");
  }

  attempts(): Promise<AttemptRow[]> {
    return this.deps.sql("SELECT * FROM attempt ORDER BY id");
  }

  /** Until there are `count` deliveries, all of them in this state. */
  async settled(state: string, count = 1): Promise<void> {
    await vi.waitFor(
      async () => {
        const rows = await this.deliveries();
        expect(rows.map((row) => row.state)).toEqual(Array.from({ length: count }, () => state));
      },
      { timeout: 10_000, interval: 20 },
    );
  }
}

/** A world for each test of the file. */
export function deliveryWorld(): DeliveryWorld {
  const world = new DeliveryWorld();
  const database = testDatabase();
  beforeEach(() => world.open(database().url));
  afterEach(() => world.close());
  return world;
}
