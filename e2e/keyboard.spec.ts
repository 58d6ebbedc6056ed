import type { Locator, Page } from "@playwright/test";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { bootstrap } from "./fixtures/instance.ts";
import { openSession, signIn } from "./fixtures/sign-in.ts";
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

/** Goes there the way a person without a mouse does. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not come to ${String(target)}.`);
}

async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

test("the whole main job is done by keyboard alone", async ({ page }) => {
  test.setTimeout(90_000);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const said = page.getByRole("status").or(page.getByRole("region", { name: /^Notifications/ }));

  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(bootstrap.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(bootstrap.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await page.goto("/endpoints/new");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();

  const url = page.getByLabel("Endpoint URL");
  await tabTo(page, url);
  await page.keyboard.type("http://10.0.0.1/hook");
  const everything = page.getByRole("checkbox", { name: /^Everything/ });
  await tabTo(page, everything);
  await page.keyboard.press("Space");
  await expect(everything).not.toBeChecked();
  const scheduling = page.getByRole("checkbox", { name: "scheduling", exact: true });
  await tabTo(page, scheduling);
  await page.keyboard.press("Space");
  await expect(scheduling).toBeChecked();
  await enter(page, button("Create endpoint"));
  await expect(url, "the first wrong field").toBeFocused();
  await expect(url).toHaveAttribute("aria-invalid", "true");
  await expect(url).toHaveAccessibleDescription(/address|private|public/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(receiver.url);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
  api.willDelete(page.url().split("/").at(-1) ?? "");

  await enter(page, button("Activate"));
  await expect(button("Disable"), "the focus stays on the button, whatever it is called now").toBeFocused();
  await expect(said.filter({ hasText: "Active" }).first()).toBeAttached();

  await api.publish();
  await expect.poll(() => receiver.requests.length).toBe(2);
  await enter(page, page.getByRole("link", { name: "Attempts", exact: true }));
  await enter(page, page.getByRole("link", { name: "scheduling.smartscheduler.scheduled" }));
  await expect(page).toHaveURL(/\/logs\/att_/);
  await enter(page, button("Resend"));
  await expect(said.filter({ hasText: "is on its way" }).first()).toBeAttached();
  await expect(button("Resend")).toBeFocused();
  await expect.poll(() => receiver.requests.length).toBe(3);

  await page.goBack();
  await enter(page, page.getByRole("link", { name: "Recover", exact: true }));
  await tabTo(page, button("Recover"));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Recover events" });
  await expect(dialog.locator(":focus"), "the focus is in the dialog").toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button("Recover"), "and back where it came from").toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, dialog.getByRole("radio", { name: /^Never sent/ }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: /^Everything/ })).toBeChecked();
  // Other tests have published such events as well.
  const send = dialog.getByRole("button", { name: /^Send \d+ events?$/ });
  await expect(send).toBeEnabled();
  await enter(page, send);
  await expect(dialog).toBeHidden();
  await expect(said.filter({ hasText: "will be sent again" }).first()).toBeAttached();
  await expect.poll(() => receiver.requests.length).toBeGreaterThan(3);
});

test("what opens without a button of its own gives the focus back as well", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  await openSession(page);
  await page.goto(`/endpoints/${endpoint.id}`);
  const disable = page.getByRole("button", { name: "Disable", exact: true });
  await enter(page, disable);
  await expect(page.getByRole("dialog", { name: "Disable this endpoint?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(disable).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(disable).toBeFocused();
});

test("what is deleted with its button leaves the focus on the page", async ({ page }) => {
  await openSession(page);
  await page.goto("/settings/domains");
  await page.getByLabel("Domain", { exact: true }).fill("keyboard.example");
  await page.keyboard.press("Enter");
  const row = page.getByRole("row").filter({ hasText: "keyboard.example" });
  await enter(page, row.getByRole("button", { name: "Remove" }));
  await enter(page, page.getByRole("dialog").getByRole("button", { name: /^Remove/ }));
  await expect(row).toBeHidden();
  await expect(page.locator("main")).toBeFocused();
});

test("what is wrong is told at the field, also where it is one of several boxes", async ({ page }) => {
  await openSession(page);
  await page.goto("/settings/preferences");
  const days = page.getByRole("group", { name: "Working days" });
  for (const day of await days.getByRole("checkbox").all()) await day.uncheck();
  await enter(page, page.getByRole("button", { name: "Save preferences" }));
  await expect(days.getByRole("checkbox").first()).toBeFocused();
  await expect(days.getByRole("checkbox").first()).toHaveAttribute("aria-invalid", "true");
  await expect(days).toHaveAccessibleDescription(/Must|day/);
});

test("a chart is read hour by hour, and opens one in the log", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  await api.publish();
  await expect.poll(() => receiver.requests.length).toBe(2);
  await signIn(page);
  const chart = page.getByRole("application", { name: /^Per hour/ }).first();
  await tabTo(page, chart);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: /: \d+ succeeded, \d+ failed/ })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/logs\?since=/);
});

test("a copy says that it has been made", async ({ page }) => {
  const endpoint = await api.createEndpoint(receiver.url);
  await openSession(page);
  await page.goto(`/endpoints/${endpoint.id}`);
  await enter(page, page.getByRole("button", { name: /^Copy ep_/ }));
  await expect(page.getByRole("status").filter({ hasText: /^Copied/ })).toBeAttached();
});

test.describe("chosen before hydration", () => {
  /** Opens the page as it is before its scripts have come; they come when the function that it returns is called. */
  async function openUnhydrated(page: Page, path: string): Promise<() => void> {
    let hydrate: () => void = () => undefined;
    const scripts = new Promise<void>((resolve) => (hydrate = resolve));
    await page.route("**/_next/static/chunks/*.js", async (route) => {
      await scripts;
      await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    return hydrate;
  }

  test("event types and the failure policy stay chosen, and are known", async ({ page }) => {
    await openSession(page);
    const hydrate = await openUnhydrated(page, "/endpoints/new");
    const types = ["organization", "scheduling"].map((name) =>
      page.getByRole("checkbox", { name, exact: true }),
    );
    for (const type of types) await type.uncheck();
    await page.getByText("When it fails").click();
    await page.getByRole("radio", { name: /^Volume/ }).check();
    hydrate();
    await expect(page.getByLabel("Disabled at failures in a row")).toBeVisible();
    // The next rendering puts what is known over what is shown.
    await page.getByRole("textbox", { name: /^Filter/ }).fill('{ "id": "1" }');
    for (const type of types) await expect(type).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "webhook", exact: true })).toBeChecked();
    await expect(page.getByRole("radio", { name: /^Volume/ })).toBeChecked();
  });

  test("several rows stay selected", async ({ page }) => {
    await openSession(page);
    // Nothing listens there: the test fails at once.
    const urls = ["http://127.0.0.1:1/one", "http://127.0.0.1:1/two"];
    for (const url of urls) {
      const { id } = await api.createEndpoint(url);
      await api.ok("PATCH", `/endpoints/${id}`, { state: "active" });
    }
    await page.goto("/review");
    const boxes = urls.map((url) => page.getByRole("checkbox", { name: `Select ${url}` }));
    for (const box of boxes) await expect(box).toBeVisible();
    const hydrate = await openUnhydrated(page, "/review");
    for (const box of boxes) await box.check();
    hydrate();
    await expect(page.getByRole("region", { name: "Selection" })).toContainText("2 endpoints");
    for (const box of boxes) await expect(box).toBeChecked();
  });

  test("a filter is applied", async ({ page }) => {
    await openSession(page);
    const hydrate = await openUnhydrated(page, "/logs");
    await page.getByRole("radio", { name: "Failed" }).check();
    hydrate();
    await expect(page).toHaveURL(/outcome=failed/);
    await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();
  });
});
