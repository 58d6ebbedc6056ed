import {
  startWebhookReceiver,
  type ReceivedRequest,
  type WebhookReceiver,
} from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
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

const typeOf = ({ body }: ReceivedRequest) => (JSON.parse(body) as { eventType: string }).eventType;
const stateOf = async (eventId: string) => (await api.ok("GET", `/events/${eventId}`)).deliveries[0]?.state;

test("a challenge in a header of one's own name activates only when its text is echoed", async () => {
  const header = "x-acme-challenge";
  const { id } = await api.createEndpoint(receiver.url, {
    verification: { method: "challenge", challengeHeader: header },
  });
  receiver.answer = () => ({ status: 200, body: JSON.stringify({ verification: "something else" }) });
  await api.ok("PATCH", `/endpoints/${id}`, { state: "active" });
  await expect.poll(() => receiver.requests.length).toBeGreaterThanOrEqual(1);
  await expect.poll(async () => (await api.attempts(id)).length).toBeGreaterThanOrEqual(1);
  expect((await api.ok("GET", `/endpoints/${id}`)).state).toBe("validating");

  receiver.answer = ({ headers }) => ({
    status: 200,
    body: JSON.stringify({ verification: headers[header] }),
  });
  await api.waitForEndpoint(id, { state: "active" });
  for (const { method, headers } of receiver.requests) {
    expect(method).toBe("GET");
    expect(Object.keys(headers).filter((name) => name.startsWith("webhook-"))).toEqual([]);
  }
  const challenges = receiver.requests.map(({ headers }) => headers[header]);
  expect(new Set(challenges).size).toBe(challenges.length);
  const [passed, ...refused] = await api.attempts(id);
  expect(passed).toMatchObject({
    purpose: "validation",
    outcome: "succeeded",
    request: { method: "GET", headers: { [header]: challenges.at(-1) } },
  });
  expect(refused.every(({ outcome, purpose }) => outcome === "failed" && purpose === "validation")).toBe(
    true,
  );
});

test("410 disables an endpoint that asks for it, and nothing more is sent", async () => {
  const { id } = await api.createEndpoint(receiver.url, { onGone: "disable" });
  await api.activate(id);
  receiver.answer = () => ({ status: 410 });
  const { eventId } = await api.publish();
  await api.waitForEndpoint(id, { state: "disabled" });
  const [transition] = (await api.ok("GET", `/endpoints/${id}/transitions`)).items;
  expect(transition).toMatchObject({ from: "active", to: "disabled", reason: "gone", actor: "system" });
  expect(await stateOf(eventId)).toBe("discarded");
  expect((await api.publish()).deliveries).toBe(0);
  expect(receiver.requests).toHaveLength(2);
});

test("Retry-After on 429 delays the retry beyond the schedule", async () => {
  const { id } = await api.createEndpoint(receiver.url, { retrySchedule: ["100ms"] });
  await api.activate(id);
  receiver.answer = (_, earlier) =>
    earlier === 1 ? { status: 429, headers: { "retry-after": "2" } } : { status: 200 };
  const { eventId } = await api.publish();
  await expect.poll(() => stateOf(eventId), { intervals: [100] }).toBe("succeeded");
  const [, throttled, again] = receiver.requests;
  expect(again!.at.getTime() - throttled!.at.getTime()).toBeGreaterThanOrEqual(1_990);
  const attempts = await api.attempts(id, "&statusCode=429");
  expect(attempts).toHaveLength(1);
  const waitMs = Date.parse(attempts[0].nextAttemptAt) - Date.parse(attempts[0].deliveryTimestamp);
  expect(waitMs).toBeGreaterThanOrEqual(2_000);
});

test("custom headers arrive and are masked in API and page", async ({ page }) => {
  const value = "e2e-planted-7f3a";
  const { id } = await api.createEndpoint(receiver.url, { headers: { "X-Api-Token": value } });
  await api.activate(id);
  const { eventId } = await api.publish();
  await expect.poll(() => stateOf(eventId)).toBe("succeeded");
  expect(receiver.requests.map(({ headers }) => headers["x-api-token"])).toEqual([value, value]);
  const endpoint = await api.ok("GET", `/endpoints/${id}`);
  expect(Object.values(endpoint.headers)).toEqual(["***"]);
  const attempts = await api.attempts(id);
  expect(JSON.stringify([endpoint, attempts])).not.toContain(value);
  expect(Object.entries(attempts[0].request.headers)).toContainEqual([
    expect.stringMatching(/^x-api-token$/i),
    "***",
  ]);

  await openSession(page);
  await page.goto(`/endpoints/${id}/settings`);
  await expect(page.getByLabel("Name of header 1")).toHaveValue(/^x-api-token$/i);
  expect(await page.content()).not.toContain(value);
  await page.goto(`/logs/${attempts[0].id}`);
  await page.getByRole("tablist", { name: "Request" }).getByRole("tab", { name: "Headers" }).click();
  await expect(page.getByText(/^x-api-token$/i)).toBeVisible();
  expect(await page.content()).not.toContain(value);
});

