import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { order, registerOrder, storedCounts } from "@/lib/server/testing/order-event-type";
import { publishBatchText, publishText } from "@/lib/server/testing/publish-text";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { getEvent } from "./get-event";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let now: Date;

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
  await registerOrder(deps, principal.organizationId);
});
afterEach(() => closeTestDeps(deps));

const batch = (...events: string[]) => `{ "events" : [ ${events.join(" , ")} ] }`;

describe("a batch", () => {
  it("is stored in order, each event with its own data", async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const items = await publishBatchText(deps, principal, batch(order("1.0"), order("2.00"), order("3e0")));
    expect(items.map(({ deliveries, duplicate }) => ({ deliveries, duplicate }))).toEqual(
      Array.from({ length: 3 }, () => ({ deliveries: 1, duplicate: false })),
    );
    const events = await Promise.all(
      items.map(({ eventId }) => getEvent(deps, principal, decodeId("evt", eventId)!)),
    );
    expect(events.map(({ dataText }) => dataText)).toEqual([
      '{"total":1.0}',
      '{"total":2.00}',
      '{"total":3e0}',
    ]);
  });

  it("takes a thousand events, and none without one or beyond it", async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    const thousand = Array.from({ length: 1000 }, (_, index) => order(String(index)));
    expect(await publishBatchText(deps, principal, batch(...thousand))).toHaveLength(1000);
    expect(await storedCounts(deps)).toEqual({ events: 1000, deliveries: 1000 });
    for (const events of [[], [...thousand, order("1")]]) {
      await expect(publishBatchText(deps, principal, batch(...events))).rejects.toMatchObject({
        status: 422,
        errors: [{ path: "events" }],
      });
    }
  });

  it.each([
    [order('"x"'), 422, "events[1].data.total"],
    [`{"eventType":"shop.order.sent","data":{}}`, 422, "events[1].eventType"],
    [`{"eventType":"shop.order.paid","data":1}`, 422, "events[1].data"],
    [`{"eventType":"webhook.activated","data":{}}`, 403, "events[1].eventType"],
  ])("stores nothing when one event is refused, and names it: %s", async (bad, status, path) => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    await expect(publishBatchText(deps, principal, batch(order("1"), bad, order("3")))).rejects.toMatchObject(
      { status, errors: [{ path }] },
    );
    expect(await storedCounts(deps)).toEqual({ events: 0, deliveries: 0 });
  });
});

describe("an idempotency key of a batch", () => {
  const three = batch(order("1"), order("2"), order("3"));

  beforeEach(async () => {
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
  });

  it("stores the batch once, and answers with the first one's events in their order", async () => {
    const first = await publishBatchText(deps, principal, three, "batch 1");
    expect(first.map(({ duplicate }) => duplicate)).toEqual([false, false, false]);
    now = new Date(now.getTime() + 60_000);
    const second = await publishBatchText(deps, principal, three, "batch 1");
    expect(second).toEqual(first.map((event) => ({ ...event, duplicate: true })));
    expect(await storedCounts(deps)).toEqual({ events: 3, deliveries: 3 });
    expect(deps.tally.acceptedCount).toBe(3);
  });

  it("stores it once when several clients send it at the same moment", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => publishBatchText(deps, principal, three, "batch 1")),
    );
    expect(new Set(answers.map((items) => items.map(({ eventId }) => eventId).join())).size).toBe(1);
    expect(answers.filter(([event]) => event?.duplicate === false)).toHaveLength(1);
    expect(await storedCounts(deps)).toEqual({ events: 3, deliveries: 3 });
  });

  it.each([
    ["another batch", batch(order("1"), order("2"))],
    ["the same events in another spelling", batch(order("1"), order("2"), order("3", " "))],
  ])("is refused for %s", async (_, other) => {
    const [first] = await publishBatchText(deps, principal, three, "batch 1");
    await expect(publishBatchText(deps, principal, other, "batch 1")).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(first!.eventId) as string,
    });
    expect(await storedCounts(deps)).toEqual({ events: 3, deliveries: 3 });
  });

  it("is one with the keys of single events", async () => {
    await publishBatchText(deps, principal, three, "batch 1");
    await publishText(deps, principal, order("1"), "order 1");
    const conflict = { status: 409 };
    await expect(publishText(deps, principal, order("1"), "batch 1")).rejects.toMatchObject(conflict);
    await expect(publishBatchText(deps, principal, three, "order 1")).rejects.toMatchObject(conflict);
  });

  it("is used up by a batch that was stored, not by one that was refused", async () => {
    const bad = batch(order("1"), order('"x"'));
    await expect(publishBatchText(deps, principal, bad, "batch 1")).rejects.toMatchObject({ status: 422 });
    const [event] = await publishBatchText(deps, principal, three, "batch 1");
    expect(event?.duplicate).toBe(false);
  });

  it("is forgotten as soon as the retention of the batch's first event is over", async () => {
    const [first] = await publishBatchText(deps, principal, three, "batch 1");
    await deps.sql("DELETE FROM event WHERE id = $1::uuid", [decodeId("evt", first!.eventId)]);
    const again = await publishBatchText(deps, principal, three, "batch 1");
    expect(again.map(({ duplicate }) => duplicate)).toEqual([false, false, false]);
    const onceMore = await publishBatchText(deps, principal, three, "batch 1");
    expect(onceMore).toEqual(again.map((event) => ({ ...event, duplicate: true })));
  });
});
