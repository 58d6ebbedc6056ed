import type { Page } from "@playwright/test";
import { mailedTokens } from "../../lib/server/testing/mailed-links.ts";
import { startSmtpReceiver, type SmtpReceiver } from "../../lib/server/testing/smtp-receiver.ts";
import { bootstrap, startInstance, type Instance } from "../fixtures/instance.ts";
import { oidcClient, startOidcProvider, type OidcProvider } from "../fixtures/oidc-provider.ts";
import { callAction } from "../fixtures/server-actions.ts";
import { signIn } from "../fixtures/sign-in.ts";
import { signInByAction } from "../fixtures/sign-in-by-action.ts";
import { expect, test } from "../fixtures/test.ts";

/** Signing in through a real OpenID Connect provider: who gets in, and what next-auth is made to check. */
let provider: OidcProvider;
let instance: Instance;
let smtp: SmtpReceiver;

test.beforeAll(async () => {
  provider = await startOidcProvider();
  smtp = await startSmtpReceiver();
  instance = await startInstance({
    SMTP_URL: smtp.url,
    MAIL_FROM: "posthorn@example.com",
    POSTHORN_OIDC_ISSUER: provider.issuer,
    POSTHORN_OIDC_CLIENT_ID: oidcClient.id,
    POSTHORN_OIDC_CLIENT_SECRET: oidcClient.secret,
    POSTHORN_OIDC_NAME: "Example ID",
  });
});
test.afterAll(async () => {
  await instance.remove();
  await provider.close();
  await smtp.close();
});
test.beforeEach(() => {
  Object.assign(provider, { lies: {}, foreignKey: false, holdBack: false });
});

async function invite(email: string): Promise<void> {
  const cookie = await signInByAction(instance.url, bootstrap.email, bootstrap.password);
  const answer = await callAction(
    instance.url,
    "inviteMemberAction",
    { form: { email, role: "developer" } },
    cookie,
  );
  expect(answer.result).toMatchObject({ ok: true });
}

async function continueWithProvider(page: Page): Promise<void> {
  await page.goto(`${instance.url}/sign-in`);
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
}

const overview = (page: Page) => page.getByRole("heading", { level: 1, name: "Overview" });

test("lets an invited person in with state, nonce and PKCE, and again without an invitation", async ({
  page,
}) => {
  await invite("grace@example.com");
  provider.person = { sub: "grace", email: "Grace@example.com", email_verified: true, given_name: "Grace" };
  await continueWithProvider(page);
  await expect(overview(page)).toBeVisible();
  const asked = provider.asked.at(-1);
  expect(Object.fromEntries(asked ?? [])).toMatchObject({
    state: expect.stringMatching(/.{20}/),
    nonce: expect.stringMatching(/.{20}/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    redirect_uri: `${instance.url}/api/auth/callback/oidc`,
  });
  await page.context().clearCookies();
  await continueWithProvider(page);
  await expect(overview(page)).toBeVisible();
});

test("turns strangers and addresses that are not verified away, and makes nothing for them", async ({
  page,
}) => {
  provider.person = { sub: "eve", email: "eve@example.com", email_verified: true };
  await continueWithProvider(page);
  await expect(page.getByText("Nobody has invited the e-mail address of that account")).toBeVisible();
  await invite("mallory@example.com");
  provider.person = { sub: "mallory", email: "mallory@example.com", email_verified: false };
  await continueWithProvider(page);
  await expect(page.getByText("That account has no verified e-mail address")).toBeVisible();
  await page.goto(instance.url);
  await expect(page).toHaveURL(/\/sign-in$/);
});

async function disconnect(page: Page, password: string): Promise<void> {
  await page.goto(`${instance.url}/account`);
  await page.getByRole("button", { name: "Disconnect Example ID" }).click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Example ID" });
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Disconnect", exact: true }).click();
}

test("takes over no account: its owner connects it, signed in with the password, and disconnects it", async ({
  page,
  browser,
}) => {
  provider.person = { sub: "ada", email: bootstrap.email, email_verified: true };
  await continueWithProvider(page);
  await expect(page.getByText("There is an account with that e-mail address already")).toBeVisible();
  await signIn(page, instance.url);
  provider.person = { sub: "eve", email: "eve@example.com", email_verified: true };
  await page.goto(`${instance.url}/account`);
  await page.getByRole("button", { name: "Connect Example ID" }).click();
  await expect(page.getByText("That belongs to somebody else")).toBeVisible();
  provider.person = { sub: "ada", email: bootstrap.email, email_verified: true };
  await page.getByRole("button", { name: "Connect Example ID" }).click();
  await expect(page.getByText("Connected")).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await continueWithProvider(other);
  await expect(overview(other)).toBeVisible();

  await disconnect(page, bootstrap.password);
  await expect(page.getByRole("button", { name: "Connect Example ID" })).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await continueWithProvider(other);
  await expect(other.getByText("There is an account with that e-mail address already")).toBeVisible();
  await other.context().close();
});

test("is disconnected by nobody who does not know the password: it may be the only way in", async ({
  page,
}) => {
  await invite("hedy@example.com");
  provider.person = { sub: "hedy", email: "hedy@example.com", email_verified: true };
  await continueWithProvider(page);
  await expect(overview(page)).toBeVisible();
  await page.goto(`${instance.url}/account`);
  await expect(page.getByText("To disconnect it, set a password first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Disconnect Example ID" })).toHaveCount(0);
  const [session] = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"));
  const guess = { provider: "oidc", currentPassword: "a guess of somebody's" };
  const cookie = `${session?.name}=${session?.value}`;
  const answer = await callAction(instance.url, "disconnectProviderAction", { form: guess }, cookie);
  expect(answer.result).toMatchObject({ ok: false, errors: [{ path: "currentPassword" }] });
  await page.context().clearCookies();
  await continueWithProvider(page);
  await expect(overview(page)).toBeVisible();
});

