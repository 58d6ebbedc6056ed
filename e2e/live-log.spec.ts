import { startWebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

test("a log that is left open asks for its news, and for what a row leads to when somebody is about to follow it", async ({
  page,
  baseURL,
}) => {
  const api = new Api(baseURL ?? "");
  const receiver = await startWebhookReceiver();
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    await openSession(page);
    await page.goto(`/logs?endpointId=${id}`);
    const fetchedAhead: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (/^\/logs\/att_/.test(pathname)) fetchedAhead.push(pathname);
    });
    const count = 12;
    for (let number = 0; number < count; number += 1) await api.publish();
    const rows = page.getByRole("table").getByRole("row");
    // The heading, and the test that made the endpoint active.
    await expect(rows).toHaveCount(count + 2);
    await page.waitForLoadState("networkidle");
    expect(fetchedAhead).toEqual([]);

    const link = rows.nth(1).getByRole("link");
    await link.hover();
    await expect.poll(() => fetchedAhead.length).toBeGreaterThan(0);
    expect(new Set(fetchedAhead)).toEqual(new Set([await link.getAttribute("href")]));
    await link.click();
    await expect(page).toHaveURL(/\/logs\/att_/);
  } finally {
    await api.deleteEndpoints();
    await receiver.close();
  }
});
