import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { encodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let workers: DeliveryWorker[];

beforeEach(async () => {
  deps = await createTestDeps(database().url, {
    POSTHORN_RETRY_SCHEDULE: "20ms,20ms,20ms",
    POSTHORN_VALIDATION_RETRY_EVERY: "100ms",
    POSTHORN_REQUEST_TIMEOUT: "1s",
  });
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  workers = [];
});

afterEach(async () => {
  await receiver.close();
  for (const worker of workers) await worker.stop(500);
  await closeTestDeps(deps);
});

function startWorker(): DeliveryWorker {
  const worker = new DeliveryWorker(deps);
  workers.push(worker);
  worker.start();
  return worker;
}

async function publish(count = 1, organizationId = principal.organizationId): Promise<string[]> {
  const events = Array.from({ length: count }, (_, number) => ({
    eventType: "order.placed",
    eventTimestamp: new Date("2026-03-01T10:00:00.000Z"),
    data: { number },
    dataText: `{ "number": ${number} }`,
  }));
  return (await fanOut(deps, deps.sql, organizationId, events)).map((event) => event.id);
}

interface DeliveryRow {
  state: string;
  delivery_attempt: number;
  lease_id: string | null;
}

const deliveries = () =>
  deps.sql<DeliveryRow>("SELECT state::text AS state, delivery_attempt, lease_id FROM delivery ORDER BY id");

interface AttemptRow {
  succeeded: boolean;
  status_code: number;
  delivery_attempt: number;
  error_code: string | null;
  fault: string | null;
  next_attempt_at: Date | null;
  delivery_timestamp: Date;
}

const attempts = () => deps.sql<AttemptRow>("SELECT * FROM attempt ORDER BY id");

const settled = (state: string, count = 1) =>
  vi.waitFor(
    async () => {
      const rows = await deliveries();
      expect(rows.map((row) => row.state)).toEqual(Array.from({ length: count }, () => state));
    },
    { timeout: 10_000, interval: 20 },
  );

describe("a delivery", () => {
  it("arrives signed, with the event's data byte for byte, and is logged", async () => {
    const { id, secret } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    const [eventId = ""] = await publish();
    startWorker();
    await settled("succeeded");
    const [request] = receiver.requests;
    expect(request?.method).toBe("POST");
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers["user-agent"]).toMatch(/^Posthorn\/\d/);
    expect(request?.headers["webhook-id"]).toBe(encodeId("evt", eventId));
    expect(() =>
      new Webhook(secret).verify(request?.body ?? "", request?.headers as Record<string, string>),
    ).not.toThrow();
    expect(request?.body).toContain('"data":{ "number": 0 }}');
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      organizationGuid: encodeId("org", principal.organizationId),
      eventId: encodeId("evt", eventId),
      webhookId: encodeId("ep", id),
      endpointUrl: receiver.url,
      eventTimestamp: "2026-03-01T10:00:00.000Z",
      deliveryAttempt: 0,
      eventType: "order.placed",
      data: { number: 0 },
    });
    expect(await attempts()).toMatchObject([
      {
        succeeded: true,
        status_code: 200,
        delivery_attempt: 0,
        error_code: null,
        fault: null,
        next_attempt_at: null,
      },
    ]);
    const [sum] = await deps.sql<{ attempts: number }>(
      "SELECT sum(attempts)::integer AS attempts FROM delivery_count",
    );
    expect(sum?.attempts).toBe(1);
  });

  it("arrives whole when its data is large", async () => {
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    const data = { text: "ü".repeat(400_000) };
    const event = {
      eventType: "order.placed",
      eventTimestamp: new Date(),
      data,
      dataText: JSON.stringify(data),
    };
    await fanOut(deps, deps.sql, principal.organizationId, [event]);
    startWorker();
    await settled("succeeded");
    expect((JSON.parse(receiver.requests[0]?.body ?? "") as { data: unknown }).data).toEqual(data);
  });

  it("is retried with a fresh timestamp, number and signature until it succeeds", async () => {
    receiver.answer = (_request, earlier) => ({ status: earlier < 2 ? 500 : 200 });
    const { secret } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish();
    startWorker();
    await settled("succeeded");
    expect(receiver.requests).toHaveLength(3);
    const bodies = receiver.requests.map(({ body, headers }) => {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return JSON.parse(body) as { deliveryAttempt: number; deliveryTimestamp: string };
    });
    expect(bodies.map((body) => body.deliveryAttempt)).toEqual([0, 1, 2]);
    expect(new Set(bodies.map((body) => body.deliveryTimestamp)).size).toBe(3);
    expect(new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await attempts()).map((attempt) => attempt.succeeded)).toEqual([false, false, true]);
  });

  it("is given up after four attempts and never sent again", async () => {
    receiver.answer = () => ({ status: 500 });
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish();
    startWorker();
    await settled("exhausted");
    const rows = await attempts();
    expect(rows.map((row) => row.delivery_attempt)).toEqual([0, 1, 2, 3]);
    expect(rows.map((row) => row.next_attempt_at === null)).toEqual([false, false, false, true]);
    expect(rows.every((row) => row.error_code === "unexpected_status" && row.fault === "receiver")).toBe(
      true,
    );
    const { remaining } = await new DeliveryWorker(deps).drain(1_000);
    expect({ remaining, requests: receiver.requests.length }).toEqual({ remaining: 0, requests: 4 });
  });

  it("does not follow a redirect, and takes 204 only where the endpoint says so", async () => {
    receiver.answer = ({ path }) =>
      path === "/redirect" ? { status: 302, headers: { location: receiver.url } } : { status: 204 };
    const base = receiver.url.replace("/webhooks", "");
    const once = { retrySchedule: [], defaultSchedule: false, eventTypes: ["order.*"] };
    await createTestEndpoint(deps, principal.organizationId, `${base}/redirect`, once);
    await createTestEndpoint(deps, principal.organizationId, `${base}/strict`, once);
    await createTestEndpoint(deps, principal.organizationId, `${base}/lenient`, {
      ...once,
      successStatus: "2xx",
    });
    await publish();
    startWorker();
    await vi.waitFor(async () => expect(await attempts()).toHaveLength(3));
    const byPath = await deps.sql<{ url: string; succeeded: boolean }>(
      "SELECT url, succeeded FROM attempt ORDER BY url",
    );
    expect(byPath.map(({ url, succeeded }) => [new URL(url).pathname, succeeded])).toEqual([
      ["/lenient", true],
      ["/redirect", false],
      ["/strict", false],
    ]);
    expect(receiver.requests).toHaveLength(3);
  });

  it("that nobody answers ends as a timeout of the network and is tried again", async () => {
    receiver.answer = (_request, earlier) => (earlier === 0 ? "never" : { status: 200 });
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish();
    startWorker();
    await settled("succeeded");
    expect((await attempts())[0]).toMatchObject({ status_code: 0, error_code: "timeout", fault: "network" });
  });
});

