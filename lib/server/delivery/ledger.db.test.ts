import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { uuidV7Floor } from "@/lib/domain/ids";
import { countRange, listLedgerDays } from "@/lib/server/db/ledger";
import { insertReplayDeliveries } from "@/lib/server/db/replays";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { fanOut } from "./fan-out";
import { keepPartitions } from "./housekeeping";
import { LedgerKeeper } from "./ledger";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const database = testDatabase();
let now = new Date("2026-03-10T10:00:00.000Z");
let deps: Deps;
let principal: Principal;

beforeEach(async () => {
  now = new Date("2026-03-10T10:00:00.000Z");
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
});
afterEach(() => closeTestDeps(deps));

const pass = (ms: number) => (now = new Date(now.getTime() + ms));

async function publish(count: number): Promise<string[]> {
  const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
  const events = Array.from({ length: count }, () => event);
  return (await fanOut(deps, deps.sql, principal.organizationId, events)).map(({ id }) => id);
}

const endpoints = async (count: number) => {
  for (let number = 0; number < count; number += 1)
    await createTestEndpoint(deps, principal.organizationId, `http://127.0.0.1:9/${number}`);
};

async function replay(endpointId: string, eventIds: readonly string[]): Promise<void> {
  const { organizationId } = principal;
  const id = deps.newId();
  const made = { id, organizationId, endpointId, requestedBy: "usr_test" };
  const deliveries = eventIds.map((eventId) => ({
    ...{ id: deps.newId(), eventId, eventType: "order.placed", dueAt: now },
  }));
  await insertReplayDeliveries(deps.sql, { ...made, lane: 2 }, deliveries);
  await deps.prisma.replay.create({
    data: {
      ...made,
      ...{ scope: "failed", since: now, until: now, matched: eventIds.length },
      ...{ requestedByLabel: "Test", startedAt: now },
    },
  });
}

const keep = (keeper = new LedgerKeeper(deps)) => keeper.catchUp(20_000);
const days = () => listLedgerDays(deps.sql, "2026-01-01");

/** Settles all deliveries without sending them. */
const settleAll = (state: string) =>
  deps.sql("UPDATE delivery SET state = $1::delivery_state, finished_at = $2::timestamptz", [state, now]);

describe("the ledger", () => {
  it("counts what was promised and what exists, once it is a minute old and only once", async () => {
    await endpoints(2);
    await publish(3);
    await keep();
    expect((await days()).reduce((sum, { counts }) => sum + counts.events, 0)).toBe(0);
    pass(2 * minuteMs);
    await publish(5);
    await keep();
    await keep();
    expect((await days()).at(-1)).toMatchObject({
      day: "2026-03-10",
      counts: { events: 3, promised: 6, existing: 6, unbalancedEvents: 0 },
      settled: null,
    });
    pass(2 * minuteMs);
    await keep();
    expect((await days()).at(-1)?.counts).toMatchObject({ events: 8, promised: 16, existing: 16 });
  });

  it("finds a delivery that vanished and one that was made twice, although their sum is right", async () => {
    await endpoints(1);
    const [lost, doubled] = await publish(3);
    await deps.sql("DELETE FROM delivery WHERE event_id = $1::uuid", [lost]);
    await deps.sql(
      `INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, due_at)
       SELECT $2::uuid, organization_id, endpoint_id, event_id, event_type, purpose, state, due_at
       FROM delivery WHERE event_id = $1::uuid`,
      [doubled, deps.newId()],
    );
    pass(2 * minuteMs);
    await keep();
    expect((await days()).at(-1)?.counts).toMatchObject({ promised: 3, existing: 3, unbalancedEvents: 2 });
  });

  it("counts replays apart, against what they matched", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const eventIds = await publish(4);
    await settleAll("exhausted");
    pass(1);
    await replay(id, eventIds);
    pass(2 * minuteMs);
    await keep();
    expect((await days()).at(-1)?.counts).toMatchObject({
      promised: 4,
      existing: 4,
      replayPromised: 4,
      replayExisting: 4,
      unbalancedReplays: 0,
    });
    await deps.sql("UPDATE replay SET matched = 5");
    await deps.sql("DELETE FROM ledger_day");
    await keep();
    expect((await days()).at(-1)?.counts).toMatchObject({ unbalancedEvents: 0, unbalancedReplays: 1 });
  });

  it("takes a range of many events in steps and misses none at their edges", async () => {
    await endpoints(1);
    for (let batch = 0; batch < 21; batch += 1) await publish(1000);
    pass(2 * minuteMs);
    const keeper = new LedgerKeeper(deps);
    const left = [];
    do left.push(await keeper.step());
    while (left.at(-1));
    // The days before the first event, then two ranges of at most 20,000.
    expect(left.length).toBeGreaterThan(2);
    expect((await days()).at(-1)?.counts).toMatchObject({
      events: 21_000,
      promised: 21_000,
      existing: 21_000,
    });
  });

  it("counts each event once when several processes keep it at once", async () => {
    await endpoints(1);
    for (let batch = 0; batch < 3; batch += 1) await publish(1000);
    pass(2 * minuteMs);
    await Promise.all(Array.from({ length: 4 }, () => keep()));
    await keep();
    expect((await days()).at(-1)?.counts).toMatchObject({ events: 3000, promised: 3000, existing: 3000 });
  });
});

