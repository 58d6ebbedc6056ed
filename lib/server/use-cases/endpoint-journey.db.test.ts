import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { activateEndpoint } from "./activate-endpoint";
import { createEndpoint } from "./create-endpoint";
import { deleteEndpoint } from "./delete-endpoint";
import { getEndpoint } from "./get-endpoint";
import { listTransitions } from "./list-transitions";
import { rotateSecret } from "./rotate-secret";
import { showSecret } from "./show-secret";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let worker: DeliveryWorker;

beforeEach(async () => {
  deps = await createTestDeps(database().url, {
    POSTHORN_VALIDATION_RETRY_EVERY: "100ms",
    POSTHORN_RETRY_SCHEDULE: "20ms",
  });
  principal = await createTestPrincipal(deps, "developer");
  receiver = await startWebhookReceiver();
  worker = new DeliveryWorker(deps);
});

afterEach(async () => {
  await receiver.close();
  await worker.stop(500);
  await closeTestDeps(deps);
});

async function create(changes: object = {}): Promise<string> {
  const made = await createEndpoint(deps, principal, EndpointIn.parse({ url: receiver.url, ...changes }));
  return decodeId("ep", made.id) ?? "";
}

/** Waits for the worker, however busy the machine is. */
const eventually = <Value>(check: () => Value) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

const becomes = (id: string, state: string) =>
  eventually(async () => expect((await getEndpoint(deps, principal, id)).state).toBe(state));

async function publish(): Promise<void> {
  const event = { eventType: "invoice.paid", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(deps, deps.sql, principal.organizationId, [event]);
}

const typeOf = (body: string) => (JSON.parse(body) as { eventType: string }).eventType;

describe("a new endpoint", () => {
  it("becomes active by answering the signed test, after tries that failed, and then gets what was held", async () => {
    receiver.answer = (_request, earlier) => ({ status: earlier < 2 ? 500 : 200 });
    const id = await create();
    const { secret } = await showSecret(deps, principal, id);
    worker.start();
    await activateEndpoint(deps, principal, id);
    await publish();
    await becomes(id, "active");
    await eventually(() => expect(receiver.requests).toHaveLength(4));
    expect(receiver.requests.map(({ body }) => typeOf(body))).toEqual([
      "developer.webhook.test",
      "developer.webhook.test",
      "developer.webhook.test",
      "invoice.paid",
    ]);
    for (const { body, headers } of receiver.requests) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    }
    const { items } = await listTransitions(deps, principal, id, { limit: 50 });
    expect(items.map(({ to, reason, actor }) => [to, reason, actor])).toEqual([
      ["active", "validated", "system"],
      ["validating", "activation_requested", principal.actor],
      ["disabled", "created", principal.actor],
    ]);
  });

  it("can prove itself by a challenge instead, sent with its custom headers and without a signature", async () => {
    receiver.answer = ({ headers }) => ({
      status: 200,
      body: JSON.stringify({ verification: headers["x-check"] }),
    });
    const id = await create({
      verification: { method: "challenge", challengeHeader: "x-check" },
      headers: { "X-Token": "abc" },
    });
    worker.start();
    await activateEndpoint(deps, principal, id);
    await becomes(id, "active");
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: "GET", body: "", headers: { "x-token": "abc" } });
    expect(request?.headers).not.toHaveProperty("webhook-signature");
  });
});

