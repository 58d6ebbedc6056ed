import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { AttemptListQuery, AttemptSummaryQuery } from "@/lib/schemas/attempt";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint, type TestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { getAttempt } from "./get-attempt";
import { getDelivery } from "./get-delivery";
import { listAttemptSummaries, listEndpointAttempts } from "./list-attempts";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let endpoint: TestEndpoint;

const once = { retrySchedule: [], defaultSchedule: false };

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  endpoint = await createTestEndpoint(deps, principal.organizationId, receiver.url, once);
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function send(eventType: string, dataText = "{}"): Promise<void> {
  const event = { eventType, eventTimestamp: deps.clock(), data: JSON.parse(dataText) as unknown, dataText };
  await fanOut(deps, deps.sql, principal.organizationId, [event]);
  await new DeliveryWorker(deps).drain(10_000);
}

const list = (query: Record<string, string> = {}, endpointId = endpoint.id) =>
  listEndpointAttempts(deps, principal, endpointId, AttemptListQuery.parse(query));
const summaries = (query: Record<string, string> = {}) =>
  listAttemptSummaries(deps, principal, AttemptSummaryQuery.parse(query));
const uuidOf = (id: string) => decodeId("att", id) ?? "";

describe("an attempt", () => {
  it("shows the request byte for byte as it was received, with a signature that verifies over it", async () => {
    receiver.answer = () => ({ status: 200, headers: { "x-trace": "1" }, body: '{"ok":true}' });
    await send("order.placed", '{ "amount": 1.0, "big": 12345678901234567890, "name": "Zoë 🚀" }');
    const [listed] = (await list()).items;
    const attempt = await getAttempt(deps, principal, uuidOf(listed!.id));
    const [received] = receiver.requests;
    expect(attempt.request.body).toBe(received?.body);
    expect(attempt.request).toMatchObject({ method: "POST", url: receiver.url });
    expect(() =>
      new Webhook(endpoint.secret).verify(attempt.request.body!, attempt.request.headers),
    ).not.toThrow();
    for (const [name, value] of Object.entries(attempt.request.headers)) {
      expect([name, received?.headers[name]]).toEqual([name, value]);
    }
    expect(attempt.response).toMatchObject({
      body: '{"ok":true}',
      bodyTruncated: false,
      bodyIsBinary: false,
    });
    expect(attempt.response?.headers["x-trace"]).toBe("1");
    expect(attempt).toMatchObject({
      endpointId: encodeId("ep", endpoint.id),
      purpose: "event",
      deliveryAttempt: 0,
      outcome: "succeeded",
      statusCode: 200,
      errorCode: null,
      errorMessage: null,
      fault: null,
      nextAttemptAt: null,
    });
    expect(attempt.timings.firstByteMs).toBeGreaterThan(0);
    expect(attempt).toEqual(listed);
  });

  it("masks the endpoint's own headers, and keeps those of the answer apart by name", async () => {
    const sealed = (await import("@/lib/server/sealing")).headersContext(endpoint.id);
    await deps.prisma.endpoint.update({
      where: { id: endpoint.id },
      data: {
        headersSealed: deps.sealer.seal('{"x-token":"very secret"}', sealed),
        headerNames: ["x-token"],
      },
    });
    await send("order.placed");
    expect(receiver.requests[0]?.headers["x-token"]).toBe("very secret");
    const page = await list();
    expect(page.items[0]?.request.headers["x-token"]).toBe("***");
    expect(JSON.stringify(page)).not.toContain("very secret");
  });

  it("says so when the answer is longer than what is kept, or no text", async () => {
    receiver.answer = ({ body }) =>
      body.includes("large.answer")
        ? { status: 500, body: "é".repeat(20_000) }
        : { status: 500, body: "\0binary" };
    await send("large.answer");
    await send("binary.answer");
    const [binary, large] = (await list()).items;
    expect(large?.response).toMatchObject({ bodyTruncated: true, bodyIsBinary: false });
    expect(large?.response?.body).toBe("é".repeat(8_192));
    expect(binary?.response).toMatchObject({ bodyTruncated: false, bodyIsBinary: true });
  });

  it("without an answer has status 0, no response, and says whose fault it was", async () => {
    await receiver.close();
    await send("order.placed");
    expect((await list()).items[0]).toMatchObject({
      outcome: "failed",
      statusCode: 0,
      errorCode: "connection_refused",
      fault: "network",
      response: null,
    });
  });

  it("of another organization does not exist, in a list or alone", async () => {
    await send("order.placed");
    const [own] = (await list()).items;
    const stranger = await createTestPrincipal(deps);
    const query = AttemptListQuery.parse({});
    await expect(getAttempt(deps, stranger, uuidOf(own!.id))).rejects.toMatchObject({ status: 404 });
    await expect(listEndpointAttempts(deps, stranger, endpoint.id, query)).rejects.toMatchObject({
      status: 404,
    });
    const endpointId = encodeId("ep", endpoint.id);
    await expect(
      listAttemptSummaries(deps, stranger, AttemptSummaryQuery.parse({ endpointId })),
    ).rejects.toMatchObject({ status: 404 });
    expect((await listAttemptSummaries(deps, stranger, AttemptSummaryQuery.parse({}))).items).toEqual([]);
  });

  it("is not found past the retention, nor is its delivery, whether their day was dropped or not", async () => {
    await send("order.placed");
    const [listed] = (await list()).items;
    const [attemptId, deliveryId] = [uuidOf(listed!.id), decodeId("dlv", listed!.deliveryId) ?? ""];
    const after = (ms: number) => {
      const at = new Date(Date.now() + deps.settings.retentionMs + ms);
      return { ...deps, clock: () => at };
    };
    for (const find of [getAttempt, getDelivery]) {
      const id = find === getAttempt ? attemptId : deliveryId;
      await expect(find(after(-60_000), principal, id)).resolves.toBeDefined();
      await expect(find(after(60_000), principal, id)).rejects.toMatchObject({ status: 404 });
    }
    expect((await listEndpointAttempts(after(60_000), principal, endpoint.id, { limit: 50 })).items).toEqual(
      [],
    );
  });

  it("of a deleted endpoint stays readable", async () => {
    await send("order.placed");
    await deps.prisma.endpoint.update({ where: { id: endpoint.id }, data: { deletedAt: deps.clock() } });
    expect((await list()).items).toHaveLength(1);
  });
});

