import { startInstance } from "./fixtures/instance.ts";
import { submitSignIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";
import { clientAddress, startTlsProxy } from "./fixtures/tls-proxy.ts";

for (const names of ["host", "x-forwarded-host"] as const) {
  test(`behind a proxy that ends TLS and sends ${names}, forms work and everybody has an address of their own`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const proxy = await startTlsProxy(names);
    const instance = await startInstance({
      POSTHORN_URL: proxy.url,
      POSTHORN_LISTEN_ADDRESS: "127.0.0.1",
    });
    proxy.upstream = instance.url;
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      // What a client claims of itself counts for nothing.
      extraHTTPHeaders: { "x-forwarded-for": "198.51.100.1" },
    });
    try {
      // Linux has all of 127.0.0.0/8: an address that is not the one to listen on.
      const another = fetch(instance.url.replace("localhost", "127.0.0.2"));
      if (process.platform === "linux") await expect(another).rejects.toThrow("fetch failed");
      const page = await context.newPage();
      const answer = await page.goto(`${proxy.url}/sign-in`);
      expect(answer?.headers()["strict-transport-security"]).toBe("max-age=31536000");
      await submitSignIn(page);
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      expect(page.url()).toBe(`${proxy.url}/`);
      const [session] = (await context.cookies()).filter(({ name }) => name.includes("session-token"));
      expect(session).toMatchObject({
        name: "__Secure-next-auth.session-token",
        secure: true,
        httpOnly: true,
      });

      await page.goto(`${proxy.url}/audit-log`);
      await page.getByRole("link", { name: "Signed in" }).first().click();
      await expect(page.getByText(clientAddress)).toBeVisible();
      await expect(page.getByText("198.51.100.1")).toHaveCount(0);
    } finally {
      await context.close();
      await instance.remove();
      await proxy.close();
    }
  });
}
