import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { startSmtpReceiver, type SmtpReceiver } from "../../lib/server/testing/smtp-receiver.ts";
import { openDatabase, readSecrets } from "../fixtures/database.ts";
import { bootstrap, startInstance, type Instance } from "../fixtures/instance.ts";
import { callAction } from "../fixtures/server-actions.ts";
import { signInByAction } from "../fixtures/sign-in-by-action.ts";
import { expect, test } from "../fixtures/test.ts";
import {
  breakInside,
  failDeliveries,
  keepServiceAccounts,
  openPasswordLink,
  refuseRequests,
  setPasswordByLink,
  type Exercise,
} from "./secrets/exercise.ts";
import { Corpus, plantInEnvironment, plantInRequests } from "./secrets/planted.ts";
import { makeBelongings, type Belongings } from "./tenants/belongings.ts";
import { internalCases } from "./tenants/internal-cases.ts";
import { pageCases } from "./tenants/page-cases.ts";
import { makeOrganization } from "./tenants/people.ts";
import { restCases } from "./tenants/rest-cases.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

let instance: Instance;
let mailServer: SmtpReceiver;
let database: Client;
let exercise: Exercise;
let ids: Belongings;
let operator: string;
let environment: ReturnType<typeof plantInEnvironment>;
/** Every planted secret by name, and those that the instance made for itself. */
let planted: Record<string, string>;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  let isAuthRefused = false;
  mailServer = await startSmtpReceiver({
    allowInsecureAuth: true,
    // A server that repeats what it was told.
    onAuth: ({ username, password }, _session, done) =>
      isAuthRefused ? done(new Error(`No ${password} for ${username}`)) : done(null, { user: username }),
    // Developers get no mail but what they ask for.
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith("developer.") ? done() : done(new Error("Nobody here")),
  });
  environment = plantInEnvironment(mailServer.port);
  instance = await startInstance({
    ...environment.environment,
    LOG_LEVEL: "debug",
    POSTHORN_RETRY_SCHEDULE: "1s",
  });
  const { url: instanceUrl, dataFolder } = instance;
  database = await openDatabase(dataFolder);
  const organization = await makeOrganization(database, instanceUrl, "Secrets");
  ids = await makeBelongings({ database, instanceUrl, organization, mark: randomBytes(6).toString("hex") });
  operator = await signInByAction(
    instanceUrl,
    bootstrap.email,
    environment.environment.POSTHORN_BOOTSTRAP_PASSWORD,
  );
  exercise = {
    instanceUrl,
    database,
    organization,
    planted: plantInRequests(),
    corpus: new Corpus(),
    output: () => instance.output(),
  };
  const passwordToken = await openPasswordLink(exercise, mailServer);
  isAuthRefused = true;
  planted = await exerciseAll(dataFolder, passwordToken);
});

test.afterAll(async () => {
  await database?.end();
  await instance?.remove();
  await mailServer?.close();
});

/** Uses every secret, in success and in failure, and collects what could be read of it anywhere. */
async function exerciseAll(dataFolder: string, passwordToken: string): Promise<Record<string, string>> {
  const { corpus, instanceUrl, organization } = exercise;
  const created = await callAction(
    instanceUrl,
    "createApiKeyAction",
    { form: { name: "planted", "scopes[]": ["events:read"] } },
    organization.admin.cookie,
  );
  const { key } = (created.result as { value: { key: string } }).value;
  const failed = await failDeliveries(exercise);
  expect(failed.received.at(-1)?.headers["x-secret"], "the secret header is in use").toBe(
    exercise.planted.headerValue,
  );
  corpus.add("the answer of a test", JSON.stringify(failed.test));
  await keepServiceAccounts(exercise);
  await refuseRequests(exercise);
  const opened = `/reset-password?token=${passwordToken}`;
  await breakInside(exercise, ["/inbox", "/api/internal/inbox", `/inbox/${ids.inboxId}`, opened]);
  await setPasswordByLink(exercise, passwordToken);
  await readEverything(failed.endpointId);
  const { databasePassword } = await readSecrets(dataFolder);
  const { MAIL_FROM: _sender, SMTP_URL: _url, ...configured } = environment.environment;
  return {
    ...configured,
    ...exercise.planted,
    passwordToken,
    apiKey: key,
    organizationKey: organization.key,
    smtpPassword: environment.smtpPassword,
    sessionCookie: sessionTokenOf(organization.admin.cookie),
    operatorCookie: sessionTokenOf(operator),
    signingSecret: failed.secrets.second,
    earlierSigningSecret: failed.secrets.first,
    databasePassword,
  };
}

