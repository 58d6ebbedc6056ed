import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { LedgerKeeper } from "@/lib/server/delivery/ledger";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { readMetrics } from "./read-metrics";

const database = testDatabase();
let now: Date;
let deps: Deps;
let receiver: WebhookReceiver;

beforeEach(async () => {
  now = new Date();
  receiver = await startWebhookReceiver((request) => ({ status: request.path === "/webhooks" ? 200 : 500 }));
  deps = await createTestDeps(database().url, { POSTHORN_METRICS_TOKEN: "scrape-me" }, { clock: () => now });
});
afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

const scrape = (authorization = "Bearer scrape-me") =>
  readMetrics(deps, new Request("http://localhost/metrics", { headers: { authorization } }));

/** Every sample by its name and labels. */
async function samples(): Promise<Map<string, number>> {
  const text = await (await scrape()).text();
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

describe("GET /metrics", () => {
  it("counts what the engine did, and says what waits, what is promised and what exists", async () => {
    const { organizationId } = await createTestPrincipal(deps);
    await createTestEndpoint(deps, organizationId, receiver.url);
    await createTestEndpoint(deps, organizationId, `${receiver.url}/fails`);
    const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
    await fanOut(deps, deps.sql, organizationId, [event, event, event]);
    await new DeliveryWorker(deps).drain(20_000);
    now = new Date(now.getTime() + 90_000);
    await new LedgerKeeper(deps).catchUp(10_000);

    const found = await samples();
    const expected: Record<string, number> = {
      'posthorn_attempts_total{purpose="event",outcome="succeeded",fault="none"}': 3,
      'posthorn_attempts_total{purpose="event",outcome="failed",fault="receiver"}': 3,
      posthorn_attempt_duration_seconds_count: 6,
      'posthorn_attempt_duration_seconds_bucket{le="+Inf"}': 6,
      posthorn_flush_deliveries_sum: 6,
      posthorn_claim_deliveries_sum: 6,
      'posthorn_queue_deliveries{lane="retry",phase="due"}': 3,
      'posthorn_queue_deliveries{lane="live",phase="due"}': 0,
      'posthorn_endpoints{state="active",status="healthy"}': 2,
      posthorn_ledger_imbalance: 0,
      'posthorn_ledger_deliveries{source="event",side="promised"}': 6,
      'posthorn_ledger_deliveries{source="event",side="existing"}': 6,
      posthorn_database_up: 1,
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(
      expected,
    );
    expect(found.get('posthorn_queue_oldest_due_age_seconds{lane="retry"}')).toBeGreaterThan(0);
    expect(found.has("process_cpu_seconds_total")).toBe(true);
  });

  it("names no organization, endpoint, URL or event type", async () => {
    const { organizationId } = await createTestPrincipal(deps);
    const { id } = await createTestEndpoint(deps, organizationId, receiver.url);
    const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
    await fanOut(deps, deps.sql, organizationId, [event]);
    await new DeliveryWorker(deps).drain(20_000);
    const text = await (await scrape()).text();
    for (const secret of [organizationId, id, "127.0.0.1", "order.placed"])
      expect(text).not.toContain(secret);
  });

  it("asks for its token when one is configured", async () => {
    expect((await scrape("Bearer other")).status).toBe(401);
    expect((await scrape("")).status).toBe(401);
    expect((await scrape()).status).toBe(200);
    expect(
      (await readMetrics({ ...deps, env: { ...deps.env, metricsToken: null } }, new Request("http://x/")))
        .status,
    ).toBe(200);
  });
});
