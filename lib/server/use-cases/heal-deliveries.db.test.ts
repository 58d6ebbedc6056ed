import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { getInstanceStatus } from "./get-instance-status";
import { healDeliveries } from "./heal-deliveries";

const database = testDatabase();
let now: Date;
let deps: Deps;
let developer: Principal;
let operator: Principal;
let endpointId: string;

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  developer = await createTestPrincipal(deps);
  operator = { ...developer, isOperator: true };
  ({ id: endpointId } = await createTestEndpoint(deps, developer.organizationId, "http://127.0.0.1:9/a"));
});
afterEach(() => closeTestDeps(deps));

const publish = async (count: number) => {
  const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
  const events = Array.from({ length: count }, () => event);
  await fanOut(deps, deps.sql, developer.organizationId, events);
};
const later = (ms: number) => new Date(now.getTime() + ms);
const states = async () =>
  (
    await deps.sql<{ state: string; leased: boolean }>(
      "SELECT state::text AS state, lease_id IS NOT NULL AS leased FROM delivery ORDER BY id",
    )
  ).map(({ state, leased }) => (leased ? `${state}, leased` : state));

async function lease(until: Date, workerId: number | null): Promise<void> {
  await deps.sql(
    "UPDATE delivery SET lease_id = $1::uuid, lease_until = $2::timestamptz, worker_id = $3::integer",
    [deps.newId(), until, workerId],
  );
}

describe("healing", () => {
  it("returns a lease of a worker that is not registered any more", async () => {
    await publish(1);
    await lease(later(15_000), 4711);
    expect((await getInstanceStatus(deps, operator)).stuck).toEqual({ leases: 1, held: 0, orphans: 0 });
    expect(await healDeliveries(deps, operator)).toEqual({ leases: 1, held: 0, orphans: 0 });
    expect(await states()).toEqual(["pending"]);
  });

  it("returns a lease until a time that no lease lasts to", async () => {
    await publish(1);
    await lease(later(3_600_000), null);
    expect(await healDeliveries(deps, operator)).toMatchObject({ leases: 1 });
    expect(await states()).toEqual(["pending"]);
  });

  it("leaves a lease alone that a worker holds, and one of an attempt that somebody waits for", async () => {
    await publish(2);
    const [worker] = await deps.sql<{ id: number }>(
      "INSERT INTO worker (started_at, seen_at) VALUES ($1::timestamptz, $1::timestamptz) RETURNING id",
      [now],
    );
    await lease(later(20_000), worker!.id);
    await deps.sql(
      `UPDATE delivery SET worker_id = NULL, lease_until = $1::timestamptz
       WHERE id = (SELECT id FROM delivery ORDER BY id LIMIT 1)`,
      [later(60_000)],
    );
    expect(await healDeliveries(deps, operator)).toEqual({ leases: 0, held: 0, orphans: 0 });
    expect(await states()).toEqual(["pending, leased", "pending, leased"]);
  });

  it("lets held deliveries follow their endpoint", async () => {
    await publish(2);
    await deps.sql("UPDATE delivery SET state = 'held'");
    expect((await getInstanceStatus(deps, operator)).stuck).toMatchObject({ held: 2 });
    expect(await healDeliveries(deps, operator)).toMatchObject({ held: 2 });
    expect(await states()).toEqual(["pending", "pending"]);
  });

  it("ends what has no endpoint to go to", async () => {
    await publish(1);
    await deps.sql("DELETE FROM endpoint WHERE id = $1::uuid", [endpointId]);
    expect(await healDeliveries(deps, operator)).toEqual({ leases: 0, held: 0, orphans: 1 });
    expect(await states()).toEqual(["canceled"]);
  });

  it("is written down with what it did", async () => {
    await publish(1);
    await deps.sql("UPDATE delivery SET state = 'held'");
    await healDeliveries(deps, operator);
    expect(await deps.prisma.auditEntry.findMany()).toMatchObject([
      {
        action: "instance.deliveries_healed",
        actor: operator.actor,
        after: { leases: 0, held: 1, orphans: 0 },
      },
    ]);
  });

  it("and the status are for operators alone", async () => {
    await expect(healDeliveries(deps, developer)).rejects.toMatchObject({ status: 403 });
    await expect(getInstanceStatus(deps, developer)).rejects.toMatchObject({ status: 403 });
  });
});

describe("the status of the instance", () => {
  it("tells depth and oldest age by lane, without what is in flight, and what is overdue where", async () => {
    await publish(3);
    await deps.sql(
      `UPDATE delivery SET lane = 1, due_at = $1::timestamptz WHERE id = (SELECT id FROM delivery ORDER BY id LIMIT 1)`,
      [later(60_000)],
    );
    await deps.sql(
      `UPDATE delivery SET lease_id = $1::uuid, lease_until = $2::timestamptz
       WHERE id = (SELECT id FROM delivery ORDER BY id DESC LIMIT 1)`,
      [deps.newId(), later(600_000)],
    );
    const dueAt = now.toISOString();
    now = later(301_000);
    const status = await getInstanceStatus(deps, operator);
    expect(status.lanes).toEqual([
      { lane: "live", waiting: 0, due: 1, leased: 1, overdue: 1, oldestDueAt: dueAt },
      { lane: "retry", waiting: 0, due: 1, leased: 0, overdue: 0, oldestDueAt: expect.any(String) as string },
      { lane: "replay", waiting: 0, due: 0, leased: 0, overdue: 0, oldestDueAt: null },
    ]);
    expect(status.overdueEndpoints).toMatchObject([{ count: 1, own: true, oldestDueAt: dueAt }]);
  });
});
