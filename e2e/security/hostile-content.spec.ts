import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { startSmtpReceiver, type SmtpReceiver } from "../../lib/server/testing/smtp-receiver.ts";
import { Api } from "../fixtures/api.ts";
import { openDatabase } from "../fixtures/database.ts";
import { encodeId } from "../../lib/domain/ids.ts";
import { bootstrap, startInstance, type Instance } from "../fixtures/instance.ts";
import { signInByAction } from "../fixtures/sign-in-by-action.ts";
import { expect, test } from "../fixtures/test.ts";
import { comparable, fields, textNames, type Site } from "./hostile/fields.ts";
import { problemsOf } from "./hostile/page-problems.ts";
import { answerNames, startHostileReceiver, type HostileReceiver } from "./hostile/receiver.ts";
import { hostileTexts, shownTexts } from "./hostile/strings.ts";
import { pages } from "./surface.ts";
import { makeBelongings, type Belongings } from "./tenants/belongings.ts";
import { pageCases } from "./tenants/page-cases.ts";
import { makeOrganization } from "./tenants/people.ts";

// A trace's snapshots put a script into every frame, the sandboxed one of a mail, too. Now and then it is there soon enough
// to be blocked: an error in the console that is none of ours.
test.use({ trace: "off" });

let instance: Instance;
let mailServer: SmtpReceiver;
let receiver: HostileReceiver;
let database: Client;
let ids: Belongings;
let site: Site;
let api: Api;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mailServer = await startSmtpReceiver();
  receiver = await startHostileReceiver();
  instance = await startInstance({ SMTP_URL: mailServer.url, MAIL_FROM: "posthorn@example.com" });
  const { url: instanceUrl, dataFolder } = instance;
  database = await openDatabase(dataFolder);
  const organization = await makeOrganization(database, instanceUrl, "Hostile");
  ids = await makeBelongings({ database, instanceUrl, organization, mark: randomBytes(6).toString("hex") });
  api = new Api(instanceUrl, organization.key);
  site = { instanceUrl, database, organization, endpointId: ids.spareEndpointId, eventType: ids.eventType };
});

test.afterAll(async () => {
  await database?.end();
  await instance?.remove();
  await receiver?.close();
  await mailServer?.close();
});

