import { freshHealth, type Health } from "@/lib/domain/endpoint-health";
import type { Lifecycle, Step } from "@/lib/domain/endpoint-lifecycle";
import { disableMoment, type FailurePolicy } from "@/lib/domain/failure-policy";
import * as explain from "@/lib/domain/status-reason";

/**
 * An active endpoint under another policy. What happened stays: how many failures in a row there were, and since when.
 * What the earlier policy made of it does not: its probation, its moment of disabling, its sentence. Only the next
 * outcome can disable.
 */
export function changePolicy(lifecycle: Lifecycle, policy: FailurePolicy): Step {
  if (lifecycle.state !== "active") return { lifecycle, effects: [] };
  const before = lifecycle.health;
  const health = underPolicy(before, policy);
  const step: Step = { lifecycle: { ...lifecycle, health }, effects: [] };
  if (health.status !== before.status) {
    const { status: from } = before;
    const { status: to, statusReason: detail } = health;
    step.effects.push({ type: "transition", kind: "status", from, to, reason: "policy_changed", detail });
  }
  return step;
}

function underPolicy(health: Health, policy: FailurePolicy): Health {
  if (policy.preset === "streak") return underStreak(health, policy);
  const { failingSince, memory } = health;
  if (failingSince === null) return freshHealth;
  const failing: Health = {
    ...health,
    status: "healthy",
    probationSince: null,
    disablesAt: null,
    memory: { ...memory, recent: [], successCount: 0 },
  };
  if (policy.preset === "volume") {
    return { ...failing, statusReason: explain.failingUntilCount(failing, policy.disableConsecutive) };
  }
  const { probationSince } = health;
  if (probationSince === null) {
    const probationAt = new Date(failingSince.getTime() + policy.probationAfterMs);
    return { ...failing, statusReason: explain.failing(failing, probationAt) };
  }
  // Its admins were warned: the warning stands, with the moment that the new policy gives.
  const disablesAt = disableMoment(failingSince, probationSince, policy);
  const statusReason = explain.probation(failing, disablesAt);
  return { ...failing, status: "probation", probationSince, disablesAt, statusReason };
}

function underStreak(health: Health, policy: Extract<FailurePolicy, { preset: "streak" }>): Health {
  const { failureCount, recent } = health.memory;
  // Other policies remember no outcomes, but how many of the last ones failed.
  const known = recent.length > 0 ? recent : Array.from({ length: failureCount }, () => false);
  const memory = { ...health.memory, recent: known.slice(-policy.window) };
  const failures = memory.recent.filter((succeeded) => !succeeded).length;
  const isWarned = health.status === "warning" || failures >= policy.warnFailures;
  const next: Health = {
    ...health,
    status: isWarned ? "warning" : "healthy",
    probationSince: null,
    disablesAt: null,
    memory,
  };
  if (failureCount === 0)
    return { ...next, statusReason: isWarned ? explain.recovering(memory, policy) : null };
  const sentence = isWarned ? explain.warning : explain.failingInWindow;
  return { ...next, statusReason: sentence(next, policy) };
}
