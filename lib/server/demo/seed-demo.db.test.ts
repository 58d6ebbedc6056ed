import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { durationBucket } from "@/lib/domain/duration-histogram";
import { compileSchema } from "@/lib/domain/event-type-schema";
import { hashApiKey } from "@/lib/server/auth/api-key";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { demoEventTypes } from "./own-event-types";
import { seedDemo, type Seeded } from "./seed-demo";

const database = testDatabase({ per: "file" });
const apiKey = "phk_demo_test";
let deps: Deps;
let seeded: Seeded | null;
let tookMs: number;

const seed = () =>
  seedDemo({
    pool: deps.pool,
    sealer: deps.sealer,
    now: deps.clock(),
    settings: deps.settings,
    receiverPort: 4390,
    publicUrl: deps.settings.publicUrl,
    apiKey,
    password: "a demo password",
  });

beforeAll(async () => {
  deps = await createTestDeps(database().url);
  const { organizationId } = await createTestPrincipal(deps);
  const keyHash = Uint8Array.from(hashApiKey(apiKey));
  const now = deps.clock();
  await deps.prisma.apiKey.create({
    data: {
      id: deps.newId(),
      organizationId,
      name: "Demo",
      prefix: "phk_demo",
      keyHash,
      scopes: [],
      createdAt: now,
    },
  });
  const startedAt = performance.now();
  seeded = await seed();
  tookMs = performance.now() - startedAt;
});
afterAll(() => closeTestDeps(deps));

const query = <Row extends object>(text: string) => deps.sql<Row>(text);

it("makes about twenty thousand attempts within twenty seconds", () => {
  expect(seeded?.attemptCount).toBeGreaterThan(12_000);
  expect(seeded?.attemptCount).toBeLessThan(24_000);
  expect(tookMs).toBeLessThan(20_000);
});

it("fills an instance once", async () => {
  const before = await query("SELECT count(*)::integer AS count FROM event");
  expect(await seed()).toBeNull();
  expect(await query("SELECT count(*)::integer AS count FROM event")).toEqual(before);
});

it("has an organization with a profile, domains, a setting of its own and a service account", async () => {
  const [organization] = await query<object>("SELECT name, web_address, domains FROM organization");
  expect(organization).toMatchObject({
    name: "Example",
    web_address: "https://www.posthorn.example",
    domains: ["posthorn.example", "posthorn-labs.example"],
  });
  const settings = await query("SELECT name, value FROM organization_setting");
  expect(settings).toEqual([{ name: "minimumNotice", value: "240" }]);
  expect(await query("SELECT type, name FROM service_account")).toEqual([
    { type: "Microsoft", name: "Calendar sync" },
  ]);
});

describe("the ledger", () => {
  it("has as many deliveries as the events say", async () => {
    const wrong = await query(
      `SELECT event.id FROM event LEFT JOIN delivery ON event_id = event.id
       GROUP BY event.id, delivery_count HAVING count(delivery.id) <> delivery_count`,
    );
    expect(wrong).toEqual([]);
  });

  it("has an attempt for every number that a delivery has counted, and no other", async () => {
    const wrong = await query(
      `SELECT delivery.id FROM delivery LEFT JOIN attempt ON delivery_id = delivery.id
       GROUP BY delivery.id, delivery.delivery_attempt
       HAVING count(attempt.id) <> delivery.delivery_attempt
         OR coalesce(max(attempt.delivery_attempt) + 1, 0) <> delivery.delivery_attempt`,
    );
    expect(wrong).toEqual([]);
  });

  it("ends deliveries as their last attempt says", async () => {
    const wrong = await query(
      `SELECT delivery.state, last.succeeded FROM delivery JOIN LATERAL (
         SELECT succeeded FROM attempt WHERE delivery_id = delivery.id ORDER BY delivery_attempt DESC LIMIT 1
       ) last ON true
       WHERE last.succeeded <> (delivery.state = 'succeeded')`,
    );
    expect(wrong).toEqual([]);
    const states = await query<{ state: string }>("SELECT DISTINCT state::text AS state FROM delivery");
    const met = ["succeeded", "exhausted", "discarded", "pending", "held"];
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(met));
  });

  it("leaves no lease behind, and nothing that ended without a time", async () => {
    expect(await query("SELECT id FROM delivery WHERE lease_id IS NOT NULL")).toEqual([]);
    const open = "state IN ('pending', 'held')";
    expect(await query(`SELECT id FROM delivery WHERE (finished_at IS NULL) <> (${open})`)).toEqual([]);
  });
});

