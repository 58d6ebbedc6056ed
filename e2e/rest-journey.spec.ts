import { Webhook } from "standardwebhooks";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { expect, test } from "./fixtures/test.ts";

let api: Api;
let receiver: WebhookReceiver;

test.beforeEach(async ({ baseURL }) => {
  api = new Api(baseURL ?? "");
  receiver = await startWebhookReceiver();
});

test.afterEach(async () => {
  await api.deleteEndpoints();
  await receiver.close();
});

const purposes = (requests: WebhookReceiver["requests"]) =>
  requests.map(({ body }) => (JSON.parse(body) as { eventType: string }).eventType);

test("an event becomes a signed, logged delivery, and nothing but the test comes before it", async () => {
  const endpoint = await api.createEndpoint(receiver.url);
  expect(endpoint).toMatchObject({ state: "disabled", status: "healthy", eventTypes: ["scheduling.*"] });
  expect((await api.publish()).deliveries).toBe(0);
  await api.activate(endpoint.id);
  const published = await api.publish();
  expect(published).toMatchObject({ duplicate: false, deliveries: 1 });
  await expect.poll(() => receiver.requests.length).toBe(2);
  expect(purposes(receiver.requests)).toEqual([
    "developer.webhook.test",
    "scheduling.smartscheduler.scheduled",
  ]);

  const { secret } = await api.ok("GET", `/endpoints/${endpoint.id}/secret`);
  for (const { body, headers } of receiver.requests) {
    new Webhook(secret).verify(body, headers as Record<string, string>);
  }
  await expect.poll(async () => (await api.attempts(endpoint.id)).length).toBe(2);
  const [attempt] = await api.attempts(endpoint.id);
  expect(attempt).toMatchObject({
    eventId: published.eventId,
    purpose: "event",
    outcome: "succeeded",
    statusCode: 200,
  });
  expect(attempt.request.body).toBe(receiver.requests[1]?.body);
  expect(attempt.request.headers["webhook-signature"]).toBe(
    receiver.requests[1]?.headers["webhook-signature"],
  );
  expect(await api.ok("GET", `/attempts/${attempt.id}`)).toEqual(attempt);
});

test("a receiver that fails twice gets the event a third time", async () => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  let failures = 2;
  receiver.answer = () => ({ status: failures-- > 0 ? 503 : 200 });
  await api.publish();
  await expect
    .poll(async () => (await api.attempts(endpoint.id, "&outcome=succeeded")).length, { timeout: 15_000 })
    .toBe(2);
  const attempts = (await api.attempts(endpoint.id))
    .filter((attempt) => attempt.purpose === "event")
    .reverse();
  expect(attempts.map((attempt) => [attempt.deliveryAttempt, attempt.statusCode])).toEqual([
    [0, 503],
    [1, 503],
    [2, 200],
  ]);
  expect(attempts[0]).toMatchObject({ errorCode: "unexpected_status", fault: "receiver" });
  expect(attempts[0].nextAttemptAt).not.toBeNull();
});

test("a receiver that never succeeds is given four attempts, and a retry by hand goes on counting", async () => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  receiver.answer = () => ({ status: 302, headers: { location: "/elsewhere" } });
  const { eventId } = await api.publish();
  const delivery = async () =>
    (await api.ok("GET", `/events/${eventId}`)).deliveries.find(
      (one: { endpointId: string }) => one.endpointId === endpoint.id,
    );
  await expect.poll(async () => (await delivery()).state, { timeout: 20_000 }).toBe("exhausted");
  expect(receiver.requests).toHaveLength(5);
  receiver.answer = () => ({ status: 200 });
  expect((await api.call("POST", `/deliveries/${(await delivery()).id}/retry`)).status).toBe(202);
  await expect.poll(async () => (await delivery()).state).toBe("succeeded");
  const [last] = await api.attempts(endpoint.id);
  expect(last).toMatchObject({ deliveryAttempt: 4, outcome: "succeeded" });
});

