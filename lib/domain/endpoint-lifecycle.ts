import { freshHealth, type Health } from "@/lib/domain/endpoint-health";

/** What is sent to an endpoint (design, section 2: the state table). */
export const endpointStates = ["disabled", "validating", "active"] as const;
export type EndpointState = (typeof endpointStates)[number];

/** Why the rules switch an endpoint off: it needs a look. What a person switched off is meant to be off. */
export const ruleReasons = [
  "validation_failed",
  "chronic_failure",
  "failure_streak",
  "failure_volume",
  "gone",
] as const;
export type RuleReason = (typeof ruleReasons)[number];

export type DisableReason = "manual" | RuleReason;

export type StateReason = "created" | "activation_requested" | "target_changed" | "validated" | DisableReason;

/** Everything about an endpoint that the rules read and write. */
export interface Lifecycle {
  state: EndpointState;
  stateReason: StateReason;
  stateSince: Date;
  /** Set exactly while validating. */
  validatingUntil: Date | null;
  /** Outcomes of attempts that began before this moment never count. */
  activatedAt: Date | null;
  health: Health;
}

export interface ValidationSettings {
  retryEveryMs: number;
  windowMs: number;
}

export type Notice = "probation_started" | "disabled" | "validation_failed" | "recovered";

/** What the caller does in the transaction that stores the next lifecycle. */
export type Effect =
  | {
      type: "transition";
      kind: "state" | "status";
      from: string;
      to: string;
      reason: string;
      detail: string | null;
    }
  /** Replace any open validation by a new one, due at once. */
  | { type: "start-validation" }
  /** The open validation, if any, is over without a verdict. */
  | { type: "end-validation" }
  /** Pending deliveries wait until the endpoint has proved itself. */
  | { type: "hold-pending" }
  /** Held deliveries become due, oldest first. */
  | { type: "release-held" }
  /** Pending and held deliveries end as discarded; a replay can make them again. */
  | { type: "discard-open" }
  | { type: "notify"; notice: Notice }
  | {
      type: "emit";
      eventType:
        "webhook.activated" | "webhook.probation_started" | "webhook.recovered" | "webhook.auto_disabled";
    };

export interface Step {
  lifecycle: Lifecycle;
  effects: Effect[];
}

const unchanged = (lifecycle: Lifecycle): Step => ({ lifecycle, effects: [] });

/** A new endpoint: nothing is sent until a person activates it. */
export function createdLifecycle(now: Date): Lifecycle {
  return {
    state: "disabled",
    stateReason: "created",
    stateSince: now,
    validatingUntil: null,
    activatedAt: null,
    health: freshHealth,
  };
}

/** disabled -> validating, with all health forgotten. Already on its way or there: nothing happens. */
export function activate(lifecycle: Lifecycle, settings: ValidationSettings, now: Date): Step {
  if (lifecycle.state !== "disabled") return unchanged(lifecycle);
  return startValidating(lifecycle, "activation_requested", settings, now, []);
}

/**
 * The URL or the way of verification changed: what was proved about the old target says nothing about the new one.
 * A disabled endpoint stays disabled; it will have to prove itself anyway.
 */
export function changeTarget(lifecycle: Lifecycle, settings: ValidationSettings, now: Date): Step {
  if (lifecycle.state === "disabled") return unchanged(lifecycle);
  return startValidating(lifecycle, "target_changed", settings, now, [{ type: "hold-pending" }]);
}

function startValidating(
  lifecycle: Lifecycle,
  reason: StateReason,
  settings: ValidationSettings,
  now: Date,
  before: Effect[],
): Step {
  return {
    lifecycle: {
      state: "validating",
      stateReason: reason,
      stateSince: now,
      validatingUntil: new Date(now.getTime() + settings.windowMs),
      activatedAt: null,
      health: freshHealth,
    },
    effects: [...stateChange(lifecycle, "validating", reason, null), ...before, { type: "start-validation" }],
  };
}

/** validating -> active: the test was answered as it should be. */
export function passValidation(lifecycle: Lifecycle, now: Date): Step {
  if (lifecycle.state !== "validating") return unchanged(lifecycle);
  return {
    lifecycle: {
      state: "active",
      stateReason: "validated",
      stateSince: now,
      validatingUntil: null,
      activatedAt: now,
      health: freshHealth,
    },
    effects: [
      ...stateChange(lifecycle, "active", "validated", null),
      { type: "release-held" },
      { type: "emit", eventType: "webhook.activated" },
    ],
  };
}

/**
 * When the failed test is tried again, or null when that would be after the window: then only the end of the window is
 * waited for (`expireValidation`).
 */
export function nextValidationAt(lifecycle: Lifecycle, settings: ValidationSettings, now: Date): Date | null {
  if (lifecycle.state !== "validating" || lifecycle.validatingUntil === null) return null;
  const next = new Date(now.getTime() + settings.retryEveryMs);
  return next < lifecycle.validatingUntil ? next : null;
}

/** validating -> disabled once the window is over. */
export function expireValidation(lifecycle: Lifecycle, now: Date): Step {
  const { state, validatingUntil } = lifecycle;
  if (state !== "validating" || validatingUntil === null || now < validatingUntil)
    return unchanged(lifecycle);
  const detail = "No test was answered as expected before the validation window closed";
  const next = disabled(lifecycle, "validation_failed", now);
  return {
    lifecycle: { ...next, health: { ...freshHealth, statusReason: `${detail}.` } },
    effects: [
      ...stateChange(lifecycle, "disabled", "validation_failed", detail),
      { type: "end-validation" },
      { type: "discard-open" },
      { type: "notify", notice: "validation_failed" },
    ],
  };
}

/** A person or a program switches the endpoint off. */
export function disableManually(lifecycle: Lifecycle, now: Date): Step {
  if (lifecycle.state === "disabled") return unchanged(lifecycle);
  return {
    lifecycle: { ...disabled(lifecycle, "manual", now), health: freshHealth },
    effects: [
      ...stateChange(lifecycle, "disabled", "manual", null),
      { type: "end-validation" },
      { type: "discard-open" },
    ],
  };
}

/** active -> disabled by the rules; `health` carries the explanation and stays to be read. */
export function disableAutomatically(
  lifecycle: Lifecycle,
  reason: Exclude<RuleReason, "validation_failed">,
  health: Health,
  now: Date,
): Step {
  return {
    lifecycle: { ...disabled(lifecycle, reason, now), health },
    effects: [
      ...stateChange(lifecycle, "disabled", reason, health.statusReason),
      { type: "discard-open" },
      { type: "emit", eventType: "webhook.auto_disabled" },
      { type: "notify", notice: "disabled" },
    ],
  };
}

function disabled(lifecycle: Lifecycle, reason: DisableReason, now: Date): Lifecycle {
  return {
    ...lifecycle,
    state: "disabled",
    stateReason: reason,
    stateSince: now,
    validatingUntil: null,
    activatedAt: null,
  };
}

function stateChange(
  from: Lifecycle,
  to: EndpointState,
  reason: StateReason,
  detail: string | null,
): Effect[] {
  if (from.state === to) return [];
  return [{ type: "transition", kind: "state", from: from.state, to, reason, detail }];
}
