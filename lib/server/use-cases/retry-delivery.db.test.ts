import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { AttemptListQuery } from "@/lib/schemas/attempt";
import { ReplayIn } from "@/lib/schemas/replay";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { keepHouse } from "@/lib/server/delivery/housekeeping";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { getAttempt } from "./get-attempt";
import { getDelivery } from "./get-delivery";
import { getEventDetail } from "./get-event-detail";
import { listEndpointAttempts } from "./list-attempts";
import { cancelReplay } from "./get-replay";
import { retryDelivery } from "./retry-delivery";
import { startReplay } from "./start-replay";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let endpointId: string;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  const once = { retrySchedule: [], defaultSchedule: false };
  endpointId = (await createTestEndpoint(deps, principal.organizationId, receiver.url, once)).id;
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

const drain = () => new DeliveryWorker(deps).drain(10_000);
const setSchedule = (retrySchedule: string[]) =>
  deps.prisma.endpoint.update({
    where: { id: endpointId },
    data: { retrySchedule, version: { increment: 1 } },
  });

/** Publishes one event and returns the UUID of its delivery, after its first attempt. */
async function deliver(): Promise<string> {
  const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(deps, deps.sql, principal.organizationId, [event]);
  await drain();
  const [row] = await deps.sql<{ id: string }>("SELECT id FROM delivery ORDER BY id DESC LIMIT 1");
  return row!.id;
}

