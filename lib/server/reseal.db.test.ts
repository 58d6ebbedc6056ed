import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EndpointPatch } from "@/lib/schemas/endpoint";
import { sealedColumns } from "./db/sealed-values";
import { testDatabase } from "./db/testing/test-database";
import type { Sql } from "./db/sql";
import type { Deps } from "./deps";
import type { Principal } from "./principal";
import { countSealed, resealAll } from "./reseal";
import { createSealer, credentialsContext, headersContext, keyId } from "./sealing";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "./testing/test-deps";
import { createTestEndpoint } from "./testing/test-endpoint";
import { addServiceAccount } from "./use-cases/change-service-account";
import { rotateSecret } from "./use-cases/rotate-secret";
import { showSecret } from "./use-cases/show-secret";
import { updateEndpoint } from "./use-cases/update-endpoint";

const database = testDatabase();
const root = fileURLToPath(new URL("../../", import.meta.url));
const [a, b] = [randomBytes(32), randomBytes(32)];
const variable = (...keys: Buffer[]) => keys.map((key) => key.toString("base64")).join(",");
const opened: Deps[] = [];
let admin: Principal;

async function processWith(...keys: Buffer[]): Promise<Deps> {
  const deps = await createTestDeps(database().url, { POSTHORN_ENCRYPTION_KEY: variable(...keys) });
  opened.push(deps);
  return deps;
}

let deps: Deps;
beforeEach(async () => {
  deps = await processWith(a);
  admin = await createTestPrincipal(deps);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await closeTestDeps(one);
});

/** `npm run rotate-keys` without npm, as an operator would run it beside the product. */
function startCommand(keys: Buffer[], ...options: string[]): { child: ChildProcess; output: () => string } {
  const environment = {
    DATABASE_URL: database().url,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_ENCRYPTION_KEY: variable(...keys),
  };
  const args = ["--conditions=react-server", "scripts/rotate-keys/main.ts", ...options];
  const child = spawn(`${root}node_modules/.bin/node`, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (text += chunk));
  return { child, output: () => text };
}

async function run(keys: Buffer[], ...options: string[]): Promise<{ code: number | null; output: string }> {
  const { child, output } = startCommand(keys, ...options);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  for (const key of keys) expect(output()).not.toContain(key.toString("base64"));
  return { code, output: output() };
}

const headers = (value: string) => EndpointPatch.parse({ headers: { authorization: value } });
const url = "https://receiver.example/";
const make = () => createTestEndpoint(deps, admin.organizationId, url, { state: "disabled" });

/** What an endpoint's custom header says, opened by a process. */
async function headerOf(by: Deps, id: string): Promise<unknown> {
  const { headersSealed } = await by.prisma.endpoint.findUniqueOrThrow({ where: { id } });
  return JSON.parse(by.sealer.open(headersSealed ?? "", headersContext(id)));
}

const credentials = { serverUrl: "https://mail.example", userName: "ada", password: "one" };

/** What a service account's credentials are, opened by a process. */
async function credentialsOf(by: Deps): Promise<unknown> {
  const [row] = await by.sql<{ id: string; sealed: string }>(
    "SELECT id, credentials_sealed AS sealed FROM service_account",
  );
  return JSON.parse(by.sealer.open(row?.sealed ?? "", credentialsContext(row?.id ?? "")));
}

it("seals everything anew, so that the key before it can be taken away", async () => {
  const { id, secret } = await make();
  await addServiceAccount(deps, admin, { type: "Exchange", name: "Rooms", domains: [], credentials });
  await updateEndpoint(deps, admin, id, headers("Bearer one"));
  const shown = await rotateSecret(deps, admin, id, { overlapSeconds: 3600 });
  const rotated = await run([b, a]);
  expect(rotated).toMatchObject({ code: 0 });
  expect(rotated.output).toContain(
    `2 signing secrets, 1 custom headers, and 1 credentials of service accounts encrypted with ${keyId(b)}`,
  );
  const later = await processWith(b);
  expect(await showSecret(later, admin, id)).toEqual(shown);
  expect(shown.previous.map((one) => one.secret)).toEqual([secret]);
  expect(await headerOf(later, id)).toEqual({ authorization: "Bearer one" });
  expect(await credentialsOf(later)).toEqual(credentials);
  await expect(showSecret(deps, admin, id)).rejects.toThrow(`sealed with the key ${keyId(b)}`);
  const [entry] = await later.prisma.auditEntry.findMany({ where: { action: "instance.secrets_resealed" } });
  expect(entry).toMatchObject({ actor: "system", target: keyId(b), before: { secrets: { [keyId(a)]: 2 } } });
  // Once more: nothing to do, and nothing to say in the audit log.
  expect(await run([b])).toMatchObject({ code: 0 });
  expect(await later.prisma.auditEntry.count({ where: { action: "instance.secrets_resealed" } })).toBe(1);
});

it("leaves what is under a lost key to be replaced: secrets and header values, but none that is to be kept", async () => {
  const { id } = await make();
  await updateEndpoint(deps, admin, id, headers("Bearer one"));
  const later = await processWith(b);
  await expect(showSecret(later, admin, id)).rejects.toThrow(`sealed with the key ${keyId(a)}`);
  await expect(updateEndpoint(later, admin, id, headers("***"))).rejects.toMatchObject({
    errors: [{ path: "headers.authorization" }],
  });
  await updateEndpoint(later, admin, id, headers("Bearer two"));
  expect(await headerOf(later, id)).toEqual({ authorization: "Bearer two" });
  const shown = await rotateSecret(later, admin, id, { overlapSeconds: 0 });
  expect(await showSecret(later, admin, id)).toEqual(shown);
  expect(await run([b], "--check")).toMatchObject({ code: 0 });
});

