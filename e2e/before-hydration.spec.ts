import { bootstrap } from "./fixtures/instance.ts";
import { callAction } from "./fixtures/server-actions.ts";
import { signInByAction } from "./fixtures/sign-in-by-action.ts";
import { expect, test } from "./fixtures/test.ts";

const instanceUrl = process.env.E2E_INSTANCE_URL ?? "";

test.use({ javaScriptEnabled: false });

// The page's own referrer policy made a form of it come from nowhere, and Next refuses what comes from elsewhere.
test("an invitation is accepted without any script", async ({ page }) => {
  const cookie = await signInByAction(instanceUrl, bootstrap.email, bootstrap.password);
  const form = { email: "before.hydration@example.com", role: "developer" };
  const answer = await callAction(instanceUrl, "inviteMemberAction", { form }, cookie);
  const { link } = (answer.result as { value: { link: string } }).value;
  await page.goto(link);
  await page.getByLabel("First name").fill("Grace");
  await page.getByLabel("Password", { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Create account and join" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});