describe("a delivery", () => {
  it("shows where it stands and each of its attempts", async () => {
    await setSchedule(["1h"]);
    receiver.answer = () => ({ status: 503 });
    const id = await deliver();
    const delivery = await getDelivery(deps, principal, id);
    expect(delivery).toMatchObject({
      id: encodeId("dlv", id),
      endpointId: encodeId("ep", endpointId),
      endpointUrl: receiver.url,
      eventType: "order.placed",
      purpose: "event",
      state: "pending",
      deliveryAttempt: 1,
      finishedAt: null,
      replayId: null,
    });
    expect(delivery.attempts).toMatchObject([{ deliveryAttempt: 0, outcome: "failed", statusCode: 503 }]);
    expect(delivery.nextAttemptAt).toBe(delivery.attempts[0]?.nextAttemptAt);
  });

  it("of another organization does not exist, to be read or to be retried", async () => {
    const id = await deliver();
    const stranger = await createTestPrincipal(deps);
    await expect(getDelivery(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(retryDelivery(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("a manual retry", () => {
  it("continues the attempt numbers, starts the schedule anew, and keeps the purpose", async () => {
    receiver.answer = (_request, earlier) => ({ status: earlier < 2 ? 500 : 200 });
    const id = await deliver();
    expect(await getDelivery(deps, principal, id)).toMatchObject({ state: "exhausted", deliveryAttempt: 1 });
    await setSchedule(["5ms"]);
    expect(await retryDelivery(deps, principal, id)).toMatchObject({
      state: "pending",
      deliveryAttempt: 1,
      finishedAt: null,
    });
    await drain();
    await expect
      .poll(async () => (await drain(), getDelivery(deps, principal, id)))
      .toMatchObject({
        state: "succeeded",
        purpose: "event",
        attempts: [
          { deliveryAttempt: 0, outcome: "failed" },
          { deliveryAttempt: 1, outcome: "failed" },
          { deliveryAttempt: 2, outcome: "succeeded" },
        ],
      });
    const numbers = receiver.requests.map(
      ({ body }) => (JSON.parse(body) as { deliveryAttempt: number }).deliveryAttempt,
    );
    expect(numbers).toEqual([0, 1, 2]);
    expect(new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("brings forward the attempt that a delivery waits for, instead of a refusal until the schedule is over", async () => {
    await setSchedule(["2h"]);
    receiver.answer = (_request, earlier) => ({ status: earlier < 1 ? 500 : 200 });
    const id = await deliver();
    const presses = await Promise.allSettled([1, 2, 3].map(() => retryDelivery(deps, principal, id)));
    expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await drain();
    expect(await getDelivery(deps, principal, id)).toMatchObject({
      state: "succeeded",
      attempts: [
        { deliveryAttempt: 0, outcome: "failed" },
        { deliveryAttempt: 1, outcome: "succeeded" },
      ],
    });
    expect(receiver.requests).toHaveLength(2);
  });

  it("sends again what succeeded, and the log shows each request as it was received", async () => {
    const id = await deliver();
    await retryDelivery(deps, principal, id);
    await drain();
    const { items } = await listEndpointAttempts(deps, principal, endpointId, AttemptListQuery.parse({}));
    const attempts = await Promise.all(
      items.map((one) => getAttempt(deps, principal, decodeId("att", one.id)!)),
    );
    expect(attempts.map(({ request }) => request.body).reverse()).toEqual(
      receiver.requests.map(({ body }) => body),
    );
    expect(attempts).toHaveLength(2);
  });

  it("is refused while the delivery is on its way, so that two presses send it once", async () => {
    receiver.answer = () => ({ status: 500 });
    const id = await deliver();
    const presses = await Promise.allSettled([1, 2, 3].map(() => retryDelivery(deps, principal, id)));
    const statuses = presses.map((press) =>
      press.status === "rejected" ? (press.reason as { status: number }).status : 202,
    );
    expect(statuses.sort()).toEqual([202, 409, 409]);
    await drain();
    expect(receiver.requests).toHaveLength(2);
  });

  it("is refused, with the reason, while the endpoint is not active", async () => {
    receiver.answer = () => ({ status: 500 });
    const id = await deliver();
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { state: "disabled" } });
    await expect(retryDelivery(deps, principal, id)).rejects.toMatchObject({
      status: 409,
      message: "The endpoint is disabled. Activate it first.",
    });
    expect(await getDelivery(deps, principal, id)).toMatchObject({ state: "exhausted" });
  });

  it("is refused with what the page of the event said beforehand, and with nothing where it said nothing", async () => {
    receiver.answer = () => ({ status: 500 });
    const id = await deliver();
    const { eventId } = await getDelivery(deps, principal, id);
    const saidBefore = async () => {
      const { deliveries } = await getEventDetail(deps, principal, decodeId("evt", eventId)!);
      return deliveries.map(({ retryRefusal }) => retryRefusal);
    };
    const press = () => retryDelivery(deps, principal, id).then(() => null, String);
    const isSaid = async () => expect(`AppError: ${(await saidBefore())[0]}`).toBe(await press());
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { state: "disabled" } });
    await isSaid();
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { state: "active" } });
    expect(await saidBefore()).toEqual([null]);
    expect(await press()).toBeNull();
    await isSaid();
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { deletedAt: deps.clock() } });
    await isSaid();
  });

  it("is written to the audit log by the name of who asked", async () => {
    const id = await deliver();
    await retryDelivery(deps, principal, id);
    expect(await deps.prisma.auditEntry.findMany({ where: { action: "delivery.retried" } })).toMatchObject([
      { actor: principal.actor, target: encodeId("dlv", id), before: { state: "succeeded" } },
    ]);
  });
});

describe("a delivery of a canceled replay", () => {
  it("that somebody retries by hand is sent: only what the replay had left was canceled", async () => {
    await deliver();
    const since = new Date(deps.clock().getTime() - 3_600_000).toISOString();
    const input = ReplayIn.parse({ scope: "all", since });
    const { replayId } = await startReplay(deps, principal, endpointId, input);
    await cancelReplay(deps, principal, decodeId("rpl", replayId) ?? "");
    const [replayed] = await deps.sql<{ id: string; state: string }>(
      "SELECT id, state::text AS state FROM delivery WHERE replay_id IS NOT NULL",
    );
    expect(replayed?.state).toBe("canceled");
    await retryDelivery(deps, principal, replayed!.id);
    await keepHouse(deps, null);
    await drain();
    expect(await getDelivery(deps, principal, replayed!.id)).toMatchObject({ state: "succeeded" });
    expect(receiver.requests).toHaveLength(2);
  });
});
