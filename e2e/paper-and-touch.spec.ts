import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

let api: Api;
let path: string;

test.beforeEach(async ({ page, baseURL }) => {
  api = new Api(baseURL ?? "");
  const { id } = await api.createEndpoint("https://receiver.example.com/hooks");
  path = `/endpoints/${id}`;
  await openSession(page);
});
test.afterEach(() => api.deleteEndpoints());

test("on paper there is the page alone, over the whole width, and light", async ({ page }) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: /receiver\.example\.com/ })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Go to a page" })).toBeHidden();
  const [main, width] = [await page.locator("main").boundingBox(), page.viewportSize()?.width ?? 0];
  expect(main).toMatchObject({ x: 0, width });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
});

test.describe("by finger", () => {
  test.use({ hasTouch: true });

  test("a tap on a moment tells the exact time, and another puts that away", async ({ page }) => {
    await page.goto(path);
    const moment = page.locator("main time").first();
    await expect(moment).toHaveText(/ago|now/);
    const tip = page.getByRole("tooltip").filter({ hasText: "UTC" });
    await moment.tap();
    await expect(tip).toContainText(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
    await moment.tap();
    await expect(tip).toBeHidden();
  });
});
