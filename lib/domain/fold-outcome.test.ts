import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freshHealth, type AttemptOutcome } from "@/lib/domain/endpoint-health";
import {
  createdLifecycle,
  disableManually,
  activate,
  passValidation,
  type Effect,
  type Lifecycle,
} from "@/lib/domain/endpoint-lifecycle";
import { resolvePolicy, type FailurePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome, successChangesNothing, type FoldRules } from "@/lib/domain/fold-outcome";

const hourMs = 3_600_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const at = (hours: number) => new Date(start.getTime() + hours * hourMs);
const defaults = { probationAfterMs: 24 * hourMs, disableAfterMs: 72 * hourMs };
const chronic = resolvePolicy({ preset: "chronic" }, defaults);
const streak = resolvePolicy({ preset: "streak" }, defaults);
const volume = resolvePolicy({ preset: "volume" }, defaults);
const validation = { retryEveryMs: 4 * hourMs, windowMs: 24 * hourMs };

const active: Lifecycle = {
  ...createdLifecycle(start),
  state: "active",
  stateReason: "validated",
  activatedAt: start,
};

function outcome(hours: number, changes: Partial<AttemptOutcome> = {}): AttemptOutcome {
  const finishedAt = at(hours);
  const succeeded = changes.succeeded ?? false;
  return {
    purpose: "event",
    succeeded,
    statusCode: succeeded ? 200 : 500,
    fault: succeeded ? null : "receiver",
    startedAt: finishedAt,
    finishedAt,
    failure: succeeded ? null : "The endpoint answered 500",
    ...changes,
  };
}

const failed = (hours: number) => outcome(hours);
const succeeded = (hours: number) => outcome(hours, { succeeded: true });

function foldAll(policy: FailurePolicy, outcomes: AttemptOutcome[], onGone: FoldRules["onGone"] = "retry") {
  let lifecycle = active;
  const effects: Effect[] = [];
  for (const one of outcomes) {
    const step = foldOutcome(lifecycle, { policy, onGone }, one);
    lifecycle = step.lifecycle;
    effects.push(...step.effects);
  }
  return { lifecycle, effects };
}

const kinds = (effects: readonly Effect[]) =>
  effects.map((effect) => {
    if (effect.type === "transition") return `${effect.kind}: ${effect.from} -> ${effect.to}`;
    if (effect.type === "emit") return effect.eventType;
    return effect.type === "notify" ? `notify ${effect.notice}` : effect.type;
  });

describe("the chronic policy", () => {
  it("stays healthy by name for the first 24 hours, and says since when and until when", () => {
    const { lifecycle, effects } = foldAll(chronic, [failed(1), failed(20)]);
    expect(effects).toEqual([]);
    expect(lifecycle.health).toMatchObject({ status: "healthy", failingSince: at(1), probationSince: null });
    expect(lifecycle.health.statusReason).toBe(
      "Nothing but failures since 2026-01-01 01:00 UTC: 2 failed attempts. Last error: The endpoint answered 500. If none succeeds, probation starts with the first failure after 2026-01-02 01:00 UTC; one success clears this.",
    );
  });

  it("starts probation at the first failure 24 hours after the first, and names the moment of disabling", () => {
    const { lifecycle, effects } = foldAll(chronic, [failed(0), failed(24)]);
    expect(kinds(effects)).toEqual([
      "status: healthy -> probation",
      "webhook.probation_started",
      "notify probation_started",
    ]);
    expect(lifecycle.health).toMatchObject({
      status: "probation",
      probationSince: at(24),
      disablesAt: at(72),
    });
  });

  it("disables at the first failure after 72 hours", () => {
    const { lifecycle, effects } = foldAll(chronic, [failed(0), failed(24), failed(71.9), failed(72)]);
    expect(lifecycle).toMatchObject({
      state: "disabled",
      stateReason: "chronic_failure",
      stateSince: at(72),
    });
    expect(lifecycle.health).toMatchObject({ status: "failing", failingSince: at(0), disablesAt: null });
    expect(kinds(effects).slice(3)).toEqual([
      "status: probation -> failing",
      "state: active -> disabled",
      "discard-open",
      "webhook.auto_disabled",
      "notify disabled",
    ]);
  });

  it("never disables a quiet endpoint without its full 48 hours of warning", () => {
    const nineDays = 8 * 24;
    const quiet = foldAll(chronic, [failed(0), failed(nineDays)]);
    expect(quiet.lifecycle.health).toMatchObject({ status: "probation", disablesAt: at(nineDays + 48) });
    expect(foldAll(chronic, [failed(0), failed(nineDays), failed(nineDays + 47.9)]).lifecycle.state).toBe(
      "active",
    );
    expect(foldAll(chronic, [failed(0), failed(nineDays), failed(nineDays + 48)]).lifecycle.state).toBe(
      "disabled",
    );
  });

  it("is cleared by any success, with a word to those who were warned", () => {
    const { lifecycle, effects } = foldAll(chronic, [failed(0), failed(30), succeeded(31)]);
    expect(lifecycle.health).toEqual(freshHealth);
    expect(kinds(effects).slice(3)).toEqual([
      "status: probation -> healthy",
      "webhook.recovered",
      "notify recovered",
    ]);
  });

  it("says nothing when a success ends failures that nobody was warned of", () => {
    expect(foldAll(chronic, [failed(0), succeeded(1)]).effects).toEqual([]);
  });
});

