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

test("a form keeps what was entered when the server does not answer, and when the session has ended", async ({
  page,
  context,
  baseURL,
}) => {
  const api = new Api(baseURL ?? "");
  const receiver = await startWebhookReceiver();
  const create = page.getByRole("button", { name: "Create endpoint" });
  const isRefusedAndKept = async (reason: RegExp) => {
    await create.click();
    await expect(page.getByRole("alert").filter({ hasText: reason })).toBeVisible();
    await expect(page.getByLabel("Endpoint URL")).toHaveValue(receiver.url);
    await expect(page.getByLabel("Description")).toHaveValue("Typed with care");
    await expect(page.getByLabel("Timeout in seconds")).toHaveValue("7");
  };
  try {
    await signIn(page);
    await page.goto("/endpoints/new");
    await page.getByLabel("Endpoint URL").fill(receiver.url);
    await page.getByLabel("Description").fill("Typed with care");
    await page.getByText("Delivery and retries").click();
    await page.getByLabel("Timeout in seconds").fill("7");
    await page.route("**/endpoints/new", (route) => route.abort());
    await isRefusedAndKept(/^Nothing was saved.*The server did not answer/);
    await page.unroute("**/endpoints/new");
    await context.clearCookies();
    await isRefusedAndKept(/^Nothing was saved.*Your session has ended/);

    const other = await context.newPage();
    await signIn(other, baseURL);
    await create.click();
    await expect(page).toHaveURL(/\/endpoints\/ep_/);
    api.willDelete(page.url().split("/").at(-1) ?? "");
    await expect(page.getByText("Typed with care", { exact: true })).toBeVisible();
  } finally {
    await api.deleteEndpoints();
    await receiver.close();
  }
});
