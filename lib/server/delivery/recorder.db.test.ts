import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
let deps: Deps;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

/** Refuses the attempts of the eighth delivery, whatever comes with them in a batch. */
const refuseOne = `
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.delivery_id = (SELECT id FROM delivery ORDER BY id OFFSET 7 LIMIT 1) THEN RAISE EXCEPTION 'refused'; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION refuse();`;

const recorded = async () => {
  const rows = await deps.sql<{ count: number }>("SELECT count(*)::integer AS count FROM attempt");
  return rows[0]?.count;
};

describe("a record that the database refuses", () => {
  it("keeps no other from being recorded, and is recorded itself once the database takes it", async () => {
    const { organizationId } = await createTestPrincipal(deps);
    await createTestEndpoint(deps, organizationId, receiver.url);
    const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
    await fanOut(
      deps,
      deps.sql,
      organizationId,
      Array.from({ length: 40 }, () => event),
    );
    await deps.pool.query(refuseOne);
    const worker = new DeliveryWorker(deps);
    worker.start();
    try {
      await vi.waitFor(async () => expect(await recorded()).toBe(39), { timeout: 15_000, interval: 50 });
      await deps.sql("DROP TRIGGER refuse ON attempt");
      await vi.waitFor(async () => expect(await recorded()).toBe(40), { timeout: 15_000, interval: 50 });
    } finally {
      await worker.stop(1_000);
    }
    expect(receiver.requests).toHaveLength(40);
  });
});