test("is disconnected by somebody who has set a password, by a link to the address that was proved", async ({
  page,
}) => {
  const email = "katherine@example.com";
  const password = "trajectory analysis";
  await invite(email);
  provider.person = { sub: "katherine", email, email_verified: true };
  await continueWithProvider(page);
  await expect(overview(page)).toBeVisible();
  await page.goto(`${instance.url}/account`);
  await page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(page.getByText("On its way")).toBeVisible();
  await expect.poll(() => mailedTokens(smtp, email).length, { timeout: 15_000 }).toBe(1);
  await page.goto(`${instance.url}/reset-password?token=${mailedTokens(smtp, email)[0]}`);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(overview(page)).toBeVisible();
  await disconnect(page, password);
  await expect(page.getByRole("button", { name: "Connect Example ID" })).toBeVisible();
  await page.context().clearCookies();
  await continueWithProvider(page);
  await expect(page.getByText("There is an account with that e-mail address already")).toBeVisible();
});

for (const [name, change] of Object.entries({
  "with another nonce": { lies: { nonce: "replayed" } },
  "for another client": { lies: { aud: "another" } },
  "of another issuer": { lies: { iss: "https://another.example" } },
  "signed by another key": { foreignKey: true },
})) {
  test(`believes no ID token ${name}`, async ({ page }) => {
    await invite("grace@example.com").catch(() => undefined); // a member by now, when the tests run in order
    provider.person = { sub: "grace", email: "grace@example.com", email_verified: true };
    Object.assign(provider, change);
    await continueWithProvider(page);
    await expect(page.getByText("That did not work.")).toBeVisible();
    await page.goto(instance.url);
    await expect(page).toHaveURL(/\/sign-in$/);
  });
}

test("takes no answer that this browser has not asked for", async ({ page, browser }) => {
  provider.person = { sub: "ada", email: bootstrap.email, email_verified: true };
  // The attacker stops before the callback and gives its address to somebody else (login CSRF).
  const attacker = await (await browser.newContext()).newPage();
  provider.holdBack = true;
  await continueWithProvider(attacker);
  await expect(attacker.getByText("held back")).toBeVisible();
  await attacker.context().close();
  await page.goto(provider.heldBack ?? "");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.goto(instance.url);
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("starts for no form of another site", async () => {
  const body = new URLSearchParams({ callbackUrl: "/" });
  const answer = await fetch(`${instance.url}/api/auth/signin/oidc`, {
    method: "POST",
    body,
    redirect: "manual",
  });
  expect(answer.headers.get("location") ?? "").not.toContain(provider.issuer);
});
