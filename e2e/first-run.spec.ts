import { expect, test } from "@playwright/test";
import { violations } from "./fixtures/accessibility.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";

let instance: Instance;

test.beforeAll(async () => {
  const nobody = {
    POSTHORN_BOOTSTRAP_EMAIL: "",
    POSTHORN_BOOTSTRAP_PASSWORD: "",
    POSTHORN_BOOTSTRAP_ORGANIZATION: "",
    POSTHORN_BOOTSTRAP_API_KEY: "",
  };
  instance = await startInstance(nobody);
});

test.afterAll(() => instance.remove());

test("an empty instance leads to its one-time setup link, and the first admin is made there", async ({
  page,
}) => {
  for (const path of [
    "/endpoints",
    "/sign-in",
    "/forgot-password",
    "/invitation?token=x",
    "/reset-password?token=x",
  ]) {
    await page.goto(instance.url + path);
    await expect(page, path).toHaveURL(/\/setup$/);
  }
  expect((await page.goto(`${instance.url}/no-such-page`))?.status()).toBe(404);
  const path = /\/setup\?token=\S+/.exec(instance.output())?.[0] ?? "";
  expect(path).not.toBe("");
  await page.goto(instance.url + path);
  expect(await violations(page), "what nobody else will see").toEqual([]);
  await page.getByLabel("Organization").fill("Acme");
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Lovelace");
  await page.getByLabel("E-mail").fill("ada@acme.example");
  await page.getByLabel("Password", { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Create organization" }).click();
  if (page.url().includes("/sign-in")) {
    await page.getByLabel("E-mail").fill("ada@acme.example");
    await page.getByLabel("Password", { exact: true }).fill("a long enough password");
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.context().clearCookies();
  await page.goto(instance.url + path);
  await expect(page).not.toHaveURL(/\/setup\?token/);
});
