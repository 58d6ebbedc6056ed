import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { EventListQuery, EventSearch } from "@/lib/schemas/event";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { eventPageResponse, eventResponse } from "@/lib/server/http/event-response";
import type { Principal } from "@/lib/server/principal";
import { publishText } from "@/lib/server/testing/publish-text";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createEventType } from "./create-event-type";
import { getEvent } from "./get-event";
import { listEventSummaries } from "./list-event-summaries";
import { listEvents } from "./list-events";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let now = new Date();

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
  for (const name of ["shop.order.paid", "shop.order.sent"]) await register(name);
});
afterEach(() => closeTestDeps(deps));

const register = (name: string) =>
  createEventType(deps, principal, { name, description: "", schema: { type: "object" }, example: {} });

/** Publishes one event a millisecond after the one before. */
async function publish(type: string, dataText = "{}"): Promise<string> {
  now = new Date(now.getTime() + 1);
  return (await publishText(deps, principal, `{"eventType":"${type}","data":${dataText}}`)).eventId;
}

const list = (query: object = {}, as = principal) => listEvents(deps, as, EventListQuery.parse(query));
const search = (query: object = {}, as = principal) => listEventSummaries(deps, as, EventSearch.parse(query));
const idsOf = (page: { items: { eventId: string }[] }) => page.items.map(({ eventId }) => eventId);

describe("the list of events", () => {
  it("is newest first, page by page, each event once, in both shapes", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.unshift(await publish("shop.order.paid"));
    const pages = [
      (cursor?: string) => list({ limit: 3, cursor }),
      (cursor?: string) => search({ limit: 3, cursor }),
    ];
    for (const readPage of pages) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await readPage(cursor);
        seen.push(...idsOf(page));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(ids);
    }
  });

  it("is filtered by type and by the time of acceptance: since is included, until is not", async () => {
    const first = await publish("shop.order.paid");
    const second = await publish("shop.order.sent");
    const at = now.toISOString();
    const third = await publish("shop.order.paid");
    expect(idsOf(await list({ eventType: "shop.order.paid" }))).toEqual([third, first]);
    expect(idsOf(await list({ since: at }))).toEqual([third, second]);
    expect(idsOf(await list({ until: at }))).toEqual([first]);
    expect(idsOf(await list({ until: "1960-01-01T00:00:00Z" }))).toEqual([]);
    expect(idsOf(await list({ since: "1960-01-01T00:00:00Z", eventType: "shop.order.sent" }))).toEqual([
      second,
    ]);
  });

  it("is searched by several types at once, or for one event by its id", async () => {
    await register("shop.order.lost");
    const [paid, sent, lost] = [
      await publish("shop.order.paid"),
      await publish("shop.order.sent"),
      await publish("shop.order.lost"),
    ];
    expect(idsOf(await search({ eventTypes: "shop.order.paid,shop.order.lost" }))).toEqual([lost, paid]);
    expect(idsOf(await search({ id: ` ${sent}` }))).toEqual([sent]);
    for (const id of ["evt_", "shop\u0000", paid.replace("evt", "ep")]) {
      expect(idsOf(await search({ id }))).toEqual([]);
    }
    expect(idsOf(await search({ id: sent }, await createTestPrincipal(deps)))).toEqual([]);
  });

  it.each([{ cursor: "evt_x" }, { cursor: "ep_01h455vb4pex5vsknk084sn02q" }])("refuses %j", async (query) => {
    await expect(list(query)).rejects.toMatchObject({ status: 422, errors: [{ path: "cursor" }] });
  });

  it("never shows another organization's events, also with their cursor", async () => {
    await publish("shop.order.paid");
    const cursor = await publish("shop.order.paid");
    const other = await createTestPrincipal(deps);
    expect(idsOf(await list({}, other))).toEqual([]);
    expect(idsOf(await list({ cursor }, other))).toEqual([]);
  });

  it("ends with the retention", async () => {
    const id = await publish("shop.order.paid");
    now = new Date(now.getTime() + deps.settings.retentionMs - 1000);
    expect(idsOf(await list())).toEqual([id]);
    now = new Date(now.getTime() + 2000);
    expect(idsOf(await list())).toEqual([]);
    await expect(getEvent(deps, principal, decodeId("evt", id)!)).rejects.toMatchObject({ status: 404 });
  });

  it("makes shorter pages of large data, without losing an event", async () => {
    const large = JSON.stringify({ text: "x".repeat(1_000_000) });
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.unshift(await publish("shop.order.paid", large));
    const first = await list();
    expect(first.items).toHaveLength(5);
    const second = await list({ cursor: first.nextCursor });
    expect(idsOf(first).concat(idsOf(second))).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});

describe("an event", () => {
  it("tells where it went, and is answered with the data that was published", async () => {
    const endpoint = await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/a");
    await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/b", { state: "validating" });
    const id = await publish("shop.order.paid", '{"n": 12345678901234567890.10}');
    await deps.prisma.endpoint.update({ where: { id: endpoint.id }, data: { deletedAt: now } });

    const event = await getEvent(deps, principal, decodeId("evt", id)!);
    expect(event.deliveries).toMatchObject([
      {
        endpointUrl: "http://127.0.0.1:9/a",
        purpose: "event",
        state: "pending",
        deliveryAttempt: 0,
        nextAttemptAt: now.toISOString(),
        finishedAt: null,
      },
      { endpointUrl: "http://127.0.0.1:9/b", state: "held", nextAttemptAt: null },
    ]);
    expect((await search()).items[0]).toMatchObject({
      id,
      deliveryCounts: { pending: 1, held: 1 },
    });

    const text = await eventResponse(event).text();
    expect(text).toContain('"data":{"n": 12345678901234567890.10}}');
    expect(JSON.parse(text)).toMatchObject({ id, eventId: id, createdAt: now.toISOString() });
    const page = await eventPageResponse(await list()).text();
    expect(page).toContain(`"items":[${text}]`);
    expect(JSON.parse(await eventPageResponse({ items: [], nextCursor: null }).text())).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});
