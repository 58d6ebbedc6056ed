import { countsForHealth, freshHealth, type AttemptOutcome, type Health } from "@/lib/domain/endpoint-health";
import {
  disableAutomatically,
  type Effect,
  type Lifecycle,
  type Step,
} from "@/lib/domain/endpoint-lifecycle";
import { disableMoment, type FailurePolicy } from "@/lib/domain/failure-policy";
import * as explain from "@/lib/domain/status-reason";

export interface FoldRules {
  policy: FailurePolicy;
  onGone: "retry" | "disable";
}

/**
 * What one attempt's outcome makes of its endpoint. Outcomes are folded in the order in which they are recorded, one
 * endpoint's under one lock; the caller stores the lifecycle and carries out the effects in the same transaction.
 */
export function foldOutcome(lifecycle: Lifecycle, rules: FoldRules, outcome: AttemptOutcome): Step {
  if (lifecycle.state !== "active" || !countsForHealth(outcome, lifecycle.activatedAt)) {
    return { lifecycle, effects: [] };
  }
  return outcome.succeeded
    ? afterSuccess(lifecycle, rules.policy, outcome)
    : afterFailure(lifecycle, rules, outcome);
}

/**
 * Whether a success leaves the endpoint exactly as it is: nothing to recover from, and no policy that counts successes.
 * Successes of such an endpoint need no lock and no fold (lib/server/db/record-successes.ts says the same in SQL).
 */
export function successChangesNothing({ state, health }: Lifecycle, policy: FailurePolicy): boolean {
  const { memory, ...rest } = health;
  return (
    state === "active" &&
    policy.preset !== "streak" &&
    rest.status === "healthy" &&
    rest.statusReason === null &&
    rest.failingSince === null &&
    rest.probationSince === null &&
    rest.disablesAt === null &&
    memory.failureCount === 0 &&
    memory.successCount === 0 &&
    memory.recent.length === 0 &&
    memory.lastFailure === null
  );
}

function afterSuccess(lifecycle: Lifecycle, policy: FailurePolicy, outcome: AttemptOutcome): Step {
  const { health } = lifecycle;
  const memory = {
    failureCount: 0,
    // Counted only where a rule reads it, so that a success of a healthy endpoint changes nothing to store.
    successCount:
      policy.preset === "streak" ? Math.min(health.memory.successCount + 1, policy.recoverConsecutive) : 0,
    recent: remember(health, policy, true),
    lastFailure: health.memory.lastFailure,
  };
  if (policy.preset === "streak" && health.status === "warning") {
    if (memory.successCount < policy.recoverConsecutive) {
      const statusReason = explain.recovering(memory, policy);
      return withHealth(lifecycle, { ...health, failingSince: null, statusReason, memory }, []);
    }
  }
  const next: Health = { ...freshHealth, memory: { ...memory, lastFailure: null } };
  if (health.status === "healthy") return withHealth(lifecycle, next, []);
  return withHealth(lifecycle, next, [
    statusChange(health, next, "recovered", explain.recovered(health, outcome.finishedAt)),
    { type: "emit", eventType: "webhook.recovered" },
    ...(health.status === "probation" ? [{ type: "notify", notice: "recovered" } as const] : []),
  ]);
}

function afterFailure(lifecycle: Lifecycle, rules: FoldRules, outcome: AttemptOutcome): Step {
  const health = countFailure(lifecycle.health, rules.policy, outcome);
  if (outcome.statusCode === 410 && rules.onGone === "disable") {
    return disable(lifecycle, "gone", { ...health, statusReason: explain.gone() }, outcome);
  }
  switch (rules.policy.preset) {
    case "chronic":
      return chronic(lifecycle, health, rules.policy, outcome);
    case "streak":
      return streak(lifecycle, health, rules.policy, outcome);
    case "volume":
      return volume(lifecycle, health, rules.policy, outcome);
  }
}

