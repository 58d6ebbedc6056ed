import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { openDatabase } from "../fixtures/database.ts";
import { bootstrap } from "../fixtures/instance.ts";
import { signInByAction } from "../fixtures/sign-in-by-action.ts";
import { expect, test } from "../fixtures/test.ts";
import {
  brokenRules,
  dataRules,
  nonceOf,
  pageRules,
  privateDataRules,
  type HeaderSubject,
} from "./headers/header-rules.ts";
import { pages, routes } from "./surface.ts";
import { makeBelongings, type Belongings } from "./tenants/belongings.ts";
import type { RequestTry } from "./tenants/case.ts";
import { internalCases } from "./tenants/internal-cases.ts";
import { pageCases } from "./tenants/page-cases.ts";
import { makeOrganization, type Organization } from "./tenants/people.ts";
import { restCases } from "./tenants/rest-cases.ts";

const instanceUrl = process.env.E2E_INSTANCE_URL ?? "";

let database: Client;
let organization: Organization;
let ids: Belongings;
/** The operator's session: operators may open every page there is. */
let operator: string;

test.beforeAll(async () => {
  database = await openDatabase(process.env.E2E_DATA_FOLDER ?? "");
  organization = await makeOrganization(database, instanceUrl, "Headers");
  ids = await makeBelongings({ database, instanceUrl, organization, mark: randomBytes(6).toString("hex") });
  operator = await signInByAction(instanceUrl, bootstrap.email, bootstrap.password);
});

test.afterAll(() => database.end());

/** Every page with things to show, and the addresses of people who are not signed in. */
function addresses(): string[] {
  return pages().flatMap((name) => {
    const tries = pageCases[name];
    if (!tries || "takesNoIds" in tries) return [name];
    return tries.slice(0, 1).map((tried: RequestTry) => tried.path(ids, ids));
  });
}

async function ask(path: string, init: RequestInit = {}): Promise<HeaderSubject> {
  const response = await fetch(instanceUrl + path, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

test("every page carries its policy and its headers: signed in, signed out, refused and not found", async () => {
  const { admin, developer } = organization;
  const broken: string[] = [];
  const nonces = new Set<string | null>();
  const asked = [...addresses(), "/nowhere", "/endpoints/nothing"];
  for (const path of asked) {
    for (const cookie of ["", admin.cookie, developer.cookie, operator]) {
      const answer = await ask(path, { headers: { cookie } });
      broken.push(...brokenRules(pageRules, answer).map((rule) => `${path} (${answer.status}): ${rule}`));
      nonces.add(nonceOf(answer.headers));
    }
  }
  expect(broken).toEqual([]);
  expect(nonces.size, "a nonce for each answer").toBe(asked.length * 4);
});

test("a page that is opened by a token tells it to nobody", async () => {
  for (const path of ["/invitation", "/reset-password", "/setup"]) {
    const { headers, body } = await ask(`${path}?token=${randomBytes(32).toString("base64url")}`);
    // The setup page leads away once there is somebody who can sign in.
    if (headers.has("location")) continue;
    expect(body, path).toContain('<meta name="referrer" content="strict-origin"/>');
    expect(headers.get("cache-control"), path).toContain("no-store");
  }
});

test("every route carries its headers, whatever it answers", async () => {
  const broken: string[] = [];
  const check = async (name: string, path: string, init: RequestInit) => {
    const answer = await ask(path, init);
    const isPublic = /^GET \/api\/v1\/openapi\.json$/.test(name);
    const rules = isPublic ? dataRules : privateDataRules;
    broken.push(...brokenRules(rules, answer).map((rule) => `${name} (${answer.status}): ${rule}`));
  };
  for (const name of routes()) {
    const [method, pattern = ""] = name.split(" ");
    const path = pattern.replaceAll(/\[[^\]]+\]/g, "nothing");
    for (const key of ["", organization.key]) {
      await check(name, path, { method, headers: { authorization: `Bearer ${key}` } });
    }
  }
  for (const [name, path, headers] of granted()) await check(name, path, { headers });
  expect(broken).toEqual([]);
});

/** Reading what there is, with every right. */
function granted(): [string, string, Record<string, string>][] {
  const tables = { "/api/v1": restCases, "": internalCases };
  return Object.entries(tables).flatMap(([root, cases]) =>
    Object.entries(cases).flatMap(([name, tries]): [string, string, Record<string, string>][] => {
      const [first] = "takesNoIds" in tries ? [] : tries;
      if (!first || !name.startsWith("GET ")) return [];
      const path = root + first.path(ids, ids);
      if (root) return [[name, path, { authorization: `Bearer ${organization.key}` }]];
      return [[name, path, { cookie: organization.admin.cookie }]];
    }),
  );
}

test.describe("in Chromium", () => {
  test.use({ expectedErrors: [/status of 40[34] |inline event handler/] });

  test("a script that is not the page's own does not run", async ({ page }) => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") violations.push(message.text());
    });
    await page.goto(`${instanceUrl}/sign-in`);
    await page.evaluate(() => {
      const script = document.createElement("img");
      script.setAttribute("onerror", "document.title = 'it ran'");
      script.src = "/nowhere.png";
      document.body.append(script);
    });
    await expect.poll(() => violations.join("\n")).toContain("Content Security Policy");
    expect(await page.title()).not.toBe("it ran");
  });
});

test("what the bundle is made of is no page, and says so", async () => {
  const { body } = await ask("/sign-in");
  const files = new Set(body.match(/\/_next\/static\/[^"\\]+\.(?:js|css)/g));
  expect(files.size).toBeGreaterThan(3);
  // A browser asks for the second one by itself, on a page that is gone before it was read.
  for (const path of [...files, "/icon.svg", "/favicon.ico"]) {
    const { status, headers } = await ask(path);
    expect.soft(status, path).toBe(200);
    expect.soft(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect.soft(headers.get("x-powered-by"), path).toBeNull();
  }
});
