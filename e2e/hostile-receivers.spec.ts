import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { decodeId } from "../lib/domain/ids.ts";
import { startWebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { openDatabase } from "./fixtures/database.ts";
import { type HostileReceiver, startHostileReceivers } from "./fixtures/hostile-receivers.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

const timeoutMs = 3_000;
/** To each hostile endpoint; twice as many as it gets at a time. */
const eventsHostile = 16;
/** The process may grow by this much while it is under attack: what is kept of a response is 16 KiB. */
const growthMibMax = 200;
/** A delivery to an endpoint that behaves waits behind none of the others' deadlines. */
const undisturbedMs = timeoutMs;

let instance: Instance;
let database: pg.Client;
let hostile: HostileReceiver[];

test.beforeAll(async () => {
  hostile = await startHostileReceivers();
  instance = await startInstance({
    POSTHORN_REQUEST_TIMEOUT: `${timeoutMs}ms`,
    POSTHORN_RETRY_SCHEDULE: "1h",
    // More than all of them together may hold: beyond it, hanging receivers would share what there is with the others.
    POSTHORN_WORKER_CONCURRENCY: "256",
  });
  database = await openDatabase(instance.dataFolder);
});
test.afterAll(async () => {
  await database.end();
  await instance.remove();
  for (const receiver of hostile) await receiver.close();
});

/** The memory of the server process, where the worker runs, in MiB. */
async function residentMib(): Promise<number> {
  const noted = JSON.parse(await readFile(join(instance.dataFolder, "instance.json"), "utf8"));
  const status = await readFile(`/proc/${noted.server.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** No receiver here would pass the test that makes an endpoint active. */
async function createActive(api: Api, url: string, eventTypes: string[]): Promise<string> {
  const { id } = await api.createEndpoint(url, { eventTypes });
  const activate =
    "UPDATE endpoint SET state = 'active', activated_at = now(), version = version + 1 WHERE url = $1";
  await database.query(activate, [url]);
  return id;
}

async function publish(api: Api, eventType: string, count: number): Promise<void> {
  const data = await api.example(eventType);
  await api.ok("POST", "/events/batch", {
    events: Array.from({ length: count }, () => ({ eventType, data })),
  });
}

/** How long an event waited for its request, by the clock of the process: what this test does meanwhile is not counted. */
function waitMs({
  deliveryTimestamp,
  request,
}: {
  deliveryTimestamp: string;
  request: { body: string };
}): number {
  return Date.parse(deliveryTimestamp) - Date.parse(JSON.parse(request.body).eventTimestamp);
}

test("no receiver holds the worker longer than its deadline, fills its memory or delays the others", async ({}, testInfo) => {
  test.skip(process.platform !== "linux", "reads the memory of a process from /proc");
  test.setTimeout(120_000);
  const api = new Api(instance.url);
  const good = await startWebhookReceiver();
  const endpoints = new Map<string, HostileReceiver>();
  for (const receiver of hostile) {
    endpoints.set(await createActive(api, receiver.url, ["scheduling.smartscheduler.scheduled"]), receiver);
  }
  const goodId = await createActive(api, good.url, ["scheduling.smartscheduler.canceled"]);
  // A first round warms everything up: what is measured then is the attack.
  await publish(api, "scheduling.smartscheduler.canceled", 50);
  await expect.poll(() => good.requests.length, { timeout: 10_000 }).toBe(50);

  const before = await residentMib();
  let peak = before;
  let attacked = true;
  const watching = (async () => {
    for (; attacked; await new Promise((done) => setTimeout(done, 50)))
      peak = Math.max(peak, await residentMib());
  })();
  await publish(api, "scheduling.smartscheduler.scheduled", eventsHostile);
  await expect
    .poll(
      async () => {
        await publish(api, "scheduling.smartscheduler.canceled", 1);
        // Past the program: reading thousands of attempts through it would be measured, too.
        const { rows } = await database.query(
          "SELECT count(*)::int AS count FROM attempt WHERE endpoint_id <> $1 GROUP BY endpoint_id",
          [decodeId("ep", goodId)],
        );
        const counts = rows.map(({ count }) => count as number);
        if (counts.length < endpoints.size) return 0;
        return Math.min(...counts);
      },
      { timeout: 60_000, intervals: [200] },
    )
    .toBe(eventsHostile);
  attacked = false;
  await watching;
  const after = await residentMib();

  for (const [id, receiver] of endpoints) {
    await test.step(receiver.name, async () => {
      for (const attempt of await api.attempts(id)) {
        expect(attempt).toMatchObject(receiver.expected);
        expect(attempt.durationMs).toBeLessThan(timeoutMs + 1_000);
        if (attempt.outcome === "failed") expect(attempt.errorMessage).toMatch(/^[A-Z0-9][^\n]{10,200}$/);
        expect(attempt.response?.body.length ?? 0).toBeLessThanOrEqual(16 * 1024);
      }
    });
  }
  await expect.poll(async () => (await api.attempts(goodId)).length).toBeGreaterThan(52);
  const beside = await api.attempts(goodId);
  expect(beside.every(({ outcome }) => outcome === "succeeded")).toBe(true);
  const disturbed = beside.map(waitMs);
  const figures =
    `${endpoints.size * eventsHostile} hostile attempts: ${before.toFixed(0)} MiB before, ${peak.toFixed(0)} at the peak, ` +
    `${after.toFixed(0)} after; ${disturbed.length} deliveries beside them, the slowest of which waited ${Math.max(...disturbed).toFixed(0)} ms`;
  testInfo.annotations.push({ type: "memory", description: figures });
  process.stdout.write(`    ${figures}\n`);
  expect(peak - before).toBeLessThan(growthMibMax);
  expect(Math.max(...disturbed)).toBeLessThan(undisturbedMs);
  await good.close();
});