test("disabling stops deliveries, re-activating proves the receiver again, and a replay brings what was missed", async () => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  await api.ok("PATCH", `/endpoints/${endpoint.id}`, { state: "DISABLED" });
  for (let count = 0; count < 3; count += 1) await api.publish();
  expect(receiver.requests).toHaveLength(1);
  expect(
    (
      await api.call("POST", `/endpoints/${endpoint.id}/replay`, {
        since: new Date(0).toISOString(),
        scope: "missed",
      })
    ).status,
  ).toBe(409);
  await api.activate(endpoint.id);
  const range = { since: new Date(Date.now() - 60_000).toISOString(), scope: "missed" };
  const dry = await api.call("POST", `/endpoints/${endpoint.id}/replay`, {
    ...range,
    eventTypes: ["scheduling.*"],
    dryRun: true,
  });
  expect(dry.status).toBe(200);
  expect(dry.body.matched).toBeGreaterThanOrEqual(3);
  const { replayId, matched } = await api.ok("POST", `/endpoints/${endpoint.id}/replay`, range);
  await expect
    .poll(async () => (await api.ok("GET", `/replays/${replayId}`)).state, { timeout: 20_000 })
    .toBe("completed");
  expect(await api.ok("GET", `/replays/${replayId}`)).toMatchObject({
    matched,
    succeeded: matched,
    queued: 0,
    failed: 0,
  });
  expect(receiver.requests).toHaveLength(2 + matched);
  const states = (await api.ok("GET", `/endpoints/${endpoint.id}/transitions`)).items.map(
    (one: { to: string }) => one.to,
  );
  expect(states.slice(0, 4)).toEqual(["active", "validating", "disabled", "active"]);
});

test("a test that fails is tried again until the window closes, and then the endpoint is disabled", async () => {
  receiver.answer = () => ({ status: 500 });
  const endpoint = await api.createEndpoint(receiver.url);
  await api.ok("PATCH", `/endpoints/${endpoint.id}`, { state: "active" });
  await api.waitForEndpoint(endpoint.id, { state: "validating" });
  await expect.poll(() => receiver.requests.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  await api.waitForEndpoint(endpoint.id, { state: "disabled" });
  const [last] = (await api.ok("GET", `/endpoints/${endpoint.id}/transitions`)).items;
  expect(last).toMatchObject({ from: "validating", to: "disabled", reason: "validation_failed" });
  expect((await api.attempts(endpoint.id)).every((attempt) => attempt.purpose === "validation")).toBe(true);
});

test("bad input is refused by name, and nothing is half done", async () => {
  const data = await api.example("scheduling.smartscheduler.scheduled");
  const wrong = await api.call("POST", "/events", {
    eventType: "scheduling.smartscheduler.scheduled",
    data: { ...data, isCanceled: "no" },
  });
  expect(wrong.status).toBe(422);
  expect(wrong.headers.get("content-type")).toBe("application/problem+json");
  expect(wrong.body.errors).toEqual([expect.objectContaining({ path: "data.isCanceled" })]);
  expect((await api.call("POST", "/events", "{ not json")).status).toBe(400);
  expect((await api.call("POST", "/events", { eventType: "webhook.activated", data: {} })).status).toBe(403);
  expect((await api.call("GET", "/endpoints/ep_00000000000000000000000000")).status).toBe(404);
  const metadata = await api.call("POST", "/endpoints", {
    url: "http://169.254.169.254/latest",
    eventTypes: ["*"],
  });
  expect(metadata.status).toBe(422);
  expect(metadata.body.errors[0].path).toBe("url");
  const key = new Api(test.info().project.use.baseURL ?? process.env.E2E_INSTANCE_URL ?? "", "phk_unknown");
  expect((await key.call("GET", "/endpoints")).status).toBe(401);
});

test("the same idempotency key makes one event, and another body with it is a conflict", async () => {
  const body = {
    eventType: "scheduling.smartscheduler.canceled",
    data: await api.example("scheduling.smartscheduler.canceled"),
  };
  const headers = { "idempotency-key": `e2e-${Date.now()}` };
  const first = await api.ok("POST", "/events", body, headers);
  expect(await api.ok("POST", "/events", body, headers)).toEqual({ ...first, duplicate: true });
  const other = { ...body, eventTimestamp: "2026-01-01T00:00:00.000Z" };
  expect((await api.call("POST", "/events", other, headers)).status).toBe(409);
});
