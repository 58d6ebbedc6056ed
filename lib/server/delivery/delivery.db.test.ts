import { describe, expect, it, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { encodeId } from "@/lib/domain/ids";
import { activate } from "@/lib/domain/endpoint-lifecycle";
import { lockEndpoint, storeLifecycles } from "@/lib/server/db/lifecycles";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { applyEffects } from "./apply-effects";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";
import { DeliveryWorker } from "./worker";

const world = deliveryWorld();

describe("a delivery", () => {
  it("arrives signed, with the event's data byte for byte, and is logged", async () => {
    const { id, secret } = await world.addEndpoint();
    const [eventId = ""] = await world.publish();
    world.startWorker();
    await world.settled("succeeded");
    const [request] = world.receiver.requests;
    expect(request?.method).toBe("POST");
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers["user-agent"]).toMatch(/^Posthorn\/\d/);
    expect(request?.headers["webhook-id"]).toBe(encodeId("evt", eventId));
    expect(() =>
      new Webhook(secret).verify(request?.body ?? "", request?.headers as Record<string, string>),
    ).not.toThrow();
    expect(request?.body).toContain('"data":{ "number": 0 }}');
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      organizationGuid: encodeId("org", world.principal.organizationId),
      eventId: encodeId("evt", eventId),
      webhookId: encodeId("ep", id),
      endpointUrl: world.receiver.url,
      eventTimestamp: "2026-03-01T10:00:00.000Z",
      deliveryAttempt: 0,
      eventType: "order.placed",
      data: { number: 0 },
    });
    expect(await world.attempts()).toMatchObject([
      {
        succeeded: true,
        status_code: 200,
        delivery_attempt: 0,
        error_code: null,
        fault: null,
        next_attempt_at: null,
      },
    ]);
    const [sum] = await world.deps.sql<{ attempts: number }>(
      "SELECT sum(attempts)::integer AS attempts FROM delivery_count",
    );
    expect(sum?.attempts).toBe(1);
  });

  it("arrives whole when its data is large", async () => {
    await world.addEndpoint();
    const data = { text: "ü".repeat(400_000) };
    const event = {
      eventType: "order.placed",
      eventTimestamp: new Date(),
      data,
      dataText: JSON.stringify(data),
    };
    await fanOut(world.deps, world.deps.sql, world.principal.organizationId, [event]);
    world.startWorker();
    await world.settled("succeeded");
    expect((JSON.parse(world.receiver.requests[0]?.body ?? "") as { data: unknown }).data).toEqual(data);
  });

  it("is retried with a fresh timestamp, number and signature until it succeeds", async () => {
    world.receiver.answer = (_request, earlier) => ({ status: earlier < 2 ? 500 : 200 });
    const { secret } = await world.addEndpoint();
    await world.publish();
    world.startWorker();
    await world.settled("succeeded");
    expect(world.receiver.requests).toHaveLength(3);
    const bodies = world.receiver.requests.map(({ body, headers }) => {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return JSON.parse(body) as { deliveryAttempt: number; deliveryTimestamp: string };
    });
    expect(bodies.map((body) => body.deliveryAttempt)).toEqual([0, 1, 2]);
    expect(new Set(bodies.map((body) => body.deliveryTimestamp)).size).toBe(3);
    expect(new Set(world.receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await world.attempts()).map((attempt) => attempt.succeeded)).toEqual([false, false, true]);
  });

  it("is given up after four attempts and never sent again", async () => {
    world.receiver.answer = () => ({ status: 500 });
    await world.addEndpoint();
    await world.publish();
    world.startWorker();
    await world.settled("exhausted");
    const rows = await world.attempts();
    expect(rows.map((row) => row.delivery_attempt)).toEqual([0, 1, 2, 3]);
    expect(rows.map((row) => row.next_attempt_at === null)).toEqual([false, false, false, true]);
    expect(rows.every((row) => row.error_code === "unexpected_status" && row.fault === "receiver")).toBe(
      true,
    );
    const { remaining } = await new DeliveryWorker(world.deps).drain(1_000);
    expect({ remaining, requests: world.receiver.requests.length }).toEqual({ remaining: 0, requests: 4 });
  });

  it("does not follow a redirect, and takes 204 only where the endpoint says so", async () => {
    world.receiver.answer = ({ path }) =>
      path === "/redirect" ? { status: 302, headers: { location: world.receiver.url } } : { status: 204 };
    const base = world.receiver.url.replace("/webhooks", "");
    const once = { retrySchedule: [], defaultSchedule: false, eventTypes: ["order.*"] };
    await world.addEndpoint(`${base}/redirect`, once);
    await world.addEndpoint(`${base}/strict`, once);
    await world.addEndpoint(`${base}/lenient`, {
      ...once,
      successStatus: "2xx",
    });
    await world.publish();
    world.startWorker();
    await vi.waitFor(async () => expect(await world.attempts()).toHaveLength(3));
    const byPath = await world.deps.sql<{ url: string; succeeded: boolean }>(
      "SELECT url, succeeded FROM attempt ORDER BY url",
    );
    expect(byPath.map(({ url, succeeded }) => [new URL(url).pathname, succeeded])).toEqual([
      ["/lenient", true],
      ["/redirect", false],
      ["/strict", false],
    ]);
    expect(world.receiver.requests).toHaveLength(3);
  });

  it("that nobody answers ends as a timeout of the network and is tried again", async () => {
    world.receiver.answer = (_request, earlier) => (earlier === 0 ? "never" : { status: 200 });
    await world.addEndpoint();
    await world.publish();
    world.startWorker();
    await world.settled("succeeded");
    expect((await world.attempts())[0]).toMatchObject({
      status_code: 0,
      error_code: "timeout",
      fault: "network",
    });
  });
});

