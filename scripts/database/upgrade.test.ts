import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { ensureDatabase, withClient } from "../postgres/connection.ts";
import { migrate } from "./migrate.ts";

// What each migration finds in an instance that has long been in use, not in an empty one.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const migrations = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));
const organization = "01900000-0000-7000-8000-000000000001";
const user = "01900000-0000-7000-8000-000000000002";
const endpoint = "01900000-0000-7000-8000-000000000003";
const deliveryId = "01900000-0000-7000-8000-000000000004";

let parent: string;
let cluster: Cluster;
let url: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "posthorn-upgrade-"));
  cluster = await startCluster({ folder: join(parent, "postgres"), password: "test", durable: false });
  await ensureDatabase(cluster.connectionUrl("postgres"), "posthorn");
  url = cluster.connectionUrl("posthorn");
});
afterEach(async () => {
  await cluster.stop();
  await rm(parent, { recursive: true, force: true });
});

/** Brings the database to where an instance was whose last migration was `last` (`0010`). */
async function migrateUpTo(last: string): Promise<void> {
  const folder = join(parent, last);
  for (const name of await readdir(migrations)) {
    if (name.slice(0, 4) <= last || name.endsWith(".toml"))
      await cp(join(migrations, name), join(folder, name), { recursive: true });
  }
  await migrate(url, folder);
}

const query = async <Row>(text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows as Row[]);

/** People, an endpoint with a delivery that waits, statistics as each flush appended them, and mails. */
const usedSince0010 = `
  INSERT INTO organization VALUES ('${organization}', 'Acme', now());
  INSERT INTO app_user VALUES ('${user}', 'ada@example.com', 'Ada', 'A', 'hash', true, 1, now(), now());
  INSERT INTO membership VALUES ('${organization}', '${user}', 'admin', now());
  INSERT INTO endpoint (id, organization_id, url, event_types, state_since, failure_policy, created_at, updated_at)
    VALUES ('${endpoint}', '${organization}', 'https://a.example/', '{*}', now(), '{}', now(), now());
  CREATE TABLE delivery_20240101 PARTITION OF delivery FOR VALUES FROM ('${organization}') TO ('01910000-0000-7000-8000-000000000000');
  INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, due_at)
    VALUES ('${deliveryId}', '${organization}', '${endpoint}', '${deliveryId}', 'a.b', 'event', 'pending', now());
  INSERT INTO delivery_stat (organization_id, hour, endpoint_id, succeeded, bucket, attempts, folded)
    SELECT '${organization}', date_trunc('hour', now()), '${endpoint}', true, 3, 2, turn > 1 FROM generate_series(1, 5) turn;
  INSERT INTO mail_outbox (id, organization_id, endpoint_id, kind, recipient, subject, html, text, state, created_at, next_try_at)
    SELECT id::uuid, '${organization}', '${endpoint}', 'disabled', 'ada@example.com', 's', 'h', 't', state, now(),
      CASE WHEN state = 'waiting' THEN now() END
    FROM (VALUES ('${user}', 'waiting'), ('${endpoint}', 'sent')) AS mail (id, state);
  INSERT INTO audit_entry (id, organization_id, actor, actor_label, action, at)
    VALUES ('${user}', '${organization}', 'system', 'Posthorn', 'member.invited', now() - interval '100 days');`;

it("keeps what an instance of the first days has stored, and what waits there", async () => {
  await migrateUpTo("0010");
  await query(usedSince0010);
  await migrate(url);
  expect(await query("SELECT attempts FROM delivery_stat")).toEqual([{ attempts: 10 }]);
  expect(await query("SELECT attempts FROM delivery_count")).toEqual([{ attempts: 10 }]);
  expect(await query("SELECT state::text, lease_id FROM delivery")).toEqual([
    { state: "pending", lease_id: null },
  ]);
  expect(await query("SELECT state FROM mail_outbox ORDER BY state")).toEqual([
    { state: "sent" },
    { state: "waiting" },
  ]);
  expect(await query("SELECT email, has_password FROM app_user")).toEqual([
    { email: "ada@example.com", has_password: true },
  ]);
  expect(await query("SELECT web_address, domains FROM organization")).toEqual([
    { web_address: "", domains: [] },
  ]);
  expect(await query("SELECT count(*)::integer AS count FROM audit_entry")).toEqual([{ count: 1 }]);
});

it("tells who has chosen a password from whom a provider brought", async () => {
  await migrateUpTo("0019");
  const other = "01900000-0000-7000-8000-000000000009";
  await query(`
    INSERT INTO app_user VALUES ('${user}', 'ada@example.com', 'Ada', 'A', 'hash', true, 1, now() - interval '1 day', now());
    INSERT INTO app_user VALUES ('${other}', 'bob@example.com', 'Bob', 'B', 'hash', false, 1, now(), now());
    INSERT INTO external_identity VALUES ('github', '1', '${user}', now()), ('github', '2', '${other}', now());`);
  await migrate(url);
  expect(await query("SELECT email, has_password FROM app_user ORDER BY email")).toEqual([
    { email: "ada@example.com", has_password: true },
    { email: "bob@example.com", has_password: false },
  ]);
});

it("makes the index that the table of meetings was once made without", async () => {
  await migrateUpTo("0020");
  await query("DROP INDEX meeting_canceled_idx");
  await migrate(url);
  expect(await query("SELECT to_regclass('meeting_canceled_idx') IS NOT NULL AS present")).toEqual([
    { present: true },
  ]);
});