/** Everything that is read in the ordinary way: lists, pages, the dashboard's own data, metrics, the bundle. */
async function readEverything(endpointId: string): Promise<void> {
  const { corpus, instanceUrl, organization } = exercise;
  const read = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(instanceUrl + path, { headers });
    corpus.add(`${path} (${response.status})`, await response.text());
  };
  const theirs = { ...ids, endpointId, goneEndpointId: endpointId };
  for (const [name, tries] of Object.entries(restCases)) {
    if (!name.startsWith("GET ") || name.endsWith("/secret") || "takesNoIds" in tries) continue;
    for (const { path } of tries) {
      await read(`/api/v1${path(theirs, theirs)}`, { authorization: `Bearer ${organization.key}` });
    }
  }
  for (const tries of [...Object.values(internalCases), ...Object.values(pageCases)]) {
    if ("takesNoIds" in tries) continue;
    for (const { path, right } of tries) {
      const cookie = right === "operator" ? operator : organization.admin.cookie;
      await read(path(theirs, theirs), { cookie });
      if (!path(theirs, theirs).startsWith("/api/"))
        await read(withRsc(path(theirs, theirs)), { cookie, rsc: "1" });
    }
  }
  for (const { id } of await latestNotices())
    await read(`/notifications/${id}`, { cookie: organization.admin.cookie });
  await read("/metrics", { authorization: `Bearer ${environment.environment.POSTHORN_METRICS_TOKEN}` });
  for (const path of ["/api/v1/openapi.json", "/api/ready", "/api/health"]) await read(path, {});
  corpus.add("the log", instance.output());
  for (const file of bundleFiles()) corpus.add(`the bundle's ${file}`, readFileSync(root + file, "utf8"));
}

async function latestNotices(): Promise<{ id: string }[]> {
  const response = await fetch(`${exercise.instanceUrl}/api/internal/notifications`, {
    headers: { cookie: exercise.organization.admin.cookie },
  });
  return ((await response.json()) as { items: { id: string }[] }).items;
}

const withRsc = (path: string) => `${path}${path.includes("?") ? "&" : "?"}_rsc`;

function bundleFiles(): string[] {
  const folder = `${process.env.NEXT_DIST_DIR || ".next"}/static`;
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|css|map|json|txt)$/.test(path))
    .map((path) => `${folder}/${path}`);
}

function sessionTokenOf(cookie: string): string {
  return cookie.slice(cookie.indexOf("=") + 1);
}

test("what was exercised has left its traces where the secrets are looked for", () => {
  const { corpus } = exercise;
  const log = corpus.of(/^the log$/);
  expect(log).toContain("a request failed");
  expect(log).toContain("a mail was not sent");
  expect(log).toMatch(/relation \W*attempt\W* does not exist/);
  expect(corpus.of(/^\/api\/internal\/notifications/)).toContain("refused the sign-in");
  expect(corpus.of(/^\/endpoints\/ep_\w+\/settings/)).toContain("x-secret");
  expect(corpus.of(/^\/settings\/service-accounts \(200\)/)).toContain("Planted mailboxes");
  expect(corpus.of(/^the answer of addServiceAccountAction/)).toContain("must be the whole JSON file");
  expect(corpus.of(/^\/reset-password with its token \(200\)/)).toContain("Set a new password");
  expect(corpus.of(/^the answer to a refused new password/)).toContain("must have at least 12 characters");
  expect(corpus.of(/^\/logs\/att_/)).toContain("webhook-signature");
  expect(corpus.of(/^the answer 500 /)).not.toBe("");
  expect(corpus.of(/^\/metrics/)).toContain("posthorn_");
  expect(corpus.of(/^the bundle's/).length).toBeGreaterThan(500_000);
});

test("no secret stands in a log, an error, a list, a page, a metric or the bundle", () => {
  // The address of an endpoint is shown to its organization, query and all; a log and a metric have no use for it.
  const found = exercise.corpus.find(planted, {
    urlQuery: /^(?!the log|\/metrics|the bundle|the answer [45])/,
    // The page that it opens is asked for by it.
    passwordToken: /\/reset-password/,
  });
  expect(found).toEqual([]);
});

test("no secret stands in the database as it is", async () => {
  const { rows } = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  const stored = new Corpus();
  for (const { name } of rows) {
    const table = await database.query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM "${name}" t`);
    stored.add(`the table ${name}`, table.rows.map(({ text }) => text).join("\n"));
  }
  expect(stored.of(/audit_entry/)).toContain("secret");
  expect(stored.of(/service_account/)).toContain("Planted mailboxes");
  const { urlQuery: _shown, ...secrets } = planted;
  expect(stored.find(secrets)).toEqual([]);
});
