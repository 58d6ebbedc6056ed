import { openSession, submitSignIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|status of 401/] });

test("a page says that it is not kept up to date, why, and goes on by itself", async ({ page, context }) => {
  await openSession(page);
  await page.goto("/endpoints?state=active");
  await context.setOffline(true);
  await expect(page.getByText("Connection lost.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("Connection lost.")).toBeHidden();
});

test("a session that ended meanwhile leads through the sign-in back to the page", async ({
  page,
  context,
}) => {
  await openSession(page);
  await page.goto("/endpoints?state=active");
  await context.clearCookies();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await page.getByRole("button", { name: "Sign in again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await submitSignIn(page);
  await expect(page).toHaveURL(/\/endpoints\?state=active$/);
  await expect(page.getByText("Your session has ended.")).toBeHidden();
});
