import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AttemptOutcome } from "@/lib/domain/endpoint-health";
import type { Effect, Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import type { Fault } from "@/lib/domain/error-codes";
import { resolvePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";
import { lockEndpoints } from "@/lib/server/db/lifecycles";
import { sqlTransaction } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
const eventCount = 400;
/** One moment for everything, so that what is folded again later is what was folded. */
const now = new Date();
const policy = {
  preset: "streak",
  window: 10,
  warnFailures: 5,
  disableConsecutive: 60,
  recoverConsecutive: 3,
} as const;

let processes: Deps[];
let receiver: WebhookReceiver;

beforeEach(async () => {
  processes = [];
  // One instance: every process unseals the same secrets.
  const variables = { POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64") };
  for (let index = 0; index < 4; index += 1) {
    processes.push(await createTestDeps(database().url, variables, { clock: () => now }));
  }
  // Nobody is answered before every worker has sent all that it may at once: none of them is left without a part.
  let openGate = () => {};
  const gate = new Promise<void>((resolve) => (openGate = resolve));
  const inFlightMax = processes.length * (processes[0]?.settings.endpointConcurrency ?? 0);
  receiver = await startWebhookReceiver(async (_request, earlier) => {
    if (earlier + 1 === inFlightMax) openGate();
    await gate;
    // Runs of failures and of successes, so that the status changes often.
    const isFailing = Math.floor(earlier / 12) % 2 === 0;
    return { status: isFailing ? [500, 503, 404][earlier % 3]! : 200 };
  });
});

afterEach(async () => {
  await receiver.close();
  for (const deps of processes) await closeTestDeps(deps);
});

/** Numbers attempts and transitions as they are recorded: the recording transactions hold the endpoint's lock. */
const numberRecords = `
  CREATE TABLE recorded (number bigserial PRIMARY KEY, kind text NOT NULL, id uuid NOT NULL);
  CREATE FUNCTION number_record() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO recorded (kind, id) VALUES (TG_ARGV[0], NEW.id); RETURN NULL; END $$;
  CREATE TRIGGER number_attempt AFTER INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION number_record('attempt');
  CREATE TRIGGER number_transition AFTER INSERT ON transition
    FOR EACH ROW EXECUTE FUNCTION number_record('transition');`;

interface AttemptRow {
  succeeded: boolean;
  status_code: number;
  fault: Fault | null;
  error_message: string | null;
}

const toOutcome = (row: AttemptRow): AttemptOutcome => ({
  purpose: "event",
  succeeded: row.succeeded,
  statusCode: row.status_code,
  fault: row.fault,
  startedAt: now,
  finishedAt: now,
  failure: row.error_message,
});

async function lifecycleOf(deps: Deps, id: string): Promise<Lifecycle> {
  const [endpoint] = await sqlTransaction(deps.pool, (sql) => lockEndpoints(sql, [id]));
  if (!endpoint) throw new Error("The endpoint is gone");
  return endpoint.lifecycle;
}

/** A clock that stands still falls behind the database's, by which health is kept: when something began differs. */
function withoutMoment(lifecycle: Lifecycle): unknown {
  const { failingSince, ...health } = lifecycle.health;
  return { ...lifecycle, health: { ...health, isFailing: failingSince !== null } };
}

/** And so is the moment that a transition names, which may be in the next minute. */
function withoutMoments(transitions: readonly unknown[]): unknown {
  const moment = / on \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/g;
  return JSON.parse(JSON.stringify(transitions).replaceAll(moment, ""));
}

it("folds outcomes that four workers record at once as if one had recorded them in that order", async () => {
  const [deps] = processes as [Deps];
  await database().query(numberRecords);
  const { organizationId } = await createTestPrincipal(deps);
  const { id } = await createTestEndpoint(deps, organizationId, receiver.url, {
    failurePolicy: policy,
    eventTypes: ["order.placed"],
  });
  const before = await lifecycleOf(deps, id);
  const event = { eventType: "order.placed", eventTimestamp: now, data: {}, dataText: "{}" };
  await fanOut(
    deps,
    deps.sql,
    organizationId,
    Array.from({ length: eventCount }, () => event),
  );

  const workers = processes.map((each) => new DeliveryWorker(each));
  for (const worker of workers) worker.start();
  const attempts = () =>
    deps.sql<AttemptRow>(
      "SELECT a.* FROM recorded r JOIN attempt a ON a.id = r.id WHERE r.kind = 'attempt' ORDER BY r.number",
    );
  await vi.waitFor(async () => expect(await attempts()).toHaveLength(eventCount), { timeout: 20_000 });
  await Promise.all(workers.map((worker) => worker.stop(1_000)));

  let lifecycle = before;
  const effects: Effect[] = [];
  const rules = { policy: resolvePolicy(policy, deps.settings.chronic), onGone: "retry" as const };
  for (const row of await attempts()) {
    const step = foldOutcome(lifecycle, rules, toOutcome(row));
    lifecycle = step.lifecycle;
    effects.push(...step.effects);
  }
  const transitions = await deps.sql(
    `SELECT 'transition' AS type, t.kind, t.from_value AS "from", t.to_value AS "to", t.reason, t.detail
     FROM recorded r JOIN transition t ON t.id = r.id WHERE r.kind = 'transition' ORDER BY r.number`,
  );
  expect(workers.every(({ totals }) => totals.succeeded + totals.failed > 0)).toBe(true);
  expect(withoutMoment(await lifecycleOf(deps, id))).toEqual(withoutMoment(lifecycle));
  const folded = effects.filter(({ type }) => type === "transition");
  expect(withoutMoments(transitions)).toEqual(withoutMoments(folded));
  expect(transitions.length).toBeGreaterThan(4);
});
