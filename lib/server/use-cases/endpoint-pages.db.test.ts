import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { activateEndpoint } from "./activate-endpoint";
import { getEndpointPage } from "./get-endpoint-page";
import { listEndpointCards } from "./list-endpoint-cards";
import { previewSubscription } from "./preview-subscription";
import { testEndpoint } from "./test-endpoint";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let stranger: Principal;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url, { POSTHORN_RETRY_SCHEDULE: "5m" });
  principal = await createTestPrincipal(deps, "developer");
  stranger = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function publish(eventType: string, data: object = {}, times = 1): Promise<void> {
  const event = { eventType, eventTimestamp: deps.clock(), data, dataText: JSON.stringify(data) };
  await fanOut(
    deps,
    deps.sql,
    principal.organizationId,
    Array.from({ length: times }, () => event),
  );
}

const drain = () => new DeliveryWorker(deps).drain(10_000);

describe("the list of endpoints", () => {
  it("shows what each one did in the last day and its own last failure, tests left out", async () => {
    receiver.answer = (_request, earlier) => ({ status: earlier === 0 ? 500 : 200 });
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish("invoice.paid");
    await drain();
    await publish("invoice.paid", {}, 3);
    await drain();
    const other = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      state: "disabled",
    });
    receiver.answer = () => ({ status: 503 });
    await testEndpoint(deps, principal, other.id, {});
    const { items } = await listEndpointCards(deps, principal, { limit: 50 });
    const [quiet, busy] = items;
    expect(quiet).toMatchObject({ endpoint: { id: encodeId("ep", other.id) }, lastFailure: null });
    expect(quiet?.hours).toHaveLength(24);
    expect(quiet?.hours.every(({ ok, failed }) => ok + failed === 0)).toBe(true);
    expect(busy).toMatchObject({
      endpoint: { id: encodeId("ep", id) },
      lastFailure: { message: expect.stringContaining("500") as string },
    });
    const sums = busy?.hours.reduce((sum, { ok, failed }) => [sum[0]! + ok, sum[1]! + failed], [0, 0]);
    expect(sums).toEqual([3, 1]);
  });

  it("asks for healthy ones among those that receive events, unless another state is named", async () => {
    const { organizationId } = principal;
    const active = await createTestEndpoint(deps, organizationId, receiver.url);
    const disabled = await createTestEndpoint(deps, organizationId, receiver.url, { state: "disabled" });
    const shown = async (state?: "disabled") => {
      const { items } = await listEndpointCards(deps, principal, { limit: 50, status: "healthy", state });
      return items.map(({ endpoint }) => endpoint.id);
    };
    expect(await shown()).toEqual([encodeId("ep", active.id)]);
    expect(await shown("disabled")).toEqual([encodeId("ep", disabled.id)]);
  });

  it("shows nobody else's", async () => {
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    expect(await listEndpointCards(deps, stranger, { limit: 50 })).toEqual({ items: [], nextCursor: null });
  });
});

describe("an endpoint's page", () => {
  it("follows a validation: each try with its answer, when the next one is due, and what waits", async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      state: "disabled",
    });
    expect((await getEndpointPage(deps, principal, id)).validation).toBeNull();
    await activateEndpoint(deps, principal, id);
    await publish("invoice.paid", {}, 2);
    const waiting = await getEndpointPage(deps, principal, id);
    expect(waiting).toMatchObject({
      heldCount: 2,
      stateReason: "activation_requested",
      validation: { tries: [] },
    });
    await drain();
    const page = await getEndpointPage(deps, principal, id);
    expect(page.validation).toMatchObject({
      tries: [{ succeeded: false, statusCode: 500 }],
      isSending: false,
    });
    expect(Date.parse(page.validation?.nextTryAt ?? "")).toBeGreaterThan(deps.clock().getTime());
    receiver.answer = () => ({ status: 200 });
    await deps.sql("UPDATE delivery SET due_at = $1::timestamptz WHERE purpose = 'validation'", [
      deps.clock(),
    ]);
    await drain();
    const active = await getEndpointPage(deps, principal, id);
    expect(active).toMatchObject({
      endpoint: { state: "active" },
      heldCount: 0,
      validation: { tries: [{ succeeded: true }, { succeeded: false }], nextTryAt: null },
    });
    expect(active.stats.items.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(2);
  });

  it("is not found by another organization", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await expect(getEndpointPage(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("the preview of a subscription", () => {
  it("counts what the patterns match and judges a filter by the newest events", async () => {
    await publish("invoice.paid", { amount: 5 }, 3);
    await publish("invoice.paid", { amount: 500 }, 1);
    await publish("invoice.voided", { amount: 500 }, 1);
    await publish("order.placed", {}, 2);
    const preview = (eventTypes: string, filter?: string) =>
      previewSubscription(deps, principal, { eventTypes, filter });
    expect(await preview("*")).toMatchObject({ matchedTypes: 7, sample: null, retentionDays: 7 });
    expect(await preview("invoice.*")).toMatchObject({
      matchedTypes: 5,
      byType: [
        { eventType: "invoice.paid", count: 4 },
        { eventType: "invoice.voided", count: 1 },
      ],
    });
    expect(await preview("invoice.*", '{ "amount": { "$gte": 100 } }')).toMatchObject({
      sample: { looked: 5, passed: 2 },
    });
    expect(await preview("")).toMatchObject({ matchedTypes: 0 });
    await expect(preview("*", "{")).rejects.toMatchObject({ status: 422, errors: [{ path: "filter" }] });
    await expect(preview("*", '{ "$where": "1" }')).rejects.toMatchObject({ status: 422 });
    const foreign = await previewSubscription(deps, stranger, { eventTypes: "*" });
    expect(foreign.matchedTypes).toBe(0);
  });
});
