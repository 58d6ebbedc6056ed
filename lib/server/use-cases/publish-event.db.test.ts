import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { decodeId, uuidV7Floor } from "@/lib/domain/ids";
import { sqlTransaction } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { emitEvent } from "@/lib/server/publishing/emit-event";
import { order, registerOrder, storedCounts } from "@/lib/server/testing/order-event-type";
import { publishText } from "@/lib/server/testing/publish-text";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { getEvent } from "./get-event";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let now = new Date();

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
  await registerOrder(deps, principal.organizationId);
});
afterEach(() => closeTestDeps(deps));

async function deliveriesOf(eventId: string) {
  return deps.sql<{ endpoint_id: string; state: string; purpose: string }>(
    "SELECT endpoint_id, state::text AS state, purpose::text AS purpose FROM delivery WHERE event_id = $1::uuid",
    [decodeId("evt", eventId)],
  );
}

describe("publishing", () => {
  it("makes a delivery that is due for an active endpoint, a held one while it validates, none while it is disabled", async () => {
    const { organizationId } = principal;
    const active = await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/a");
    const validating = await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/b", {
      state: "validating",
    });
    await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/c", { state: "disabled" });
    await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/d", { deletedAt: now });

    const published = await publishText(deps, principal, order("1"));

    expect(published).toEqual({
      eventId: expect.stringMatching(/^evt_/) as string,
      eventType: "shop.order.paid",
      eventTimestamp: now.toISOString(),
      duplicate: false,
      deliveries: 2,
    });
    const rows = await deliveriesOf(published.eventId);
    expect(new Map(rows.map((row) => [row.endpoint_id, row.state]))).toEqual(
      new Map([
        [active.id, "pending"],
        [validating.id, "held"],
      ]),
    );
  });

  it("asks the endpoint's event types and its filter", async () => {
    const { organizationId } = principal;
    const create = (path: string, changes: object) =>
      createTestEndpoint(deps, organizationId, `http://127.0.0.1:9/${path}`, changes);
    const wanted = [
      await create("exact", { eventTypes: ["shop.order.paid"] }),
      await create("group", { eventTypes: ["scheduling.*", "shop.*"] }),
      await create("filter", { filter: { total: { $gte: 100 } } }),
    ];
    await create("other-type", { eventTypes: ["scheduling.*"] });
    await create("other-data", { filter: { total: { $lt: 100 } } });

    const { eventId, deliveries } = await publishText(deps, principal, order("100"));

    expect(deliveries).toBe(3);
    expect((await deliveriesOf(eventId)).map((row) => row.endpoint_id).sort()).toEqual(
      wanted.map(({ id }) => id).sort(),
    );
  });

  it("never reaches another organization's endpoints, types or events", async () => {
    const other = await createTestPrincipal(deps);
    await createTestEndpoint(deps, other.organizationId, "http://127.0.0.1:9/other");
    const { eventId, deliveries } = await publishText(deps, principal, order("1"));
    expect(deliveries).toBe(0);
    await expect(getEvent(deps, other, decodeId("evt", eventId)!)).rejects.toMatchObject({ status: 404 });
    await expect(publishText(deps, other, order("1"))).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "eventType" }],
    });
  });

  it.each([
    ["12345678901234567890", ""],
    ["1.10", ""],
    ["-0.0", ""],
    ["1e400", ""],
    ["1", ',"text":"\\u0000 \\ud800 \\/ \\u00e9 é 🚀"'],
    ["1", ',"a":1,"a":2,  "__proto__" : {"x":1}'],
  ])("keeps data as it was published: %s%s", async (total, more) => {
    const { eventId } = await publishText(deps, principal, order(total, more));
    const event = await getEvent(deps, principal, decodeId("evt", eventId)!);
    expect(event.dataText).toBe(`{"total":${total}${more}}`);
  });

  it("keeps a lone surrogate that arrives unescaped", async () => {
    const { eventId } = await publishText(deps, principal, order("1", ',"text":"\ud83d!"'));
    const event = await getEvent(deps, principal, decodeId("evt", eventId)!);
    expect((JSON.parse(event.dataText) as { text: string }).text).toBe("\ud83d!");
  });

  it("keeps the timestamp that was given", async () => {
    const body = `{"eventType":"shop.order.paid","eventTimestamp":"2026-03-01T10:00:00+02:00","data":{"total":1}}`;
    expect(await publishText(deps, principal, body)).toMatchObject({
      eventTimestamp: "2026-03-01T08:00:00.000Z",
    });
  });

  it.each([
    [order('"1"'), 422, "data.total"],
    [`{"eventType":"shop.order.sent","data":{}}`, 422, "eventType"],
    [`{"eventType":"shop\\u0000.order","data":{}}`, 422, "eventType"],
    [`{"eventType":"scheduling.unheard","data":{}}`, 422, "eventType"],
    [`{"eventType":"shop.order.paid","data":[]}`, 422, "data"],
    [`{"eventType":"shop.order.paid"}`, 422, "data"],
    [`{"eventType":"shop.order.paid","data":{"total":1},"extra":1}`, 422, "extra"],
    [
      `{"eventType":"shop.order.paid","data":{"total":1},"eventTimestamp":"yesterday"}`,
      422,
      "eventTimestamp",
    ],
    [
      `{"eventType":"shop.order.paid","data":{"total":1},"eventTimestamp":"9999-12-31T23:00:00-10:00"}`,
      422,
      "eventTimestamp",
    ],
    [`{"eventType":"webhook.activated","data":{}}`, 403, "eventType"],
    [`{"eventType":"developer.webhook.test","data":{}}`, 403, "eventType"],
  ])("refuses %s with %i at %s and stores nothing", async (body, status, path) => {
    await expect(publishText(deps, principal, body)).rejects.toMatchObject({ status, errors: [{ path }] });
    expect(await storedCounts(deps)).toEqual({ events: 0, deliveries: 0 });
  });

  it("checks built-in data against its schema and against itself", async () => {
    const type = findBuiltIn("scheduling.smartscheduler.scheduled")!;
    const body = (data: object) => JSON.stringify({ eventType: type.name, data });
    await publishText(deps, principal, body(type.example));
    await expect(
      publishText(deps, principal, body({ ...type.example, meetingEnd: type.example.meetingStart })),
    ).rejects.toMatchObject({ status: 422, errors: [{ path: "data.meetingEnd" }] });
  });

  it("follows a schema that was changed, whatever was compiled before", async () => {
    await publishText(deps, principal, order("1"));
    await registerOrder(deps, principal.organizationId, {
      updatedAt: new Date(now.getTime() + 1),
      total: { type: "string" },
    });
    await expect(publishText(deps, principal, order("1"))).rejects.toMatchObject({ status: 422 });
    await publishText(deps, principal, order('"1"'));
    await deps.sql("DELETE FROM event_type");
    await expect(publishText(deps, principal, order('"1"'))).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "eventType" }],
    });
  });
});

