import { bootstrap, startInstance, type Instance } from "../fixtures/instance.ts";
import { builtActions, callAction } from "../fixtures/server-actions.ts";
import { signInByAction } from "../fixtures/sign-in-by-action.ts";
import { expect, test } from "../fixtures/test.ts";

/** Sessions as they are seen from outside: what a cookie is worth, and who can make a browser do what. */
let instance: Instance;
let sessionCookie: string;

test.beforeAll(async () => {
  instance = await startInstance();
});
test.afterAll(() => instance.remove());
test.beforeEach(async () => {
  sessionCookie = await signIn();
});

const signIn = () => signInByAction(instance.url, bootstrap.email, bootstrap.password);
const at = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(instance.url + path, { redirect: "manual", ...init, headers });

/** The reads of the dashboard answer 401 without a session. */
async function isSignedIn(cookie: string): Promise<boolean> {
  const { status } = await at("/api/internal/overview", { cookie });
  expect([200, 401]).toContain(status);
  return status === 200;
}

/** next-auth's own token against foreign forms, with the cookie that belongs to it. */
async function csrf(): Promise<{ token: string; cookie: string }> {
  const answer = await at("/api/auth/csrf");
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { token: csrfToken, cookie: cookiesOf(answer) };
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");
}

async function signOut(cookie: string): Promise<void> {
  const { token, cookie: csrfCookie } = await csrf();
  const body = new URLSearchParams({ csrfToken: token, callbackUrl: "/sign-in", json: "true" });
  const answer = await at(
    "/api/auth/signout",
    { cookie: `${cookie}; ${csrfCookie}` },
    { method: "POST", body },
  );
  expect(answer.status).toBe(200);
}

test("signing out ends the copies of its cookie, and no other session", async () => {
  const other = await signIn();
  expect(await isSignedIn(sessionCookie)).toBe(true);
  await signOut(sessionCookie);
  expect(await isSignedIn(sessionCookie)).toBe(false);
  expect(await isSignedIn(other)).toBe(true);
  // Nor does next-auth renew what was ended into something that lasts.
  const renewed = cookiesOf(await at("/api/auth/session", { cookie: sessionCookie }));
  if (renewed) expect(await isSignedIn(renewed)).toBe(false);
});

test("signing out everywhere ends every session", async () => {
  const other = await signIn();
  await callAction(instance.url, "signOutEverywhereAction", { args: [{}] }, sessionCookie);
  expect(await isSignedIn(sessionCookie)).toBe(false);
  expect(await isSignedIn(other)).toBe(false);
});

test("a changed password ends every other session, and the one that changed it goes on with a new cookie", async () => {
  const other = await signIn();
  const change = (currentPassword: string, newPassword: string, cookie: string) =>
    callAction(instance.url, "changePasswordAction", { form: { currentPassword, newPassword } }, cookie);
  const changed = await change(bootstrap.password, "another horse, another battery", sessionCookie);
  const next = changed.headers.getSetCookie().map((cookie) => cookie.split(";")[0])[0] ?? "";
  expect(await isSignedIn(next)).toBe(true);
  expect(await isSignedIn(sessionCookie)).toBe(false);
  expect(await isSignedIn(other)).toBe(false);
  await change("another horse, another battery", bootstrap.password, next);
});

test("a session that was planted in a browser is not the one that it gets by signing in", async () => {
  const planted = sessionCookie;
  const answer = await callAction(
    instance.url,
    "signInAction",
    { form: { email: bootstrap.email, password: bootstrap.password, next: "/" } },
    planted,
  );
  const own = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0])[0] ?? "";
  expect(await isSignedIn(own)).toBe(true);
  // Whoever has planted it can do nothing to the session that the person signed in to.
  await signOut(planted);
  expect(await isSignedIn(own)).toBe(true);
});

test("a cookie with made-up contents is no session", async () => {
  for (const value of ["x", "eyJhbGciOiJub25lIn0.e30.", "%00", "a.b.c.d.e"]) {
    expect(await isSignedIn(`next-auth.session-token=${value}`)).toBe(false);
  }
});

test("the session's cookie is out of reach of scripts and of other sites' forms", async () => {
  const answer = await callAction(instance.url, "signInAction", {
    form: { email: bootstrap.email, password: bootstrap.password, next: "/" },
  });
  const cookie =
    answer.headers.getSetCookie().find((text) => text.startsWith("next-auth.session-token=")) ?? "";
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=lax/i);
});

test("no form of another site signs anybody in or out", async () => {
  const credentials = { email: bootstrap.email, password: bootstrap.password, json: "true" };
  const { token, cookie } = await csrf();
  for (const [csrfToken, sent] of [
    [undefined, cookie],
    ["0".repeat(64), cookie],
    [token, ""],
  ] as const) {
    const body = new URLSearchParams({ ...credentials, ...(csrfToken && { csrfToken }) });
    const answer = await at("/api/auth/callback/credentials", { cookie: sent }, { method: "POST", body });
    expect(answer.headers.getSetCookie().join()).not.toContain("session-token=ey");
    const out = new URLSearchParams({ ...(csrfToken && { csrfToken }), json: "true" });
    await at("/api/auth/signout", { cookie: `${sessionCookie}; ${sent}` }, { method: "POST", body: out });
    expect(await isSignedIn(sessionCookie)).toBe(true);
  }
  // A link neither.
  await at("/api/auth/signout", { cookie: sessionCookie });
  expect(await isSignedIn(sessionCookie)).toBe(true);
});

test("no server action runs for a page of another site", async () => {
  const { id, page } = builtActions().find(({ name }) => name === "signOutEverywhereAction")!;
  for (const origin of ["https://evil.example", "null", `${instance.url}.evil.example`]) {
    const headers = {
      cookie: sessionCookie,
      origin,
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
    };
    const answer = await at(page, headers, { method: "POST", body: "[{}]" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await isSignedIn(sessionCookie)).toBe(true);
  }
});

test("the dashboard's own reads are for its own pages: none of them allows another origin", async () => {
  for (const path of ["/api/internal/overview", "/api/internal/endpoints", "/api/auth/session"]) {
    const answer = await at(path, { cookie: sessionCookie, origin: "https://evil.example" });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  }
  // And none of them changes anything, so a form of another site has nothing to send there.
  const posted = await at("/api/internal/endpoints", { cookie: sessionCookie }, { method: "POST" });
  expect(posted.status).toBe(405);
});

test("a link leads nowhere but to this site after sign-in", async () => {
  const answer = await callAction(instance.url, "signInAction", {
    form: { email: bootstrap.email, password: bootstrap.password, next: "https://evil.example/" },
  });
  expect(answer.redirect).toMatch(/^\/(;|$)/);
});
