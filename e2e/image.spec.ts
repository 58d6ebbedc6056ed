import { randomBytes } from "node:crypto";
import { ExternalPostgres, findPrograms } from "../chaos/world/external-postgres.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { assembleImage, type Image, type RunningImage } from "./fixtures/image.ts";
import { bootstrap } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

// What compose.yaml runs, without a container engine: the folder of the image, a web process and a worker on a PostgreSQL
// of their own, and the commands that docs/ tell an operator to run beside them.
test.describe.configure({ mode: "serial" });

const [oldKey, newKey] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
let postgres: ExternalPostgres;
let image: Image;
let receiver: WebhookReceiver;
let web: RunningImage;
let worker: RunningImage;
let shared: Record<string, string>;

test.beforeAll(async () => {
  // It is built: half a minute on an idle machine.
  test.setTimeout(600_000);
  receiver = await startWebhookReceiver();
  postgres = await ExternalPostgres.create(await findPrograms(false));
  shared = {
    DATABASE_URL: postgres.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_EGRESS_ALLOW: "127.0.0.0/8",
    POSTHORN_REQUIRE_HTTPS: "false",
    POSTHORN_BOOTSTRAP_EMAIL: bootstrap.email,
    POSTHORN_BOOTSTRAP_PASSWORD: bootstrap.password,
    POSTHORN_BOOTSTRAP_ORGANIZATION: bootstrap.organization,
    POSTHORN_BOOTSTRAP_API_KEY: bootstrap.apiKey,
  };
  image = await assembleImage();
});
test.afterAll(async () => {
  await Promise.all([web?.stop(), worker?.stop()]);
  await image?.remove();
  await postgres?.remove();
  await receiver.close();
});

const withKeys = (...keys: string[]) => ({ ...shared, POSTHORN_ENCRYPTION_KEY: keys.join(",") });

async function start(...keys: string[]): Promise<void> {
  web = await image.start({ ...withKeys(...keys), POSTHORN_ROLE: "web" });
  worker = await image.start({ ...withKeys(...keys), POSTHORN_ROLE: "worker" });
}

test("its commands leave a database alone that this version has not migrated yet", async () => {
  for (const [command, ...args] of [["rotate-keys"], ["password-link", bootstrap.email]] as const) {
    const ended = await image.run(withKeys(oldKey), command, ...args);
    expect(ended).toMatchObject({ code: 1, output: expect.stringContaining("of an earlier version") });
  }
});

test("its configuration is refused whole, by name", async () => {
  const refused = { ...withKeys("short"), DATABASE_URL: "", POSTHORN_WORKER_CONCURRENCY: "many" };
  const ended = await image.run(refused, "node", "main.mjs");
  expect(ended.code).toBe(1);
  expect(ended.output).toContain("- POSTHORN_ENCRYPTION_KEY must be");
  expect(ended.output).toContain("- POSTHORN_WORKER_CONCURRENCY must be");
});

test("its web process publishes, its worker delivers, and a new key replaces the old one beside them", async () => {
  test.setTimeout(120_000);
  await start(oldKey);
  const { id } = await new Api(web.url).createEndpoint(receiver.url);
  const { secret } = await new Api(web.url).ok("GET", `/endpoints/${id}/secret`);
  await new Api(web.url).activate(id);
  await Promise.all([web.stop(), worker.stop()]);

  await start(newKey, oldKey);
  const rotated = await image.run(withKeys(newKey, oldKey), "rotate-keys");
  expect(rotated, rotated.output).toMatchObject({ code: 0 });
  expect(rotated.output).toContain("Done: 1 signing secrets");
  const ended = await Promise.all([web.stop(), worker.stop()]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);

  await start(newKey);
  const api = new Api(web.url);
  expect((await api.ok("GET", `/endpoints/${id}/secret`)).secret).toBe(secret);
  const before = receiver.requests.length;
  await api.publish();
  await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(before + 1);
});

test("its operator makes a link that sets a password", async ({ page }) => {
  const environment = { ...withKeys(newKey), POSTHORN_URL: web.url };
  const nobody = await image.run(environment, "password-link");
  expect(nobody).toMatchObject({ code: 1, output: expect.stringContaining(": password-link someone@") });
  const { code, output } = await image.run(environment, "password-link", bootstrap.email);
  expect(code, output).toBe(0);
  await page.goto(/^http\S+$/m.exec(output)?.[0] ?? "");
  await page.getByLabel("New password").fill("another horse, another battery");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});