function chronic(
  lifecycle: Lifecycle,
  health: Health,
  policy: Extract<FailurePolicy, { preset: "chronic" }>,
  outcome: AttemptOutcome,
): Step {
  const now = outcome.finishedAt;
  const since = health.failingSince ?? now;
  const failingMs = now.getTime() - since.getTime();
  if (health.probationSince === null) {
    const probationAt = new Date(since.getTime() + policy.probationAfterMs);
    if (failingMs < policy.probationAfterMs) {
      return withHealth(lifecycle, { ...health, statusReason: explain.failing(health, probationAt) }, []);
    }
    const onProbation = { ...health, status: "probation" as const, probationSince: now };
    const disablesAt = disableMoment(since, now, policy);
    const next = { ...onProbation, disablesAt, statusReason: explain.probation(onProbation, disablesAt) };
    return withHealth(lifecycle, next, [
      statusChange(lifecycle.health, next, "probation_started", next.statusReason),
      { type: "emit", eventType: "webhook.probation_started" },
      { type: "notify", notice: "probation_started" },
    ]);
  }
  const disablesAt = disableMoment(since, health.probationSince, policy);
  if (now >= disablesAt) {
    return disable(
      lifecycle,
      "chronic_failure",
      { ...health, statusReason: explain.disabled(health, now) },
      outcome,
    );
  }
  return withHealth(
    lifecycle,
    { ...health, disablesAt, statusReason: explain.probation(health, disablesAt) },
    [],
  );
}

function streak(
  lifecycle: Lifecycle,
  health: Health,
  policy: Extract<FailurePolicy, { preset: "streak" }>,
  outcome: AttemptOutcome,
): Step {
  if (health.memory.failureCount >= policy.disableConsecutive) {
    const statusReason = explain.disabledInARow(health);
    return disable(lifecycle, "failure_streak", { ...health, statusReason }, outcome);
  }
  const failures = health.memory.recent.filter((succeeded) => !succeeded).length;
  if (health.status !== "warning" && failures < policy.warnFailures) {
    return withHealth(lifecycle, { ...health, statusReason: explain.failingInWindow(health, policy) }, []);
  }
  const next: Health = { ...health, status: "warning", statusReason: explain.warning(health, policy) };
  const effects =
    health.status === "warning" ? [] : [statusChange(health, next, "warning_started", next.statusReason)];
  return withHealth(lifecycle, next, effects);
}

function volume(
  lifecycle: Lifecycle,
  health: Health,
  policy: Extract<FailurePolicy, { preset: "volume" }>,
  outcome: AttemptOutcome,
): Step {
  if (health.memory.failureCount < policy.disableConsecutive) {
    const statusReason = explain.failingUntilCount(health, policy.disableConsecutive);
    return withHealth(lifecycle, { ...health, statusReason }, []);
  }
  const statusReason = explain.disabledInARow(health);
  return disable(lifecycle, "failure_volume", { ...health, statusReason }, outcome);
}

function disable(
  lifecycle: Lifecycle,
  reason: "chronic_failure" | "failure_streak" | "failure_volume" | "gone",
  health: Health,
  outcome: AttemptOutcome,
): Step {
  const failing: Health = { ...health, status: "failing", disablesAt: null };
  const step = disableAutomatically(lifecycle, reason, failing, outcome.finishedAt);
  const change = statusChange(lifecycle.health, failing, reason, failing.statusReason);
  return { lifecycle: step.lifecycle, effects: [change, ...step.effects] };
}

function countFailure(health: Health, policy: FailurePolicy, outcome: AttemptOutcome): Health {
  return {
    ...health,
    failingSince: health.failingSince ?? outcome.finishedAt,
    memory: {
      failureCount: health.memory.failureCount + 1,
      successCount: 0,
      recent: remember(health, policy, false),
      lastFailure: outcome.failure,
    },
  };
}

function remember(health: Health, policy: FailurePolicy, succeeded: boolean): boolean[] {
  if (policy.preset !== "streak") return [];
  return [...health.memory.recent, succeeded].slice(-policy.window);
}

function withHealth(lifecycle: Lifecycle, health: Health, effects: Effect[]): Step {
  return { lifecycle: { ...lifecycle, health }, effects };
}

function statusChange(from: Health, to: Health, reason: string, detail: string | null): Effect {
  return { type: "transition", kind: "status", from: from.status, to: to.status, reason, detail };
}
