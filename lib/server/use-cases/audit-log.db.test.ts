import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordAudit } from "@/lib/server/db/audit";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { keepPartitions } from "@/lib/server/delivery/housekeeping";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";

const database = testDatabase();
const dayMs = 86_400_000;
let deps: Deps;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
});
afterEach(() => closeTestDeps(deps));

const actor = {
  actor: "system",
  actorLabel: "Posthorn",
  address: null,
  userAgent: null,
  organizationId: null,
};
const record = (daysAgo: number) =>
  recordAudit(
    deps.prisma,
    actor,
    { action: "instance.setup_link_made", after: { daysAgo } },
    new Date(Date.now() - daysAgo * dayMs),
    deps.newId(),
  );
const kept = async () =>
  (await deps.sql<{ after: { daysAgo: number } }>("SELECT after FROM audit_entry ORDER BY at")).map(
    ({ after }) => after.daysAgo,
  );
/** What each kind of refusal looks like to who is refused: the application itself, on its own connections. */
const refused = { code: "42501" };

describe("the audit log in the database", () => {
  it("takes no change and no early end from the application's own role, which owns the table", async () => {
    await record(0);
    await record(89.9);
    for (const statement of [
      "UPDATE audit_entry SET actor_label = 'nobody'",
      "UPDATE audit_entry SET at = at - interval '1 year'",
      "DELETE FROM audit_entry",
      "TRUNCATE audit_entry",
      "TRUNCATE organization, audit_entry CASCADE",
      "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    ]) {
      await expect(deps.pool.query(statement), statement).rejects.toMatchObject(refused);
    }
    await expect(deps.prisma.auditEntry.deleteMany()).rejects.toThrow(/append-only/);
    expect(await kept()).toEqual([89.9, 0]);
  });

  it("does not believe a session that plays a replica", async () => {
    await record(0);
    const client = new pg.Client({ connectionString: database().url });
    await client.connect();
    try {
      await client.query("SET session_replication_role = replica");
      await expect(client.query("DELETE FROM audit_entry")).rejects.toMatchObject(refused);
      await expect(client.query("TRUNCATE audit_entry")).rejects.toMatchObject(refused);
    } finally {
      await client.end();
    }
  });

  it("ends by the database's clock after 90 days, whatever the application's clock says", async () => {
    for (const daysAgo of [0, 89.9, 90.1, 400]) await record(daysAgo);
    const ahead = { ...deps, clock: () => new Date(Date.now() + 365 * dayMs) };
    await keepPartitions(ahead);
    expect(await kept()).toEqual([89.9, 0]);
  });

  it("is kept by housekeeping in bounded steps", async () => {
    await database().query(
      `INSERT INTO audit_entry (id, actor, actor_label, action, at)
       SELECT gen_random_uuid(), 'system', 'Posthorn', 'instance.setup_link_made', now() - interval '91 days'
       FROM generate_series(1, 2500)`,
    );
    await keepPartitions(deps);
    expect(await kept()).toEqual([]);
  });

  it("cannot be opened by a role that only writes and reads it, as docs/decisions/015 sets it up", async () => {
    const role = `app_${database().name}`;
    await database().query(`
      CREATE ROLE ${role} LOGIN PASSWORD 'test';
      GRANT SELECT, INSERT, DELETE ON audit_entry TO ${role}`);
    const url = new URL(database().url);
    url.username = role;
    url.password = "test";
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    try {
      const insert = `INSERT INTO audit_entry (id, actor, actor_label, action, at)
        VALUES (gen_random_uuid(), 'system', 'Posthorn', 'instance.setup_link_made', now() - $1::interval)`;
      await client.query(insert, ["1 day"]);
      await client.query(insert, ["91 days"]);
      for (const statement of [
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER keep_audit_entry ON audit_entry",
        "CREATE OR REPLACE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE sql AS ''",
        "SET session_replication_role = replica",
        "UPDATE audit_entry SET actor = 'nobody'",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_entry WHERE at > now() - interval '2 days'",
      ]) {
        await expect(client.query(statement), statement).rejects.toThrow();
      }
      const old = await client.query("DELETE FROM audit_entry WHERE at < now() - interval '90 days'");
      expect(old.rowCount).toBe(1);
    } finally {
      await client.end();
      await database().query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});
