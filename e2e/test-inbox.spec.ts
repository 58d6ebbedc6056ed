import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

test("an inbox of its own leads to an endpoint that sends to it", async ({ page }) => {
  await openSession(page);
  await page.goto("/inbox");
  await page.getByRole("button", { name: /inbox$/ }).click();
  await page.getByLabel("Name").fill("On its own");
  await page.getByRole("checkbox").uncheck();
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "On its own" })).toBeVisible();
  const [address] =
    /http:\/\/\S+\/in\/[0-9a-f]{32}/.exec((await page.getByRole("main").textContent()) ?? "") ?? [];
  await page.getByRole("link", { name: "Create an endpoint" }).click();
  await expect(page.getByLabel("Endpoint URL")).toHaveValue(address ?? "the address of the inbox");
  await page.goBack();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete inbox" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

test("a test inbox shows what arrived and nothing else, and answers as it is told to", async ({
  page,
  baseURL,
}) => {
  const api = new Api(baseURL ?? "");
  await openSession(page);
  await page.goto("/inbox");
  await page.getByRole("button", { name: /inbox$/ }).click();
  await page.getByLabel("Name").fill("Playground");
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Playground" })).toBeVisible();
  const endpointPage = await page.getByRole("main").locator("a[href^='/endpoints/ep_']").getAttribute("href");
  const endpointId = endpointPage?.split("/").at(-1) ?? "";

  await page.getByRole("button", { name: "Activate the endpoint" }).click();
  const requests = page.getByRole("region", { name: "Requests" }).getByRole("listitem");
  await expect(requests.filter({ hasText: "developer.webhook.test" })).toHaveCount(1);
  await expect(page.getByText("Signature valid", { exact: true })).toBeVisible();
  const names = page.getByRole("region", { name: "Headers" }).getByRole("term");
  await expect(names.filter({ hasText: "webhook-signature" })).toHaveCount(1);
  // What Posthorn's own proxy adds to a page was not sent by anybody.
  await expect(names.filter({ hasText: /content-security-policy|x-/ })).toHaveCount(0);

  await api.waitForEndpoint(endpointId, { state: "active" });
  for (let count = 0; count < 20; count++) await api.publish();
  await expect(requests).toHaveCount(21);
  // The list scrolls within itself and leaves no empty page below.
  const lengthPx = await page.evaluate(() => document.documentElement.scrollHeight);
  const endPx = await page.evaluate(
    () => document.querySelector("main > div")!.getBoundingClientRect().bottom,
  );
  expect(lengthPx).toBeLessThan(endPx + 100);

  await page.goto(`/endpoints/${endpointId}`);
  const attempts = page.getByRole("figure").filter({ hasText: "attempts succeeded" });
  await expect(attempts.locator("path[fill='var(--success)']")).not.toHaveCount(0);
  // Where nothing failed no red is drawn.
  await expect(attempts.locator("path[fill='var(--danger)']")).toHaveCount(0);

  // It asks what has arrived once it is hydrated.
  const hydrated = page.waitForResponse((response) => response.url().includes("/api/internal/inbox/"));
  await page.goBack();
  await hydrated;
  // The page shows the choice before it is stored.
  const stored = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("radio", { name: "Fail" }).check();
  await expect(page.getByText(/^Answers 500/)).toBeVisible();
  await stored;
  await api.publish();
  await expect(requests.getByText("500", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete inbox" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  await api.ok("DELETE", `/endpoints/${endpointId}`);
});
