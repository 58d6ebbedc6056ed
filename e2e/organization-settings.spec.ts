import type { Page } from "@playwright/test";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { bootstrap } from "./fixtures/instance.ts";
import { openSession, signIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

let api: Api;
let receiver: WebhookReceiver;

test.beforeEach(async ({ baseURL, page }) => {
  api = new Api(baseURL ?? "");
  receiver = await startWebhookReceiver();
  const { id } = await api.createEndpoint(receiver.url, { eventTypes: ["organization.*"] });
  await api.activate(id);
  await openSession(page);
});

test.afterEach(async () => {
  await api.deleteEndpoints();
  await receiver.close();
});

interface Sent {
  eventType: string;
  data: { previous: unknown; current: unknown; setting?: { name: string }; modifiedBy: { username: string } };
}

/** What the endpoint received of a type, in the order in which it was published. */
function received(eventType: string): Sent["data"][] {
  return receiver.requests
    .map(({ body, headers }) => ({ ...(JSON.parse(body) as Sent), id: String(headers["webhook-id"]) }))
    .filter((sent) => sent.eventType === eventType)
    .toSorted((one, other) => one.id.localeCompare(other.id))
    .map(({ data }) => data);
}

const outcome = (page: Page) => page.getByRole("status").filter({ hasText: /Saved|Nothing/ });

async function confirmRemoval(page: Page, row: string, button: string): Promise<void> {
  await page.getByRole("row").filter({ hasText: row }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
}

test("a changed profile is published with who changed it, and an unchanged one is not", async ({ page }) => {
  const eventType = "organization.profile.changed";
  await page.goto("/settings");
  await expect(page.getByText(`${eventType}, which goes to 1 endpoint now.`)).toBeVisible();
  const address = page.getByLabel("Web address");
  const save = page.getByRole("button", { name: "Save profile" });
  await address.fill("www.example.com");
  await save.click();
  await expect(page.getByText("Must be a whole address, like https://www.example.com")).toBeVisible();
  await address.fill("https://www.example.com/");
  await save.click();
  await expect(outcome(page)).toContainText(`Saved. Published as ${eventType} to 1 endpoint.`);
  await expect.poll(() => received(eventType)).toHaveLength(1);
  expect(received(eventType)[0]).toMatchObject({
    previous: { webAddress: "" },
    current: { webAddress: "https://www.example.com", logoUrl: "" },
    modifiedBy: { username: bootstrap.email },
  });
  await save.click();
  await expect(outcome(page)).toContainText("Nothing was changed, so nothing was published.");
  await address.fill("");
  await save.click();
  await outcome(page).getByRole("link", { name: "See the event" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(eventType);
  await expect.poll(() => received(eventType)).toHaveLength(2);
  expect(received(eventType)[1]?.previous).toEqual(received(eventType)[0]?.current);
});

test("a page that was loaded before somebody else's change takes nothing of it back", async ({
  page,
  context,
}) => {
  const earlier = await context.newPage();
  await earlier.goto("/settings");
  await expect(earlier.getByLabel("Logo URL")).toHaveValue("");
  const save = { name: "Save profile" };
  await page.goto("/settings");
  await page.getByLabel("Web address").fill("https://www.example.com");
  await page.getByRole("button", save).click();
  await expect(outcome(page)).toContainText("Saved.");
  await earlier.getByLabel("Logo URL").fill("https://www.example.com/logo.svg");
  await earlier.getByRole("button", save).click();
  await expect(outcome(earlier)).toContainText("Saved.");
  await expect.poll(() => received("organization.profile.changed")).toHaveLength(2);
  expect(received("organization.profile.changed")[1]?.current).toMatchObject({
    webAddress: "https://www.example.com",
    logoUrl: "https://www.example.com/logo.svg",
  });
  // What was saved is what a second change of the same page starts from.
  await earlier.getByLabel("Logo URL").fill("");
  await earlier.getByRole("button", save).click();
  await page.reload();
  await page.getByLabel("Web address").fill("");
  await page.getByRole("button", save).click();
  await expect.poll(() => received("organization.profile.changed")).toHaveLength(4);
  expect(received("organization.profile.changed")[3]?.current).toMatchObject({ webAddress: "", logoUrl: "" });
});

test("each changed setting is an event of its own, and defaults come back", async ({ page }) => {
  const eventType = "organization.setting.changed";
  await page.goto("/settings/preferences");
  const save = page.getByRole("button", { name: "Save preferences" });
  const friday = page.getByRole("checkbox", { name: "Fri", exact: true });
  await page.getByLabel("Day ends at", { exact: true }).fill("08:00");
  await friday.uncheck();
  await save.click();
  await expect(page.getByText("Must be after the day's start")).toBeVisible();
  await expect(friday, "a refused form holds what was entered").not.toBeChecked();
  await page.getByRole("button", { name: "Default: 17:00" }).click();
  await page.getByLabel("Minimum notice", { exact: true }).fill("240");
  await page.getByRole("checkbox", { name: "Time zone: members may choose their own" }).uncheck();
  await save.click();
  await expect(outcome(page)).toContainText(
    `Saved. Published as 3 events of ${eventType} to 1 endpoint each.`,
  );
  await expect.poll(() => received(eventType)).toHaveLength(3);
  expect(received(eventType).find(({ setting }) => setting?.name === "minimumNotice")).toMatchObject({
    previous: { value: "60", allowUserOverride: true },
    current: { value: "240", allowUserOverride: true },
  });
  await expect(friday, "a saved form holds what was saved").not.toBeChecked();
  await page.reload();
  await expect(friday).not.toBeChecked();
  await expect(page.getByLabel("Minimum notice", { exact: true })).toHaveValue("240");
  await page.getByRole("button", { name: "Default: 60 minutes" }).click();
  await page.getByRole("button", { name: /^Default: Mon/ }).click();
  await page.getByRole("checkbox", { name: "Time zone: members may choose their own" }).check();
  await save.click();
  await expect(outcome(page)).toContainText("3 events");
  await outcome(page).getByRole("link", { name: "See the events" }).click();
  await expect(page).toHaveURL(/\/events\?eventType=organization\.setting\.changed/);
});

test("what is entered before hydration stays, and is known", async ({ page }) => {
  let hydrate: () => void = () => undefined;
  const scripts = new Promise<void>((resolve) => (hydrate = resolve));
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await scripts;
    await route.continue();
  });
  await page.goto("/settings/preferences", { waitUntil: "commit" });
  const end = page.getByLabel("Day ends at", { exact: true });
  const days = ["Thu", "Fri"].map((name) => page.getByRole("checkbox", { name, exact: true }));
  await end.fill("08:00");
  for (const day of days) await day.uncheck();
  hydrate();
  await expect(page.getByRole("button", { name: "Default: 17:00" })).toBeVisible();
  // The next rendering puts what is known over what is shown.
  await page.getByLabel("Minimum notice", { exact: true }).fill("240");
  await expect(end).toHaveValue("08:00");
  for (const day of days) await expect(day).not.toBeChecked();
});

test("domains and the service accounts that serve them, without a credential in sight", async ({ page }) => {
  const eventType = "organization.service_account.changed";
  await page.goto("/settings/domains");
  const domain = page.getByLabel("Domain", { exact: true });
  await domain.fill("https://Bücher.example");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByText("Must be a name alone")).toBeVisible();
  await domain.fill("Bücher.example");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByRole("cell", { name: "xn--bcher-kva.example" })).toBeVisible();
  await expect(domain).toHaveValue("");

  await page.getByRole("link", { name: "Service accounts" }).click();
  await page.getByRole("link", { name: "Add account" }).click();
  await page.getByLabel("Name").fill("Rooms");
  await page.getByRole("link", { name: "Exchange" }).click();
  await page.getByLabel("Server URL").fill("https://mail.example");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Rooms");
  await page.getByLabel("User name").fill("e2e-planted-user");
  await page.getByLabel("Password").fill("e2e-planted-password");
  await page.getByRole("checkbox", { name: "xn--bcher-kva.example" }).check();
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(page.getByText(`Published as ${eventType} to 1 endpoint.`)).toBeVisible();
  await page.getByRole("link", { name: "All service accounts" }).click();
  await page.getByRole("link", { name: "Rooms" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Room mailboxes");
  await page.getByRole("button", { name: "Save account" }).click();
  await expect(outcome(page)).toContainText("Saved.");
  expect(await page.content()).not.toContain("e2e-planted");

  await page.goto("/settings/domains");
  await confirmRemoval(page, "xn--bcher-kva.example", "Remove domain");
  await expect(page.getByRole("dialog")).toContainText(
    "is served by Room mailboxes. Take it away there first.",
  );
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.goto("/settings/service-accounts");
  await confirmRemoval(page, "Room mailboxes", "Remove account");
  await expect(page.getByText("No service accounts yet")).toBeVisible();
  await page.goto("/settings/domains");
  await confirmRemoval(page, "xn--bcher-kva.example", "Remove domain");
  await expect(page.getByText("No domains yet")).toBeVisible();

  await expect.poll(() => received(eventType)).toHaveLength(3);
  const account = { type: "Exchange", domains: ["xn--bcher-kva.example"] };
  expect(received(eventType)).toMatchObject([
    { previous: {}, current: { ...account, name: "Rooms", credentials: "changed" } },
    {
      previous: { name: "Rooms" },
      current: { ...account, name: "Room mailboxes", credentials: "unchanged" },
    },
    { previous: { ...account, name: "Room mailboxes" }, current: {} },
  ]);
  await expect.poll(() => received("organization.domains.changed")).toHaveLength(2);
  expect(receiver.requests.map(({ body }) => body).join("\n")).not.toContain("e2e-planted");
});

test.describe("before hydration", () => {
  test.use({ javaScriptEnabled: false });

  test("the forms send what they hold, and say what became of it", async ({ page }) => {
    await page.context().clearCookies();
    await signIn(page);
    await page.goto("/settings");
    await page.getByLabel("Logo URL").fill("https://www.example.com/logo.svg");
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(outcome(page)).toContainText("Saved. Published as organization.profile.changed");
    await page.getByLabel("Logo URL").fill("");
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.goto("/settings/preferences");
    await page.getByRole("button", { name: "Save preferences" }).click();
    await expect(outcome(page)).toContainText("Nothing was changed, so nothing was published.");
    await page.getByLabel("Meeting length", { exact: true }).fill("4");
    await page.getByRole("checkbox", { name: "Sun", exact: true }).check();
    await page.getByRole("button", { name: "Save preferences" }).click();
    await expect(page.getByText("Must be a whole number from 5 to 480")).toBeVisible();
    await expect(page.getByLabel("Meeting length", { exact: true })).toHaveValue("4");
    await expect(page.getByRole("checkbox", { name: "Sun", exact: true })).toBeChecked();
  });
});