describe("the streak policy", () => {
  it("warns at 5 failures within the last 10 attempts, once", () => {
    const pattern = [true, false, true, false, true, false, true, false, true, false, true, false];
    const { lifecycle, effects } = foldAll(
      streak,
      pattern.map((ok, hour) => (ok ? succeeded(hour) : failed(hour))),
    );
    expect(kinds(effects)).toEqual(["status: healthy -> warning"]);
    expect(lifecycle.health.status).toBe("warning");
  });

  it("says how near a warning is, and gives none at 4 failures", () => {
    const { lifecycle, effects } = foldAll(streak, [failed(0), failed(1), failed(2), failed(3)]);
    expect(effects).toEqual([]);
    expect(lifecycle.health.status).toBe("healthy");
    expect(lifecycle.health.statusReason).toContain("A warning starts at 5 of 10.");
  });

  it("has nothing to say of an endpoint that was never warned and answers again", () => {
    const { lifecycle } = foldAll(streak, [succeeded(0), failed(1), succeeded(2)]);
    expect(lifecycle.health).toMatchObject({ status: "healthy", statusReason: null, failingSince: null });
  });

  it("disables at 10 failures in a row", () => {
    const nine = Array.from({ length: 9 }, (_, hour) => failed(hour));
    expect(foldAll(streak, nine).lifecycle.state).toBe("active");
    const { lifecycle } = foldAll(streak, [...nine, failed(9)]);
    expect(lifecycle).toMatchObject({
      state: "disabled",
      stateReason: "failure_streak",
      health: { status: "failing" },
    });
  });

  it("comes back from a warning only after 10 successes in a row", () => {
    const warned = Array.from({ length: 5 }, (_, hour) => failed(hour));
    const nine = Array.from({ length: 9 }, (_, index) => succeeded(5 + index));
    expect(foldAll(streak, [...warned, ...nine]).lifecycle.health.status).toBe("warning");
    expect(foldAll(streak, [...warned, ...nine, succeeded(14)]).lifecycle.health.status).toBe("healthy");
    const interrupted = [...warned, ...nine, failed(14), succeeded(15)];
    expect(foldAll(streak, interrupted).lifecycle.health.status).toBe("warning");
  });
});

describe("the volume policy", () => {
  it("disables at 50 failures in a row and not at 49, and a success starts the count anew", () => {
    const failures = (count: number, from = 0) => Array.from({ length: count }, (_, n) => failed(from + n));
    expect(foldAll(volume, failures(49)).lifecycle.state).toBe("active");
    expect(foldAll(volume, failures(50)).lifecycle).toMatchObject({ stateReason: "failure_volume" });
    expect(foldAll(volume, [...failures(49), succeeded(49), ...failures(49, 50)]).lifecycle.state).toBe(
      "active",
    );
  });
});

describe("what never counts", () => {
  it.each([
    ["a test", { purpose: "test" as const }],
    ["a validation", { purpose: "validation" as const }],
    ["a fault of ours", { fault: "platform" as const }],
    ["an attempt begun before the activation", { startedAt: new Date(start.getTime() - 1) }],
  ])("%s", (_name, changes) => {
    const { lifecycle, effects } = foldAll(chronic, [outcome(100, changes)]);
    expect(lifecycle).toBe(active);
    expect(effects).toEqual([]);
  });

  it("old failures after a re-activation", () => {
    const { lifecycle } = foldAll(chronic, [failed(0), failed(24), failed(72)]);
    const again = passValidation(activate(lifecycle, validation, at(80)).lifecycle, at(81)).lifecycle;
    const late = foldOutcome(
      again,
      { policy: chronic, onGone: "retry" },
      { ...failed(82), startedAt: at(79) },
    );
    expect(late.lifecycle).toBe(again);
    const fresh = foldOutcome(again, { policy: chronic, onGone: "retry" }, failed(83)).lifecycle;
    expect(fresh).toMatchObject({ state: "active", health: { status: "healthy", failingSince: at(83) } });
  });
});

