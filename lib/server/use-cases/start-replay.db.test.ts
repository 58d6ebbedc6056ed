import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { ReplayIn } from "@/lib/schemas/replay";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import { lockReplays } from "@/lib/server/db/replays";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { getReplay, listReplays } from "./get-replay";
import { dryRunReplay, startReplay } from "./start-replay";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let endpointId: string;

const since = new Date(Date.now() - 3_600_000).toISOString();
const replay = (input: Record<string, unknown>) => ReplayIn.parse({ since, ...input });

beforeEach(async () => {
  deps = await createTestDeps(database().url, { POSTHORN_RETRY_SCHEDULE: "5ms" });
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  const changes = { eventTypes: ["order.*"], filter: { number: { $gte: 10 } } };
  endpointId = (await createTestEndpoint(deps, principal.organizationId, receiver.url, changes)).id;
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function publish(count: number, eventType = "order.placed", from = 10): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({
    eventType,
    eventTimestamp: new Date(),
    data: { number: from + index },
    dataText: JSON.stringify({ number: from + index }),
  }));
  await fanOut(deps, deps.sql, principal.organizationId, events);
}

async function setState(state: "active" | "disabled"): Promise<void> {
  const activatedAt = state === "active" ? deps.clock() : null;
  await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { state, activatedAt } });
}

const drain = () => new DeliveryWorker(deps).drain(10_000);
const uuidOf = (replayId: string) => decodeId("rpl", replayId) ?? "";