test("successStatus 2xx takes a 204 for a success, and 200 alone does not", async () => {
  receiver.answer = () => ({ status: 204 });
  const { id } = await api.createEndpoint(receiver.url, { successStatus: "2xx", retrySchedule: [] });
  await api.activate(id);
  const taken = await api.publish();
  await expect.poll(() => stateOf(taken.eventId)).toBe("succeeded");
  await api.ok("PATCH", `/endpoints/${id}`, { successStatus: "200" });
  const refused = await api.publish();
  await expect.poll(() => stateOf(refused.eventId)).toBe("exhausted");
  const [attempt] = await api.attempts(id);
  expect(attempt).toMatchObject({ statusCode: 204, errorCode: "unexpected_status", fault: "receiver" });
});

test("timeoutSeconds ends an attempt, and an empty retrySchedule leaves it the only one", async () => {
  const { id } = await api.createEndpoint(receiver.url, { timeoutSeconds: 1, retrySchedule: [] });
  await api.activate(id);
  receiver.answer = () => "never";
  const { eventId } = await api.publish();
  await expect.poll(() => stateOf(eventId)).toBe("exhausted");
  const [attempt] = await api.attempts(id);
  expect(attempt).toMatchObject({
    eventId,
    errorCode: "timeout",
    statusCode: 0,
    fault: "network",
    deliveryAttempt: 0,
    nextAttemptAt: null,
    response: null,
  });
  expect(attempt.durationMs).toBeGreaterThanOrEqual(990);
  expect(attempt.durationMs).toBeLessThan(2_000);
  expect(receiver.requests).toHaveLength(2);
});

test("rateLimitPerSecond spreads what is due at once", async () => {
  const { id } = await api.createEndpoint(receiver.url, { rateLimitPerSecond: 4 });
  await api.activate(id);
  const eventType = "scheduling.smartscheduler.scheduled";
  const data = await api.example(eventType);
  await api.ok("POST", "/events/batch", { events: Array.from({ length: 7 }, () => ({ eventType, data })) });
  await expect.poll(() => receiver.requests.length).toBe(8);
  const times = receiver.requests.slice(1).map(({ at }) => at.getTime());
  // Six gaps of 250 ms; the way to the receiver may take a little less time at the end than at the start.
  expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(1_400);
});

test("a changed URL holds deliveries until it has proved itself, and then gets them", async () => {
  const next = await startWebhookReceiver(() => ({ status: 500 }));
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    await api.ok("PATCH", `/endpoints/${id}`, { url: next.url });
    expect((await api.ok("GET", `/endpoints/${id}`)).state).toBe("validating");
    const held = [await api.publish(), await api.publish()].map(({ eventId }) => eventId as string);
    await expect.poll(() => next.requests.length).toBeGreaterThanOrEqual(2);
    expect(await Promise.all(held.map(stateOf))).toEqual(["held", "held"]);
    expect(new Set(next.requests.map(typeOf))).toEqual(new Set(["developer.webhook.test"]));

    next.answer = () => ({ status: 200 });
    await api.waitForEndpoint(id, { state: "active", url: next.url });
    const arrived = () =>
      next.requests
        .filter((request) => typeOf(request).startsWith("scheduling."))
        .map(({ headers }) => headers["webhook-id"]);
    await expect.poll(arrived).toEqual(held);
    expect(receiver.requests).toHaveLength(1);
    const transitions = (await api.ok("GET", `/endpoints/${id}/transitions`)).items;
    expect(transitions.slice(0, 2)).toMatchObject([
      { from: "validating", to: "active" },
      { from: "active", to: "validating", reason: "target_changed" },
    ]);
  } finally {
    await next.close();
  }
});

test("a page that was loaded before somebody else's change takes nothing of it back", async ({ page }) => {
  const { id } = await api.createEndpoint(receiver.url, { description: "Orders" });
  await openSession(page);
  await page.goto(`/endpoints/${id}/settings`);
  await expect(page.getByLabel("Description")).toHaveValue("Orders");
  const changed = { url: `${receiver.url}/moved`, eventTypes: ["scheduling.*", "organization.*"] };
  await api.ok("PATCH", `/endpoints/${id}`, { ...changed, headers: { "X-Team": "calendar" } });

  await page.getByLabel("Timeout in seconds").fill("99");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Nothing was saved")).toBeVisible();
  await page.getByLabel("Timeout in seconds").fill("7");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(await api.ok("GET", `/endpoints/${id}`)).toMatchObject({
    ...changed,
    description: "Orders",
    timeoutSeconds: 7,
    headers: { "X-Team": "***" },
  });
  // What was saved is what the page shows from now on.
  await expect(page.getByLabel("Endpoint URL")).toHaveValue(changed.url);
});
