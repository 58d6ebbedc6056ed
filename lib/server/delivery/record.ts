import "server-only";
import { isDeepStrictEqual } from "node:util";
import { leaseKey } from "@/lib/server/db/leases";
import { lockEndpoints, storeLifecycles } from "@/lib/server/db/lifecycles";
import { addStatistics, insertAttempts, updateLeasedDeliveries } from "@/lib/server/db/record-attempts";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { applyEffects } from "./apply-effects";
import { logAttempt } from "./attempt-log";
import { countStatistics } from "./count-statistics";
import type { DeliveryAttempt } from "./delivery-attempt";
import { systemActor, type Engine } from "./engine";
import { announceExhausted } from "./exhausted";
import { foldBatch, type Batch, type Circumstances, type Recorded } from "./fold-batch";
import { isUnsent, type Finished } from "./unsent";

/**
 * Records what was finished, all or nothing: attempts, deliveries whose lease is still ours, endpoint health,
 * transitions, follow-up events and statistics. Endpoints are locked first, so that one endpoint's outcomes are folded
 * one after the other however many workers record at once. `aheadMs`: by how much the clock that the attempts' times are
 * of is ahead of the database's.
 */
export async function recordFinished(
  engine: Engine,
  finished: readonly Finished[],
  aheadMs = 0,
): Promise<Recorded> {
  const startedAtMs = performance.now();
  const lost = new Set<string>();
  let open = finished;
  for (;;) {
    try {
      const batch = await sqlTransaction(engine.pool, (sql) =>
        recordOnce(engine, sql, open, { lost, aheadMs }),
      );
      engine.observe.recorded(performance.now() - startedAtMs, open.length);
      tell(engine, batch);
      return batch.recorded;
    } catch (error) {
      if (error instanceof LeasesLost) {
        for (const key of error.keys) lost.add(key);
      } else if (error instanceof RecordedBefore) {
        const { attemptIds } = error;
        open = open.filter((one) => isUnsent(one) || !attemptIds.has(one.attemptId));
      } else throw error;
    }
  }
}

/** Rolls back a batch that was folded on the assumption that these deliveries were still ours. */
class LeasesLost extends Error {
  constructor(readonly keys: readonly string[]) {
    super("Leases were lost");
  }
}

/** Rolls back a batch of which a part is recorded: it was committed, and the answer to that commit was lost. */
class RecordedBefore extends Error {
  constructor(readonly attemptIds: ReadonlySet<string>) {
    super("Attempts were recorded before");
  }
}

/**
 * Assumes that every lease is still ours but the lost ones, and lets the update itself find out: locking the
 * deliveries beforehand would cost every batch a statement for what almost never happens.
 */
async function recordOnce(
  engine: Engine,
  sql: Sql,
  finished: readonly Finished[],
  circumstances: Circumstances,
): Promise<Batch> {
  const endpoints = await lockEndpoints(
    sql,
    [...new Set(finished.map(({ delivery }) => delivery.endpointId))].sort(),
  );
  const batch = foldBatch(engine, endpoints, finished, circumstances);
  if (batch.updates.length > 0) {
    const updated = await updateLeasedDeliveries(sql, batch.updates);
    const missing = batch.updates.map(leaseKey).filter((key) => !updated.has(key));
    if (missing.length > 0) throw new LeasesLost(missing);
  }
  await insertMade(sql, batch);
  await addStatistics(sql, countStatistics(finished));
  await storeSteps(engine, sql, batch.endpoints);
  await announceExhausted(engine, sql, batch.exhausted);
  return batch;
}

async function insertMade(sql: Sql, { made }: Batch): Promise<void> {
  if (made.length === 0) return;
  const inserted = await insertAttempts(
    sql,
    made.map(({ attempt, nextAttemptAt }) => attempt.record(nextAttemptAt)),
  );
  if (inserted.size === made.length) return;
  const ids = made.map(({ attempt }) => attempt.attemptId);
  throw new RecordedBefore(new Set(ids.filter((id) => !inserted.has(id))));
}

/** Once it is committed: metrics and the log. */
function tell({ observe, log }: Engine, { made, recorded }: Batch): void {
  if (recorded.lostLeases > 0) observe.leasesLost(recorded.lostLeases);
  for (const { attempt, nextAttemptAt } of made) tellAttempt({ observe, log }, attempt, nextAttemptAt);
}

/** Once it is committed: its line in the log and its count in the metrics. */
export function tellAttempt(
  { observe, log }: Pick<Engine, "observe" | "log">,
  attempt: DeliveryAttempt,
  nextAttemptAt: Date | null,
): void {
  observe.attempted(attempt.delivery.purpose, attempt.judgement, attempt.durationMs);
  logAttempt(log, attempt, nextAttemptAt);
}

async function storeSteps(engine: Engine, sql: Sql, endpoints: Batch["endpoints"]): Promise<void> {
  // Within one batch an endpoint may leave a status and come back to the very same one: its effects still happened.
  const changed = [...endpoints.values()].filter(
    ({ endpoint, lifecycle, turns }) => turns.length > 0 || !isDeepStrictEqual(lifecycle, endpoint.lifecycle),
  );
  await storeLifecycles(
    sql,
    changed.map(({ endpoint, lifecycle }) => ({ id: endpoint.id, lifecycle })),
  );
  for (const { endpoint, turns } of changed) {
    for (const { before, step } of turns) {
      await applyEffects(engine, sql, { ...endpoint, lifecycle: before }, step, systemActor);
    }
  }
}
