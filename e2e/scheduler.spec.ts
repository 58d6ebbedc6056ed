import type { Page } from "@playwright/test";
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

const published = () =>
  receiver.requests
    .map(({ body }) => JSON.parse(body) as { eventType: string; data: Record<string, unknown> })
    .filter(({ eventType }) => eventType.startsWith("scheduling."));

async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Priya Raman");
  await page.getByLabel("E-mail", { exact: true }).fill("priya@harborline.example");
  await page.getByLabel("Name of the meeting").fill(name);
}

/** The first free time of the day that is shown. */
async function chooseFirst(page: Page): Promise<string> {
  const first = page.getByRole("radio").first();
  await first.check();
  return first.inputValue();
}

test("book, move and cancel a meeting, and have each published to a subscriber", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  await page.goto("/scheduler");
  await page.getByRole("link", { name: "Book a meeting" }).first().click();
  await page.getByRole("navigation", { name: "Day" }).getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/day=/);
  const start = await chooseFirst(page);
  await fillIn(page, "Pump monitoring");
  await page.getByLabel("Location").fill("https://acme.zoom.us/j/84419520736");
  await page.getByLabel("What would you like to talk about?").fill("Alerts");
  await page.getByRole("button", { name: "Book the meeting" }).click();

  await expect(page.getByText("to 1 endpoint.")).toBeVisible();
  await expect.poll(published).toMatchObject([
    {
      eventType: "scheduling.smartscheduler.scheduled",
      data: {
        meetingStart: start,
        zoomMeetingId: "84419520736",
        meetingInfo: { meetingName: "Pump monitoring" },
      },
    },
  ]);
  const id = /mtg_\w+/.exec(page.url())?.[0];
  expect(published()[0]?.data.id).toBe(id);

  await page.getByRole("link", { name: "Move", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Move a meeting" })).toBeVisible();
  const moved = await chooseFirst(page);
  await page.getByRole("button", { name: "Move the meeting" }).click();
  await expect(page.getByRole("link", { name: "scheduling.smartscheduler.rescheduled" })).toBeVisible();
  await expect.poll(() => published()[1]).toMatchObject({ data: { id, meetingStart: moved } });

  await page.getByRole("button", { name: "Cancel meeting" }).click();
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  await expect(page.getByText("This meeting was canceled")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel meeting" })).toHaveCount(0);
  await expect.poll(() => published()[2]).toMatchObject({ data: { id, isCanceled: true } });
  await page.getByRole("link", { name: "Open the event" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("scheduling.smartscheduler.canceled");

  await page.goto("/scheduler?view=canceled");
  await page.getByRole("link", { name: "Pump monitoring" }).first().click();
  await expect(page).toHaveURL(new RegExp(`/scheduler/${id}`));
});

test("whoever comes second for a time is told, and shown what is free", async ({ page, context }) => {
  const second = await context.newPage();
  for (const each of [page, second]) {
    await each.goto("/scheduler/book");
    await chooseFirst(each);
    await fillIn(each, "For the fastest");
  }
  const start = await page.getByRole("radio").first().inputValue();
  await page.getByRole("button", { name: "Book the meeting" }).click();
  await expect(page.getByText("Booked").first()).toBeVisible();

  // The button is at the lower end of a phone's long form, and what it answers at the upper one: it comes into view.
  await second.setViewportSize({ width: 390, height: 700 });
  await second.getByLabel("What would you like to talk about?").scrollIntoViewIfNeeded();
  await second.getByRole("button", { name: "Book the meeting" }).click();
  await expect(second.getByText("Nothing was booked")).toBeInViewport();
  await expect(second.getByText("This time is not free any more.").first()).toBeVisible();
  await expect(second.locator(`input[value="${start}"]`)).toHaveCount(0);
  await expect(second.getByLabel("Name of the meeting")).toHaveValue("For the fastest");
  await chooseFirst(second);
  await second.getByRole("button", { name: "Book the meeting" }).click();
  await expect(second.getByText("Booked").first()).toBeVisible();
});

test("a meeting is booked without any script", async ({ page, browser, baseURL }) => {
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ baseURL, storageState, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto("/scheduler/book");
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(plain).toHaveURL(/with=usr_/);
  await chooseFirst(plain);
  await fillIn(plain, "By hand");
  await plain.getByLabel("Other invitees").fill("nobody");
  await plain.getByRole("button", { name: "Book the meeting" }).click();
  await expect(plain.getByText("Must be e-mail addresses, separated by commas")).toBeVisible();
  await expect(plain.getByLabel("Name of the meeting")).toHaveValue("By hand");
  await plain.getByLabel("Other invitees").fill("tom@harborline.example");
  await plain.getByRole("button", { name: "Book the meeting" }).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("By hand");
  await expect(plain.getByText("Booked").first()).toBeVisible();
  await context.close();
});

test("a member's own calendar decides what can be booked in it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await page.goto("/scheduler/preferences");
  await page.getByLabel("Meeting length").fill("45");
  await page.getByLabel("Day ends at").fill("08:00");
  await page.getByRole("button", { name: "Save my calendar" }).click();
  await expect(page.getByText("Must be after the day's start", { exact: true })).toBeVisible();
  await expect(page.getByText("Nothing was saved")).toBeInViewport();
  await expect(page.getByLabel("Meeting length")).toHaveValue("45");
  await page.getByLabel("Day ends at").fill("10:30");
  await page.getByRole("button", { name: "Save my calendar" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.getByRole("link", { name: "See what is free" }).click();
  await page.getByRole("navigation", { name: "Day" }).getByRole("link").last().click();
  await expect(page.getByRole("radio")).toHaveCount(2);

  await page.goto("/scheduler/preferences");
  await expect(page.getByText("Your organization has 30 minutes.")).toBeVisible();
  await page.getByLabel("Meeting length").fill("30");
  await page.getByLabel("Day ends at").fill("17:00");
  await page.getByRole("button", { name: "Save my calendar" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await expect(page.getByText("Your organization has")).toHaveCount(0);
});