describe("a day that is over", () => {
  it("is recounted when it has been quiet for an hour: deliveries = the sum of their states", async () => {
    await endpoints(2);
    const [first] = await publish(10);
    await settleAll("succeeded");
    await deps.sql("UPDATE delivery SET state = 'exhausted' WHERE event_id = $1::uuid", [first]);
    pass(dayMs - 10 * hourMs + hourMs - 1);
    await keepPartitions(deps);
    await keep();
    expect((await days()).find(({ day }) => day === "2026-03-10")?.settled).toBeNull();
    pass(minuteMs);
    await keep();
    const day = (await days()).find((one) => one.day === "2026-03-10");
    expect(day?.counts).toMatchObject({ events: 10, promised: 20, existing: 20, unbalancedEvents: 0 });
    expect(day?.settled).toEqual({ succeeded: 18, exhausted: 2, discarded: 0, canceled: 0, open: 0 });
  });

  it("finds what was committed later than the minute the count waits", async () => {
    await endpoints(1);
    pass(2 * minuteMs);
    await keep();
    pass(-5 * minuteMs);
    await publish(1);
    pass(5 * minuteMs);
    await keep();
    expect((await days()).at(-1)?.counts.events).toBe(0);
    pass(dayMs);
    await keepPartitions(deps);
    await keep();
    expect((await days()).find(({ day }) => day === "2026-03-10")?.counts).toMatchObject({
      events: 1,
      promised: 1,
      existing: 1,
    });
  });

  it("is recounted again after one of its deliveries has changed, and only then", async () => {
    await endpoints(1);
    await publish(1);
    await settleAll("exhausted");
    pass(dayMs);
    await keepPartitions(deps);
    const keeper = new LedgerKeeper(deps);
    await keep(keeper);
    const recounted = async () => (await days()).find(({ day }) => day === "2026-03-10");
    const first = await recounted();
    expect(first?.settled).toMatchObject({ exhausted: 1, succeeded: 0 });
    pass(2 * hourMs);
    await keep(keeper);
    expect((await recounted())?.recountedAt).toEqual(first?.recountedAt);
    await sqlTransaction(deps.pool, async (sql) => {
      await sql("UPDATE delivery SET state = 'succeeded'");
      // PostgreSQL's statistics of an idle session may be seconds late; an hour's pause makes up for it.
      await sql("SELECT pg_stat_force_next_flush()::text");
    });
    pass(2 * hourMs);
    await keep(keeper);
    expect((await recounted())?.settled).toMatchObject({ exhausted: 0, succeeded: 1 });
  });

  it("is not recounted when its deliveries are about to be dropped", async () => {
    await endpoints(1);
    await publish(1);
    pass(2 * minuteMs);
    await keep();
    pass(deps.settings.retentionMs + dayMs - 10 * hourMs);
    await keepPartitions(deps);
    await keep();
    const day = (await days()).find((one) => one.day === "2026-03-10");
    expect(day?.settled).toBeNull();
    expect(day?.counts).toMatchObject({ events: 1, existing: 1, unbalancedEvents: 0 });
  });
});

describe("counting", () => {
  it("reads by the event's id and prunes other days, so that history costs nothing", async () => {
    await endpoints(1);
    await publish(1000);
    const plan: string[] = [];
    const explained: Sql = async <Row>(text: string, values?: readonly unknown[]) => {
      const rows = await deps.sql<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
      plan.push(...rows.map((row) => row["QUERY PLAN"]));
      return rows as Row[];
    };
    await countRange(explained, uuidV7Floor(now), uuidV7Floor(new Date(now.getTime() + hourMs)));
    const text = plan.join("\n");
    expect(text).toContain("delivery_20260310");
    expect(text).not.toContain("delivery_20260309");
  });
});
