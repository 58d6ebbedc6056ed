import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePolicy } from "@/lib/domain/change-policy";
import { freshHealth, type AttemptOutcome } from "@/lib/domain/endpoint-health";
import { createdLifecycle, disableManually, type Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import { resolvePolicy, type FailurePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";

const hourMs = 3_600_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const at = (hours: number) => new Date(start.getTime() + hours * hourMs);
const defaults = { probationAfterMs: 24 * hourMs, disableAfterMs: 72 * hourMs };
const chronic = resolvePolicy({ preset: "chronic" }, defaults);
const patient = resolvePolicy({ preset: "chronic", disableAfterSeconds: 7 * 24 * 3_600 }, defaults);
const streak = resolvePolicy({ preset: "streak" }, defaults);
const volume = resolvePolicy({ preset: "volume" }, defaults);

const active: Lifecycle = {
  ...createdLifecycle(start),
  state: "active",
  stateReason: "validated",
  activatedAt: start,
};

function outcome(hours: number, succeeded: boolean): AttemptOutcome {
  return {
    purpose: "event",
    succeeded,
    statusCode: succeeded ? 200 : 500,
    fault: succeeded ? null : "receiver",
    startedAt: at(hours),
    finishedAt: at(hours),
    failure: succeeded ? null : "The endpoint answered 500",
  };
}

/** An endpoint after one outcome an hour, or at the hours given. */
function after(policy: FailurePolicy, outcomes: readonly boolean[], hours?: readonly number[]): Lifecycle {
  return outcomes.reduce((lifecycle, succeeded, index) => {
    const one = outcome(hours?.[index] ?? index, succeeded);
    return foldOutcome(lifecycle, { policy, onGone: "retry" }, one).lifecycle;
  }, active);
}

const failures = (count: number) => Array.from({ length: count }, () => false);
const onProbation = after(chronic, failures(3), [0, 24, 30]);

describe("another policy", () => {
  it("moves the moment of disabling of an endpoint on probation, and says so", () => {
    const { lifecycle, effects } = changePolicy(onProbation, patient);
    expect(lifecycle.health).toMatchObject({
      status: "probation",
      failingSince: at(0),
      probationSince: at(24),
      disablesAt: at(168),
    });
    expect(lifecycle.health.statusReason).toContain("first failure after 2026-01-08 00:00 UTC");
    expect(effects).toEqual([]);
  });

  it("does not bring the disabling forward when it would have warned later", () => {
    const late = resolvePolicy({ preset: "chronic", probationAfterSeconds: 48 * 3_600 }, defaults);
    expect(changePolicy(onProbation, late).lifecycle.health.disablesAt).toEqual(at(72));
  });

  it.each([
    ["streak", streak, "3 of the last 3 attempts failed. Last error: The endpoint answered 500. A warning"],
    [
      "volume",
      volume,
      "3 failed attempts. Last error: The endpoint answered 500. The endpoint is disabled at 50",
    ],
  ])("ends a probation that it does not know: %s", (_name, policy, sentence) => {
    const { lifecycle, effects } = changePolicy(onProbation, policy);
    expect(lifecycle.health).toMatchObject({
      status: "healthy",
      failingSince: at(0),
      probationSince: null,
      disablesAt: null,
    });
    expect(lifecycle.health.statusReason).toContain(sentence);
    expect(effects).toEqual([
      {
        type: "transition",
        kind: "status",
        from: "probation",
        to: "healthy",
        reason: "policy_changed",
        detail: lifecycle.health.statusReason,
      },
    ]);
  });

  it("goes on counting the failures in a row: the tenth disables under streak", () => {
    const { lifecycle } = changePolicy(after(chronic, failures(9)), streak);
    expect(lifecycle.health.status).toBe("warning");
    const next = foldOutcome(lifecycle, { policy: streak, onGone: "retry" }, outcome(9, false));
    expect(next.lifecycle).toMatchObject({ state: "disabled", stateReason: "failure_streak" });
  });

  it("ends a warning that it does not know, and keeps since when it has been failing", () => {
    const warned = after(streak, failures(6));
    expect(warned.health.status).toBe("warning");
    const { lifecycle } = changePolicy(warned, chronic);
    expect(lifecycle.health).toMatchObject({ status: "healthy", failingSince: at(0) });
    expect(lifecycle.health.statusReason).toContain(
      "probation starts with the first failure after 2026-01-02 00:00 UTC",
    );
    const recovering = after(streak, [...failures(6), true]);
    expect(changePolicy(recovering, chronic).lifecycle.health).toEqual(freshHealth);
  });

  it("keeps a warning under other numbers until as many successes as they ask for", () => {
    const recovering = after(streak, [...failures(6), true, true]);
    const gentle = resolvePolicy({ preset: "streak", recoverConsecutive: 3 }, defaults);
    const { lifecycle } = changePolicy(recovering, gentle);
    expect(lifecycle.health).toMatchObject({
      status: "warning",
      statusReason: "Recovering: 2 of 3 successes in a row that end the warning.",
    });
    const next = foldOutcome(lifecycle, { policy: gentle, onGone: "retry" }, outcome(8, true));
    expect(next.lifecycle.health.status).toBe("healthy");
  });

  it.each([
    [2, "warning", "2 of the last 4 attempts failed, 1 in a row."],
    [3, "healthy", "2 of the last 4 attempts failed."],
  ])("looks no further back than its own window: a warning at %i of 4", (warnFailures, status, sentence) => {
    const before = after(streak, [false, true, false, true, false]);
    const narrow = resolvePolicy({ preset: "streak", window: 4, warnFailures }, defaults);
    const { health } = changePolicy(before, narrow).lifecycle;
    expect(health).toMatchObject({ status, memory: { recent: [true, false, true, false] } });
    expect(health.statusReason).toContain(sentence);
  });

  it("changes nothing about an endpoint that is not active", () => {
    const disabled = disableManually(onProbation, at(40)).lifecycle;
    expect(changePolicy(disabled, streak)).toEqual({ lifecycle: disabled, effects: [] });
  });

  it("says nothing of a healthy endpoint, and never disables by itself", () => {
    const policies = fc.constantFrom(chronic, patient, streak, volume);
    const outcomes = fc.array(fc.boolean(), { maxLength: 60 });
    fc.assert(
      fc.property(policies, policies, outcomes, (from, to, given) => {
        const before = after(from, given);
        fc.pre(before.state === "active");
        const { health } = changePolicy(before, to).lifecycle;
        expect(changePolicy(before, to).lifecycle.state).toBe("active");
        expect(health.disablesAt !== null).toBe(health.status === "probation");
        if (health.failingSince === null && health.status === "healthy")
          expect(health.statusReason).toBeNull();
      }),
    );
  });
});
