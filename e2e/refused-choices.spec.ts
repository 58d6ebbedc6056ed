import { bootstrap } from "./fixtures/instance.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

// React resets the form of an action: boxes and choices showed, and sent the next time, what had been chosen first.

test.beforeEach(({ page }) => openSession(page));

test("a refused invitation keeps the role that was chosen, and invites with it", async ({ page }) => {
  await page.goto("/members");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a member" });
  await dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dialog.getByLabel("E-mail").fill(bootstrap.email);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByRole("radio", { name: /^Admin/ })).toBeChecked();
  await dialog.getByLabel("E-mail").fill("refused-choices@example.com");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /refused-choices@example\.com/ })).toContainText("admin");
});

test("a refused API key keeps the scopes that were chosen, and is made with them", async ({ page }) => {
  await page.goto("/api-keys");
  await page.getByRole("button", { name: "Create key" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create an API key" });
  await dialog.getByRole("checkbox", { name: "events:write" }).uncheck();
  await dialog.getByRole("checkbox", { name: "endpoints:read" }).check();
  await dialog.getByLabel("Name").fill("   ");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "endpoints:read" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "events:write" })).not.toBeChecked();
  await dialog.getByLabel("Name").fill("Refused once");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /Refused once/ });
  await expect(row).toContainText("endpoints:read");
  await expect(row).not.toContainText("events:write");
});
