import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimDeliveries } from "@/lib/server/db/claim-deliveries";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";

const database = testDatabase();
let deps: Deps;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
});

afterEach(() => closeTestDeps(deps));

/** One delivery, claimed by a worker whose session has ended. */
async function leaveLeaseBehind(organizationId: string): Promise<void> {
  await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/");
  const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(deps, deps.sql, organizationId, [event]);
  const [worker] = await deps.sql<{ id: number }>(
    "INSERT INTO worker (started_at, seen_at) VALUES (now(), now()) RETURNING id",
  );
  const now = deps.clock();
  await claimDeliveries(deps.sql, {
    now,
    leaseId: randomUUID(),
    leaseUntil: new Date(now.getTime() + 20_000),
    workerId: worker?.id ?? null,
    limit: 10,
    roomDefault: 10,
    rooms: new Map(),
  });
}

describe("housekeeping that stumbles over one endpoint", () => {
  it("takes over from ended workers all the same, and goes on with the endpoint when it can", async () => {
    const { organizationId } = await createTestPrincipal(deps);
    await leaveLeaseBehind(organizationId);
    await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/", {
      state: "validating",
      validatingUntil: new Date(deps.clock().getTime() - 1),
    });
    await deps.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON endpoint FOR EACH ROW EXECUTE FUNCTION refuse();`);
    const leased = () => deps.sql("SELECT 1 FROM delivery WHERE lease_id IS NOT NULL");
    expect(await leased()).toHaveLength(1);
    expect(await keepHouse(deps, null)).toBe(true);
    expect(await leased()).toHaveLength(0);
    await deps.pool.query("DROP TRIGGER refuse ON endpoint");
    await keepHouse(deps, null);
    expect(await deps.sql("SELECT 1 FROM endpoint WHERE state = 'validating'")).toHaveLength(0);
  });

  it("does what is due for the others of its kind all the same", async () => {
    const { organizationId } = await createTestPrincipal(deps);
    const ids: string[] = [];
    for (const overdueMs of [2_000, 1_000]) {
      const validatingUntil = new Date(deps.clock().getTime() - overdueMs);
      const changes = { state: "validating" as const, validatingUntil };
      ids.push((await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/", changes)).id);
    }
    const [first, second] = ids;
    await deps.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON endpoint FOR EACH ROW WHEN (OLD.id = '${first}') EXECUTE FUNCTION refuse();`);
    await keepHouse(deps, null);
    expect(await deps.sql("SELECT id, state::text AS state FROM endpoint ORDER BY id")).toEqual([
      { id: first, state: "validating" },
      { id: second, state: "disabled" },
    ]);
  });
});
