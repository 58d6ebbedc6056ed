import type { Health, HealthMemory } from "@/lib/domain/endpoint-health";
import type { FailurePolicy } from "@/lib/domain/failure-policy";
import { utcMinute } from "@/lib/domain/utc-minute";

type Streak = Extract<FailurePolicy, { preset: "streak" }>;

function attempts(count: number): string {
  return count === 1 ? "1 failed attempt" : `${count.toLocaleString("en")} failed attempts`;
}

function lastError(memory: HealthMemory): string {
  return memory.lastFailure === null ? "" : ` Last error: ${memory.lastFailure}.`;
}

function failingPart({ failingSince, memory }: Health): string {
  const since = failingSince === null ? "" : ` since ${utcMinute(failingSince)}`;
  return `Nothing but failures${since}: ${attempts(memory.failureCount)}.${lastError(memory)}`;
}

/** Failing, and still healthy by name. */
export function failing(health: Health, probationAt: Date): string {
  return `${failingPart(health)} If none succeeds, probation starts with the first failure after ${utcMinute(probationAt)}; one success clears this.`;
}

export function probation(health: Health, disablesAt: Date): string {
  return `${failingPart(health)} The endpoint will be disabled with the first failure after ${utcMinute(disablesAt)}; one success cancels this.`;
}

export function disabled(health: Health, now: Date): string {
  return `${failingPart(health)} The endpoint was disabled on ${utcMinute(now)}. Mend the receiver, then re-activate it.`;
}

export function disabledInARow(health: Health): string {
  return `${attempts(health.memory.failureCount)} in a row disabled the endpoint.${lastError(health.memory)} Mend the receiver, then re-activate it.`;
}

export function gone(): string {
  return "The endpoint answered 410 (gone), and its setting is to stop then. Re-activate it if it is back.";
}

export function failingInWindow({ memory }: Health, policy: Streak): string {
  const failed = memory.recent.filter((succeeded) => !succeeded).length;
  return `${failed} of the last ${memory.recent.length} attempts failed.${lastError(memory)} A warning starts at ${policy.warnFailures} of ${policy.window}.`;
}

export function warning({ memory }: Health, policy: Streak): string {
  const failed = memory.recent.filter((succeeded) => !succeeded).length;
  return `${failed} of the last ${memory.recent.length} attempts failed, ${memory.failureCount} in a row.${lastError(memory)} The endpoint is disabled at ${policy.disableConsecutive} failures in a row; ${policy.recoverConsecutive} successes in a row end the warning.`;
}

export function recovering(memory: HealthMemory, policy: Streak): string {
  return `Recovering: ${memory.successCount} of ${policy.recoverConsecutive} successes in a row that end the warning.`;
}

export function recovered({ failingSince }: Health, now: Date): string {
  const since = failingSince === null ? "" : ` after failures since ${utcMinute(failingSince)}`;
  return `An attempt succeeded on ${utcMinute(now)}${since}`;
}

export function failingUntilCount(health: Health, limit: number): string {
  return `${failingPart(health)} The endpoint is disabled at ${limit} failures in a row; one success starts the count anew.`;
}
