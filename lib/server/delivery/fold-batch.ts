import "server-only";
import { settleDelivery, type Settlement } from "@/lib/domain/delivery-settlement";
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
import { leaseKey } from "@/lib/server/db/leases";
import type { LockedEndpoint } from "@/lib/server/db/lifecycles";
import type { DeliveryUpdate } from "@/lib/server/db/record-attempts";
import { leaseOf } from "./claimer";
import type { DeliveryAttempt } from "./delivery-attempt";
import type { Engine } from "./engine";
import { isUnsent, type Finished, type Unsent } from "./unsent";

export interface Recorded {
  succeeded: number;
  failed: number;
  /** Deliveries whose lease was somebody else's by then. */
  lostLeases: number;
  /** When the first of the next attempts is due. */
  nextAttemptAt: Date | null;
}

export interface FoldedEndpoint {
  endpoint: LockedEndpoint;
  lifecycle: Lifecycle;
  /** The steps with effects, each with the lifecycle it was taken from: what they tell is of that moment. */
  turns: { before: Lifecycle; step: Step }[];
}

/** What a batch of finished deliveries makes of attempts, deliveries and endpoints; nothing of it is stored yet. */
export interface Batch {
  /** The attempts that were made, and when each delivery is tried next. */
  made: { attempt: DeliveryAttempt; nextAttemptAt: Date | null }[];
  updates: DeliveryUpdate[];
  endpoints: Map<string, FoldedEndpoint>;
  exhausted: DeliveryAttempt[];
  recorded: Recorded;
}

export interface Circumstances {
  /** Leases that are somebody else's by now (`leaseKey`). */
  lost: ReadonlySet<string>;
  /** By how much the clock of this process is ahead of the database's, which health and due times are kept by. */
  aheadMs: number;
}

/** Folds a batch into its endpoints, one outcome after the other; deliveries whose lease is lost are left alone. */
export function foldBatch(
  engine: Engine,
  endpoints: readonly LockedEndpoint[],
  finished: readonly Finished[],
  { lost, aheadMs }: Circumstances,
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
    const isOurs = !lost.has(leaseKey(leaseOf(one)));
    if (!isOurs) batch.recorded.lostLeases += 1;
    if (isUnsent(one)) {
      if (isOurs) batch.updates.push(unsentUpdate(one, before(engine.clock(), aheadMs)));
    } else foldAttempt(engine, batch, { attempt: one, isOurs, aheadMs });
  }
  return batch;
}

interface Folding {
  attempt: DeliveryAttempt;
  isOurs: boolean;
  aheadMs: number;
}

const before = (at: Date, ms: number) => new Date(at.getTime() - ms);

function foldAttempt(engine: Engine, batch: Batch, { attempt, isOurs, aheadMs }: Folding): void {
  const succeeded = attempt.judgement.outcome === "succeeded";
  batch.recorded[succeeded ? "succeeded" : "failed"] += 1;
  const folded = batch.endpoints.get(attempt.delivery.endpointId);
  // Somebody else answers for the delivery now; that the request happened is still worth knowing.
  if (!isOurs || !folded) {
    batch.made.push({ attempt, nextAttemptAt: null });
    return;
  }
  const outcome = outcomeOf(attempt, aheadMs);
  const step = stepOf(engine, folded, outcome);
  if (step.effects.length > 0) folded.turns.push({ before: folded.lifecycle, step });
  folded.lifecycle = step.lifecycle;
  const settlement = settle(engine, folded.lifecycle, attempt, outcome.finishedAt);
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
  outcome: AttemptOutcome,
): Step {
  if (endpoint.deleted) return { lifecycle, effects: [] };
  if (outcome.purpose === "validation") {
    return outcome.succeeded
      ? passValidation(lifecycle, outcome.finishedAt)
      : expireValidation(lifecycle, outcome.finishedAt);
  }
  const policy = resolvePolicy(endpoint.failurePolicy, settings.chronic);
  return foldOutcome(lifecycle, { policy, onGone: endpoint.onGone }, outcome);
}

function outcomeOf(attempt: DeliveryAttempt, aheadMs: number): AttemptOutcome {
  const { delivery, judgement, startedAt, finishedAt, statusCode, failure } = attempt;
  const { outcome, fault } = judgement;
  return {
    purpose: delivery.purpose,
    succeeded: outcome === "succeeded",
    statusCode,
    fault,
    startedAt: before(startedAt, aheadMs),
    finishedAt: before(finishedAt, aheadMs),
    failure,
  };
}

function settle(engine: Engine, lifecycle: Lifecycle, attempt: DeliveryAttempt, now: Date): Settlement {
  const { delivery, target, judgement, statusCode } = attempt;
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
    nextValidationAt: nextValidationAt(lifecycle, engine.settings.validation, now),
    scheduleMs: target.scheduleMs,
    now,
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

function unsentUpdate({ delivery, leaseId, unsent, waitMs }: Unsent, now: Date): DeliveryUpdate {
  const { id, lane, deliveryAttempt, scheduleBase } = delivery;
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
