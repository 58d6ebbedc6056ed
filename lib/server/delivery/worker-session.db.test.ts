import { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { poolSql, type Sql } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { lockDeadWorkers, registerWorker } from "@/lib/server/db/workers";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { DeliveryService } from "./delivery-service";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";
import { WorkerSession } from "./wake-line";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
let deps: Deps;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  receiver = await startWebhookReceiver(() => "never");
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function publish(count: number): Promise<void> {
  const { organizationId } = await createTestPrincipal(deps);
  await createTestEndpoint(deps, organizationId, receiver.url);
  const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(
    deps,
    deps.sql,
    organizationId,
    Array.from({ length: count }, () => event),
  );
}

/** The session that holds a worker's lock, and the worker. */
async function sessionOf(): Promise<{ pid: number; worker: number } | undefined> {
  const rows = await deps.sql<{ pid: number; worker: number }>(
    `SELECT pid, objid::integer AS worker FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     ORDER BY pid DESC`,
  );
  return rows[0];
}

const leases = () => deps.sql("SELECT id, lease_id, worker_id FROM delivery ORDER BY id");

describe("a worker's session", () => {
  it("that is lost and found again takes nothing from the worker that lives on", async () => {
    await publish(3);
    deps.service = new DeliveryService(deps, database().url);
    await deps.service.start();
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(3), { timeout: 10_000 });
    const held = await leases();
    const before = await sessionOf();
    await deps.sql("SELECT pg_terminate_backend($1::integer)", [before?.pid]);
    const after = await vi.waitFor(
      async () => {
        const found = await sessionOf();
        expect(found).toBeDefined();
        expect(found?.pid).not.toBe(before?.pid);
        return found;
      },
      { timeout: 10_000, interval: 20 },
    );
    await keepHouse(deps, after?.worker ?? null);
    expect(await leases()).toEqual(held);
    expect(receiver.requests).toHaveLength(3);
  });

  it("that finds back under another id keeps what the worker has in flight when the old one ends at last", async () => {
    await publish(3);
    const [before, after] = [0, 1].map(() => new Pool({ connectionString: database().url, max: 1 })) as [
      Pool,
      Pool,
    ];
    const worker = new DeliveryWorker(deps);
    const id = await registerWorker(poolSql(before), deps.clock());
    await worker.registered(id);
    worker.start();
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(3), { timeout: 10_000 });
    // The network is gone, and the server does not know it yet: the old session still holds its lock.
    const newId = await registerWorker(poolSql(after), deps.clock(), id);
    expect(newId).not.toBe(id);
    await worker.registered(newId);
    const held = await leases();
    await before.end();
    await vi.waitFor(async () => {
      await keepHouse(deps, null);
      expect(await deps.sql("SELECT id FROM worker")).toEqual([{ id: newId }]);
    });
    expect(await leases()).toEqual(held);
    expect(held).toEqual(held.map((row) => ({ ...(row as object), worker_id: newId })));
    await worker.stop(0);
    await after.end();
    expect(receiver.requests).toHaveLength(3);
  });

  it("that finds back first leaves the others the time to find back, too", async () => {
    deps.service = new DeliveryService(deps, database().url);
    await deps.service.start();
    const other = new Pool({ connectionString: database().url, max: 1 });
    other.on("error", () => undefined);
    const id = await registerWorker(poolSql(other), deps.clock());
    // The locks of the whole cluster are seen from here, those of other test files' databases, too.
    await deps.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND objsubid = 2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const isThere = async () => (await deps.sql("SELECT 1 FROM worker WHERE id = $1", [id])).length === 1;
    // Well within the time that they are left; an answer that comes later says nothing.
    const endsAtMs = performance.now() + 1_000;
    for (;;) {
      const still = await isThere();
      if (performance.now() >= endsAtMs) break;
      expect(still).toBe(true);
    }
    expect(await registerWorker(poolSql(other), deps.clock(), id)).toBe(id);
    await other.end();
    await vi.waitFor(async () => expect(await isThere()).toBe(false), { timeout: 10_000 });
  });

  it("that is closed while it opens is not left open", async () => {
    const onWake = vi.fn();
    const session: WorkerSession = new WorkerSession(database().url, deps.log, {
      onSession: () => session.close(),
      onWake,
    });
    await session.open();
    await vi.waitFor(async () => {
      const connections = await deps.sql(
        `SELECT 1 FROM pg_stat_activity
         WHERE application_name = 'posthorn worker' AND datname = current_database()`,
      );
      expect(connections).toEqual([]);
    });
    expect(onWake).not.toHaveBeenCalled();
  });

  it("is locked before anybody can see the worker and take it for an ended one", async () => {
    const session = new Pool({ connectionString: database().url, max: 1 });
    const taken: number[] = [];
    const own = poolSql(session);
    const watched: Sql = async <Row>(text: string, values?: readonly unknown[]) => {
      const rows = await own<Row>(text, values);
      taken.push(...(await lockDeadWorkers(deps.sql, null)));
      return rows;
    };
    const id = await registerWorker(watched, deps.clock());
    expect(taken).toEqual([]);
    await session.end();
    await vi.waitFor(async () => expect(await lockDeadWorkers(deps.sql, null)).toEqual([id]));
  });

  it("that has ended itself says nothing of the others, which may have ended with it", async () => {
    const [own, other] = [0, 1].map(() => new Pool({ connectionString: database().url, max: 1 })) as [
      Pool,
      Pool,
    ];
    const id = await registerWorker(poolSql(own), deps.clock());
    const otherId = await registerWorker(poolSql(other), deps.clock());
    await other.end();
    await vi.waitFor(async () => expect(await lockDeadWorkers(deps.sql, id)).toEqual([otherId]));
    await own.end();
    await vi.waitFor(async () => expect(await lockDeadWorkers(deps.sql, null)).toHaveLength(2));
    expect(await lockDeadWorkers(deps.sql, id)).toEqual([]);
  });
});
