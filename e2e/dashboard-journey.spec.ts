import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

let api: Api;
let receiver: WebhookReceiver;

test.beforeEach(async ({ page, baseURL }) => {
  api = new Api(baseURL ?? "");
  receiver = await startWebhookReceiver();
  await openSession(page);
});

test.afterEach(async () => {
  await api.deleteEndpoints();
  await receiver.close();
});

test("create an endpoint, activate it, publish, and read the attempt, without a reload", async ({ page }) => {
  await page.goto("/endpoints/new");
  await page.getByLabel("Endpoint URL").fill("http://10.0.0.1/hook");
  await page.getByRole("checkbox", { name: /^Everything/ }).check();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText(/private|not public|internal/i).first()).toBeVisible();
  await page.getByLabel("Endpoint URL").fill(receiver.url);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
  const endpointUrl = page.url().split("?")[0] ?? "";
  api.willDelete(endpointUrl.split("/").at(-1) ?? "");

  await page.getByRole("button", { name: "Activate" }).click();
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  expect(receiver.requests).toHaveLength(1);

  await page.goto("/events/publish");
  await page.getByLabel("Event type").selectOption("scheduling.smartscheduler.scheduled");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect.poll(() => receiver.requests.length).toBe(2);

  await page.goto(`${endpointUrl}/attempts`);
  const rows = page.getByRole("region", { name: "Attempts" }).getByRole("row");
  await expect(rows.filter({ hasText: "scheduling.smartscheduler.scheduled" })).toHaveCount(1);
  // Published elsewhere while the page is open: it appears by itself.
  await api.publish("scheduling.smartscheduler.canceled");
  const arrived = rows.filter({ hasText: "scheduling.smartscheduler.canceled" });
  await expect(arrived).toHaveCount(1);
  await arrived.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/logs\/att_/);
  await page
    .getByRole("tab", { name: /^Headers/ })
    .first()
    .click();
  await expect(page.getByText("webhook-signature").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Resend" })).toBeVisible();
});

test("a failing receiver is shown failing, and a resend after the mend succeeds", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  receiver.answer = () => ({ status: 500, body: "<script>alert(1)</script>" });
  await api.publish();
  await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(5);
  await page.goto(`/logs?outcome=failed&endpointId=${endpoint.id}`);
  const rows = page.getByRole("region", { name: "Attempts" }).getByRole("row").filter({ hasText: "500" });
  await expect(rows).toHaveCount(4);
  await rows.first().getByRole("link").first().click();
  await expect(page.getByText("<script>alert(1)</script>").first()).toBeVisible();
  receiver.answer = () => ({ status: 200 });
  await page.getByRole("button", { name: "Resend" }).click();
  await expect.poll(() => receiver.requests.length).toBe(6);
  await page.goto(`/logs?outcome=succeeded&endpointId=${endpoint.id}`);
  await expect(
    page
      .getByRole("region", { name: "Attempts" })
      .getByRole("row")
      .filter({ hasText: "scheduling.smartscheduler.scheduled" }),
  ).toHaveCount(1);
});

test("what waits two hours for its next attempt is resent at once, from its page", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url, { retrySchedule: ["2h"] });
  await api.activate(endpoint.id);
  receiver.answer = () => ({ status: 503 });
  await api.publish();
  await expect.poll(() => receiver.requests.length).toBe(2);
  await page.goto(`/logs?outcome=failed&endpointId=${endpoint.id}`);
  const rows = page.getByRole("region", { name: "Attempts" }).getByRole("row").filter({ hasText: "503" });
  await rows.first().getByRole("link").first().click();
  await expect(page.getByText(/next attempt \(.+\) is due/).first()).toBeVisible();
  receiver.answer = () => ({ status: 200 });
  await page.getByRole("button", { name: "Resend" }).click();
  await expect.poll(() => receiver.requests.length).toBe(3);
  const numbers = receiver.requests.map(
    ({ body }) => (JSON.parse(body) as { deliveryAttempt: number }).deliveryAttempt,
  );
  expect(numbers).toEqual([0, 0, 1]);
  await expect(page.getByText(/succeeded\./).first()).toBeVisible();
});

test("an event is found by the id that its receiver logged, and resent to that receiver from its page", async ({
  page,
}) => {
  const endpoint = await api.createEndpoint(receiver.url, { retrySchedule: [] });
  await api.activate(endpoint.id);
  receiver.answer = () => ({ status: 500 });
  await api.publish();
  await expect.poll(() => receiver.requests.length).toBe(2);
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(String(receiver.requests[1]?.headers["webhook-id"]));
  await expect(page.getByRole("option", { name: /^Open the event/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const row = page.getByRole("table", { name: "Deliveries of this event" }).getByRole("row").last();
  await expect(row).toContainText("Exhausted");
  receiver.answer = () => ({ status: 200 });
  await row.getByRole("button", { name: "Resend" }).click();
  await expect(row).toContainText("Succeeded");
  expect(receiver.requests).toHaveLength(3);
});

test("disable and re-activate by hand", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  await page.goto(`/endpoints/${endpoint.id}`);
  await page.getByRole("button", { name: "Disable" }).click();
  const question = page.getByRole("dialog", { name: "Disable this endpoint?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await api.ok("GET", `/endpoints/${endpoint.id}`)).toMatchObject({ state: "active" });
  await page.getByRole("button", { name: "Disable" }).click();
  await question.getByRole("button", { name: "Disable endpoint" }).click();
  await expect(page.getByRole("button", { name: "Re-activate" })).toBeVisible();
  expect((await api.publish()).deliveries).toBeGreaterThanOrEqual(0);
  expect(receiver.requests).toHaveLength(1);
  await page.getByRole("button", { name: "Re-activate" }).click();
  await expect(page.getByRole("button", { name: "Disable" })).toBeVisible();
  await api.waitForEndpoint(endpoint.id, { state: "active" });
  expect(receiver.requests).toHaveLength(2);
  await page.goto(`/endpoints/${endpoint.id}/history`);
  await expect(page.getByRole("table", { name: "History of the endpoint" }).getByRole("row")).toHaveCount(7);
});

test("every page of the dashboard opens without an error", async ({ page }) => {
  await page.goto("/");
  const links = page.getByRole("navigation").first().getByRole("link");
  await expect(links.first()).toBeVisible();
  const hrefs = new Set<string>();
  for (const link of await links.all()) hrefs.add((await link.getAttribute("href")) ?? "/");
  expect(hrefs.size).toBeGreaterThan(6);
  for (const href of hrefs) {
    const response = await page.goto(href);
    expect(response?.status(), href).toBe(200);
    await expect(page.getByRole("heading", { level: 1 }), href).toBeVisible();
  }
});
