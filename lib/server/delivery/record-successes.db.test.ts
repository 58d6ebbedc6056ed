import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolvePolicy, type FailurePolicyChoice } from "@/lib/domain/failure-policy";
import { successChangesNothing as byTheRules } from "@/lib/domain/fold-outcome";
import { lockEndpoints } from "@/lib/server/db/lifecycles";
import { successChangesNothing } from "@/lib/server/db/record-successes";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { claimDue, sendClaimed } from "@/lib/server/testing/sent-attempts";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import type { DeliveryAttempt } from "./delivery-attempt";
import { fanOut } from "./fan-out";
import { recordFinished } from "./record";
import { recordSuccesses } from "./record-successes";

const database = testDatabase();
let deps: Deps;
let organizationId: string;
let receiver: WebhookReceiver;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  ({ organizationId } = await createTestPrincipal(deps));
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

/** Publishes, claims and sends; nothing is recorded. */
async function attempts(count: number): Promise<DeliveryAttempt[]> {
  const event = {
    eventType: "order.placed",
    eventTimestamp: deps.clock(),
    data: {},
    dataText: '{"a":"\\u0000"}',
  };
  await fanOut(
    deps,
    deps.sql,
    organizationId,
    Array.from({ length: count }, () => event),
  );
  return sendClaimed(deps, await claimDue(deps));
}

const stored = () =>
  deps.sql<Record<string, unknown>>(
    `SELECT a.*, d.state::text, d.delivery_attempt AS made, d.lane, d.schedule_base, d.lease_id, d.lease_until, d.worker_id,
       d.finished_at, d.due_at
     FROM attempt a JOIN delivery d ON d.id = a.delivery_id ORDER BY a.id`,
  );
const counted = () =>
  deps.sql(
    "SELECT hour, endpoint_id, succeeded, bucket, sum(attempts)::integer AS attempts FROM delivery_count GROUP BY 1, 2, 3, 4 ORDER BY 4",
  );

describe("the short way of recording a success", () => {
  it("stores exactly what the rules store", async () => {
    receiver.answer = () => ({ status: 200, headers: { "x-said": 'a "quoted" \\ value' }, body: "\0{ü}" });
    await createTestEndpoint(deps, organizationId, receiver.url);
    const made = await attempts(5);
    await deps.sql("CREATE TABLE before AS SELECT * FROM delivery");
    await recordFinished(deps, made);
    const [rows, sums] = [await stored(), await counted()];
    expect(rows).toHaveLength(5);
    await deps.sql("TRUNCATE attempt, delivery, delivery_stat_recent");
    await deps.sql("INSERT INTO delivery SELECT * FROM before");
    expect(await recordSuccesses(deps, made)).toEqual([]);
    expect(await stored()).toEqual(rows);
    expect(await counted()).toEqual(sums);
  });

  it("leaves a delivery alone whose lease is somebody else's by now", async () => {
    await createTestEndpoint(deps, organizationId, receiver.url);
    const made = await attempts(3);
    const [, lost] = made;
    await deps.sql("UPDATE delivery SET lease_id = gen_random_uuid() WHERE id = $1::uuid", [
      lost?.delivery.id,
    ]);
    expect(await recordSuccesses(deps, made)).toEqual([lost]);
    expect(await stored()).toHaveLength(2);
  });

  it("leaves all of an endpoint's outcomes to the rules when one of them is a failure, in their order", async () => {
    let answered = 0;
    receiver.answer = () => ({ status: (answered += 1) === 2 ? 500 : 200 });
    await createTestEndpoint(deps, organizationId, receiver.url);
    const made = await attempts(3);
    expect(await recordSuccesses(deps, made)).toEqual(made);
    expect(await stored()).toEqual([]);
  });

  it("leaves the success of an endpoint to the rules that another worker has just recorded a failure of", async () => {
    receiver.answer = () => ({ status: 200 });
    await createTestEndpoint(deps, organizationId, receiver.url);
    const made = await attempts(1);
    await deps.sql(`UPDATE endpoint SET failing_since = now(), health = '{"failureCount": 1}'`);
    expect(await recordSuccesses(deps, made)).toEqual(made);
    await recordFinished(deps, made);
    const [endpoint] = await deps.sql<{ since: Date | null }>("SELECT failing_since AS since FROM endpoint");
    expect(endpoint?.since).toBeNull();
  });

  it("is taken for exactly the endpoints that the rules leave as they are", async () => {
    const policies: FailurePolicyChoice[] = [
      { preset: "chronic" },
      { preset: "volume" },
      { preset: "streak" },
      { preset: "volume", disableConsecutive: 3 },
    ];
    const changes = [
      {},
      { state: "disabled" as const },
      { state: "validating" as const },
      { status: "warning" as const },
      { status: "probation" as const, probationSince: deps.clock(), disablesAt: deps.clock() },
      { status: "failing" as const },
      { statusReason: "It fails" },
      { failingSince: deps.clock() },
      { health: { failureCount: 0, successCount: 0, recent: [], lastFailure: null } },
      { health: { failureCount: 1, successCount: 0, recent: [], lastFailure: "It answered 500" } },
      { health: { failureCount: 0, successCount: 0, recent: [true], lastFailure: null } },
      { health: { failureCount: 0, successCount: 2, recent: [], lastFailure: null } },
    ];
    for (const failurePolicy of policies) {
      for (const change of changes) {
        await createTestEndpoint(deps, organizationId, receiver.url, { ...change, failurePolicy });
      }
    }
    const simple = await deps.sql<{ id: string }>(`SELECT id FROM endpoint WHERE ${successChangesNothing}`);
    const all = await deps.sql<{ id: string }>("SELECT id FROM endpoint");
    const locked = await lockEndpoints(
      deps.sql,
      all.map(({ id }) => id),
    );
    const expected = locked.filter(({ lifecycle, failurePolicy }) =>
      byTheRules(lifecycle, resolvePolicy(failurePolicy, deps.settings.chronic)),
    );
    // Two kinds of change times three policies.
    expect(expected).toHaveLength(6);
    expect(new Set(simple.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
  });

  it("is not taken for a deleted endpoint", async () => {
    const { id } = await createTestEndpoint(deps, organizationId, receiver.url);
    const made = await attempts(1);
    await deps.sql("UPDATE endpoint SET deleted_at = now() WHERE id = $1::uuid", [id]);
    expect(await recordSuccesses(deps, made)).toEqual(made);
  });
});
