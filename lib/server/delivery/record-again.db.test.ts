import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { passValidation } from "@/lib/domain/endpoint-lifecycle";
import { lockEndpoint, storeLifecycles } from "@/lib/server/db/lifecycles";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { claimDue, sendClaimed } from "@/lib/server/testing/sent-attempts";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { applyEffects } from "./apply-effects";
import { systemActor } from "./engine";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";
import { recordFinished } from "./record";
import { recordSuccesses } from "./record-successes";
import { reasonNotToSend } from "./unsent";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function publish(count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, number) => ({
    eventType: "order.placed",
    eventTimestamp: new Date(),
    data: { number },
    dataText: `{"number":${number}}`,
  }));
  await fanOut(deps, deps.sql, principal.organizationId, events);
}

const claim = (now?: Date) => claimDue(deps, now);
const send = (claimed: Awaited<ReturnType<typeof claim>>) => sendClaimed(deps, claimed);
const rowsOf = async (text: string) => deps.sql<Record<string, unknown>>(text);
const countStatement = (table: string) => `SELECT count(*)::integer AS count FROM ${table}`;

describe("a connection that breaks while a batch is being committed", () => {
  it("leaves neither the batch unrecorded nor anything of it recorded twice", async () => {
    receiver.answer = () => ({ status: 500 });
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(3);
    const finished = await send(await claim());
    // The answer to the commit is what gets lost: the database has committed.
    const breaking = vi.spyOn(deps.pool, "connect").mockImplementationOnce(async () => {
      breaking.mockRestore();
      const client = await deps.pool.connect();
      const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
      client.query = (async (...given: unknown[]) => {
        const result = await query(...given);
        if (given[0] !== "COMMIT") return result;
        client.query = query as typeof client.query;
        throw new Error("Connection terminated unexpectedly");
      }) as unknown as typeof client.query;
      return client;
    });
    await expect(recordFinished(deps, finished)).rejects.toThrow("Connection terminated");
    await recordFinished(deps, finished);
    expect(await rowsOf(countStatement("attempt"))).toEqual([{ count: 3 }]);
    expect(await rowsOf("SELECT sum(attempts)::integer AS sum FROM delivery_count")).toEqual([{ sum: 3 }]);
    expect(await rowsOf("SELECT (health ->> 'failureCount')::integer AS count FROM endpoint")).toEqual([
      { count: 3 },
    ]);
  });
});

describe("a batch of successes whose answer was lost", () => {
  it("is found to be recorded by the rules, which count nothing of it again", async () => {
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(3);
    const finished = await send(await claim());
    const query = deps.pool.query.bind(deps.pool) as (...given: unknown[]) => Promise<unknown>;
    const breaking = vi.spyOn(deps.pool, "query").mockImplementationOnce((async (...given: unknown[]) => {
      await query(...given);
      throw new Error("Connection terminated unexpectedly");
    }) as unknown as typeof deps.pool.query);
    await expect(recordSuccesses(deps, finished)).rejects.toThrow("Connection terminated");
    breaking.mockRestore();
    const left = await recordSuccesses(deps, finished);
    expect(left).toEqual(finished);
    await recordFinished(deps, left);
    expect(await rowsOf(countStatement("attempt"))).toEqual([{ count: 3 }]);
    expect(await rowsOf("SELECT sum(attempts)::integer AS sum FROM delivery_count")).toEqual([{ sum: 3 }]);
    expect(
      await rowsOf("SELECT DISTINCT state::text AS state, delivery_attempt AS made FROM delivery"),
    ).toEqual([{ state: "succeeded", made: 1 }]);
  });
});

describe("a delivery that was claimed while its endpoint was being validated", () => {
  it("is sent after all when the test was passed before it was put back", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(1);
    await deps.sql("UPDATE endpoint SET state = 'validating', validating_until = now() + interval '1 hour'");
    const [claimed] = await claim();
    expect(reasonNotToSend(claimed!.delivery)).toBe("held");
    await deps.transaction(async ({ sql }) => {
      const endpoint = await lockEndpoint(sql, principal.organizationId, id);
      const step = passValidation(endpoint!.lifecycle, deps.clock());
      await storeLifecycles(sql, [{ id, lifecycle: step.lifecycle }]);
      await applyEffects(deps, sql, endpoint!, step, systemActor);
    });
    await recordFinished(deps, [{ ...claimed!, unsent: "held" }]);
    expect(await keepHouse(deps, null)).toBe(true);
    const again = await claim();
    expect(again.map(({ delivery }) => reasonNotToSend(delivery))).toEqual([null]);
  });
});

describe("a delivery that was claimed again while its first attempt was under way", () => {
  it("is settled by the attempt that holds the lease, and only that one counts for health", async () => {
    receiver.answer = () => ({ status: 500 });
    await createTestEndpoint(deps, principal.organizationId, receiver.url);
    await publish(1);
    const first = await send(await claim());
    const again = await send(await claim(new Date(deps.clock().getTime() + 3_600_000)));
    expect([first.length, again.length]).toEqual([1, 1]);
    const recorded = await recordFinished(deps, [...first, ...again]);
    expect(recorded).toMatchObject({ failed: 2, lostLeases: 1 });
    expect(await rowsOf(countStatement("attempt"))).toEqual([{ count: 2 }]);
    expect(await rowsOf("SELECT state::text AS state, delivery_attempt, lease_id FROM delivery")).toEqual([
      { state: "pending", delivery_attempt: 1, lease_id: null },
    ]);
    expect(await rowsOf("SELECT (health ->> 'failureCount')::integer AS count FROM endpoint")).toEqual([
      { count: 1 },
    ]);
  });
});