describe("an endpoint that is being validated", () => {
  it("gets nothing but the test, then what was held, oldest first", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      state: "validating",
    });
    const published = await publish(5);
    expect((await deliveries()).map((row) => row.state)).toEqual(Array.from({ length: 5 }, () => "held"));
    await deps.sql("UPDATE endpoint SET state = 'disabled', validating_until = NULL WHERE id = $1::uuid", [
      id,
    ]);
    await activateEndpointRow(id);
    startWorker();
    await settled("succeeded", 6);
    const types = receiver.requests.map(({ body }) => (JSON.parse(body) as { eventType: string }).eventType);
    expect(types[0]).toBe("developer.webhook.test");
    const order = receiver.requests.slice(1).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(order)).toEqual(new Set(published.map((event) => encodeId("evt", event))));
    const [row] = await deps.sql<{ state: string }>(
      "SELECT state::text AS state FROM endpoint WHERE id = $1::uuid",
      [id],
    );
    expect(row?.state).toBe("active");
  });

  it("is tried again until its window is over, then disabled with what it held discarded", async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      state: "disabled",
    });
    await activateEndpointRow(id);
    await publish();
    startWorker();
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThanOrEqual(2), { timeout: 5_000 });
    await deps.sql("UPDATE endpoint SET validating_until = $2::timestamptz WHERE id = $1::uuid", [
      id,
      new Date(),
    ]);
    await keepHouse(deps, null);
    const [endpoint] = await deps.sql<{ state: string; state_reason: string }>(
      "SELECT state::text AS state, state_reason FROM endpoint WHERE id = $1::uuid",
      [id],
    );
    expect(endpoint).toEqual({ state: "disabled", state_reason: "validation_failed" });
    await vi.waitFor(async () => {
      const states = await deps.sql<{ purpose: string; state: string }>(
        "SELECT purpose::text AS purpose, state::text AS state FROM delivery ORDER BY purpose",
      );
      expect(states).toEqual([
        { purpose: "event", state: "discarded" },
        { purpose: "validation", state: "canceled" },
      ]);
    });
  });
});