test("a hostile text is kept as it is, or refused by the name of its field", async () => {
  const wrong: string[] = [];
  for (const [name, { path, enter }] of Object.entries(fields)) {
    for (const textName of textNames) {
      const text = hostileTexts[textName];
      const outcome = await enter(site, text).catch((error: Error) => ({ failed: error.message }));
      if ("failed" in outcome) wrong.push(`${name}, ${textName}: ${outcome.failed}`);
      else if ("refusedAt" in outcome) {
        if (!path.test(outcome.refusedAt))
          wrong.push(`${name}, ${textName}: refused at ${outcome.refusedAt}`);
      } else if (outcome.kept !== "***" && comparable(outcome.kept) !== comparable(text)) {
        wrong.push(`${name}, ${textName}: kept as ${JSON.stringify(outcome.kept)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("a hostile answer is logged as it came", async () => {
  const attempts = new Map<string, Awaited<ReturnType<typeof answerOf>>>();
  for (const name of answerNames) attempts.set(name, await answerOf(name));
  const response = (name: string) => attempts.get(name)?.response;
  const { html, breakout, terminal, direction, nul, attribute } = hostileTexts;
  expect(response("html")).toMatchObject({
    headers: { "x-html": html, "x-attribute": attribute },
    body: html + breakout,
    bodyTruncated: false,
  });
  expect(response("escapes")?.body).toBe(`${terminal}\r${direction}${nul}`);
  expect(response("latin1-header")?.headers["x-latin1"]).toBe("hostile\u00e9\u00ff");
  expect(response("bytes")).toMatchObject({ body: expect.stringMatching(/^h\ufffd/), bodyIsBinary: true });
  expect(response("long-line")).toMatchObject({ bodyTruncated: true });
  expect(response("long-line")?.body).toHaveLength(16 * 1024);
  expect(Object.keys(response("proto")?.headers ?? {})).toContain("__proto__");
  // A control character in a header is no HTTP: the answer is refused as a whole, and says so.
  expect(attempts.get("raw-header")).toMatchObject({ outcome: "failed", errorCode: "bad_response" });
});

/** One test to an endpoint that answers like this. */
async function answerOf(name: string) {
  const description = hostileTexts[shownTexts[answerNames.indexOf(name) % shownTexts.length] ?? "html"];
  const endpoint = await api.ok("POST", "/endpoints", {
    url: receiver.url(name),
    description,
    eventTypes: ["*"],
  });
  return api.ok("POST", `/endpoints/${endpoint.id}/test`, {});
}

test("a mail about a hostile endpoint is one mail, to its recipients alone, without markup of others", async () => {
  const endpoint = await api.ok("POST", "/endpoints", {
    url: receiver.url("accepting"),
    description: hostileTexts.html,
    eventTypes: [ids.eventType],
    onGone: "disable",
  });
  await api.activate(endpoint.id);
  await api.ok("POST", "/events", { eventType: ids.eventType, data: {} });
  await api.waitForEndpoint(endpoint.id, { state: "disabled" });
  // Who is invited meanwhile is told so by a mail of another kind.
  const about = () =>
    mailServer.messages.filter(({ raw }) => /^subject: endpoint /im.test(raw) && raw.includes("hostile"));
  await expect.poll(() => about().length, { timeout: 15_000 }).toBeGreaterThan(0);
  for (const { to, raw } of about()) {
    const [head = ""] = raw.split("\r\n\r\n");
    expect(head).not.toMatch(/^(bcc|cc):/im);
    expect(head.match(/^subject:/gim)).toHaveLength(1);
    expect([site.organization.admin.email, site.organization.developer.email]).toContain(to);
    expect(raw.replaceAll("=\r\n", "")).not.toMatch(/<(img|script|svg)/i);
  }
});

test.describe("in Chromium, on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, expectedErrors: [/status of 40[34] /] });

  test("no page runs a foreign text, breaks its own policy, or grows wider than the screen", async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await showHostileTexts();
    const wrong: string[] = [];
    page.on("dialog", (dialog) => {
      wrong.push(`${page.url()}: a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    // A broken policy is an error in the console, which fails the test. No script listens for it (see the top).
    for (const { cookie, path } of await visits()) {
      await page.context().clearCookies();
      if (cookie) await page.context().addCookies([cookieOf(cookie)]);
      await page.goto(instance.url + path);
      wrong.push(...(await problemsOf(page)).map((problem) => `${path}: ${problem}`));
    }
    expect(wrong).toEqual([]);
  });

  test("the page of an attempt shows a hostile answer as text", async ({ page }) => {
    const attempt = await answerOf("html");
    await page.context().addCookies([cookieOf(site.organization.admin.cookie)]);
    await page.goto(`${instance.url}/logs/${attempt.id}`);
    await expect(page.getByText(hostileTexts.html).first()).toBeVisible();
    await expect(page.locator("img[src=x]")).toHaveCount(0);
  });
});

/** The lists hold each kind of text since the first test; now every single field that takes it holds markup. */
async function showHostileTexts(): Promise<void> {
  const { "an inbox's name": _isListed, ...single } = fields;
  for (const { enter } of Object.values(single)) await enter(site, hostileTexts.html);
  const token = await inboxToken();
  for (const text of shownTexts) {
    await fetch(`${instance.url}/in/${token}?q=${encodeURIComponent(hostileTexts[text])}`, {
      method: "POST",
      headers: { "x-hostile": "hostile<script>window.ran=1</script>" },
      body: hostileTexts[text],
    });
  }
}

async function inboxToken(): Promise<string> {
  const { rows } = await database.query<{ token: string }>(
    "SELECT token FROM inbox WHERE organization_id = $1 ORDER BY id LIMIT 1",
    [site.organization.uuid],
  );
  return rows[0]?.token ?? "";
}

/** Every page, with the session that may see it; of attempts and events, one with each answer. */
async function visits(): Promise<{ cookie: string; path: string }[]> {
  const { cookie } = site.organization.admin;
  const operator = await signInByAction(instance.url, bootstrap.email, bootstrap.password);
  const shown = { ...ids, endpointId: ids.spareEndpointId };
  const all = pages().flatMap((name) => {
    const tries = pageCases[name];
    if (!tries || "takesNoIds" in tries) return [{ cookie: "", path: name }];
    return tries.slice(0, 1).map(({ path, right }) => ({
      cookie: right === "operator" ? operator : cookie,
      path: path(shown, shown).replace(/\?.*/, ""),
    }));
  });
  const { rows } = await database.query<{ path: string }>(
    `SELECT DISTINCT ON (url, error_code) id::text AS path FROM attempt WHERE organization_id = $1 AND url NOT LIKE '%/webhooks/%'
     ORDER BY url, error_code`,
    [site.organization.uuid],
  );
  const attempts = rows.map(({ path }) => ({ cookie, path: `/logs/${encodeId("att", path)}` }));
  const events = await api.ok("GET", "/events?limit=1");
  const { rows: meetings } = await database.query<{ id: string }>(
    "SELECT id FROM meeting WHERE organization_id = $1 ORDER BY id DESC LIMIT 4",
    [site.organization.uuid],
  );
  return [
    ...all,
    ...attempts,
    ...meetings.map(({ id }) => ({ cookie, path: `/scheduler/${encodeId("mtg", id)}` })),
    { cookie, path: `/events/${events.items[0].id}` },
    { cookie, path: "/nowhere" },
  ];
}

function cookieOf(cookie: string) {
  const separator = cookie.indexOf("=");
  return { name: cookie.slice(0, separator), value: cookie.slice(separator + 1), url: instance.url };
}

test("no line of the log carries an escape sequence", () => {
  const output = instance.output();
  // Before that, Next and the launcher speak for themselves, in colour.
  const [, ...lines] = output.split(/Posthorn ready on.*/);
  expect(lines).toHaveLength(1);

  expect(
    lines.join().match(/.*[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069].*/g),
  ).toBeNull();
});