describe("a replay", () => {
  it("of what was missed sends the events of a disabled spell that the endpoint wants, once", async () => {
    await publish(3);
    await drain();
    await setState("disabled");
    await publish(5);
    await publish(4, "invoice.paid");
    await publish(2, "order.placed", 1);
    await setState("active");
    expect(await dryRunReplay(deps, principal, endpointId, replay({ scope: "missed" }))).toEqual({
      matched: 5,
      byEventType: [{ eventType: "order.placed", count: 5 }],
    });
    expect(receiver.requests).toHaveLength(3);
    const { replayId, matched } = await startReplay(deps, principal, endpointId, replay({ scope: "missed" }));
    expect(matched).toBe(5);
    await drain();
    expect(receiver.requests).toHaveLength(8);
    expect(await getReplay(deps, principal, uuidOf(replayId))).toMatchObject({
      state: "completed",
      matched: 5,
      queued: 0,
      succeeded: 5,
      failed: 0,
      canceled: 0,
    });
    expect((await dryRunReplay(deps, principal, endpointId, replay({ scope: "missed" }))).matched).toBe(0);
  });

  it("goes through a filter over more events than it reads at a time, each of them once", async () => {
    await setState("disabled");
    for (let from = 0; from < 4_500; from += 500) await publish(500, "order.placed", from);
    await setState("active");
    const matched = 4_490;
    const input = replay({ scope: "missed" });
    expect(await dryRunReplay(deps, principal, endpointId, input)).toMatchObject({ matched });
    expect(await startReplay(deps, principal, endpointId, input)).toMatchObject({ matched });
    expect(await startReplay(deps, principal, endpointId, input)).toMatchObject({ matched: 0 });
    const events = await deps.sql("SELECT DISTINCT event_id FROM delivery WHERE purpose = 'replay'");
    expect(events).toHaveLength(matched);
  });

  it("of what failed takes what was given up, and not what succeeded or is still on its way", async () => {
    receiver.answer = () => ({ status: 500 });
    await publish(4);
    await drain();
    await vi.waitFor(async () => {
      await drain();
      expect((await dryRunReplay(deps, principal, endpointId, replay({ scope: "failed" }))).matched).toBe(4);
    });
    receiver.answer = () => ({ status: 200 });
    await publish(2);
    await drain();
    await startReplay(deps, principal, endpointId, replay({ scope: "failed" }));
    expect((await dryRunReplay(deps, principal, endpointId, replay({ scope: "failed" }))).matched).toBe(0);
    await drain();
    const [row] = await deps.sql<{ count: number }>(
      "SELECT count(*)::integer AS count FROM attempt WHERE purpose = 'replay' AND succeeded",
    );
    expect(row?.count).toBe(4);
  });

  it("finds nothing in a time before there were identifiers", async () => {
    await publish(1);
    const range = { since: "1969-12-31T23:59:59.998Z", until: "1969-12-31T23:59:59.999Z" };
    expect(
      (await dryRunReplay(deps, principal, endpointId, replay({ scope: "all", ...range }))).matched,
    ).toBe(0);
  });

  it("never makes a delivery twice: of several at once each waits for what the one before has made", async () => {
    await setState("disabled");
    await publish(50);
    await setState("active");
    const input = replay({ scope: "all" });
    const { starting } = await deps.transaction(async ({ sql }) => {
      await lockReplays(sql, endpointId);
      const both = [1, 2].map(() => startReplay(deps, principal, endpointId, input));
      await vi.waitFor(async () => expect(await waitingForLocks(deps.sql)).toBe(2), 10_000);
      return { starting: both };
    });
    const started = await Promise.all(starting);
    expect(started.map(({ matched }) => matched).sort((a, b) => a - b)).toEqual([0, 50]);
    await drain();
    expect(receiver.requests).toHaveLength(50);
  });

  it("goes on at its pace behind a whole page of events that the endpoint does not want", async () => {
    await setState("disabled");
    await publish(1);
    await publish(2_000, "order.placed", -2_000);
    await publish(2);
    await setState("active");
    const input = replay({ scope: "missed", perSecond: 2 });
    expect((await startReplay(deps, principal, endpointId, input)).matched).toBe(3);
    const rows = await deps.sql<{ waitMs: number }>(
      `SELECT extract(epoch FROM due_at - min(due_at) OVER ())::float8 * 1000 AS "waitMs"
       FROM delivery WHERE purpose = 'replay' ORDER BY id`,
    );
    expect(rows.map(({ waitMs }) => waitMs)).toEqual([0, 500, 1_000]);
  });

  it("counts every delivery that it made as one thing or another", async () => {
    await setState("disabled");
    await publish(6);
    await setState("active");
    const { replayId } = await startReplay(deps, principal, endpointId, replay({ scope: "missed" }));
    await deps.sql(
      `UPDATE delivery SET state = (ARRAY['pending', 'held', 'succeeded', 'exhausted', 'discarded', 'canceled'])[number]::delivery_state
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM delivery) numbered
       WHERE numbered.id = delivery.id`,
    );
    expect(await getReplay(deps, principal, uuidOf(replayId))).toMatchObject({
      ...{ state: "running", matched: 6, queued: 2, succeeded: 1, failed: 2, canceled: 1, finishedAt: null },
    });
  });

  it("is refused at a pace so slow that its last delivery would be due after the end of time", () => {
    const slow = { since: "2026-01-01T00:00:00Z", scope: "all", perSecond: 5e-324 };
    expect(ReplayIn.safeParse(slow).error?.issues[0]?.message).toBe("must be at least 0.001");
    expect(ReplayIn.safeParse({ ...slow, perSecond: 0.001 }).success).toBe(true);
  });

  it("names an event type that does not exist, instead of saying that nothing of it was missed", async () => {
    for (const act of [startReplay, dryRunReplay]) {
      const misspelled = replay({ scope: "all", eventTypes: ["webhook.*", "webhook.recoverd"] });
      await expect(act(deps, principal, endpointId, misspelled)).rejects.toMatchObject({
        status: 422,
        errors: [{ path: "eventTypes", message: 'There is no event type "webhook.recoverd"' }],
      });
      const known = replay({ scope: "all", eventTypes: ["webhook.recovered"] });
      await expect(act(deps, principal, endpointId, known)).resolves.toMatchObject({ matched: 0 });
    }
  });

  it("is refused while the endpoint is not active, and is another organization's secret", async () => {
    await setState("disabled");
    await expect(startReplay(deps, principal, endpointId, replay({ scope: "all" }))).rejects.toMatchObject({
      status: 409,
    });
    const stranger = await createTestPrincipal(deps);
    for (const act of [startReplay, dryRunReplay]) {
      await expect(act(deps, stranger, endpointId, replay({ scope: "all" }))).rejects.toMatchObject({
        status: 404,
      });
    }
    await expect(getReplay(deps, stranger, deps.newId())).rejects.toMatchObject({ status: 404 });
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { deletedAt: deps.clock() } });
    for (const act of [startReplay, dryRunReplay]) {
      await expect(act(deps, principal, endpointId, replay({ scope: "all" }))).rejects.toMatchObject({
        status: 404,
      });
    }
    // An empty list would say that the endpoint is there and has none.
    await expect(listReplays(deps, stranger, endpointId)).rejects.toMatchObject({ status: 404 });
  });

  it("never tells an endpoint about itself, nor of others' tests", async () => {
    await deps.prisma.endpoint.update({ where: { id: endpointId }, data: { eventTypes: ["*"], filter: {} } });
    await setState("disabled");
    const about = (id: string) => ({ endpointId: encodeId("ep", id) });
    for (const data of [about(endpointId), about(deps.newId())]) {
      const event = {
        eventType: "webhook.activated",
        eventTimestamp: new Date(),
        data,
        dataText: JSON.stringify(data),
      };
      await fanOut(deps, deps.sql, principal.organizationId, [event]);
    }
    await publish(1, "developer.webhook.test");
    await setState("active");
    expect(await dryRunReplay(deps, principal, endpointId, replay({ scope: "all" }))).toEqual({
      matched: 1,
      byEventType: [{ eventType: "webhook.activated", count: 1 }],
    });
  });
});