/** What the activate use-case does, without its checks. */
async function activateEndpointRow(id: string): Promise<void> {
  const { activate } = await import("@/lib/domain/endpoint-lifecycle");
  const { lockEndpoint, storeLifecycles } = await import("@/lib/server/db/lifecycles");
  const { applyEffects } = await import("./apply-effects");
  await deps.transaction(async ({ sql }) => {
    const endpoint = await lockEndpoint(sql, principal.organizationId, id);
    if (!endpoint) throw new Error("The endpoint is missing");
    const step = activate(endpoint.lifecycle, deps.settings.validation, deps.clock());
    await storeLifecycles(sql, [{ id, lifecycle: step.lifecycle }]);
    await applyEffects(deps, sql, endpoint, step, principal);
  });
}

describe("several workers", () => {
  it("deliver everything, each once", async () => {
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(300);
    const [first, second] = [startWorker(), startWorker()];
    await settled("succeeded", 600);
    expect(receiver.requests).toHaveLength(600);
    // A worker counts what the database has just told it was recorded; we may have been told before.
    await vi.waitFor(() => expect(first.totals.succeeded + second.totals.succeeded).toBe(600));
    expect(await attempts()).toHaveLength(600);
  });

  it("record an attempt whose lease was lost, and leave the delivery to its new holder", async () => {
    let release: () => void = () => undefined;
    receiver.answer = () => new Promise((resolve) => (release = () => resolve({ status: 500 })));
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish();
    const worker = startWorker();
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
    const holder = "018f2b6a-91a4-7c3e-8d15-2f60c7a4e9b1";
    await deps.sql("UPDATE delivery SET lease_id = $1::uuid", [holder]);
    release();
    await vi.waitFor(() => expect(worker.totals.lostLeases).toBe(1));
    expect(await attempts()).toMatchObject([{ succeeded: false, next_attempt_at: null }]);
    expect(await deliveries()).toEqual([{ state: "pending", delivery_attempt: 0, lease_id: holder }]);
  });
});

describe("a slow endpoint", () => {
  it("does not keep the others waiting, also when its backlog comes first", async () => {
    const hanging = await startWebhookReceiver(() => "never");
    try {
      await createTestEndpoint(deps, principal.organizationId, hanging.url);
      // More than one claim reads: the queue begins with what cannot be sent.
      await publish(1_500);
      const other = await createTestPrincipal(deps);
      await createTestEndpoint(deps, other.organizationId, receiver.url);
      startWorker();
      await vi.waitFor(() => expect(hanging.requests.length).toBe(8));
      await publish(50, other.organizationId);
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(50), { timeout: 3_000 });
      expect(hanging.requests.length).toBeLessThan(60);
    } finally {
      await hanging.close();
    }
  });
});

describe("what waits behind an endpoint that stalls", () => {
  it("is not sent any more once the endpoint was disabled", async () => {
    const open: (() => void)[] = [];
    await createTestEndpoint(deps, principal.organizationId, receiver.url, { timeoutSeconds: 30 });
    await publish(100);
    const worker = startWorker();
    // Fast at first, so that more is claimed ahead than is sent at once; then it stalls.
    await settled("succeeded", 100);
    receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
    await publish(60);
    worker.wake();
    await vi.waitFor(() => expect(open).toHaveLength(8));
    const before = receiver.requests.length;
    await deps.sql("UPDATE endpoint SET state = 'disabled'");
    await vi.waitFor(
      () => expect(Date.now() - (receiver.requests.at(-1)?.at.getTime() ?? 0)).toBeGreaterThan(1_100),
      5_000,
    );
    for (const answer of open) answer();
    await vi.waitFor(async () => {
      const [row] = await deps.sql<{ count: number }>(
        "SELECT count(*)::integer AS count FROM delivery WHERE state = 'discarded'",
      );
      expect(row?.count).toBe(52);
    }, 5_000);
    expect(receiver.requests).toHaveLength(before);
  });
});

