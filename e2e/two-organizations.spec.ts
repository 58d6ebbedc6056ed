import { randomBytes } from "node:crypto";
import { uuidV7 } from "../lib/domain/ids.ts";
import { startWebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { openDatabase } from "./fixtures/database.ts";
import { bootstrap } from "./fixtures/instance.ts";
import { signIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

const second = "Second organization";

test("who switches organizations sees nothing that was read in the other one", async ({ page, baseURL }) => {
  const api = new Api(baseURL ?? "");
  const receiver = await startWebhookReceiver();
  const database = await openDatabase(process.env.E2E_DATA_FOLDER ?? "");
  // There is no public way to make a second organization on an instance.
  const organizationId = uuidV7(new Date(), randomBytes(10));
  await database.query("INSERT INTO organization (id, name, created_at) VALUES ($1, $2, now())", [
    organizationId,
    second,
  ]);
  await database.query(
    `INSERT INTO membership (organization_id, user_id, role, created_at)
     SELECT $1, id, 'developer', now() FROM app_user WHERE email = $2`,
    [organizationId, bootstrap.email],
  );
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    await signIn(page);
    const navigation = page.getByRole("navigation", { name: "Main" });
    const rows = page.getByRole("table", { name: "Attempts, newest first" }).getByRole("row");
    await navigation.getByRole("link", { name: "Logs" }).click();
    await expect(rows.filter({ hasText: "developer.webhook.test" })).not.toHaveCount(0);

    await page.getByRole("button", { name: /^Account:/ }).click();
    await page.getByRole("menuitem", { name: "Account" }).click();
    await page.getByRole("button", { name: `Switch to ${second}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await expect(page.getByRole("link", { name: second })).toBeVisible();

    // The second look at the newest page, which would bring what the first organization has.
    const looks = async () => {
      for (let count = 0; count < 2; count += 1) {
        await page.waitForResponse(
          (response) => new URL(response.url()).pathname === "/api/internal/attempts",
        );
      }
    };
    const looked = looks();
    await navigation.getByRole("link", { name: "Logs" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Logs" })).toBeVisible();
    await looked;
    await expect(page.getByText("No attempts yet")).toBeVisible();
    await expect(rows).toHaveCount(0);
  } finally {
    await api.deleteEndpoints();
    await receiver.close();
    await database.query("DELETE FROM membership WHERE organization_id = $1", [organizationId]);
    await database.query("DELETE FROM organization WHERE id = $1", [organizationId]);
    await database.end();
  }
});
