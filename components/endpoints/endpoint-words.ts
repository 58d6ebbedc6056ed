import type { Tone } from "@/components/ui/tone";
import { type EndpointState, ruleReasons, type StateReason } from "@/lib/domain/endpoint-lifecycle";
import type { EndpointStatus } from "@/lib/domain/endpoint-health";
import {
  type ChronicDefaults,
  type FailurePolicy,
  type FailurePolicyChoice,
  resolvePolicy,
} from "@/lib/domain/failure-policy";
import { spellDuration } from "@/lib/format/duration";
import type { EndpointOut } from "@/lib/schemas/endpoint";

export const stateTones: Record<EndpointState, Tone> = {
  disabled: "neutral",
  validating: "info",
  active: "success",
};

export const statusTones: Record<EndpointStatus, Tone> = {
  healthy: "success",
  warning: "warning",
  probation: "warning",
  failing: "danger",
};

export const stateLabels: Record<EndpointState, string> = {
  disabled: "Disabled",
  validating: "Validating",
  active: "Active",
};

export const statusLabels: Record<EndpointStatus, string> = {
  healthy: "Healthy",
  warning: "Warning",
  probation: "Probation",
  failing: "Failing",
};

/** Why an endpoint is in its state, a few words that follow the state's name. */
export const reasonLabels: Record<StateReason, string> = {
  created: "never activated",
  activation_requested: "activation requested",
  target_changed: "URL or verification changed",
  validated: "answered the test",
  manual: "by hand",
  validation_failed: "validation failed",
  chronic_failure: "failed for too long",
  failure_streak: "failed too often in a row",
  failure_volume: "failed too often in a row",
  gone: "answered 410 (gone)",
};

/** Whether the rules switched it off, not a person. */
export function isDisabledByRules(state: EndpointState, reason: StateReason): boolean {
  return state === "disabled" && ruleReasons.some((ruleReason) => ruleReason === reason);
}

/** `Everything`, `scheduling.*`, or `order.placed and 2 more`. */
export function spellSubscription(eventTypes: readonly string[]): string {
  if (eventTypes.includes("*")) return "Everything";
  const [first, ...rest] = eventTypes;
  if (first === undefined) return "Nothing";
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

type Consequences = Pick<EndpointOut, "failurePolicy" | "onGone">;

/** What failures lead to, in a line; `chronic`: what the instance does by default. */
export function spellConsequences({ failurePolicy, onGone }: Consequences, chronic: ChronicDefaults): string {
  const policy = resolvePolicy(failurePolicy as FailurePolicyChoice, chronic);
  return `${spellPolicy(policy)}${onGone === "disable" ? "; at once by a 410" : ""}`;
}

function spellPolicy(policy: FailurePolicy): string {
  switch (policy.preset) {
    case "chronic":
      return `Probation after ${spellDuration(policy.probationAfterMs)} of nothing but failures, disabled after ${spellDuration(policy.disableAfterMs)}`;
    case "streak":
      return `Warning at ${policy.warnFailures} failures of the last ${policy.window}, disabled at ${policy.disableConsecutive} in a row`;
    case "volume":
      return `Disabled at ${policy.disableConsecutive} failures in a row`;
  }
}