describe("410", () => {
  it("disables at once where the endpoint says so, and only there", () => {
    const gone = outcome(1, { statusCode: 410 });
    expect(foldAll(chronic, [gone], "disable").lifecycle).toMatchObject({
      state: "disabled",
      stateReason: "gone",
    });
    expect(foldAll(chronic, [gone], "retry").lifecycle.state).toBe("active");
  });

  it.each([404, 500, 0])("is not what %i says", (statusCode) => {
    expect(foldAll(chronic, [outcome(1, { statusCode })], "disable").lifecycle.state).toBe("active");
  });
});

const anyOutcomes = fc
  .array(
    fc.record({
      waitHours: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 60 })),
      succeeded: fc.boolean(),
      purpose: fc.constantFrom("event" as const, "replay" as const, "test" as const, "validation" as const),
      fault: fc.constantFrom("receiver" as const, "network" as const, "platform" as const),
    }),
    { maxLength: 80 },
  )
  .map((steps) => {
    let hours = 0;
    return steps.map((step) => {
      hours += step.waitHours;
      return outcome(hours, { ...step, fault: step.succeeded ? null : step.fault });
    });
  });

describe("any sequence of outcomes", () => {
  it("under chronic never disables without 48 hours between warning and disabling", () => {
    fc.assert(
      fc.property(anyOutcomes, (outcomes) => {
        let lifecycle = active;
        for (const one of outcomes) {
          const before = lifecycle;
          lifecycle = foldOutcome(lifecycle, { policy: chronic, onGone: "retry" }, one).lifecycle;
          if (before.state !== "active" || lifecycle.state !== "disabled") continue;
          const { probationSince, failingSince } = before.health;
          expect(one.finishedAt.getTime() - (probationSince?.getTime() ?? Infinity)).toBeGreaterThanOrEqual(
            48 * hourMs,
          );
          expect(one.finishedAt.getTime() - (failingSince?.getTime() ?? Infinity)).toBeGreaterThanOrEqual(
            72 * hourMs,
          );
        }
      }),
    );
  });

  it("is cleared by a success that counts, unless a streak's warning is still to be lived down", () => {
    fc.assert(
      fc.property(anyOutcomes, fc.constantFrom(chronic, volume), (outcomes, policy) => {
        const { lifecycle } = foldAll(policy, outcomes);
        const last = outcomes.at(-1)?.finishedAt ?? start;
        const after = foldOutcome(
          lifecycle,
          { policy, onGone: "retry" },
          {
            ...succeeded(0),
            startedAt: last,
            finishedAt: last,
          },
        ).lifecycle;
        if (lifecycle.state === "active") expect(after.health).toEqual(freshHealth);
        else expect(after).toBe(lifecycle);
      }),
    );
  });

  it("keeps state, status and their moments consistent", () => {
    fc.assert(
      fc.property(anyOutcomes, fc.constantFrom(chronic, streak, volume), (outcomes, policy) => {
        const { lifecycle } = foldAll(policy, outcomes);
        const { status, failingSince, probationSince, disablesAt, statusReason } = lifecycle.health;
        expect(["active", "disabled"]).toContain(lifecycle.state);
        expect(lifecycle.state === "disabled").toBe(status === "failing");
        expect(status === "probation").toBe(disablesAt !== null);
        if (probationSince) expect(probationSince >= (failingSince ?? at(1e6))).toBe(true);
        if (status !== "healthy") expect(statusReason).not.toBeNull();
        if (policy.preset === "chronic") expect(status).not.toBe("warning");
      }),
    );
  });
});

describe("a disabled endpoint", () => {
  it("stays as it is whatever still comes in", () => {
    const { lifecycle } = disableManually(active, at(1));
    for (const one of [failed(2), succeeded(2)]) {
      expect(foldOutcome(lifecycle, { policy: chronic, onGone: "disable" }, one)).toEqual({
        lifecycle,
        effects: [],
      });
    }
  });
});

describe("an endpoint without anything to recover from", () => {
  const anyStep = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 10 }));

  it("is left exactly as it is by any success, whatever happened before", () => {
    let simpleCount = 0;
    fc.assert(
      fc.property(fc.constantFrom(chronic, streak, volume), fc.array(anyStep), (policy, steps) => {
        let hours = 0;
        const outcomes = steps.map(([succeeds, pause]) => outcome((hours += pause), { succeeded: succeeds }));
        const { lifecycle } = foldAll(policy, outcomes);
        if (!successChangesNothing(lifecycle, policy)) return;
        simpleCount += 1;
        const step = foldOutcome(lifecycle, { policy, onGone: "retry" }, succeeded(hours + 1));
        expect(step).toEqual({ lifecycle, effects: [] });
      }),
    );
    expect(simpleCount).toBeGreaterThan(0);
  });

  it("is what every endpoint is that has recovered under a policy that does not count successes", () => {
    for (const policy of [chronic, volume]) {
      const { lifecycle } = foldAll(policy, [failed(0), failed(30), succeeded(31)]);
      expect(successChangesNothing(lifecycle, policy)).toBe(true);
    }
  });
});
