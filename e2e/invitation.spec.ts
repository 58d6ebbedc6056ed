import type { Browser, Page } from "@playwright/test";
import type { Client } from "pg";
import { startSmtpReceiver, type SmtpReceiver } from "../lib/server/testing/smtp-receiver.ts";
import { openDatabase } from "./fixtures/database.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";
import { receiveMail } from "./fixtures/mail.ts";
import { callAction } from "./fixtures/server-actions.ts";
import { expect, test } from "./fixtures/test.ts";
import { makeOrganization, type Organization, type Person } from "./security/tenants/people.ts";

let smtp: SmtpReceiver;
let instance: Instance;
let database: Client;
let acme: Organization;
let globex: Organization;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  smtp = await startSmtpReceiver();
  instance = await startInstance({ SMTP_URL: smtp.url, MAIL_FROM: "posthorn@example.com" });
  database = await openDatabase(instance.dataFolder);
  acme = await makeOrganization(database, instance.url, "Acme");
  globex = await makeOrganization(database, instance.url, "Globex");
});
test.afterAll(async () => {
  await database?.end().catch(() => undefined);
  await instance.remove();
  await smtp.close();
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const subject = (name: string) => `admin ${name} invites you to ${name} on ${new URL(instance.url).host}`;

async function pageOf(browser: Browser, { cookie }: Person): Promise<Page> {
  const [name = "", value = ""] = cookie.split("=", 2);
  const context = await browser.newContext();
  await context.addCookies([{ name, value, url: instance.url }]);
  return context.newPage();
}

/** Invites without the page, and returns the link that the page would show. */
async function invite(by: Organization, email: string): Promise<string> {
  const form = { email, role: "developer" };
  const { result } = await callAction(instance.url, "inviteMemberAction", { form }, by.admin.cookie);
  return (result as { value: { link: string } }).value.link;
}

test("an invitation is mailed, makes an account, and works once", async ({ page, browser }) => {
  const admin = await pageOf(browser, acme.admin);
  await admin.goto(`${instance.url}/members`);
  await admin.getByRole("button", { name: "Invite" }).click();
  await admin.getByLabel("E-mail").fill("grace@example.com");
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await expect(admin.getByText("An invitation is on its way to grace@example.com")).toBeVisible();
  const mail = await receiveMail(smtp, subject("Acme"));
  expect(mail.to).toBe("grace@example.com");
  await admin.reload();
  await expect(admin.getByRole("row", { name: /grace@example\.com/ })).toContainText("Sent");

  const [, href = ""] = /href="([^"]*\/invitation[^"]*)"/.exec(mail.html) ?? [];
  await page.goto(href);
  await expect(heading(page, "Join Acme")).toBeVisible();
  await page.getByLabel("First name").fill("Grace");
  await page.getByLabel("Password", { exact: true }).fill("difference engine");
  await page.getByRole("button", { name: "Create account and join" }).click();
  await expect(heading(page, "Overview")).toBeVisible();

  await page.goto(href);
  await expect(heading(page, "This invitation does not work any more")).toBeVisible();
  await page.getByRole("link", { name: "Go to Acme" }).click();
  await expect(heading(page, "Overview")).toBeVisible();
});

test("who is signed in joins another organization by one press", async ({ browser }) => {
  const page = await pageOf(browser, acme.developer);
  await page.goto(await invite(globex, acme.developer.email));
  await expect(heading(page, "Join Globex")).toBeVisible();
  await expect(page.getByLabel("Password of your account")).toHaveCount(0);
  await page.getByRole("button", { name: "Join Globex" }).click();
  await expect(heading(page, "Overview")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto(`${instance.url}/account`);
  await expect(page.getByRole("listitem").filter({ hasText: "Globex" })).toContainText("Shown now");
});

test("who sets a forgotten password on the way comes back to the invitation", async ({ page }) => {
  const { email } = globex.developer;
  await page.goto(await invite(acme, email));
  await page.getByRole("button", { name: "Forgot it, or never had one?" }).click();
  await page.getByRole("link", { name: "Back to the invitation" }).click();
  await expect(heading(page, "Join Acme")).toBeVisible();
  await page.getByRole("button", { name: "Forgot it, or never had one?" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(heading(page, "Check your mail")).toBeVisible();

  const { html } = await receiveMail(smtp, `Set a new password on ${new URL(instance.url).host}`);
  const [, href = ""] = /href="([^"]*reset-password[^"]*)"/.exec(html) ?? [];
  await page.goto(href);
  await page.getByLabel("New password").fill("another horse, another battery");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.getByRole("button", { name: "Join Acme" }).click();
  await expect(heading(page, "Overview")).toBeVisible();

  await page.goto(`${instance.url}/forgot-password`);
  await expect(page.getByRole("link", { name: "Back to sign-in" })).toBeVisible();
});

test("who is signed in as somebody else is told so, and a withdrawn link says that it is over", async ({
  browser,
}) => {
  const page = await pageOf(browser, acme.admin);
  const link = await invite(globex, "hedy@example.com");
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${acme.admin.email}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Create account and join" })).toBeVisible();

  const admin = await pageOf(browser, globex.admin);
  await admin.goto(`${instance.url}/members`);
  const row = admin.getByRole("row", { name: /hedy@example\.com/ });
  await row.getByRole("button", { name: "Withdraw" }).click();
  await admin.getByRole("button", { name: "Withdraw invitation" }).click();
  await expect(admin.getByText("Invitation withdrawn")).toBeVisible();
  await page.reload();
  await expect(heading(page, "This invitation does not work any more")).toBeVisible();
});
