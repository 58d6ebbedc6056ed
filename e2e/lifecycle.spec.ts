import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { startSmtpReceiver, type SmtpReceiver } from "../lib/server/testing/smtp-receiver.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { bootstrap, startInstance, type Instance } from "./fixtures/instance.ts";
import { receiveMail } from "./fixtures/mail.ts";
import { countUndelivered, recover } from "./fixtures/recover-page.ts";
import { signIn, submitSignIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

let instance: Instance;
let smtp: SmtpReceiver;
let api: Api;
let receiver: WebhookReceiver;
let observer: WebhookReceiver;

test.beforeAll(async () => {
  smtp = await startSmtpReceiver();
  instance = await startInstance({
    POSTHORN_PROBATION_AFTER: "2s",
    POSTHORN_DISABLE_AFTER: "6s",
    POSTHORN_RETRY_SCHEDULE: "300ms,300ms,300ms",
    SMTP_URL: smtp.url,
    MAIL_FROM: "Posthorn <posthorn@posthorn.example>",
  });
});

test.afterAll(async () => {
  await instance?.remove();
  await smtp?.close();
});

test.beforeEach(async () => {
  api = new Api(instance.url);
  [receiver, observer] = await Promise.all([startWebhookReceiver(), startWebhookReceiver()]);
});

test.afterEach(async () => {
  await api.deleteEndpoints();
  await Promise.all([receiver.close(), observer.close()]);
});

// Each journey has a type of its own: what one has published, the other's endpoint has not missed.
const firstType = "scheduling.smartscheduler.rescheduled";
const secondType = "scheduling.smartscheduler.scheduled";

const failing = () => ({ status: 500 });
const succeeding = () => ({ status: 200 });
const bareUrl = () => receiver.url.replace("http://", "");

/** Publishes one event after the other, each once the one before has had its attempts, until it is so. */
async function publishUntil(
  eventType: string,
  endpointId: string,
  expected: Record<string, unknown>,
): Promise<string[]> {
  const published: string[] = [];
  await expect
    .poll(
      async () => {
        const { eventId } = await api.publish(eventType);
        published.push(eventId);
        await expect.poll(() => openDeliveries(eventId), { intervals: [50] }).toBe(0);
        return api.ok("GET", `/endpoints/${endpointId}`);
      },
      { timeout: 25_000, intervals: [250] },
    )
    .toMatchObject(expected);
  return published;
}

async function openDeliveries(eventId: string): Promise<number> {
  const { deliveries } = await api.ok("GET", `/events/${eventId}`);
  return deliveries.filter(({ state }: { state: string }) => state === "pending" || state === "held").length;
}

/** What the observer was sent of a type, its signature checked. */
function observed(secret: string, eventType: string): Record<string, unknown>[] {
  return observer.requests
    .map(({ body, headers }) => {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return JSON.parse(body) as { eventType: string; data: Record<string, unknown> };
    })
    .filter((envelope) => envelope.eventType === eventType)
    .map(({ data }) => data);
}

test("probation is explained alike in API, page and mail, and one success ends it", async ({ page }) => {
  const { id } = await api.createEndpoint(receiver.url, {
    eventTypes: [firstType],
    retrySchedule: [],
    failurePolicy: { preset: "chronic", disableAfterSeconds: 600 },
  });
  await api.activate(id);
  receiver.answer = failing;
  await publishUntil(firstType, id, { status: "probation" });
  const { statusReason, disablesAt, probationSince } = await api.ok("GET", `/endpoints/${id}`);
  expect(Date.parse(disablesAt) - Date.parse(probationSince)).toBe(598_000);
  expect(statusReason).toContain("one success cancels this");

  const mail = await receiveMail(smtp, `Endpoint on probation: ${bareUrl()}`);
  expect(mail.to).toBe(bootstrap.email);
  expect(mail.text).toContain(statusReason);
  const evidence = `${instance.url}/endpoints/${id}/attempts?outcome=failed`;
  expect(mail.html).toContain(`href="${evidence}"`);

  await page.goto(evidence);
  await expect(page).toHaveURL(/\/sign-in/);
  await submitSignIn(page);
  await expect(page).toHaveURL(evidence);
  const failures = page.getByRole("region", { name: "Attempts" }).getByRole("row").filter({ hasText: "500" });
  await expect(failures.first()).toBeVisible();

  await page.goto(`${instance.url}/endpoints/${id}`);
  const title = page.getByText("Probation: disabled in");
  await expect(page.getByText(statusReason, { exact: true })).toBeVisible();
  const countdown = title.getByRole("time");
  await expect(countdown).toHaveAttribute("datetime", disablesAt);
  const before = await countdown.textContent();
  expect(before).toMatch(/^[789] min \d\d s$/);
  await expect(countdown).not.toHaveText(before ?? "");

  receiver.answer = succeeding;
  await api.publish(firstType);
  await api.waitForEndpoint(id, {
    status: "healthy",
    statusReason: null,
    failingSince: null,
    probationSince: null,
    disablesAt: null,
  });
  await expect(title).toBeHidden();
  await expect(page.getByText(statusReason, { exact: true })).toBeHidden();
  const recovered = await receiveMail(smtp, `Endpoint recovered: ${bareUrl()}`);
  const [transition] = (await api.ok("GET", `/endpoints/${id}/transitions`)).items;
  expect(transition).toMatchObject({ kind: "status", from: "probation", to: "healthy", reason: "recovered" });
  expect(recovered.text).toContain(transition.detail);

  await page.goto(`${instance.url}/notifications?endpoint=${id}`);
  const mails = page.getByRole("table", { name: "Mails about endpoints" }).getByRole("row");
  await expect(mails.filter({ hasText: "Sent" })).toHaveCount(2);
});

test("an endpoint that fails on is disabled, announced, re-activated in the review, and caught up", async ({
  page,
}) => {
  const { id } = await api.createEndpoint(receiver.url, { eventTypes: [secondType] });
  const watching = await api.createEndpoint(observer.url, { eventTypes: ["webhook.*"] });
  const { secret } = await api.ok("GET", `/endpoints/${watching.id}/secret`);
  await api.activate(watching.id);
  await api.activate(id);
  receiver.answer = failing;
  const published = await publishUntil(secondType, id, { status: "probation" });
  published.push(...(await publishUntil(secondType, id, { state: "disabled" })));

  const { items } = await api.ok("GET", `/endpoints/${id}/transitions`);
  expect(items.slice(0, 3)).toMatchObject([
    { kind: "state", from: "active", to: "disabled", reason: "chronic_failure", actor: "system" },
    { kind: "status", from: "probation", to: "failing", reason: "chronic_failure", actor: "system" },
    { kind: "status", from: "healthy", to: "probation", reason: "probation_started", actor: "system" },
  ]);
  const [disabled, , probation] = items;
  expect(Date.parse(disabled.at) - Date.parse(probation.at)).toBeGreaterThanOrEqual(4_000);
  const { statusReason } = await api.ok("GET", `/endpoints/${id}`);
  expect((await receiveMail(smtp, `Endpoint on probation: ${bareUrl()}`)).text).toContain(probation.detail);
  expect((await receiveMail(smtp, `Endpoint disabled: ${bareUrl()}`)).text).toContain(statusReason);
  await expect.poll(() => observed(secret, "webhook.auto_disabled")).toHaveLength(1);
  expect(observed(secret, "webhook.auto_disabled")[0]).toMatchObject({
    endpointId: id,
    endpointUrl: receiver.url,
    reason: "chronic_failure",
  });
  expect(observed(secret, "webhook.probation_started")).toHaveLength(1);

  const meanwhile = await publishMany(12);
  published.push(...meanwhile);
  receiver.answer = succeeding;
  const attemptedCount = receiver.requests.length;

  await signIn(page, instance.url);
  await reactivateInReview(page, statusReason);
  await api.waitForEndpoint(id, { state: "active", status: "healthy", statusReason: null });
  await expect
    .poll(() => observed(secret, "webhook.activated").map(({ endpointId }) => endpointId))
    .toContain(id);

  await page.goto(`${instance.url}/endpoints/${id}/recover`);
  const undelivered = await countUndelivered(page, secondType);
  expect(undelivered.failed + undelivered.missed).toBe(published.length);
  expect(undelivered.missed).toBeGreaterThanOrEqual(meanwhile.length);
  await recover(page, "Never sent", undelivered.missed, 3);
  await recover(page, "Given up", undelivered.failed);
  await expect(page.getByText("Everything was delivered")).toBeVisible();

  const arrived = receiver.requests
    .slice(attemptedCount)
    .filter(({ body }) => (JSON.parse(body) as { eventType: string }).eventType === secondType)
    .map(({ headers }) => String(headers["webhook-id"]));
  expect(arrived.toSorted()).toEqual(published.toSorted());
});

async function publishMany(count: number): Promise<string[]> {
  const data = await api.example(secondType);
  const events = Array.from({ length: count }, () => ({ eventType: secondType, data }));
  const { items } = await api.ok("POST", "/events/batch", { events });
  expect(items.every(({ deliveries }: { deliveries: number }) => deliveries === 0)).toBe(true);
  return items.map(({ eventId }: { eventId: string }) => eventId);
}

async function reactivateInReview(page: Page, statusReason: string): Promise<void> {
  await page.getByRole("link", { name: "Review" }).click();
  const row = page.getByRole("row").filter({ hasText: receiver.url });
  await expect(row).toContainText("Disabled: failed too long");
  await expect(row).toContainText(statusReason);
  await row.getByRole("checkbox", { name: `Select ${receiver.url}` }).check();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Re-activate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Re-activate" }).click();
  await expect(page.getByText("Re-activate: 1 endpoint done")).toBeVisible();
  await expect(row).toHaveCount(0);
}