it("counts in the statistics exactly what the attempts are", async () => {
  const attempts = await query<{ endpoint: string; hour: Date; succeeded: boolean; ms: number }>(
    `SELECT endpoint_id AS endpoint, date_trunc('hour', delivery_timestamp) AS hour, succeeded, duration_ms AS ms
     FROM attempt WHERE purpose IN ('event', 'replay')`,
  );
  const statistics = await query<{
    endpoint: string;
    hour: Date;
    succeeded: boolean;
    bucket: number;
    attempts: number;
  }>(`SELECT endpoint_id AS endpoint, hour, succeeded, bucket, attempts FROM delivery_count`);
  const keyOf = (row: { endpoint: string; hour: Date; succeeded: boolean }, bucket: number) =>
    `${row.endpoint} ${row.hour.toISOString()} ${row.succeeded} ${bucket}`;
  const counted = new Map<string, number>();
  for (const row of attempts) {
    const key = keyOf(row, durationBucket(row.ms));
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  expect(new Map(statistics.map((row) => [keyOf(row, row.bucket), row.attempts]))).toEqual(counted);
});

it("shows endpoints in every state and status, each for a reason", async () => {
  const endpoints = await query<{ url: string; state: string; status: string; reason: string }>(
    `SELECT url, state::text AS state, status::text AS status, state_reason AS reason FROM endpoint`,
  );
  const of = (path: string) => endpoints.find(({ url }) => url.endsWith(`/${path}`));
  expect(of("crm")).toMatchObject({ state: "active", status: "healthy" });
  expect(of("billing")).toMatchObject({ state: "active", status: "probation" });
  expect(of("chat")).toMatchObject({ state: "active", status: "warning" });
  expect(of("erp")).toMatchObject({ state: "disabled", status: "failing", reason: "chronic_failure" });
  expect(of("search")).toMatchObject({ state: "disabled", status: "failing", reason: "failure_volume" });
  expect(of("loader")).toMatchObject({ state: "active", status: "healthy" });
  expect(of("partner")).toMatchObject({ state: "validating" });
  expect(of("staging")).toMatchObject({ state: "disabled", reason: "manual" });
  expect(of("webshop")).toMatchObject({ state: "disabled", reason: "created" });
  const recovered = await query("SELECT id FROM transition WHERE reason = 'recovered'");
  expect(recovered.length).toBeGreaterThan(0);
});

it("publishes data that its event types accept", async () => {
  const events = await query<{ type: string; data: string }>(
    "SELECT DISTINCT ON (event_type) event_type AS type, data FROM event ORDER BY event_type, id",
  );
  expect(events.length).toBeGreaterThan(8);
  for (const { type, data } of events) {
    const value: unknown = JSON.parse(data);
    if (findBuiltIn(type)) expect([type, builtInDataProblems(type, value)]).toEqual([type, []]);
    else {
      const schema = compileSchema(demoEventTypes.find(({ name }) => name === type)?.schema);
      if ("problem" in schema) throw new Error(schema.problem);
      expect([type, schema.validate(value)]).toEqual([type, []]);
    }
  }
});

it("lies within the retention", async () => {
  const rows = await query<{ oldest: Date; newest: Date }>(
    "SELECT min(delivery_timestamp) AS oldest, max(delivery_timestamp) AS newest FROM attempt",
  );
  const ageMs = deps.clock().getTime() - (rows[0]?.oldest.getTime() ?? 0);
  expect(ageMs).toBeLessThan(deps.settings.retentionMs);
  expect(rows[0]?.newest.getTime()).toBeLessThanOrEqual(deps.clock().getTime());
});
