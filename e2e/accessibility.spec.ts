import type { Page } from "@playwright/test";
import type { Client } from "pg";
import { makeContents, type Contents } from "./accessibility/contents.ts";
import { opened } from "./accessibility/opened.ts";
import { cutOff, focusUnseen, moving, tooWide } from "./accessibility/page-checks.ts";
import { visits } from "./accessibility/pages.ts";
import { colourViolations, violations } from "./fixtures/accessibility.ts";
import { openDatabase } from "./fixtures/database.ts";
import { expect, test } from "./fixtures/test.ts";

const instanceUrl = process.env.E2E_INSTANCE_URL ?? "";

let database: Client;
let contents: Contents;

// Nothing fades in while it is being looked at.
test.use({ contextOptions: { reducedMotion: "reduce" }, colorScheme: "light" });

test.beforeAll(async () => {
  test.setTimeout(90_000);
  database = await openDatabase(process.env.E2E_DATA_FOLDER ?? "");
  contents = await makeContents(database, instanceUrl);
});

test.afterAll(() => database.end());

test.beforeEach(async ({ context }) => {
  const [name = "", value = ""] = contents.cookie.split("=", 2);
  await context.addCookies([{ name, value, url: instanceUrl }]);
});

test.describe("every page", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("is fit for everybody: in both themes, by keyboard, in a narrow window, without motion", async ({
    page,
    context,
  }) => {
    test.setTimeout(300_000);
    const wrong: string[] = [];
    const titles = new Map<string, string[]>();
    for (const { path, isGuest } of visits(contents)) {
      if (isGuest) await context.clearCookies();
      await visit(page, path);
      const found = [
        ...(await inBothThemes(page)),
        ...(await moving(page)),
        ...(await tooWide(page)),
        ...(await cutOff(page)),
        ...(await focusUnseen(page)),
      ];
      wrong.push(...found.map((problem) => `${path}: ${problem}`));
      const title = await page.title();
      titles.set(title, [...(titles.get(title) ?? []), new URL(page.url()).pathname]);
    }
    expect.soft(wrong).toEqual([]);
    const shared = [...titles].filter(([, paths]) => new Set(paths.map(kindOf)).size > 1);
    expect(shared, "titles that several pages have").toEqual([]);
  });
});

/** Two attempts are one kind of page; an endpoint's attempts and its settings are two. */
function kindOf(path: string): string {
  return path.replaceAll(/\/[a-z]+_[0-9a-z]{26}/g, "/id");
}

test("what opens, answers and refuses is fit for everybody", async ({ page }) => {
  test.setTimeout(180_000);
  const wrong: string[] = [];
  for (const [name, { path, open }] of Object.entries(opened)) {
    await visit(page, path(contents));
    await open(page, contents);
    wrong.push(...(await inBothThemes(page)).map((problem) => `${name}: ${problem}`));
  }
  expect(wrong).toEqual([]);
});

test("the navigation of a phone is fit for everybody", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, "/logs");
  expect(await inBothThemes(page)).toEqual([]);
  await page.getByRole("button", { name: "Open the navigation" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await inBothThemes(page)).toEqual([]);
});

test.describe("a member who lacks the right", () => {
  test.use({ expectedErrors: [/status of 40[34]/] });

  test("is told so on a page that is fit for everybody", async ({ page, context }) => {
    const [name = "", value = ""] = contents.organization.developer.cookie.split("=", 2);
    await context.addCookies([{ name, value, url: instanceUrl }]);
    await visit(page, "/members");
    await expect(page.getByText("403")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});

/** The page with all that it asks for after its first painting. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(instanceUrl + path);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
}

async function inBothThemes(page: Page): Promise<string[]> {
  const inLight = await violations(page);
  const show = (theme: string) =>
    page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
  await show("dark");
  const inDark = await colourViolations(page);
  await show("light");
  return [...inLight, ...inDark.map((problem) => `in dark, ${problem}`)];
}