it("takes no option that it does not know, so that a misspelt check changes nothing", async () => {
  await make();
  const misspelt = await run([b, a], "--chek");
  expect(misspelt).toMatchObject({ code: 1, output: expect.stringContaining("--chek is not known") });
  expect([...(await countSealed(deps.sql)).secrets.keys()]).toEqual([keyId(a)]);
});

it("refuses to begin without a key that is needed, and names it", async () => {
  const { id, secret } = await make();
  const refused = await run([b]);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`There are secrets under the key ${keyId(a)}`);
  expect(await showSecret(deps, admin, id)).toMatchObject({ secret });
  expect((await countSealed(deps.sql)).secrets).toEqual(new Map([[keyId(a), 1]]));
});

it("only tells what there is when it is asked to check", async () => {
  await make();
  const checked = await run([b, a], "--check");
  expect(checked).toMatchObject({ code: 0, output: expect.stringContaining(`1 under ${keyId(a)}`) });
  expect((await countSealed(deps.sql)).secrets).toEqual(new Map([[keyId(a), 1]]));
});

it("goes on where it was killed", async () => {
  const made = [];
  for (let count = 0; count < 300; count += 1) made.push(await make());
  const { child, output } = startCommand([b, a], "--batch=1");
  const ended = new Promise((done) => child.once("close", done));
  child.stdout?.on("data", () => output().includes("Encrypted anew: 20 ") && child.kill("SIGKILL"));
  await ended;
  const { secrets } = await countSealed(deps.sql);
  expect(secrets.get(keyId(b))).toBeGreaterThanOrEqual(20);
  expect(secrets.get(keyId(a))).toBeGreaterThan(0);
  // Halfway, a process with both keys opens all of it.
  const both = await processWith(a, b);
  for (const { id, secret } of made.slice(0, 40)) {
    expect(await showSecret(both, admin, id)).toMatchObject({ secret });
  }
  expect(await run([b, a])).toMatchObject({ code: 0 });
  expect((await countSealed(deps.sql)).secrets).toEqual(new Map([[keyId(b), 300]]));
  const later = await processWith(b);
  for (const { id, secret } of made) expect(await showSecret(later, admin, id)).toMatchObject({ secret });
}, 120_000);

it("loses nothing that is written meanwhile, by processes that still seal with the key before", async () => {
  const made = [];
  for (let count = 0; count < 100; count += 1) made.push(await make());
  for (const { id } of made) await updateEndpoint(deps, admin, id, headers("Bearer 0"));
  const product = await processWith(a, b);
  const { child, output } = startCommand([b, a], "--batch=2");
  let isRunning = true;
  const ended = new Promise((done) => child.once("close", done)).then(() => (isRunning = false));
  const latest = new Map<string, { secret: string; header: string }>();
  let writesBesideIt = 0;
  for (let turn = 0; isRunning; turn += 1) {
    const { id } = made[turn % made.length]!;
    const header = `Bearer ${turn + 1}`;
    const { secret } = await rotateSecret(product, admin, id, { overlapSeconds: 0 });
    await updateEndpoint(product, admin, id, headers(header));
    latest.set(id, { secret, header });
    if (isRunning && output().includes("Encrypted anew")) writesBesideIt += 1;
  }
  await ended;
  expect(writesBesideIt).toBeGreaterThan(3);
  expect(await run([b, a])).toMatchObject({ code: 0 });
  const later = await processWith(b);
  expect([...(await countSealed(later.sql)).headers.keys()]).toEqual([keyId(b)]);
  for (const { id, secret } of made) {
    const expected = latest.get(id) ?? { secret, header: "Bearer 0" };
    expect(await showSecret(later, admin, id)).toEqual({ secret: expected.secret, previous: [] });
    expect(await headerOf(later, id)).toEqual({ authorization: expected.header });
  }
}, 120_000);

it("never overwrites what was written between its reading and its writing", async () => {
  const { id } = await make();
  await updateEndpoint(deps, admin, id, headers("Bearer before"));
  const product = await processWith(a, b);
  let isWritten = false;
  const sql: Sql = async (text, values) => {
    if (text.startsWith("UPDATE endpoint ") && !isWritten) {
      isWritten = true;
      await updateEndpoint(product, admin, id, headers("Bearer after"));
    }
    return product.sql(text, values);
  };
  const sealer = createSealer([b, a]);
  await resealAll({ sql, sealer, keyId: keyId(b), batchSize: 10, onProgress: () => undefined });
  expect(isWritten).toBe(true);
  expect(await headerOf(product, id)).toEqual({ authorization: "Bearer after" });
  // And found again in the next round.
  expect([...(await countSealed(deps.sql)).headers.keys()]).toEqual([keyId(b)]);
});

it("knows every column that holds something sealed", async () => {
  const rows = await database().query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE '%sealed%'`,
  );
  const known = Object.values(sealedColumns).map(({ table, column }) => `${table}.${column}`);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
});