describe("an endpoint whose secrets do not open", () => {
  it("waits for a process that has the key, and keeps nobody else waiting", async () => {
    const broken = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await deps.sql("UPDATE endpoint_secret SET sealed = 'v1.unknown.a.b.c' WHERE endpoint_id = $1::uuid", [
      broken.id,
    ]);
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish();
    startWorker();
    await vi.waitFor(async () => {
      const rows = await deliveries();
      expect(rows.map((row) => [row.state, row.lease_id]).sort()).toEqual([
        ["pending", null],
        ["succeeded", null],
      ]);
    });
    expect(await attempts()).toHaveLength(1);
  });
});

describe("a clock that jumps an hour ahead", () => {
  it("does not make a worker claim what it has in flight", async () => {
    let aheadMs = 0;
    const jumping = await createTestDeps(database().url, {}, { clock: () => new Date(Date.now() + aheadMs) });
    try {
      const open: (() => void)[] = [];
      receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
      const key = { ...jumping, sealer: deps.sealer };
      await createTestEndpoint(key, principal.organizationId, receiver.url);
      await publish(5);
      const worker = new DeliveryWorker(key);
      workers.push(worker);
      worker.start();
      await vi.waitFor(() => expect(open).toHaveLength(5));
      aheadMs = 3_600_000;
      await createTestEndpoint(key, principal.organizationId, receiver.url);
      await publish(1);
      worker.wake();
      await vi.waitFor(() => expect(open.length).toBeGreaterThanOrEqual(7), { timeout: 10_000 });
      for (const answer of open) answer();
      await settled("succeeded", 7);
      expect(receiver.requests).toHaveLength(7);
      await worker.stop(500);
    } finally {
      await closeTestDeps(jumping);
    }
  });
});

describe("workers", () => {
  it.each([
    ["one clock jumps", () => deps],
    ["all clocks jump", (jumping: Deps) => jumping],
  ])("claim nothing that the others have in flight when %s an hour ahead", async (_, ofTheBusyOne) => {
    let aheadMs = 0;
    const clock = () => new Date(Date.now() + aheadMs);
    const jumping = await createTestDeps(database().url, {}, { clock });
    try {
      const open: (() => void)[] = [];
      receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
      const key = { ...jumping, sealer: deps.sealer };
      const startOne = (engine: Deps) => {
        const worker = new DeliveryWorker(engine);
        workers.push(worker);
        worker.start();
        return worker;
      };
      await createTestEndpoint(key, principal.organizationId, receiver.url);
      startOne(ofTheBusyOne(key));
      await publish(5);
      await vi.waitFor(() => expect(open).toHaveLength(5), { timeout: 10_000 });
      const idle = startOne(key);
      await vi.waitFor(() => expect(idle.loopAgeMs).not.toBeNull());
      const jumpedAtMs = performance.now();
      aheadMs = 3_600_000;
      idle.wake();
      const hasLooked = () => (idle.loopAgeMs ?? Infinity) < performance.now() - jumpedAtMs;
      await vi.waitFor(() => expect(hasLooked()).toBe(true), { timeout: 10_000 });
      expect(idle.totals.claimed).toBe(0);
      for (const answer of open) answer();
      await settled("succeeded", 5);
      expect(receiver.requests).toHaveLength(5);
    } finally {
      await Promise.all(workers.splice(0).map((worker) => worker.stop(500)));
      await closeTestDeps(jumping);
    }
  });
});

describe("stopping", () => {
  it("lets what is in flight end and gives back the rest", async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    receiver.answer = async () => {
      await gate;
      return { status: 200 };
    };
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(20);
    const worker = startWorker();
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(8));
    const stopped = worker.stop(5_000);
    release();
    await stopped;
    const rows = await deliveries();
    expect(rows.filter((row) => row.state === "succeeded")).toHaveLength(8);
    expect(rows.filter((row) => row.state === "pending" && row.lease_id === null)).toHaveLength(12);
    expect(receiver.requests).toHaveLength(8);
  });
});
