import { startWebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { signIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ expectedErrors: [/net::ERR_FAILED/] });

test("recovering says so when the server does not answer, and goes on when it does again", async ({
  page,
  baseURL,
}) => {
  const api = new Api(baseURL ?? "");
  const receiver = await startWebhookReceiver();
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.publish();
    await api.activate(id);
    await signIn(page);
    await page.goto(`/endpoints/${id}/recover`);
    await page.route("**/recover", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: "Recover", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/^The server did not answer\. Choose again/)).toBeVisible();

    await page.unroute("**/recover");
    await dialog.getByRole("radio", { name: /^Everything/ }).check();
    const send = dialog.getByRole("button", { name: /^Send \d+ events?$/ });
    await expect(send).toBeEnabled();
    await page.route("**/recover", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await send.click();
    await expect(dialog.getByText(/^The server did not answer\. Look at the list/)).toBeVisible();
    await expect(send).toBeEnabled();
  } finally {
    await api.deleteEndpoints();
    await receiver.close();
  }
});