describe("an endpoint that is being validated", () => {
  it("gets nothing but the test, then what was held, oldest first", async () => {
    const { id } = await world.addEndpoint(world.receiver.url, {
      state: "validating",
    });
    const published = await world.publish(5);
    expect((await world.deliveries()).map((row) => row.state)).toEqual(
      Array.from({ length: 5 }, () => "held"),
    );
    await world.deps.sql(
      "UPDATE endpoint SET state = 'disabled', validating_until = NULL WHERE id = $1::uuid",
      [id],
    );
    await activateEndpointRow(id);
    world.startWorker();
    await world.settled("succeeded", 6);
    const types = world.receiver.requests.map(
      ({ body }) => (JSON.parse(body) as { eventType: string }).eventType,
    );
    expect(types[0]).toBe("developer.webhook.test");
    const sent = world.receiver.requests.slice(1).map(({ headers }) => headers["webhook-id"]);
    expect(sent.toSorted()).toEqual(published.map((event) => encodeId("evt", event)));
    // Several are on their way at once; the queue gives them out by their due times.
    const inQueue = await world.deps.sql<{ event_id: string }>(
      "SELECT event_id FROM delivery WHERE purpose = 'event' ORDER BY due_at",
    );
    expect(inQueue.map(({ event_id }) => event_id)).toEqual(published);
    const [row] = await world.deps.sql<{ state: string }>(
      "SELECT state::text AS state FROM endpoint WHERE id = $1::uuid",
      [id],
    );
    expect(row?.state).toBe("active");
  });

  it("is tried again until its window is over, then disabled with what it held discarded", async () => {
    world.receiver.answer = () => ({ status: 500 });
    const { id } = await world.addEndpoint(world.receiver.url, {
      state: "disabled",
    });
    await activateEndpointRow(id);
    await world.publish();
    world.startWorker();
    await vi.waitFor(() => expect(world.receiver.requests.length).toBeGreaterThanOrEqual(2), {
      timeout: 5_000,
    });
    await world.deps.sql("UPDATE endpoint SET validating_until = $2::timestamptz WHERE id = $1::uuid", [
      id,
      new Date(),
    ]);
    await keepHouse(world.deps, null);
    const [endpoint] = await world.deps.sql<{ state: string; state_reason: string }>(
      "SELECT state::text AS state, state_reason FROM endpoint WHERE id = $1::uuid",
      [id],
    );
    expect(endpoint).toEqual({ state: "disabled", state_reason: "validation_failed" });
    await vi.waitFor(async () => {
      const states = await world.deps.sql<{ purpose: string; state: string }>(
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
  await world.deps.transaction(async ({ sql }) => {
    const endpoint = await lockEndpoint(sql, world.principal.organizationId, id);
    if (!endpoint) throw new Error("The endpoint is missing");
    const step = activate(endpoint.lifecycle, world.deps.settings.validation, world.deps.clock());
    await storeLifecycles(sql, [{ id, lifecycle: step.lifecycle }]);
    await applyEffects(world.deps, sql, endpoint, step, world.principal);
  });
}
