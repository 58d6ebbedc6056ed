import { Api } from "./fixtures/api.ts";
import { openSession, signIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

test("an admin finds who changed what, by person, action, target and word, and sees before and after", async ({
  page,
  baseURL,
}) => {
  const api = new Api(baseURL ?? "");
  const { id } = await api.createEndpoint("http://127.0.0.1:65000/audited");
  await api.ok("PATCH", `/endpoints/${id}`, {
    description: "Calendar sync",
    headers: { "x-token": "planted" },
  });
  await api.ok("GET", `/endpoints/${id}/secret`);
  await signIn(page);

  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("link", { name: "Signed in" }).first()).toBeVisible();
  await page.getByRole("searchbox").fill(id);
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText("Looked at a signing secret");
  await expect(rows.nth(0)).toContainText("First key");
  await page.getByRole("button", { name: "What" }).click();
  await page.getByRole("option", { name: "Changed an endpoint", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toHaveCount(1);

  await page.getByRole("link", { name: "Changed an endpoint" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Changed an endpoint" })).toBeVisible();
  const field = page.getByRole("row").filter({ hasText: "description" });
  await expect(field).toContainText("empty");
  await expect(field).toContainText("Calendar sync");
  await expect(page.getByRole("row").filter({ hasText: "headerValues" })).toContainText("changed");
  await expect(page.locator("body")).not.toContainText("planted");
  await page.getByRole("link", { name: "All about this target" }).click();
  await expect(rows).toHaveCount(3);
  await page.getByRole("searchbox").fill("no such word anywhere");
  await expect(page.getByRole("button", { name: "Clear filters" }).last()).toBeVisible();
  await expect(page.getByText("Entries are kept for 90 days.")).toBeVisible();
  await api.deleteEndpoints();
});

test.describe("without an answer", () => {
  test.use({ expectedErrors: [/Failed to load resource/] });
  test("the list says so and can be tried again", async ({ page }) => {
    await openSession(page);
    await page.goto("/audit-log");
    await expect(page.getByRole("link", { name: "Signed in" }).first()).toBeVisible();
    await page.route("**/api/internal/audit*", (route) => route.fulfill({ status: 503, body: "" }));
    await page.getByRole("searchbox").fill("anything else");
    await expect(page.getByText("This could not be loaded")).toBeVisible({ timeout: 30_000 });
    await page.unroute("**/api/internal/audit*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("Entries are kept for 90 days.")).toBeVisible();
  });
});
