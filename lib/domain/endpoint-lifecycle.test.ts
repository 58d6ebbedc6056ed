import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freshHealth } from "@/lib/domain/endpoint-health";
import {
  activate,
  changeTarget,
  createdLifecycle,
  disableAutomatically,
  disableManually,
  expireValidation,
  nextValidationAt,
  passValidation,
  type Effect,
  type Lifecycle,
  type Step,
} from "@/lib/domain/endpoint-lifecycle";

const hourMs = 3_600_000;
const now = new Date("2026-05-01T12:00:00.000Z");
const later = (hours: number) => new Date(now.getTime() + hours * hourMs);
const settings = { retryEveryMs: 4 * hourMs, windowMs: 24 * hourMs };

const disabled = createdLifecycle(now);
const validating = activate(disabled, settings, now).lifecycle;
const active = passValidation(validating, now).lifecycle;

const types = (effects: readonly Effect[]) => effects.map((effect) => effect.type);

/** The state table of the design, row by row: from, on, to, reason, what else happens. */
const rows: [string, Lifecycle, (lifecycle: Lifecycle) => Step, string, string, Effect["type"][]][] = [
  [
    "activate",
    disabled,
    (l) => activate(l, settings, now),
    "validating",
    "activation_requested",
    ["transition", "start-validation"],
  ],
  [
    "the test answered 200",
    validating,
    (l) => passValidation(l, now),
    "active",
    "validated",
    ["transition", "release-held", "emit"],
  ],
  [
    "a failed test within the window",
    validating,
    (l) => expireValidation(l, later(23.9)),
    "validating",
    "activation_requested",
    [],
  ],
  [
    "the end of the window",
    validating,
    (l) => expireValidation(l, later(24)),
    "disabled",
    "validation_failed",
    ["transition", "end-validation", "discard-open", "notify"],
  ],
  [
    "the rules",
    active,
    (l) => disableAutomatically(l, "chronic_failure", freshHealth, now),
    "disabled",
    "chronic_failure",
    ["transition", "discard-open", "emit", "notify"],
  ],
  [
    "410",
    active,
    (l) => disableAutomatically(l, "gone", freshHealth, now),
    "disabled",
    "gone",
    ["transition", "discard-open", "emit", "notify"],
  ],
  [
    "a new URL",
    active,
    (l) => changeTarget(l, settings, now),
    "validating",
    "target_changed",
    ["transition", "hold-pending", "start-validation"],
  ],
  [
    "a new URL while validating",
    validating,
    (l) => changeTarget(l, settings, now),
    "validating",
    "target_changed",
    ["hold-pending", "start-validation"],
  ],
  [
    "a person's disable",
    validating,
    (l) => disableManually(l, now),
    "disabled",
    "manual",
    ["transition", "end-validation", "discard-open"],
  ],
  [
    "a person's disable",
    active,
    (l) => disableManually(l, now),
    "disabled",
    "manual",
    ["transition", "end-validation", "discard-open"],
  ],
];

describe("the state table", () => {
  it.each(rows)("%s", (_on, from, step, state, reason, effects) => {
    const result = step(from);
    expect(result.lifecycle.state).toBe(state);
    expect(result.lifecycle.stateReason).toBe(reason);
    expect(types(result.effects)).toEqual(effects);
  });

  it.each<[string, Lifecycle, (lifecycle: Lifecycle) => Step]>([
    ["activating what is being validated", validating, (l) => activate(l, settings, now)],
    ["activating what is active", active, (l) => activate(l, settings, now)],
    ["a test that passes after a disable", disabled, (l) => passValidation(l, now)],
    ["a test that passes again", active, (l) => passValidation(l, now)],
    ["the end of a window that is not open", active, (l) => expireValidation(l, later(1000))],
    ["disabling what is disabled", disabled, (l) => disableManually(l, now)],
    ["a new URL of a disabled endpoint", disabled, (l) => changeTarget(l, settings, now)],
  ])("has no row for %s: nothing changes", (_on, from, step) => {
    expect(step(from)).toEqual({ lifecycle: from, effects: [] });
  });
});

describe("validation", () => {
  it.each([validating, active])(
    "begins anew with a new URL: what the one before answered is no try of it",
    (from) => {
      const later = new Date(now.getTime() + 1);
      expect(changeTarget(from, settings, later).lifecycle).toMatchObject({
        stateSince: later,
        validatingUntil: new Date(later.getTime() + settings.windowMs),
      });
    },
  );

  it("is tried again every so often, and not after the window", () => {
    expect(nextValidationAt(validating, settings, now)).toEqual(later(4));
    expect(nextValidationAt(validating, settings, later(19.9))).toEqual(later(23.9));
    expect(nextValidationAt(validating, settings, later(20))).toBeNull();
    expect(nextValidationAt(active, settings, now)).toBeNull();
  });

  it("forgets what was known of the endpoint's health", () => {
    const failing: Lifecycle = {
      ...disabled,
      health: { ...freshHealth, status: "failing", failingSince: now },
    };
    expect(activate(failing, settings, now).lifecycle.health).toEqual(freshHealth);
  });
});

const steps: ((lifecycle: Lifecycle, at: Date) => Step)[] = [
  (l, at) => activate(l, settings, at),
  (l, at) => changeTarget(l, settings, at),
  (l, at) => passValidation(l, at),
  (l, at) => expireValidation(l, at),
  (l, at) => disableManually(l, at),
];

it("reaches no state that the table does not have, whatever happens in whatever order", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(steps.length - 1), fc.integer({ min: 0, max: 30 }))), (moves) => {
      let lifecycle = disabled;
      let hours = 0;
      for (const [move, wait] of moves) {
        hours += wait;
        const before = lifecycle;
        const step = (steps[move] ?? steps[0])?.(lifecycle, later(hours));
        if (!step) throw new Error("no such step");
        lifecycle = step.lifecycle;
        const { state, validatingUntil, activatedAt } = lifecycle;
        expect(state === "validating").toBe(validatingUntil !== null);
        expect(state === "active").toBe(activatedAt !== null);
        // The only way to active is a passed test of a validating endpoint.
        if (state === "active" && before.state !== "active") expect(before.state).toBe("validating");
        const changes = step.effects.filter(
          (effect) => effect.type === "transition" && effect.kind === "state",
        );
        expect(changes).toHaveLength(before.state === state ? 0 : 1);
      }
    }),
  );
});
