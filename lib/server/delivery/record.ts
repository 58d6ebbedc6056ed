import "server-only";
import { isDeepStrictEqual } from "node:util";
import { settleDelivery, type DeliveryState, type Settlement } from "@/lib/domain/delivery-settlement";
import { durationBucket } from "@/lib/domain/duration-histogram";
import type { AttemptOutcome } from "@/lib/domain/endpoint-health";
import {
  expireValidation,
  nextValidationAt,
  passValidation,
  type Lifecycle,
  type Step,
} from "@/lib/domain/endpoint-lifecycle";
import { resolvePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";
import { lockEndpoints, storeLifecycles, type LockedEndpoint } from "@/lib/server/db/lifecycles";
import {
  addStatistics,
  insertAttempts,
  leaseKey,
  updateLeasedDeliveries,
  type DeliveryUpdate,
  type StatIncrement,
} from "@/lib/server/db/record-attempts";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { applyEffects } from "./apply-effects";
import { logAttempt } from "./attempt-log";
import type { DeliveryAttempt, LeasedDelivery } from "./delivery-attempt";
import { systemActor, type Engine } from "./engine";
import { announceExhausted } from "./exhausted";

/**
 * A delivery that was claimed and must not be sent: its endpoint was switched off, or waits for its test. `pending`:
 * not now and not by this process; it goes back to the queue.
 */
export interface Unsent extends Pick<LeasedDelivery, "delivery" | "leaseId"> {
  unsent: Extract<DeliveryState, "pending" | "held" | "discarded" | "canceled">;
  /** When pending: how long nobody need look at it; at once, and in its old place, when not given. */
  waitMs?: number;
}

export type Finished = DeliveryAttempt | Unsent;

export interface Recorded {
  succeeded: number;
  failed: number;
  /** Deliveries whose lease was somebody else's by then. */
  lostLeases: number;
  /** When the first of the next attempts is due. */
  nextAttemptAt: Date | null;
}

const isUnsent = (finished: Finished): finished is Unsent => "unsent" in finished;

/**
 * Records what was finished, all or nothing: attempts, deliveries whose lease is still ours, endpoint health,
 * transitions, follow-up events and statistics. Endpoints are locked first, so that one endpoint's outcomes are folded
 * one after the other however many workers record at once.
 */
export async function recordFinished(engine: Engine, finished: readonly Finished[]): Promise<Recorded> {
  const lost = new Set<string>();
  let open = finished;
  for (;;) {
    try {
      const batch = await sqlTransaction(engine.pool, (sql) => recordOnce(engine, sql, open, lost));
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
 * Assumes that every lease is still ours but the `lost` ones, and lets the update itself find out: locking the
 * deliveries beforehand would cost every batch a statement for what almost never happens.
 */
async function recordOnce(
  engine: Engine,
  sql: Sql,
  finished: readonly Finished[],
  lost: ReadonlySet<string>,
): Promise<Batch> {
  const endpoints = await lockEndpoints(
    sql,
    [...new Set(finished.map(({ delivery }) => delivery.endpointId))].sort(),
  );
  const batch = foldBatch(engine, endpoints, finished, lost);
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
  for (const { attempt, nextAttemptAt } of made) {
    observe.attempted(attempt.delivery.purpose, attempt.judgement, attempt.durationMs);
    logAttempt(log, attempt, nextAttemptAt);
  }
}

interface FoldedEndpoint {
  endpoint: LockedEndpoint;
  lifecycle: Lifecycle;
  /** The steps with effects, each with the lifecycle it was taken from: what they tell is of that moment. */
  turns: { before: Lifecycle; step: Step }[];
}

interface Batch {
  /** The attempts that were made, and when each delivery is tried next. */
  made: { attempt: DeliveryAttempt; nextAttemptAt: Date | null }[];
  updates: DeliveryUpdate[];
  endpoints: Map<string, FoldedEndpoint>;
  exhausted: DeliveryAttempt[];
  recorded: Recorded;
}

function foldBatch(
  engine: Engine,
  endpoints: readonly LockedEndpoint[],
  finished: readonly Finished[],
  lost: ReadonlySet<string>,
): Batch {
  const batch: Batch = {
    made: [],
    updates: [],
    endpoints: new Map(
      endpoints.map((endpoint) => [endpoint.id, { endpoint, lifecycle: endpoint.lifecycle, turns: [] }]),
    ),
    exhausted: [],
    recorded: { succeeded: 0, failed: 0, lostLeases: 0, nextAttemptAt: null },
  };
  for (const one of finished) {
    const isOurs = !lost.has(leaseKey({ id: one.delivery.id, leaseId: one.leaseId }));
    if (!isOurs) batch.recorded.lostLeases += 1;
    if (isUnsent(one)) {
      if (isOurs) batch.updates.push(unsentUpdate(engine, one));
    } else foldAttempt(engine, batch, one, isOurs);
  }
  return batch;
}

function foldAttempt(engine: Engine, batch: Batch, attempt: DeliveryAttempt, isOurs: boolean): void {
  const succeeded = attempt.judgement.outcome === "succeeded";
  batch.recorded[succeeded ? "succeeded" : "failed"] += 1;
  const folded = batch.endpoints.get(attempt.delivery.endpointId);
  // Somebody else answers for the delivery now; that the request happened is still worth knowing.
  if (!isOurs || !folded) {
    batch.made.push({ attempt, nextAttemptAt: null });
    return;
  }
  const step = stepOf(engine, folded, attempt);
  if (step.effects.length > 0) folded.turns.push({ before: folded.lifecycle, step });
  folded.lifecycle = step.lifecycle;
  const settlement = settle(engine, folded.lifecycle, attempt);
  const isOpen = settlement.state === "pending";
  const nextAttemptAt = isOpen ? settlement.nextAttemptAt : null;
  batch.made.push({ attempt, nextAttemptAt });
  batch.updates.push(settledUpdate(attempt, settlement));
  if (settlement.state === "exhausted") batch.exhausted.push(attempt);
  const { recorded } = batch;
  if (nextAttemptAt && (!recorded.nextAttemptAt || nextAttemptAt < recorded.nextAttemptAt)) {
    recorded.nextAttemptAt = nextAttemptAt;
  }
}

function stepOf(
  { settings }: Engine,
  { endpoint, lifecycle }: FoldedEndpoint,
  attempt: DeliveryAttempt,
): Step {
  if (endpoint.deleted) return { lifecycle, effects: [] };
  const outcome = outcomeOf(attempt);
  if (outcome.purpose === "validation") {
    return outcome.succeeded
      ? passValidation(lifecycle, outcome.finishedAt)
      : expireValidation(lifecycle, outcome.finishedAt);
  }
  const policy = resolvePolicy(endpoint.failurePolicy, settings.chronic);
  return foldOutcome(lifecycle, { policy, onGone: endpoint.onGone }, outcome);
}

function outcomeOf(attempt: DeliveryAttempt): AttemptOutcome {
  const { delivery, judgement, startedAt, finishedAt, statusCode, failure } = attempt;
  const { outcome, fault } = judgement;
  return {
    purpose: delivery.purpose,
    succeeded: outcome === "succeeded",
    statusCode,
    fault,
    startedAt,
    finishedAt,
    failure,
  };
}

function settle(engine: Engine, lifecycle: Lifecycle, attempt: DeliveryAttempt): Settlement {
  const { delivery, target, judgement, statusCode, finishedAt } = attempt;
  return settleDelivery({
    purpose: delivery.purpose,
    deliveryAttempt: delivery.deliveryAttempt,
    scheduleBase: delivery.scheduleBase,
    lane: delivery.lane,
    succeeded: judgement.outcome === "succeeded",
    fault: judgement.fault,
    statusCode,
    retryAfter: attempt.responseHeader("retry-after"),
    endpointState: lifecycle.state,
    nextValidationAt: nextValidationAt(lifecycle, engine.settings.validation, finishedAt),
    scheduleMs: target.scheduleMs,
    now: finishedAt,
    random: engine.random(),
  });
}

function settledUpdate(
  { delivery, leaseId, finishedAt }: DeliveryAttempt,
  settlement: Settlement,
): DeliveryUpdate {
  const isOpen = settlement.state === "pending" || settlement.state === "held";
  return {
    id: delivery.id,
    leaseId,
    state: settlement.state,
    lane: settlement.lane,
    deliveryAttempt: delivery.deliveryAttempt + 1,
    scheduleBase: settlement.scheduleBase,
    dueAt: settlement.nextAttemptAt,
    finishedAt: isOpen ? null : finishedAt,
  };
}

function unsentUpdate(engine: Engine, { delivery, leaseId, unsent, waitMs }: Unsent): DeliveryUpdate {
  const { id, lane, deliveryAttempt, scheduleBase } = delivery;
  const now = engine.clock();
  const isOpen = unsent === "held" || unsent === "pending";
  const dueAt = waitMs === undefined ? null : new Date(now.getTime() + waitMs);
  return {
    id,
    leaseId,
    state: unsent,
    lane,
    deliveryAttempt,
    scheduleBase,
    dueAt,
    finishedAt: isOpen ? null : now,
  };
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

const hourMs = 3_600_000;

/** What is shown per hour: attempts of events and replays; tests and validations say nothing about traffic. */
function countStatistics(finished: readonly Finished[]): StatIncrement[] {
  const increments = new Map<string, StatIncrement>();
  for (const one of finished) {
    if (isUnsent(one)) continue;
    const { organizationId, endpointId, purpose } = one.delivery;
    if (purpose !== "event" && purpose !== "replay") continue;
    const hour = new Date(Math.floor(one.startedAt.getTime() / hourMs) * hourMs);
    const succeeded = one.judgement.outcome === "succeeded";
    const bucket = durationBucket(one.durationMs);
    const key = `${endpointId} ${hour.getTime()} ${succeeded} ${bucket}`;
    const increment = increments.get(key);
    if (increment) increment.attempts += 1;
    else increments.set(key, { organizationId, hour, endpointId, succeeded, bucket, attempts: 1 });
  }
  return [...increments.values()];
}
