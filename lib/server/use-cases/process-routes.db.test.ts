import { afterEach, expect, it } from "vitest";
import { DeliveryService } from "@/lib/server/delivery/delivery-service";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { checkReadiness } from "./check-readiness";
import { drainDue } from "./drain-due";

const database = testDatabase();
let deps: Deps;
afterEach(() => closeTestDeps(deps));

const post = (token: string | null, query = "") =>
  drainDue(
    deps,
    new Request(`http://x/api/worker${query}`, {
      method: "POST",
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    }),
  );

it("is ready with a worker only once its loop has reached the database", async () => {
  deps = await createTestDeps(database().url);
  expect(await checkReadiness(deps)).toEqual({
    status: "not_ready",
    database: "ok",
    migrations: "ok",
    worker: "has not started yet",
  });
  deps.service = new DeliveryService(deps, database().url);
  await deps.service.start();
  await expect.poll(() => checkReadiness(deps)).toMatchObject({ status: "ready", worker: "ok" });
});

it("is not ready while a migration is missing or the database is away, and names the part", async () => {
  deps = await createTestDeps(database().url, { POSTHORN_ROLE: "web" });
  expect(await checkReadiness(deps)).toEqual({ status: "ready", database: "ok", migrations: "ok" });
  await database().query("DELETE FROM _prisma_migrations WHERE migration_name = '0001_initial'");
  expect(await checkReadiness(deps)).toMatchObject({
    status: "not_ready",
    migrations: "missing: 0001_initial",
  });
  await deps.pool.end();
  expect(await checkReadiness(deps)).toMatchObject({ status: "not_ready", database: "does not answer" });
});

it("keeps the worker route closed without a token, and for any other token", async () => {
  deps = await createTestDeps(database().url);
  expect((await post("anything")).status).toBe(404);
  await closeTestDeps(deps);
  deps = await createTestDeps(database().url, { POSTHORN_WORKER_TOKEN: "cron-token" });
  const refused = await post(null);
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toBe("Bearer");
  expect((await post("cron-toke")).status).toBe(401);
});

it.each([
  ["?maxSeconds=0", "maxSeconds", "must be at least 1"],
  ["?maxSeconds=1e2", "maxSeconds", "must be a whole number"],
  ["?maxSecond=1", "maxSecond", "is not a known field"],
  ["?maxSeconds=1&maxSeconds=2", "maxSeconds", "is given more than once"],
])("refuses %s by the name of the parameter", async (query, path, message) => {
  deps = await createTestDeps(database().url, { POSTHORN_WORKER_TOKEN: "cron-token" });
  const response = await post("cron-token", query);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ path, message }] });
});

it("drains for the worker token and says what it did", async () => {
  deps = await createTestDeps(database().url, { POSTHORN_WORKER_TOKEN: "cron-token" });
  const response = await post("cron-token", "?maxSeconds=1");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ claimed: 0, succeeded: 0, failed: 0, remaining: 0 });
});
