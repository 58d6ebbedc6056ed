import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { ExternalPostgres, findPrograms, type PostgresPrograms } from "../chaos/world/external-postgres.ts";
import { makeCertificate } from "../lib/server/http/outbound/testing/certificate.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { withClient } from "../scripts/postgres/connection.ts";
import { giveTo, serviceUser } from "../scripts/postgres/run-as.ts";
import { Api } from "./fixtures/api.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

// The commands of docs/operating.md: what was accepted before the backup is delivered by the restored instance, signed
// with the secret that the receiver has known all along.
const execute = promisify(execFile);
const rotateKeys = fileURLToPath(new URL("../scripts/rotate-keys.mjs", import.meta.url));

let receiver: WebhookReceiver;
let folder: string;
let closing: (() => Promise<unknown>)[];

test.beforeEach(async () => {
  receiver = await startWebhookReceiver();
  folder = await mkdtemp(join(tmpdir(), "posthorn-backup-"));
  closing = [() => receiver.close(), () => rm(folder, { recursive: true, force: true })];
});
test.afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

async function start(environment: Record<string, string>): Promise<Instance> {
  const instance = await startInstance({ POSTHORN_RETRY_SCHEDULE: "3s,3s,3s,3s", ...environment });
  closing.push(() => instance.remove());
  return instance;
}

interface Before {
  endpointId: string;
  secret: string;
  /** Accepted and attempted, without success so far. */
  openEventId: string;
}

/** An active endpoint whose receiver fails from now on, and an event that it did not take. */
async function fill({ url }: Instance): Promise<Before> {
  const api = new Api(url);
  const { id } = await api.createEndpoint(receiver.url, { headers: { authorization: "Bearer kept" } });
  const { secret } = await api.ok("GET", `/endpoints/${id}/secret`);
  await api.activate(id);
  receiver.answer = () => ({ status: 503 });
  const { eventId } = await api.publish();
  await expect.poll(() => receiver.requests.length).toBe(2);
  await expect.poll(async () => (await api.attempts(id))[0]).toMatchObject({ outcome: "failed" });
  return { endpointId: id, secret, openEventId: eventId };
}

/** From here on the receiver is well; what arrives is what the restored instance sends. */
function mendReceiver(): void {
  receiver.requests.length = 0;
  receiver.answer = () => ({ status: 200 });
}

async function expectToGoOn({ url }: Instance, before: Before): Promise<void> {
  const api = new Api(url);
  expect((await api.ok("GET", `/endpoints/${before.endpointId}/secret`)).secret).toBe(before.secret);
  const { eventId } = await api.publish();
  const arrived = () => receiver.requests.map(({ headers }) => headers["webhook-id"]);
  await expect
    .poll(arrived, { timeout: 20_000 })
    .toEqual(expect.arrayContaining([before.openEventId, eventId]));
  for (const { body, headers } of receiver.requests) {
    new Webhook(before.secret).verify(body, headers as Record<string, string>);
    expect(headers.authorization).toBe("Bearer kept");
  }
}

test("the data folder, packed while it was stopped, is the whole instance", async () => {
  test.setTimeout(180_000);
  const instance = await start({});
  const before = await fill(instance);
  await instance.stop();
  const { dataFolder } = instance;
  const archive = join(folder, "posthorn.tar.gz");
  await execute("tar", ["--create", "--gzip", "--file", archive, basename(dataFolder)], {
    cwd: dirname(dataFolder),
  });
  await rename(dataFolder, join(folder, "lost"));
  mendReceiver();

  await execute("tar", ["--extract", "--gzip", "--file", archive], { cwd: dirname(dataFolder) });
  await expectToGoOn(await start({ POSTHORN_DATA_DIR: dataFolder }), before);
});

const programOf = (programs: PostgresPrograms, name: string) => join(programs.folder, name);

/** What makes a cluster speak TLS, with a certificate of an authority that only `rootFile` knows. */
async function tlsSettings(): Promise<{ settings: Record<string, string>; rootFile: string }> {
  const issuer = makeCertificate({ name: "An authority of our own" });
  const { cert, key } = makeCertificate({ name: "database", hosts: ["127.0.0.1"], issuer });
  const fileOf = (name: string) => join(folder, name);
  await writeFile(fileOf("root.pem"), issuer.cert);
  await writeFile(fileOf("database.pem"), cert);
  await writeFile(fileOf("database.key"), key, { mode: 0o600 });
  await chmod(folder, 0o755);
  await giveTo(await serviceUser([fileOf("database.key")]), fileOf("database.key"));
  const settings = { ssl: "on", ssl_cert_file: fileOf("database.pem"), ssl_key_file: fileOf("database.key") };
  return { settings, rootFile: fileOf("root.pem") };
}

test("a dump of the running database is restored into a new cluster behind TLS, and the wrong key is noticed before", async () => {
  test.setTimeout(240_000);
  const programs = await findPrograms(false);
  test.skip(!existsSync(programOf(programs, "pg_dump")), "there is no pg_dump");
  const [key, otherKey] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  const cluster = async (settings: Record<string, string> = {}) => {
    const postgres = await ExternalPostgres.create(programs, { settings });
    closing.push(() => postgres.remove());
    return postgres;
  };
  const environment = (databaseUrl: string, encryptionKey: string) => ({
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_ENCRYPTION_KEY: encryptionKey,
    POSTHORN_EGRESS_ALLOW: "127.0.0.0/8",
    POSTHORN_REQUIRE_HTTPS: "false",
  });
  const first = await cluster();
  const instance = await start(environment(first.url, key));
  const before = await fill(instance);
  const dump = join(folder, "posthorn.dump");
  await execute(programOf(programs, "pg_dump"), ["--format=custom", `--file=${dump}`, first.url]);
  await instance.stop();
  await first.remove();
  mendReceiver();

  const { settings, rootFile } = await tlsSettings();
  const second = `${(await cluster(settings)).url}?sslmode=verify-full&sslrootcert=${rootFile}`;
  await execute(programOf(programs, "pg_restore"), [
    ...["--exit-on-error", "--no-owner", `--dbname=${second}`, dump],
  ]);
  const check = (encryptionKey: string) =>
    execute(process.execPath, [rotateKeys, "--check"], {
      env: { ...process.env, ...environment(second, encryptionKey) },
    });
  await expect(check(otherKey)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/under the key \S{8}: add it to POSTHORN_ENCRYPTION_KEY/),
  });
  expect((await check(key)).stdout).toContain("Every secret is under the current key");
  await expectToGoOn(await start(environment(second, key)), before);
  const inTheClear = await withClient(second, (client) =>
    client.query(
      "SELECT application_name FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE NOT ssl AND backend_type = 'client backend'",
    ),
  );
  expect(inTheClear.rows).toEqual([]);
});
