import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type { Client } from "pg";
import { mailedTokens } from "../lib/server/testing/mailed-links.ts";
import { startSmtpReceiver, type SmtpReceiver } from "../lib/server/testing/smtp-receiver.ts";
import { openDatabase } from "./fixtures/database.ts";
import { bootstrap, startInstance, type Instance } from "./fixtures/instance.ts";
import { receiveMail } from "./fixtures/mail.ts";
import { signIn } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";
import { makeOrganization, type Organization } from "./security/tenants/people.ts";

const script = fileURLToPath(new URL("../scripts/password-link.mjs", import.meta.url));
let smtp: SmtpReceiver;
let instance: Instance;
/** The same without a mail server, in the end. */
let silent: Instance | undefined;
let database: Client;
/** One person for each test: they can ask for few links an hour. */
let organization: Organization;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  smtp = await startSmtpReceiver();
  instance = await startInstance({ SMTP_URL: smtp.url, MAIL_FROM: "posthorn@example.com" });
  database = await openDatabase(instance.dataFolder);
  organization = await makeOrganization(database, instance.url, "Forgetful");
});
test.afterAll(async () => {
  await database?.end().catch(() => undefined);
  await silent?.stop();
  await instance.remove();
  await smtp.close();
});

const overview = (page: Page) => page.getByRole("heading", { level: 1, name: "Overview" });
const host = () => new URL(instance.url).host;

async function askForLink(page: Page, address: string): Promise<void> {
  // The sign-in page has such a field, too.
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  await expect(page.getByText(`If there is an account with ${address}`)).toBeVisible();
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
}

test("a forgotten password is replaced by a link from a mail, and every session ends", async ({
  page,
  browser,
}) => {
  const { email, cookie } = organization.admin;
  const [name = "", value = ""] = cookie.split("=", 2);
  const context = await browser.newContext();
  await context.addCookies([{ name, value, url: instance.url }]);
  const other = await context.newPage();
  await other.goto(instance.url);
  await expect(overview(other)).toBeVisible();

  await page.goto(`${instance.url}/sign-in`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await askForLink(page, "nobody@example.com");
  await page.getByRole("button", { name: "Use another address" }).click();
  await askForLink(page, email);
  const mail = await receiveMail(smtp, `Set a new password on ${host()}`);
  expect(mail.to).toBe(email);
  expect(mail.text).toContain("With: Chrome on Linux");
  expect(mail.text).toContain("If it was not you, do nothing");
  const [, href = ""] = /href="([^"]*reset-password[^"]*)"/.exec(mail.html) ?? [];

  await page.goto(href);
  await expect(page.getByText(`For ${email}`)).toBeVisible();
  await setPassword(page, "too short");
  await expect(page.getByText("Must have at least 12 characters")).toBeVisible();
  await setPassword(page, "another horse, another battery");
  await expect(overview(page)).toBeVisible();
  await other.goto(`${instance.url}/endpoints`);
  await expect(other).toHaveURL(/\/sign-in/);
  await receiveMail(smtp, `Your password was changed on ${host()}`);
  expect(smtp.messages.map(({ to }) => to)).toEqual([email, email]);

  await page.goto(href);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.goto(`${instance.url}/audit-log`);
  await expect(page.getByText("Set a password by a link").first()).toBeVisible();
  await expect(page.getByText("Sent a link to set a password").first()).toBeVisible();
  await context.close();
});

test("all of it works without any script", async ({ browser }) => {
  const { email } = organization.developer;
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${instance.url}/forgot-password`);
  const tooLong = `${"a".repeat(250)}@example.com`;
  await plain.getByLabel("E-mail").fill(tooLong);
  await plain.getByRole("button", { name: "Send the link" }).click();
  await expect(plain.getByText("Must have at most 254 characters")).toBeVisible();
  await expect(plain.getByLabel("E-mail")).toHaveValue(tooLong);
  await askForLink(plain, email);
  await plain.getByRole("button", { name: "Use another address" }).click();
  await askForLink(plain, email);
  await expect.poll(() => mailedTokens(smtp, email).length, { timeout: 15_000 }).toBe(2);
  const [older, newer] = mailedTokens(smtp, email);

  await plain.goto(`${instance.url}/reset-password?token=${older}`);
  await expect(plain.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await plain.goto(`${instance.url}/reset-password?token=${newer}`);
  await setPassword(plain, "too short");
  await expect(plain.getByText("Must have at least 12 characters")).toBeVisible();
  await setPassword(plain, "another horse, another battery");
  await expect(overview(plain)).toBeVisible();
  await context.close();
});

test("whoever asks too often is told to wait, keeps what was typed, and can still sign in", async ({
  page,
}) => {
  const { email } = bootstrap;
  for (let asked = 0; asked < 3; asked += 1) {
    await page.goto(`${instance.url}/forgot-password`);
    await askForLink(page, email);
  }
  await page.goto(`${instance.url}/forgot-password`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Take the one in the newest mail" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await signIn(page, instance.url);
});

async function operatorsLink(environment: Record<string, string>, ...given: string[]) {
  const child = spawn(process.execPath, [script, ...given], {
    env: { ...process.env, DATABASE_URL: "", POSTHORN_URL: instance.url, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, output, link: /^http\S+$/m.exec(output)?.[0] ?? "" };
}

test("without a mail server the page says so, and an operator's command makes the link, also while it is stopped", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { email } = bootstrap;
  const { dataFolder, url } = instance;
  await database.end();
  await instance.stop();
  silent = await startInstance({ POSTHORN_DATA_DIR: dataFolder, PORT: new URL(url).port });
  await page.goto(`${url}/sign-in`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByText("This instance sends no mail")).toBeVisible();
  await expect(page.getByText("npm run password-link")).toBeVisible();

  const environment = { POSTHORN_DATA_DIR: dataFolder };
  const beside = await operatorsLink(environment, email);
  expect(beside, beside.output).toMatchObject({ code: 0 });
  const nobody = await operatorsLink(environment, "nobody@example.com");
  expect(nobody).toMatchObject({ code: 1, output: expect.stringContaining("there is no account") });

  await silent.stop();
  const alone = await operatorsLink(environment, email);
  expect(alone, alone.output).toMatchObject({ code: 0 });
  await silent.start();
  await page.goto(beside.link);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await page.goto(alone.link);
  await setPassword(page, "another horse, another battery");
  await expect(overview(page)).toBeVisible();
});