describe("an active endpoint", () => {
  it("that is moved gets nothing until the new URL has proved itself, then everything", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    const moved = await startWebhookReceiver(() => ({ status: 500 }));
    try {
      await updateEndpoint(deps, principal, id, EndpointPatch.parse({ url: moved.url }));
      await publish();
      worker.start();
      await eventually(() => expect(moved.requests.length).toBeGreaterThanOrEqual(2));
      expect(moved.requests.every(({ body }) => typeOf(body) === "developer.webhook.test")).toBe(true);
      moved.answer = () => ({ status: 200 });
      await becomes(id, "active");
      await eventually(() => expect(typeOf(moved.requests.at(-1)?.body ?? "")).toBe("invoice.paid"));
      expect(receiver.requests).toEqual([]);
    } finally {
      await moved.close();
    }
  });

  it("is signed to with every secret in its overlap, and with the new settings at once", async () => {
    const { id, secret } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    worker.start();
    await publish();
    await eventually(() => expect(receiver.requests).toHaveLength(1));
    const rotated = await rotateSecret(deps, principal, id, { overlapSeconds: 60 });
    await updateEndpoint(deps, principal, id, EndpointPatch.parse({ headers: { "X-Token": "planted" } }));
    await publish();
    await eventually(() => expect(receiver.requests).toHaveLength(2));
    const request = receiver.requests[1];
    expect(request?.headers["x-token"]).toBe("planted");
    for (const valid of [secret, rotated.secret]) {
      expect(() =>
        new Webhook(valid).verify(request?.body ?? "", request?.headers as Record<string, string>),
      ).not.toThrow();
    }
    const [attempt] = await eventually(async () => {
      const rows = await deps.sql<{ headers: string }>(
        "SELECT request_headers AS headers FROM attempt ORDER BY id DESC",
      );
      expect(rows).toHaveLength(2);
      return rows;
    });
    expect(attempt?.headers).not.toContain("planted");
  });
});

describe("a test", () => {
  interface AttemptRow {
    purpose: string;
    succeeded: boolean;
    status_code: number;
    event_type: string;
    next_attempt_at: Date | null;
  }
  const attempt = async (id: string) =>
    (await deps.sql<AttemptRow>("SELECT * FROM attempt WHERE id = $1::uuid", [id]))[0];

  it("is sent once in every state, also while the worker runs, and never counts for health", async () => {
    receiver.answer = () => ({ status: 500 });
    worker.start();
    for (const state of ["disabled", "validating", "active"] as const) {
      const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, { state });
      const attemptId = await testEndpoint(deps, principal, id, {});
      expect(await attempt(attemptId)).toMatchObject({
        purpose: "test",
        succeeded: false,
        status_code: 500,
        event_type: "developer.webhook.test",
        next_attempt_at: null,
      });
      expect(await getEndpoint(deps, principal, id)).toMatchObject({
        state,
        status: "healthy",
        failingSince: null,
      });
    }
    expect(receiver.requests).toHaveLength(3);
    expect(await deps.sql("SELECT DISTINCT state::text AS state FROM delivery")).toEqual([
      { state: "exhausted" },
    ]);
    expect(await deps.sql("SELECT 1 FROM delivery_count")).toEqual([]);
  });

  it("sends the type's example, or data that satisfies its schema", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await testEndpoint(deps, principal, id, { eventType: "organization.domains.changed" });
    const data = {
      previous: { value: ["a.example"] },
      current: { value: ["b.example"] },
      modifiedBy: { userId: "1", username: "a", firstName: "", lastName: "" },
    };
    await testEndpoint(deps, principal, id, { eventType: "organization.domains.changed", data });
    const sent = receiver.requests.map(({ body }) => (JSON.parse(body) as { data: unknown }).data);
    expect(sent[0]).toHaveProperty("modifiedBy.username");
    expect(sent[1]).toEqual(data);
    await expect(
      testEndpoint(deps, principal, id, { eventType: "organization.domains.changed", data: { current: 1 } }),
    ).rejects.toMatchObject({ status: 422, errors: expect.arrayContaining([expect.anything()]) as unknown });
    await expect(testEndpoint(deps, principal, id, { eventType: "no.such" })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "eventType" }],
    });
    expect(receiver.requests).toHaveLength(2);
  });

  it("waits for an answer as long as the endpoint's own timeout says", async () => {
    receiver.answer = () => "never";
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      timeoutSeconds: 1,
    });
    const row = await attempt(await testEndpoint(deps, principal, id, {}));
    expect(row).toMatchObject({ status_code: 0, error_code: "timeout" });
  });

  it("that was not sent yet is canceled with its endpoint", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    let release: () => void = () => undefined;
    receiver.answer = () => new Promise((resolve) => (release = () => resolve({ status: 200 })));
    const tested = testEndpoint(deps, principal, id, {});
    await eventually(() => expect(receiver.requests).toHaveLength(1));
    await deleteEndpoint(deps, principal, id);
    release();
    expect(await attempt(await tested)).toMatchObject({ purpose: "test", succeeded: true });
    expect(await deps.sql("SELECT state::text AS state FROM delivery")).toEqual([{ state: "canceled" }]);
  });
});