describe("the list of attempts", () => {
  beforeEach(async () => {
    receiver.answer = ({ body }) => ({ status: body.includes("order.lost") ? 404 : 200 });
    for (const type of ["order.placed", "order.lost", "invoice.paid", "order.lost", "order.placed"]) {
      await send(type);
    }
  });

  it("is filtered by outcome, event type and status, in any case of the words", async () => {
    const types = async (query: Record<string, string>) =>
      (await list(query)).items.map((one) => one.eventType);
    expect(await types({ outcome: "FAILED" })).toEqual(["order.lost", "order.lost"]);
    expect(await types({ outcome: "succeeded" })).toEqual(["order.placed", "invoice.paid", "order.placed"]);
    expect(await types({ eventType: "invoice.paid" })).toEqual(["invoice.paid"]);
    expect(await types({ statusCode: "404" })).toEqual(["order.lost", "order.lost"]);
    expect(await types({ statusCode: "2xx", eventType: "order.placed" })).toHaveLength(2);
    expect(await types({ statusCode: "5xx,0" })).toEqual([]);
    expect(await types({ statusCode: "2xx,404", eventType: "order.lost,invoice.paid" })).toHaveLength(3);
    expect(AttemptListQuery.safeParse({ statusCode: "9xx" }).success).toBe(false);
    expect(AttemptListQuery.safeParse({ oucome: "failed" }).success).toBe(false);
  });

  it("is found by its status also when that is a success other than 200", async () => {
    const lenient = { ...once, eventTypes: ["order.*"], successStatus: "2xx" };
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, lenient);
    receiver.answer = () => ({ status: 202 });
    await send("order.placed");
    expect((await list({ statusCode: "202" }, id)).items).toMatchObject([{ outcome: "succeeded" }]);
    expect((await list({ statusCode: "202" })).items).toMatchObject([{ outcome: "failed" }]);
  });

  it("is filtered by time to the millisecond, the end left out", async () => {
    const all = (await list()).items;
    const since = all[3]!.deliveryTimestamp;
    const until = all[1]!.deliveryTimestamp;
    expect((await list({ since, until })).items.map(({ id }) => id)).toEqual([all[2]!.id, all[3]!.id]);
    expect((await list({ until: "1969-01-01T00:00:00Z" })).items).toEqual([]);
    expect((await list({ since: "1969-01-01T00:00:00Z" })).items).toHaveLength(5);
  });

  it("is read page by page, newest first, each attempt once", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: "2", ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual((await list()).items.map(({ id }) => id));
    expect(seen).toEqual([...seen].sort().reverse());
    await expect(list({ cursor: "no cursor" })).rejects.toMatchObject({ status: 422 });
  });

  it("of the dashboard names the same attempts over all endpoints, without what was sent and answered", async () => {
    const other = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      ...once,
      eventTypes: ["invoice.*"],
    });
    await send("invoice.paid");
    const { items } = await summaries();
    expect(items).toHaveLength(7);
    expect(items[0]).not.toHaveProperty("request");
    const ofOther = await summaries({ endpointId: encodeId("ep", other.id) });
    expect(ofOther.items.map(({ eventType }) => eventType)).toEqual(["invoice.paid"]);
    const both = [endpoint.id, other.id].map((id) => encodeId("ep", id)).join(",");
    expect((await summaries({ endpointId: both, range: "1h" })).items).toHaveLength(7);
    const page = await summaries({ limit: "3", outcome: "failed" });
    expect({ count: page.items.length, next: page.nextCursor }).toEqual({ count: 2, next: null });
  });
});

describe("a page of attempts with much data", () => {
  it("ends early and goes on with the next one, losing none", async () => {
    const dataText = JSON.stringify({ text: "x".repeat(900_000) });
    const event = { eventType: "large.event", eventTimestamp: deps.clock(), data: {}, dataText };
    await fanOut(
      deps,
      deps.sql,
      principal.organizationId,
      Array.from({ length: 7 }, () => event),
    );
    await new DeliveryWorker(deps).drain(10_000);
    const first = await list();
    expect(first.items.length).toBeLessThan(7);
    const rest = await list({ cursor: first.nextCursor! });
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect({ count: new Set(ids).size, next: rest.nextCursor }).toEqual({ count: 7, next: null });
  });
});