describe("an idempotency key", () => {
  it("answers the same request with the first event and sends nothing twice", async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const first = await publishText(deps, principal, order("1"), "order 1");
    now = new Date(now.getTime() + 60_000);
    const second = await publishText(deps, principal, order("1"), "order 1");
    expect(second).toEqual({ ...first, duplicate: true });
    expect(await storedCounts(deps)).toEqual({ events: 1, deliveries: 1 });
  });

  it("refuses another body", async () => {
    await publishText(deps, principal, order("1"), "order 1");
    await expect(publishText(deps, principal, order("2"), "order 1")).rejects.toMatchObject({ status: 409 });
    expect(await storedCounts(deps)).toMatchObject({ events: 1 });
  });

  it("lets one of many concurrent requests publish", async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => publishText(deps, principal, order("1"), "order 1")),
    );
    expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await storedCounts(deps)).toEqual({ events: 1, deliveries: 1 });
  });

  it("is used up by an event that was stored, not by one that was refused", async () => {
    await expect(publishText(deps, principal, order('"x"'), "order 1")).rejects.toMatchObject({
      status: 422,
    });
    expect(await publishText(deps, principal, order("1"), "order 1")).toMatchObject({ duplicate: false });
  });

  it("answers with the first event also when its type is gone by then", async () => {
    const first = await publishText(deps, principal, order("1"), "order 1");
    await deps.sql("DELETE FROM event_type");
    expect(await publishText(deps, principal, order("1"), "order 1")).toEqual({ ...first, duplicate: true });
  });

  it("belongs to its organization", async () => {
    const body = JSON.stringify({
      eventType: "scheduling.smartscheduler.scheduled",
      data: findBuiltIn("scheduling.smartscheduler.scheduled")!.example,
    });
    const first = await publishText(deps, principal, body, "order 1");
    const others = await publishText(deps, await createTestPrincipal(deps), body, "order 1");
    expect(others.duplicate).toBe(false);
    expect(others.eventId).not.toBe(first.eventId);
  });

  it("is forgotten when the retention of its event is over", async () => {
    const first = await publishText(deps, principal, order("1"), "order 1");
    now = new Date(now.getTime() + deps.settings.retentionMs + 1);
    await deps.sql(
      `CREATE TABLE event_later PARTITION OF event
       FOR VALUES FROM ('${uuidV7Floor(now)}') TO ('${uuidV7Floor(new Date(now.getTime() + 1000))}')`,
    );
    const second = await publishText(deps, principal, order("2"), "order 1");
    expect(second.duplicate).toBe(false);
    expect(second.eventId).not.toBe(first.eventId);
  });

  it.each(["", "a\u0007", "é", "x".repeat(256)])("cannot be %j", async (key) => {
    await expect(publishText(deps, principal, order("1"), key)).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "Idempotency-Key" }],
    });
  });
});

it("is due at once, also when the clock of who accepted it runs an hour ahead", async () => {
  await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
  now = new Date(Date.now() + 3_600_000);
  await publishText(deps, principal, order("1"));
  const rows = await deps.sql<{ due: boolean }>(
    "SELECT due_at <= clock_timestamp() AS due FROM delivery WHERE purpose = 'event'",
  );
  expect(rows).toEqual([{ due: true }]);
});

describe("emitEvent", () => {
  const data = { endpointId: "ep_1", endpointUrl: "http://127.0.0.1:9/a", at: "2026-01-01T00:00:00.000Z" };
  const activated = ["webhook.activated", data] as const;

  it("is stored with the caller's transaction or not at all", async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const failing = sqlTransaction(deps.pool, async (sql) => {
      await emitEvent(deps, sql, principal.organizationId, ...activated);
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    expect(await storedCounts(deps)).toEqual({ events: 0, deliveries: 0 });

    const published = await deps.transaction(({ sql }) =>
      emitEvent(deps, sql, principal.organizationId, ...activated),
    );
    expect(published.deliveryCount).toBe(1);
    expect(await storedCounts(deps)).toEqual({ events: 1, deliveries: 1 });
  });

  it("refuses data that does not satisfy the type, loudly", async () => {
    const wrong = { endpointId: "ep_1" };
    await expect(
      emitEvent(deps, deps.sql, principal.organizationId, "webhook.activated", wrong),
    ).rejects.toThrow(/endpointUrl/);
  });
});
